import { section } from './answer-section.js';
import { make } from './dom.js';
import { say } from './language.js';
import { CHANGE_STANDING_WORDS, OUTCOME_WORDS, wordFor } from './words.js';

/** @typedef {import('./types.js').ChangeFinding} ChangeFinding */

/** What counts in the verdict comes first. */
const ORDER = ['BY_CHANGE', 'KNOCK_ON', 'OLDER_DEBT', 'MENDED'];

/**
 * What the proposal does to what rules say of the systems that are there; nothing where it changes none.
 * @param {import('./types.js').ProposalCheck} check
 * @returns {Node[]}
 */
export function changesSection({ changeFindings: found, changeCoverage: { judged, truncated, onlyAdded }, impact }) {
  const changeFindings = found.nodes;
  if (changeFindings.length === 0 && impact.length === 0 && judged === 0) return [];
  const groups = ORDER.map((standing) => changeFindings.filter((change) => change.standing === standing));
  const part = section(
    ['Tác động đến kết quả đánh giá', 'What it does to findings'],
    ...groups.flatMap((group) => (group.length === 0 ? [] : [standingGroup(group)])),
    changeFindings.length === 0 &&
      judged > 0 &&
      note(['Không có kết quả nào thay đổi trong phạm vi được xem.', 'Nothing turns among what was looked at.']),
    found.totalCount > changeFindings.length &&
      note(['Còn kết quả chưa được liệt kê.', 'There are more findings than are listed.']),
    truncated &&
      note(['Còn đối tượng liên quan chưa được xem xét.', 'There are more elements concerned than were looked at.']),
    onlyAdded &&
      note([
        'Kết quả trên hệ thống hiện có dành cho cán bộ có quyền nên không nêu ở đây.',
        'Findings on what is there are for officials, and are not told here.',
      ]),
  );
  return [part];
}

/** @param {readonly ChangeFinding[]} group - of one standing, at least one. */
function standingGroup(group) {
  const standing = group[0]?.standing ?? '';
  return make(
    'div',
    {},
    make('h4', {}, say(wordFor(CHANGE_STANDING_WORDS, standing))),
    make('ul', { class: 'findings' }, ...group.map(changeItem)),
  );
}

/** @param {ChangeFinding} change */
function changeItem({ before, after, finding: { rule, subject, sentenceVi, sentenceEn } }) {
  const turn = [before, after].map((outcome) => (outcome === null ? '–' : say(wordFor(OUTCOME_WORDS, outcome))));
  return make(
    'li',
    {},
    make(
      'p',
      {},
      make('strong', {}, `${subject?.name ?? ''} · ${rule.code} · ${say([rule.titleVi, rule.titleEn])}`),
      ' ',
      make('span', { class: 'tag' }, turn.join(' → ')),
    ),
    make('p', {}, say([sentenceVi, sentenceEn])),
  );
}

/** @param {import('./language.js').Text} text */
function note(text) {
  return make('p', { class: 'muted' }, say(text));
}
