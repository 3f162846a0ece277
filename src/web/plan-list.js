import { byId, make } from './dom.js';
import { language, say, sayNumber } from './language.js';
import { ADVICE_WORDS, BAND_WORDS, wordFor } from './words.js';

/** @typedef {import('./types.js').PlanListAnswer} PlanListAnswer */

const form = byId('plan-form', HTMLFormElement);
const file = byId('plan-file', HTMLInputElement);
const submit = byId('plan-submit', HTMLButtonElement);
const progress = byId('plan-progress', HTMLElement);
const problems = byId('plan-problems', HTMLElement);
const result = byId('plan-answer', HTMLElement);

/** Lines that are shown on the page; the file has them all. */
const LINES_SHOWN = 20;
const BANDS = ['DUPLICATE', 'OVERLAP', 'RELATED', 'DISTINCT', 'TOO_LITTLE_TO_JUDGE'];

/**
 * The list that was answered last: it is asked for again when the language changes.
 * @type {File | undefined}
 */
let answered;
/** Only the answer to the latest question is shown. */
let asked = 0;

/** Lets a list of planned projects be sent, and shows the answer. */
export function startPlanList() {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [chosen] = file.files ?? [];
    if (chosen === undefined) showProblems([say(['Hãy chọn một tệp.', 'Choose a file.'])]);
    else void show(chosen);
  });
}

/** Says the answer again in the language that was chosen. */
export function retellPlanList() {
  showProblems([]);
  if (answered !== undefined) void show(answered);
}

/** @param {File} list */
async function show(list) {
  asked += 1;
  const turn = asked;
  showProgress(true);
  showProblems([]);
  try {
    const response = await send(list, 'application/json');
    /** @type {PlanListAnswer} */
    const answer = await response.json();
    if (turn !== asked) return;
    answered = list;
    result.replaceChildren(...parts(answer, list));
    result.hidden = false;
    result.focus();
  } catch (error) {
    if (turn === asked) showProblems(messagesOf(error));
  } finally {
    if (turn === asked) showProgress(false);
  }
}

/** What the service said is wrong; none where it said nothing. */
class ListRefused extends Error {
  /**
   * @param {readonly string[]} messages
   * @param {unknown} [cause]
   */
  constructor(messages, cause) {
    super(messages[0] ?? 'no answer', { cause });
    this.messages = messages;
  }
}

/**
 * @param {File} list
 * @param {string} accept
 * @returns {Promise<Response>}
 * @throws {ListRefused}
 */
async function send(list, accept) {
  const headers = {
    'Content-Type': 'application/octet-stream',
    Accept: accept,
    'Accept-Language': language().toLowerCase(),
  };
  const response = await reached(fetch('/plan-lists', { method: 'POST', headers, body: list }));
  if (response.ok) return response;
  /** @type {{ errors?: readonly { message: string }[] }} */
  const { errors } = await reached(response.json());
  throw new ListRefused((errors ?? []).map(({ message }) => message));
}

/**
 * @template T
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
async function reached(answer) {
  try {
    return await answer;
  } catch (error) {
    throw new ListRefused([], error);
  }
}

/**
 * @param {unknown} error
 * @returns {readonly string[]}
 */
function messagesOf(error) {
  if (!(error instanceof ListRefused)) throw error;
  if (error.messages.length > 0) return error.messages;
  const nothing = say([
    'Máy chủ không trả lời; hãy thử lại sau ít phút.',
    'The server does not answer; please try again in a few minutes.',
  ]);
  return [nothing];
}

/** @param {boolean} isBusy */
function showProgress(isBusy) {
  submit.disabled = isBusy;
  progress.textContent = isBusy ? say(['Đang đối chiếu từng dòng …', 'Comparing line by line …']) : '';
}

/** @param {readonly string[]} messages */
function showProblems(messages) {
  problems.hidden = messages.length === 0;
  problems.replaceChildren(make('ul', {}, ...messages.map((message) => make('li', {}, message))));
  if (messages.length > 0) problems.focus();
}

/**
 * @param {PlanListAnswer} answer
 * @param {File} list
 */
function parts(answer, list) {
  const { lines, counts, objectsKnown } = answer;
  const told = BANDS.map((band) => `${say(wordFor(BAND_WORDS, band))}: ${sayNumber(counts[band] ?? 0)}`);
  const unreadable = counts['UNREADABLE'] ?? 0;
  if (unreadable > 0) told.push(`${say(['Không đọc được', 'Can not be read'])}: ${sayNumber(unreadable)}`);
  const summary = say([
    `${sayNumber(lines.length)} dòng, đối chiếu với ${sayNumber(objectsKnown)} đối tượng đã biết`,
    `${sayNumber(lines.length)} lines, compared with ${sayNumber(objectsKnown)} known objects`,
  ]);
  return [
    make('p', {}, make('strong', {}, `${summary}.`)),
    make('ul', {}, ...told.map((text) => make('li', {}, text))),
    make('p', { class: 'actions' }, downloadButton(list)),
    ...lineList(lines),
  ];
}

/** @param {File} list */
function downloadButton(list) {
  const text = say(['Tải lại tệp, kèm câu trả lời', 'Download the file with the answers']);
  const button = make('button', { type: 'button', class: 'button', id: 'plan-download' }, text);
  button.addEventListener('click', () => void download(list));
  return button;
}

/** @param {File} list */
async function download(list) {
  showProgress(true);
  try {
    const response = await send(list, '*/*');
    const address = URL.createObjectURL(await reached(response.blob()));
    const link = make('a', { href: address, download: list.name.replace(/(\.\w+)?$/, '-khung$1') });
    link.click();
    URL.revokeObjectURL(address);
  } catch (error) {
    showProblems(messagesOf(error));
  }
  showProgress(false);
}

/** @param {PlanListAnswer['lines']} lines */
function lineList(lines) {
  const alike = lines.filter(({ verdict }) => verdict !== null && verdict.matches.length + verdict.inList.length > 0);
  if (alike.length === 0) return [];
  const shown = alike.slice(0, LINES_SHOWN);
  const rest = alike.length - shown.length;
  const more = say([`… và ${sayNumber(rest)} dòng nữa, có trong tệp.`, `… and ${sayNumber(rest)} more, in the file.`]);
  return [
    make('h3', {}, say(['Dòng có thứ tương tự', 'Lines like which there is something'])),
    make('ol', { class: 'plan-lines' }, ...shown.map(lineItem)),
    ...(rest > 0 ? [make('p', { class: 'muted' }, more)] : []),
  ];
}

/** @param {PlanListAnswer['lines'][number]} line */
function lineItem({ line, title, verdict }) {
  const row = say([`Dòng ${line}`, `Row ${line}`]);
  const band = verdict === null ? '' : say(wordFor(BAND_WORDS, verdict.band));
  const advice = verdict?.advice ? `; ${say(wordFor(ADVICE_WORDS, verdict.advice))}` : '';
  const matches = (verdict?.matches ?? []).map(({ name, urn, score }) => `${name} (${urn}), ${score.toFixed(2)}`);
  const others = (verdict?.inList ?? []).map(
    (twin) => `${say(['Trong danh sách, dòng', 'In this list, row'])} ${twin.line}: ${twin.title}`,
  );
  return make(
    'li',
    {},
    make('strong', {}, `${row}: ${title}`),
    ` — ${band}${advice}`,
    make('ul', {}, ...[...matches, ...others].map((text) => make('li', {}, text))),
  );
}
