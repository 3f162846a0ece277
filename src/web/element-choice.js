import { byId, inside, make } from './dom.js';
import { ask } from './graphql.js';
import { say } from './language.js';
import { SEARCH_QUERY } from './queries.js';

/** @typedef {import('./types.js').Named} Named */

/** Long enough that a person who is still typing does not ask at every letter. */
const PAUSE = 200;

/**
 * A field in which systems are found by words and gathered one by one.
 */
export class ElementChoice {
  /** @type {Map<string, Named>} what is gathered, by urn */
  #chosen = new Map();
  /** @type {Map<string, Named>} what the list offers, by the text that it shows */
  #offered = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;

  /** @param {string} id - of the field: its input, its list of offers and its list of choices stand inside. */
  constructor(id) {
    const field = byId(id, HTMLElement);
    this.input = inside(field, 'input', HTMLInputElement);
    this.offers = inside(field, 'datalist', HTMLDataListElement);
    this.list = inside(field, 'ul', HTMLUListElement);
    this.input.addEventListener('input', () => this.#typed());
    this.input.addEventListener('keydown', (event) => {
      // Enter takes the offer; it must not send the whole form.
      if (event.key !== 'Enter') return;
      event.preventDefault();
      this.#take();
    });
  }

  /** What is gathered, in order of choice. */
  get urns() {
    return Array.from(this.#chosen.keys());
  }

  /** Words that were typed and name nothing that was chosen. */
  get leftOver() {
    return this.input.value.trim();
  }

  /** @param {Named} element */
  add(element) {
    this.#chosen.set(element.urn, element);
    this.#show();
  }

  clear() {
    this.#chosen.clear();
    this.input.value = '';
    this.#show();
  }

  #typed() {
    if (this.#take()) return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#offer(this.leftOver), PAUSE);
  }

  #take() {
    const element = this.#offered.get(this.leftOver);
    if (element === undefined) return false;
    this.input.value = '';
    this.add(element);
    return true;
  }

  /** @param {string} words */
  async #offer(words) {
    if (words === '') return;
    try {
      /** @type {{ elements: { nodes: readonly Named[] } }} */
      const { elements } = await ask(SEARCH_QUERY, { words });
      this.#offered = new Map(elements.nodes.map((each) => [`${each.name} (${each.urn})`, each]));
      this.offers.replaceChildren(...Array.from(this.#offered.keys(), (value) => make('option', { value })));
      this.input.setCustomValidity('');
    } catch (error) {
      this.input.setCustomValidity(String(error));
      this.input.reportValidity();
    }
  }

  #show() {
    const chips = Array.from(this.#chosen.values(), ({ urn, name }) => {
      const button = make('button', { type: 'button', class: 'remove' }, say(['Bỏ', 'Remove']));
      button.setAttribute('aria-label', `${say(['Bỏ', 'Remove'])} ${name}`);
      button.addEventListener('click', () => {
        this.#chosen.delete(urn);
        this.#show();
        this.input.focus();
      });
      return make('li', {}, name, ' ', button);
    });
    this.list.replaceChildren(...chips);
  }
}
