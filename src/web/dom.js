/**
 * Makes an element. An attribute that is `true` stands without a value, one that is `false` or undefined is left out;
 * children that are null or false are left out, texts become text nodes and never markup.
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} attributes
 * @param {(Node | string | null | false)[]} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/**
 * The element of the page with an id, known to be of a class.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`The page has no ${type.name} #${id}.`);
}

/**
 * The first element inside another that matches a selector, known to be of a class.
 * @template {Element} T
 * @param {ParentNode} parent
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function inside(parent, selector, type) {
  const element = parent.querySelector(selector);
  if (element instanceof type) return element;
  throw new Error(`There is no ${type.name} ${selector}.`);
}
