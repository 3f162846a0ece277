/** @typedef {'VI' | 'EN'} Language */
/** @typedef {readonly [vi: string, en: string]} Text */

const STORED_AS = 'khung-language';
/** Attributes that carry text for people; the English of `title` stands in `data-en-title`. */
const ATTRIBUTES = ['placeholder', 'aria-label', 'title', 'content'];

/** @type {Language} */
let current = 'VI';

/** @returns {Language} */
export function language() {
  return current;
}

/**
 * A text in the language of the page.
 * @param {Text} text
 */
export function say([vi, en]) {
  return current === 'VI' ? vi : en;
}

/** @param {number} value */
export function sayNumber(value) {
  return value.toLocaleString(current === 'VI' ? 'vi-VN' : 'en-GB');
}

/**
 * A moment as people of the city read it.
 * @param {string | Date} moment
 */
export function sayMoment(moment) {
  return new Date(moment).toLocaleString(current === 'VI' ? 'vi-VN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Ho_Chi_Minh',
  });
}

/**
 * A day, a month or a year as it is written on paper.
 * @param {string} day
 */
export function sayDay(day) {
  return current === 'VI' ? day.split('-').toReversed().join('/') : day;
}

/** The language of the address, else the one chosen last time, else Vietnamese. */
export function startLanguage() {
  const asked = new URLSearchParams(location.search).get('lang') ?? remembered();
  current = asked?.toLowerCase() === 'en' ? 'EN' : 'VI';
  translatePage();
}

/** @param {Language} chosen */
export function chooseLanguage(chosen) {
  current = chosen;
  remember(chosen);
  const address = new URL(location.href);
  if (chosen === 'EN') address.searchParams.set('lang', 'en');
  else address.searchParams.delete('lang');
  history.replaceState(null, '', address);
  translatePage();
}

/** A browser may forbid storage; the page then simply starts in Vietnamese the next time. */
function remembered() {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}

/** @param {Language} chosen */
function remember(chosen) {
  try {
    localStorage.setItem(STORED_AS, chosen);
  } catch {
    // Forbidden storage costs no more than choosing again the next time; the address carries the choice too.
  }
}

function translatePage() {
  document.documentElement.lang = current.toLowerCase();
  translatePart(document);
}

/**
 * Texts of a part of the page. They are written in Vietnamese with the English beside them in `data-en`, so that the page
 * reads without scripts.
 * @param {ParentNode} part
 */
export function translatePart(part) {
  for (const element of part.querySelectorAll('[data-en]')) translateText(element);
  for (const attribute of ATTRIBUTES) {
    for (const element of part.querySelectorAll(`[data-en-${attribute}]`)) translateAttribute(element, attribute);
  }
}

/** @param {Element} element */
function translateText(element) {
  const vi = element.getAttribute('data-vi') ?? element.textContent ?? '';
  element.setAttribute('data-vi', vi);
  element.textContent = current === 'VI' ? vi : element.getAttribute('data-en');
}

/**
 * @param {Element} element
 * @param {string} attribute
 */
function translateAttribute(element, attribute) {
  const vi = element.getAttribute(`data-vi-${attribute}`) ?? element.getAttribute(attribute) ?? '';
  element.setAttribute(`data-vi-${attribute}`, vi);
  element.setAttribute(attribute, (current === 'VI' ? vi : element.getAttribute(`data-en-${attribute}`)) ?? vi);
}
