import { section } from './answer-section.js';
import { make } from './dom.js';
import { say, sayNumber } from './language.js';
import {
  ADVICE_WORDS,
  BAND_WORDS,
  COVERAGE_WORDS,
  KIND_WORDS,
  PHASE_WORDS,
  REACH_WORDS,
  SIGNAL_WORDS,
  wordFor,
} from './words.js';

/** @typedef {import('./types.js').Candidate} Candidate */
/** @typedef {(element: import('./types.js').Named) => void} OnReuse */

/** Candidates shown at once; the rest can be opened. */
const SHOWN_AT_ONCE = 3;

/**
 * What already serves each component.
 * @param {import('./types.js').DuplicateAnswer} duplicates
 * @param {OnReuse} onReuse
 */
export function duplicatesSection({ byComponent, coverage }, onReuse) {
  const among = say([
    `Tìm trong ${sayNumber(coverage.objectsKnown)} đối tượng đã biết; ${say(wordFor(COVERAGE_WORDS, coverage.verdict))}.`,
    `Sought among ${sayNumber(coverage.objectsKnown)} known objects; ${say(wordFor(COVERAGE_WORDS, coverage.verdict))}.`,
  ]);
  return section(
    ['Trùng lặp theo từng thành phần', 'Duplicates, component by component'],
    make('p', { class: 'muted' }, among),
    ...byComponent.map((match) => componentPart(match, onReuse)),
  );
}

/**
 * @param {import('./types.js').ComponentMatch} match
 * @param {OnReuse} onReuse
 */
function componentPart(match, onReuse) {
  const { component, band, advice, candidates, totalCount, truncated, suggestedCondition } = match;
  const first = candidates.slice(0, SHOWN_AT_ONCE).map((each) => candidateItem(each, onReuse));
  const rest = candidates.slice(SHOWN_AT_ONCE).map((each) => candidateItem(each, onReuse));
  const more = say([`Xem thêm ${sayNumber(rest.length)}`, `${sayNumber(rest.length)} more`]);
  return make(
    'div',
    { class: 'component-answer' },
    make('h4', {}, component.name, ' ', bandTag(band)),
    advice !== null &&
      make('p', {}, make('strong', {}, say(['Nên làm: ', 'Advice: '])), say(wordFor(ADVICE_WORDS, advice))),
    suggestedCondition !== null && make('p', { class: 'condition' }, suggestedCondition),
    first.length === 0 ? make('p', { class: 'muted' }, noneText(band)) : make('ul', { class: 'candidates' }, ...first),
    rest.length > 0 && make('details', {}, make('summary', {}, more), make('ul', { class: 'candidates' }, ...rest)),
    truncated &&
      make(
        'p',
        { class: 'muted' },
        say([
          `Danh sách bị cắt: tìm thấy ${sayNumber(totalCount)} ứng viên.`,
          `The list is cut: ${sayNumber(totalCount)} candidates were found.`,
        ]),
      ),
  );
}

/** @param {string} band */
function noneText(band) {
  if (band === 'TOO_LITTLE_TO_JUDGE') {
    return say([
      'Hãy mô tả rõ hơn chức năng này để so sánh được.',
      'Describe this function in more words to compare it.',
    ]);
  }
  return say([
    'Không thấy ứng viên nào trong các đối tượng đã biết.',
    'No candidate was found among the known objects.',
  ]);
}

/** @param {string} band */
function bandTag(band) {
  return make('span', { class: `tag band-${band.toLowerCase()}` }, say(wordFor(BAND_WORDS, band)));
}

/**
 * @param {Candidate} candidate
 * @param {OnReuse} onReuse
 */
function candidateItem({ match, score, band, isContinuation, reach, advice, gaps, signals }, onReuse) {
  const about = [
    say(wordFor(KIND_WORDS, match.kind)),
    match.owner?.name ?? say(['chưa rõ chủ quản', 'owner not known']),
    say(wordFor(PHASE_WORDS, match.lifecycle.phase)),
    say(wordFor(REACH_WORDS, reach)),
  ];
  return make(
    'li',
    {},
    make('p', {}, linkTo(match), ' ', bandTag(band), ' ', scoreText(score)),
    make('p', { class: 'muted' }, about.join(' · ')),
    make('meter', { min: '0', max: '1', value: String(score), class: 'no-print', 'aria-hidden': 'true' }),
    signalsList(signals),
    make(
      'p',
      {},
      say(['Nên làm: ', 'Advice: ']),
      say(wordFor(ADVICE_WORDS, advice)),
      isContinuation && say([' (tiếp nối hệ thống của chính cơ quan)', ' (goes on with the agency’s own system)']),
    ),
    gaps.length > 0 && make('p', {}, say(['Phần chưa thấy ở đó: ', 'Not seen there: ']), gaps.join('; ')),
    band !== 'DISTINCT' && match.kind !== 'PROJECT' && reuseButton(match, onReuse),
  );
}

/** @param {Candidate['match']} match */
function linkTo({ urn, name }) {
  const variables = encodeURIComponent(JSON.stringify({ urn }));
  return make('a', { href: `explorer.html?example=element&variables=${variables}` }, name);
}

/** @param {number} score */
function scoreText(score) {
  const percent = sayNumber(Math.round(score * 100));
  return make('span', { class: 'score' }, say([`mức giống ${percent} %`, `likeness ${percent} %`]));
}

/**
 * @param {Candidate['match']} match
 * @param {OnReuse} onReuse
 */
function reuseButton(match, onReuse) {
  const text = say(['Sẽ dùng lại, kiểm tra lại', 'Will be reused: check again']);
  const button = make('button', { type: 'button', class: 'chip no-print' }, text);
  button.addEventListener('click', () => onReuse(match));
  return button;
}

/** What speaks for and against, with the words that matched. @param {Candidate['signals']} signals */
function signalsList(signals) {
  const items = signals
    .filter(({ contribution, evidence }) => contribution !== 0 || evidence.length > 0)
    .map(({ name, contribution, evidence }) =>
      make(
        'li',
        {},
        contribution >= 0 ? '+ ' : '− ',
        say(wordFor(SIGNAL_WORDS, name)),
        evidence.length > 0 && ': ',
        ...evidence.flatMap(({ text }, index) => [index > 0 && ', ', make('mark', {}, text)]),
      ),
    );
  return make('ul', { class: 'signals', 'aria-label': say(['Căn cứ', 'Evidence']) }, ...items);
}
