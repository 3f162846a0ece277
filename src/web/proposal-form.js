import { byId, inside, make } from './dom.js';
import { ElementChoice } from './element-choice.js';
import { say, translatePart } from './language.js';

/** @typedef {import('./types.js').ProposalInput} ProposalInput */
/** @typedef {import('./types.js').Named} Named */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** What withdrawing a system means in the landscape; the day is not known yet. */
const PHASED_OUT = [{ phase: 'PHASE_OUT', from: null }];
/** Attributes whose answer is an agency, chosen by name. */
const AGENCY_ANSWERS = new Set(['operator']);

/**
 * Facts that the service names otherwise than the form.
 * @type {Readonly<Record<string, string>>}
 */
const CONTROL_OF_FACT = { owner: 'agency', channels: 'exchangeChannels' };

const form = byId('proposal', HTMLFormElement);
const rows = byId('components', HTMLOListElement);
/** @type {Map<string, string>} urn of an agency by the name that the list shows */
const urnOfName = new Map();
let rowsMade = 0;
const reuses = new ElementChoice('reuses');
const retires = new ElementChoice('retires');

/**
 * Fills the list of agencies. Two of the same name are told apart by their urn.
 * @param {readonly Named[]} agencies
 */
export function offerAgencies(agencies) {
  const list = byId('agencies', HTMLDataListElement);
  for (const { name, urn } of agencies) {
    const shown = urnOfName.has(name) ? `${name} (${urn})` : name;
    urnOfName.set(shown, urn);
    list.append(make('option', { value: shown }));
  }
}

/** Makes the buttons of the form work and shows one empty component. */
export function startForm() {
  byId('add-component', HTMLButtonElement).addEventListener('click', () => {
    inside(addRow(), '[data-part="name"]', HTMLInputElement).focus();
  });
  byId('hosting', HTMLSelectElement).addEventListener('change', showLeasedHosting);
  form.addEventListener('reset', () => {
    rows.replaceChildren();
    addRow();
    for (const choice of [reuses, retires]) choice.clear();
    setTimeout(showLeasedHosting);
  });
  addRow();
}

function showLeasedHosting() {
  const isLeased = byId('hosting', HTMLSelectElement).value === 'LEASED_SERVICE';
  byId('leasedHosting-field', HTMLElement).hidden = !isLeased;
  if (!isLeased) byId('leasedHosting', HTMLSelectElement).value = '';
}

/** Rows are numbered as they are made, so that each control keeps an id of its own to be linked to. */
function addRow() {
  rowsMade += 1;
  const copy = byId('component-row', HTMLTemplateElement).content.cloneNode(true);
  if (!(copy instanceof DocumentFragment)) throw new Error('A template holds a fragment.');
  translatePart(copy);
  const row = inside(copy, 'li', HTMLLIElement);
  inside(row, '.remove', HTMLButtonElement).addEventListener('click', () => removeRow(row));
  for (const control of row.querySelectorAll('[data-part]')) {
    control.id = `component-${rowsMade}-${control.getAttribute('data-part')}`;
  }
  rows.append(copy);
  return row;
}

/** @param {HTMLLIElement} row */
function removeRow(row) {
  row.remove();
  if (rows.children.length === 0) addRow();
  byId('add-component', HTMLButtonElement).focus();
}

/** @param {string} id */
function textOf(id) {
  return controlById(id).value.trim();
}

/** @param {string} id @returns {Control} */
function controlById(id) {
  const element = document.getElementById(id);
  if (isControl(element)) return element;
  throw new Error(`The page has no control #${id}.`);
}

/** @param {unknown} element @returns {element is Control} */
function isControl(element) {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  );
}

/**
 * What is wrong with the form before anybody is asked: the id of the control, and why.
 * @returns {{ id: string, message: string }[]}
 */
export function problemsOfForm() {
  const problems = [];
  if (textOf('title') === '') {
    problems.push({ id: 'title', message: say(['Cần có tên dự án.', 'The title is required.']) });
  }
  for (const id of ['agency', ...AGENCY_ANSWERS]) {
    const name = textOf(id);
    if (name === '' || urnOfName.has(name)) continue;
    const message = say([
      `Không có cơ quan nào tên "${name}"; hãy chọn trong danh sách hoặc để trống.`,
      `No agency is called "${name}"; choose from the list or leave it empty.`,
    ]);
    problems.push({ id, message });
  }
  for (const { input, leftOver } of [reuses, retires]) {
    if (leftOver === '') continue;
    const message = say([
      `"${leftOver}" chưa được chọn trong danh sách; hãy chọn hoặc xóa đi.`,
      `"${leftOver}" was not chosen from the list; choose or delete it.`,
    ]);
    problems.push({ id: input.id, message });
  }
  return problems;
}

/**
 * Adds something to what the project will reuse.
 * @param {Named} element
 */
export function reuse(element) {
  reuses.add(element);
}

/** @returns {ProposalInput} */
export function readForm() {
  return {
    title: textOf('title'),
    objective: textOf('objective') || null,
    agency: urnOfName.get(textOf('agency')) ?? null,
    investmentForm: textOf('investmentForm') || null,
    workType: textOf('workType') || null,
    decidedOn: textOf('decidedOn') || null,
    components: filledRows().map((row) => ({
      name: partOf(row, 'name'),
      description: partOf(row, 'description') || null,
      layer: Number(partOf(row, 'layer')) || null,
    })),
    answers: [...singleAnswers(), ...listAnswers(), ...flags(), ...reuseAnswer()],
    operations: retires.urns.map((urn) => ({ op: 'UPDATE', urn, path: 'phases', value: PHASED_OUT })),
  };
}

/** Rows in which something is written; the number of a component in the answer is its place among these. */
export function filledRows() {
  return Array.from(rows.children).filter((row) => partOf(row, 'name') !== '' || partOf(row, 'description') !== '');
}

/** @param {Element} row @param {string} part */
function partOf(row, part) {
  const control = row.querySelector(`[data-part="${part}"]`);
  return isControl(control) ? control.value.trim() : '';
}

function singleAnswers() {
  return Array.from(form.querySelectorAll('[data-answer]')).flatMap((control) => {
    if (!isControl(control) || control.value.trim() === '') return [];
    const field = control.dataset['answer'] ?? '';
    return [{ field, value: valueOf(field, control.dataset['type'], control.value.trim()) }];
  });
}

/**
 * @param {string} field
 * @param {string | undefined} type
 * @param {string} text
 */
function valueOf(field, type, text) {
  if (type === 'integer') return Number(text);
  if (type === 'boolean') return text === 'true';
  return AGENCY_ANSWERS.has(field) ? (urnOfName.get(text) ?? text) : text;
}

/** A list in which nothing is ticked is unknown, not empty. */
function listAnswers() {
  const boxes = Array.from(form.querySelectorAll('input[data-list]:checked'));
  /** @type {Map<string, string[]>} */
  const lists = new Map();
  for (const box of boxes) {
    if (!(box instanceof HTMLInputElement)) continue;
    const field = box.dataset['list'] ?? '';
    lists.set(field, [...(lists.get(field) ?? []), box.value]);
  }
  return Array.from(lists, ([field, value]) => ({ field, value }));
}

/** Nothing chosen says nothing: it does not declare that nothing is reused. */
function reuseAnswer() {
  return reuses.urns.length === 0 ? [] : [{ field: 'reuses', value: reuses.urns }];
}

/** An empty box says nothing; a ticked one says yes. */
function flags() {
  return Array.from(form.querySelectorAll('input[data-flag]:checked')).flatMap((box) =>
    box instanceof HTMLInputElement ? [{ field: box.dataset['flag'] ?? '', value: true }] : [],
  );
}

/**
 * Replaces what the form says by a proposal.
 * @param {ProposalInput} proposal
 */
export function fillForm(proposal) {
  form.reset();
  rows.replaceChildren();
  for (const id of /** @type {const} */ (['title', 'objective', 'investmentForm', 'workType', 'decidedOn'])) {
    controlById(id).value = proposal[id] ?? '';
  }
  controlById('agency').value = nameOf(proposal.agency);
  for (const component of proposal.components) {
    const row = addRow();
    setPart(row, 'name', component.name);
    setPart(row, 'description', component.description ?? '');
    setPart(row, 'layer', component.layer === null ? '' : String(component.layer));
  }
  for (const { field, value } of proposal.answers) setAnswer(field, value);
  showLeasedHosting();
}

/**
 * The name of an agency as the list shows it; empty where it is not in the list.
 * @param {string | null} urn
 */
export function nameOf(urn) {
  for (const [name, each] of urnOfName) if (each === urn) return name;
  return '';
}

/** @param {Element} row @param {string} part @param {string} text */
function setPart(row, part, text) {
  const control = row.querySelector(`[data-part="${part}"]`);
  if (isControl(control)) control.value = text;
}

/** @param {string} field @param {unknown} value */
function setAnswer(field, value) {
  const single = form.querySelector(`[data-answer="${field}"]`);
  if (isControl(single)) single.value = AGENCY_ANSWERS.has(field) ? nameOf(String(value)) : String(value);
  for (const box of form.querySelectorAll(`[data-list="${field}"], [data-flag="${field}"]`)) {
    if (!(box instanceof HTMLInputElement)) continue;
    box.checked = Array.isArray(value) ? value.includes(box.value) : value === true;
  }
}

/**
 * The control of the form that a path or a field of the service speaks of; undefined where the form has none.
 * @param {readonly string[]} path - such as `input components 0 name`, or a single attribute or field.
 * @param {ProposalInput} input - what was sent, to tell which answer a number means.
 * @returns {HTMLElement | undefined}
 */
export function controlOf(path, input) {
  const [first = '', ...rest] = path.filter((step) => step !== 'input');
  if (first === 'components') return controlOfComponent(rest);
  const fact = first === 'answers' ? (input.answers[Number(rest[0])]?.field ?? '') : first;
  return elementOrNothing(document.getElementById(CONTROL_OF_FACT[fact] ?? fact));
}

/**
 * A component is named by its place (`0`) or by its id (`c1`); without either, the first one is meant.
 * @param {readonly string[]} path
 */
function controlOfComponent([component = '0', part = 'name']) {
  const place = component.startsWith('c') ? Number(component.slice(1)) - 1 : Number(component);
  const [row, name] = Number.isNaN(place) ? [filledRows()[0], component] : [filledRows()[place], part];
  return elementOrNothing(row?.querySelector(`[data-part="${name}"]`));
}

/** @param {Element | null | undefined} element */
function elementOrNothing(element) {
  return element instanceof HTMLElement && form.contains(element) ? element : undefined;
}
