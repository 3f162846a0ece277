import { changesSection } from './answer-changes.js';
import { make } from './dom.js';
import { duplicatesSection } from './answer-duplicates.js';
import { findingsSection } from './answer-findings.js';
import { section } from './answer-section.js';
import { language, say, sayMoment, sayNumber } from './language.js';
import { COVERAGE_WORDS, IMPACT_WORDS, LIGHT_WORDS, VERDICT_WORDS, wordFor } from './words.js';

/** @typedef {import('./types.js').ProposalCheck} ProposalCheck */
/** @typedef {import('./types.js').ProposalInput} ProposalInput */
/** @typedef {import('./types.js').MissingFact} MissingFact */

/**
 * The printable answer to a proposal.
 * @param {ProposalCheck} check
 * @param {ProposalInput} input
 * @param {{ agencyName: string, checkedAt: Date, linkTo: (fact: MissingFact) => string | undefined,
 *   onReuse: (element: import('./types.js').Named) => void }} context - `linkTo` gives the id of the control of the form
 *   that would fill a missing fact; `onReuse` is told when somebody decides to reuse a candidate.
 * @returns {Node[]}
 */
export function renderAnswer(check, input, context) {
  return [
    heading(check, input, context),
    selfCheckSection(check),
    duplicatesSection(check.duplicates, context.onReuse),
    conditionsSection(check),
    missingSection(check, context.linkTo),
    impactSection(check),
    findingsSection(check.findings, check.regime.provisional),
    ...changesSection(check),
  ];
}

/**
 * @param {ProposalCheck} check
 * @param {ProposalInput} input
 * @param {{ agencyName: string, checkedAt: Date }} context
 */
function heading(check, input, { agencyName, checkedAt }) {
  const { verdict, isBinding, regime, revision, duplicates } = check;
  const among = sayNumber(duplicates.coverage.objectsKnown);
  return make(
    'header',
    {},
    make('p', { class: 'kicker' }, say(['Kết quả kiểm tra đề xuất', 'Result of the check'])),
    make('h2', {}, input.title),
    make('p', { class: 'muted' }, [agencyName, sayMoment(checkedAt)].filter((part) => part !== '').join(' · ')),
    make(
      'p',
      { class: `verdict ${verdict.toLowerCase()}` },
      make('span', { class: 'muted' }, say(['Kết luận: ', 'Verdict: '])),
      make('strong', {}, say(wordFor(VERDICT_WORDS, verdict))),
    ),
    make(
      'p',
      {},
      say(
        isBinding
          ? [
              'Có quy tắc bắt buộc không đạt, theo văn bản đã đối chiếu bản ký.',
              'A binding rule is not met, on a citation verified against the signed text.',
            ]
          : [
              'Kết quả mang tính tham mưu: không có quy tắc bắt buộc nào bị vi phạm.',
              'This is advice: no binding rule is broken.',
            ],
      ),
      ' ',
      say([
        `Đã đối chiếu với ${among} đối tượng đã biết, phiên bản dữ liệu ${sayNumber(revision)}.`,
        `Compared with ${among} known objects, revision ${sayNumber(revision)} of the data.`,
      ]),
    ),
    regimeLine(regime),
    printButton(),
  );
}

/** @param {import('./types.js').Regime} regime */
function regimeLine({ name, because, provisional }) {
  const shown = name === '' ? say(['Không có văn bản nào trong dữ liệu', 'No law on record']) : name;
  return make(
    'p',
    { class: 'regime' },
    make('strong', {}, say(['Văn bản áp dụng: ', 'Law applied: '])),
    shown,
    ' ',
    provisional && make('span', { class: 'tag warn' }, say(['tạm thời', 'provisional'])),
    make('br'),
    make('span', { class: 'muted' }, because),
  );
}

function printButton() {
  const button = make('button', { type: 'button', class: 'button quiet no-print' }, say(['In kết quả', 'Print']));
  button.addEventListener('click', () => window.print());
  return make('p', { class: 'no-print' }, button);
}

/** @param {ProposalCheck} check */
function selfCheckSection({ selfCheck }) {
  const rows = selfCheck.map(({ light, titleVi, titleEn, reasonVi, reasonEn }) =>
    make(
      'li',
      { class: `light ${light.toLowerCase()}` },
      make('span', { class: 'lamp' }, say(wordFor(LIGHT_WORDS, light))),
      make('span', {}, make('strong', {}, say([titleVi, titleEn])), make('br'), say([reasonVi, reasonEn])),
    ),
  );
  return section(['Năm tiêu chí tự kiểm tra', 'Five self-check criteria'], make('ul', { class: 'lights' }, ...rows));
}

/** @param {ProposalCheck} check */
function impactSection({ impact }) {
  const nothing = make(
    'p',
    { class: 'muted' },
    say([
      'Đề xuất không nêu việc thay đổi hay thu hồi hệ thống hiện có nào, nên chưa có gì để phân tích ảnh hưởng.',
      'The proposal names no existing system that it changes or retires, so there is no impact to follow.',
    ]),
  );
  return section(['Ảnh hưởng', 'Impact'], ...(impact.length === 0 ? [nothing] : impact.map(impactItem)));
}

/** @param {import('./types.js').Impact} impact */
function impactItem({ origin, totalCount, untypedCount, truncated, coverage, impacted }) {
  const items = impacted.nodes.map(({ element, severity }) =>
    make('li', {}, element.name, ' — ', say(wordFor(IMPACT_WORDS, severity))),
  );
  const cut = truncated || impacted.nodes.length < totalCount;
  return make(
    'div',
    {},
    make(
      'p',
      {},
      make('strong', {}, origin.name),
      ': ',
      say([`${sayNumber(totalCount)} đối tượng bị ảnh hưởng`, `${sayNumber(totalCount)} objects are hurt`]),
      untypedCount > 0 &&
        say([
          `, thêm ${sayNumber(untypedCount)} nếu các liên kết chưa rõ loại cũng truyền ảnh hưởng`,
          `, ${sayNumber(untypedCount)} more if links of unknown kind carry it`,
        ]),
      ` (${say(wordFor(COVERAGE_WORDS, coverage.verdict))}).`,
    ),
    make('ul', {}, ...items),
    cut && make('p', { class: 'muted' }, say(['Danh sách chưa đầy đủ.', 'The list is cut off here.'])),
  );
}

/** @param {ProposalCheck} check */
function conditionsSection({ conditionsSuggested }) {
  const none = make('p', { class: 'muted' }, say(['Không có điều kiện nào.', 'None.']));
  const items = conditionsSuggested.map(({ textVi, textEn }) => make('li', {}, say([textVi, textEn])));
  return section(
    ['Điều kiện đề nghị ghi vào quyết định', 'Conditions suggested for the decision'],
    items.length === 0 ? none : make('ol', {}, ...items),
  );
}

/**
 * @param {ProposalCheck} check
 * @param {(fact: MissingFact) => string | undefined} linkTo
 */
function missingSection({ findings, duplicates }, linkTo) {
  const facts = distinct([...findings.flatMap(({ missingFacts }) => missingFacts), ...duplicates.coverage.missing]);
  const more = duplicates.coverage.missingCount - duplicates.coverage.missing.length;
  const none = make('p', { class: 'muted' }, say(['Không còn câu hỏi nào.', 'Nothing is left to ask.']));
  return section(
    ['Còn thiếu gì, hỏi ai', 'What is missing, and whom to ask'],
    facts.length === 0
      ? none
      : make('ul', { class: 'missing' }, ...facts.map((fact) => missingItem(fact, linkTo(fact)))),
    more > 0 &&
      make('p', { class: 'muted' }, say([`Và ${sayNumber(more)} điều khác.`, `And ${sayNumber(more)} more.`])),
  );
}

/**
 * @param {MissingFact} fact
 * @param {string | undefined} control
 */
function missingItem({ question, field, element, askedFrom }, control) {
  const asked = askedFrom?.name ?? say(['chưa rõ hỏi ai', 'nobody is known to ask']);
  return make(
    'li',
    {},
    element ? `${element.name}: ` : null,
    question ?? field,
    ' ',
    make('span', { class: 'muted' }, `(${asked})`),
    ' ',
    control !== undefined &&
      make('a', { href: `#${control}`, class: 'no-print' }, say(['Trả lời trong biểu mẫu', 'Answer in the form'])),
  );
}

/** @param {readonly MissingFact[]} facts */
function distinct(facts) {
  const keys = new Set();
  return facts.filter(({ question, field, element }) => {
    const key = JSON.stringify([question ?? field, element?.urn, language()]);
    return keys.size < keys.add(key).size;
  });
}
