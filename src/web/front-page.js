import { renderAnswer } from './answer.js';
import { byId, make } from './dom.js';
import { EXAMPLE_PROPOSALS } from './example-proposals.js';
import { AnswerFailed, ask } from './graphql.js';
import { chooseLanguage, language, say, sayMoment, sayNumber, startLanguage } from './language.js';
import { retellPlanList, startPlanList } from './plan-list.js';
import {
  controlOf,
  fillForm,
  nameOf,
  offerAgencies,
  problemsOfForm,
  readForm,
  reuse,
  startForm,
} from './proposal-form.js';
import { AGENCIES_QUERY, CHECK_PROPOSAL_QUERY, LANDSCAPE_QUERY } from './queries.js';
import { COVERAGE_WORDS, KIND_WORDS, wordFor } from './words.js';

/** @typedef {import('./types.js').ProposalInput} ProposalInput */
/** @typedef {import('./types.js').CheckAnswer} CheckAnswer */
/** @typedef {{ message: string, control?: HTMLElement | undefined, path?: string }} Problem */

const counts = byId('counts', HTMLElement);
const answer = byId('answer', HTMLElement);
const problems = byId('problems', HTMLElement);
const progress = byId('progress', HTMLElement);
const submit = byId('submit', HTMLButtonElement);

/**
 * What the answer on the page was asked for; undefined while there is none.
 * @type {ProposalInput | undefined}
 */
let answered;
/** Only the answer to the latest question is shown. */
let asked = 0;

startLanguage();
startForm();
startPlanList();
startButtons();
void showCounts();
void loadAgencies();

function startButtons() {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => switchLanguage(button.getAttribute('data-language') === 'EN' ? 'EN' : 'VI'));
  }
  markLanguage();
  for (const button of document.querySelectorAll('[data-example]')) {
    const name = button.getAttribute('data-example') === 'fresh' ? 'fresh' : 'duplicate';
    button.addEventListener('click', () => {
      showProblems([]);
      fillForm(EXAMPLE_PROPOSALS[name]);
      submit.focus();
    });
  }
  const form = byId('proposal', HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void checkForm();
  });
  form.addEventListener('reset', () => showProblems([]));
  // Paper shows everything; what was folded stays open afterwards.
  window.addEventListener('beforeprint', () => {
    for (const part of answer.querySelectorAll('details')) part.open = true;
  });
}

/** @param {import('./language.js').Language} chosen */
function switchLanguage(chosen) {
  chooseLanguage(chosen);
  markLanguage();
  showProblems([]);
  void showCounts();
  // Some texts of an answer are made by the service in one language, so it is asked again.
  if (answered !== undefined) void check(answered, { moveFocus: false });
  retellPlanList();
}

function markLanguage() {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-language') === language()));
  }
}

async function showCounts() {
  counts.setAttribute('aria-busy', 'true');
  try {
    /** @type {import('./types.js').LandscapeAnswer} */
    const { landscape } = await ask(LANDSCAPE_QUERY);
    counts.replaceChildren(...countsOf(landscape));
  } catch (error) {
    counts.replaceChildren(failure(error, showCounts));
  }
  counts.setAttribute('aria-busy', 'false');
}

/** @param {import('./types.js').LandscapeAnswer['landscape']} landscape */
function countsOf({ revision, at, relationCount, counts, coverage }) {
  if (counts.length === 0) {
    return [make('p', { class: 'muted' }, say(['Chưa có dữ liệu nào.', 'There is nothing here yet.']))];
  }
  const relations = { label: say(['Quan hệ', 'Relations']), count: relationCount };
  const tiles = [...counts.map(({ key, count }) => ({ label: say(wordFor(KIND_WORDS, key)), count })), relations].map(
    ({ label, count }) => make('div', {}, make('dt', {}, label), make('dd', {}, sayNumber(count))),
  );
  const state = say([`Phiên bản dữ liệu ${sayNumber(revision)}`, `Revision ${sayNumber(revision)} of the data`]);
  const moment = at === null ? '' : `, ${sayMoment(at)}`;
  const missing = say([
    `${sayNumber(coverage.missingCount)} điều còn thiếu`,
    `${sayNumber(coverage.missingCount)} facts are missing`,
  ]);
  return [
    make('dl', { class: 'counts' }, ...tiles),
    make(
      'p',
      { class: 'muted' },
      `${state}${moment}. ${say(['Độ đầy đủ', 'Coverage'])}: ${say(wordFor(COVERAGE_WORDS, coverage.verdict))}; `,
      make('a', { href: 'explorer.html?example=coverage' }, missing),
      '.',
    ),
  ];
}

/** All agencies, page by page: a list that ends early would hide some. */
async function loadAgencies() {
  const problem = byId('agencies-problem', HTMLElement);
  problem.replaceChildren();
  try {
    /** @type {string | null} */
    let after = null;
    do {
      /** @type {import('./types.js').AgenciesAnswer} */
      const { elements } = await ask(AGENCIES_QUERY, { after });
      offerAgencies(elements.nodes);
      after = elements.pageInfo.hasNextPage ? elements.pageInfo.endCursor : null;
    } while (after !== null);
  } catch (error) {
    problem.replaceChildren(failure(error, loadAgencies));
  }
}

async function checkForm() {
  const wrong = problemsOfForm().map(({ id, message }) => ({ message, control: byId(id, HTMLElement) }));
  showProblems(wrong);
  if (wrong.length === 0) await check(readForm(), { moveFocus: true });
}

/**
 * Asks about a proposal and shows the answer.
 * @param {ProposalInput} input
 * @param {{ moveFocus: boolean }} options
 */
async function check(input, { moveFocus }) {
  asked += 1;
  const turn = asked;
  showProgress(true);
  try {
    /** @type {CheckAnswer} */
    const { checkProposal } = await ask(CHECK_PROPOSAL_QUERY, { input });
    if (turn === asked) showResult(checkProposal, input, moveFocus);
  } catch (error) {
    if (turn === asked) showProblems(problemsOf(error));
  }
  if (turn === asked) showProgress(false);
}

/** @param {boolean} isBusy */
function showProgress(isBusy) {
  submit.disabled = isBusy;
  progress.textContent = isBusy ? say(['Đang đối chiếu …', 'Comparing …']) : '';
}

/**
 * @param {CheckAnswer['checkProposal']} result
 * @param {ProposalInput} input
 * @param {boolean} moveFocus
 */
function showResult({ check, userErrors }, input, moveFocus) {
  const wrong = userErrors.map(({ message, path }) => ({
    message,
    control: controlOf(path, input),
    path: path.join(' › '),
  }));
  showProblems(wrong);
  if (check === null) return;
  answered = input;
  const agencyName = nameOf(input.agency);
  answer.replaceChildren(
    ...renderAnswer(check, input, {
      agencyName,
      checkedAt: new Date(),
      linkTo: (fact) => linkTo(fact, input),
      onReuse: (element) => {
        reuse(element);
        void checkForm();
      },
    }),
  );
  answer.hidden = false;
  if (!moveFocus) return;
  answer.focus({ preventScroll: true });
  answer.scrollIntoView();
}

/**
 * The control that would fill a fact of the proposal itself; facts of other things have none here.
 * @param {import('./types.js').MissingFact} fact
 * @param {ProposalInput} input
 */
function linkTo({ field, element }, input) {
  const path = field.replaceAll(/\[\d*\]/g, '').split('.');
  if (element || (path.length > 1 && path[0] !== 'components')) return undefined;
  return controlOf(path, input)?.id;
}

/**
 * What went wrong, in the language of the page.
 * @param {unknown} error
 * @returns {Problem[]}
 */
function problemsOf(error) {
  if (!(error instanceof AnswerFailed)) throw error;
  if (error.problems.length > 0) {
    return error.problems.map(({ message, path }) => ({ message, path: (path ?? []).join(' › ') }));
  }
  const message = say([
    'Máy chủ không trả lời. Nội dung bạn nhập vẫn còn; hãy thử lại sau ít phút.',
    'The server does not answer. What you typed is still here; please try again in a few minutes.',
  ]);
  return [{ message }];
}

/** @param {readonly Problem[]} found */
function showProblems(found) {
  for (const control of document.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
  problems.hidden = found.length === 0;
  problems.replaceChildren();
  if (found.length === 0) return;
  const title = say(['Chưa kiểm tra được:', 'The check could not be made:']);
  problems.append(make('p', {}, make('strong', {}, title)), make('ul', {}, ...found.map(problemItem)));
  const first = found.find(({ control }) => control !== undefined)?.control;
  (first ?? problems).focus();
}

/** @param {Problem} problem */
function problemItem({ message, control, path }) {
  control?.setAttribute('aria-invalid', 'true');
  const place = path === undefined || path === '' ? null : make('code', {}, ` ${path}`);
  if (control === undefined || control.id === '') return make('li', {}, message, place);
  return make('li', {}, make('a', { href: `#${control.id}` }, message), place);
}

/**
 * A part of the page that could not be read, with a button to try again.
 * @param {unknown} error
 * @param {() => Promise<void>} retry
 */
function failure(error, retry) {
  const button = make('button', { type: 'button', class: 'chip' }, say(['Thử lại', 'Try again']));
  button.addEventListener('click', () => void retry());
  return make(
    'span',
    { class: 'failure' },
    problemsOf(error)
      .map(({ message }) => message)
      .join(' '),
    ' ',
    button,
  );
}
