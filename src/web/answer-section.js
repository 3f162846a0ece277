import { make } from './dom.js';
import { say } from './language.js';

/**
 * A part of the answer with its title.
 * @param {import('./language.js').Text} title
 * @param {(Node | string | null | false)[]} children
 */
export function section(title, ...children) {
  return make('section', {}, make('h3', {}, say(title)), ...children);
}
