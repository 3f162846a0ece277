import { byId, make } from './dom.js';
import { EXAMPLE_QUERIES } from './example-queries.js';
import { chooseLanguage, language, say, startLanguage } from './language.js';

/** @typedef {import('./types.js').ExampleQuery} ExampleQuery */

/** A page that opens with what was typed last time would hide the question that its address asks for. */
const FORGETFUL = {
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  clear: () => undefined,
  length: 0,
};

const choice = byId('example', HTMLSelectElement);
const token = byId('token', HTMLInputElement);
const notice = byId('notice', HTMLElement);
const root = ReactDOM.createRoot(byId('graphiql', HTMLElement));

startLanguage();
markLanguage();
offerExamples();
show(startingExample());

choice.addEventListener('change', () => show(exampleById(choice.value)));
byId('report', HTMLButtonElement).addEventListener('click', () => void downloadReport());
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    chooseLanguage(button.getAttribute('data-language') === 'EN' ? 'EN' : 'VI');
    markLanguage();
    const chosen = choice.value;
    offerExamples();
    choice.value = chosen;
  });
}

function markLanguage() {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-language') === language()));
  }
}

function offerExamples() {
  const options = EXAMPLE_QUERIES.map(({ id, titleVi, titleEn }) =>
    make('option', { value: id }, say([titleVi, titleEn])),
  );
  choice.replaceChildren(...options);
}

/**
 * @param {string | null} id
 * @returns {ExampleQuery}
 */
function exampleById(id) {
  const found = EXAMPLE_QUERIES.find((each) => each.id === id) ?? EXAMPLE_QUERIES[0];
  if (found === undefined) throw new Error('There are no saved questions.');
  return found;
}

/** The question that the address asks for, with its variables where it gives them. */
function startingExample() {
  const parameters = new URLSearchParams(location.search);
  const example = exampleById(parameters.get('example'));
  choice.value = example.id;
  const variables = parameters.get('variables');
  return variables === null ? example : { ...example, variables: parsed(variables) ?? example.variables };
}

/**
 * @param {string} text
 * @returns {Record<string, unknown> | undefined}
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    notice.textContent = say([
      'Tham số trong địa chỉ không phải JSON; dùng tham số mẫu.',
      'The variables in the address are not JSON; those of the saved question are used.',
    ]);
    return undefined;
  }
}

/** @param {ExampleQuery} example */
function show({ id, query, variables }) {
  root.render(
    React.createElement(GraphiQL, {
      // Another question starts afresh: the old result, or the old operation's name, must not stand beside it.
      key: id,
      fetcher,
      query,
      variables: JSON.stringify(variables, null, 2),
      storage: FORGETFUL,
      shouldPersistHeaders: false,
      defaultEditorToolsVisibility: 'variables',
    }),
  );
}

/**
 * @param {unknown} question
 * @param {{ headers?: Record<string, string> }} options - headers of the tool's own editor.
 */
async function fetcher(question, { headers = {} } = {}) {
  const response = await fetch('graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...credentials(), ...headers },
    body: JSON.stringify(question),
  });
  return response.json();
}

/** @returns {Record<string, string>} */
function credentials() {
  const given = token.value.trim();
  return { 'Accept-Language': language().toLowerCase(), ...(given !== '' && { Authorization: `Bearer ${given}` }) };
}

/** A link could not carry the token, so the file is fetched and then saved. */
async function downloadReport() {
  notice.textContent = '';
  try {
    const response = await fetch('reports/compliance.csv?by=agency', { headers: credentials() });
    if (!response.ok) {
      notice.textContent = say([
        `Không tải được báo cáo (${response.status}). Báo cáo cần mã truy cập có quyền xem kết quả tuân thủ.`,
        `The report can not be read (${response.status}). It needs a token that may see findings.`,
      ]);
      return;
    }
    const address = URL.createObjectURL(await response.blob());
    make('a', { href: address, download: 'compliance-by-agency.csv' }).click();
    URL.revokeObjectURL(address);
  } catch (error) {
    notice.textContent = `${say(['Máy chủ không trả lời.', 'The server does not answer.'])} (${String(error)})`;
  }
}
