import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/fonts.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/search.css';
import './styles/element.css';
import { Desk } from './frame/desk';

const place = document.getElementById('desk');
if (place === null) throw new Error('The page has no place for the desk.');
createRoot(place).render(
  <StrictMode>
    <Desk />
  </StrictMode>,
);
