import { useEffect, useState } from 'react';
import { remember, remembered } from './remembered';

const STORED_AS = 'khung-theme';

function firstIsDark(): boolean {
  const chosen = remembered(STORED_AS);
  if (chosen === 'dark' || chosen === 'light') return chosen === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Whether the page is dark: as the system is, until the reader says otherwise. */
export function useDarkTheme(): readonly [isDark: boolean, choose: (isDark: boolean) => void] {
  const [isDark, setDark] = useState(firstIsDark);
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  const choose = (dark: boolean) => {
    remember(STORED_AS, dark ? 'dark' : 'light');
    setDark(dark);
  };
  return [isDark, choose];
}
