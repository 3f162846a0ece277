import { section } from './answer-section.js';
import { make } from './dom.js';
import { say, sayNumber } from './language.js';
import {
  CONFIDENCE_WORDS,
  ENFORCEMENT_WORDS,
  OUTCOME_WORDS,
  SEVERITY_WORDS,
  TRUTH_WORDS,
  VERIFICATION_WORDS,
  wordFor,
} from './words.js';

/** @typedef {import('./types.js').Finding} Finding */

/** What needs somebody comes first. */
const ORDER = ['FAIL', 'ERROR', 'NEEDS_EVIDENCE', 'PASS', 'NOT_APPLICABLE'];

/**
 * What each rule says, grouped by outcome.
 * @param {readonly Finding[]} findings
 * @param {boolean} allProvisional - said once for the whole answer, so not again at each rule.
 */
export function findingsSection(findings, allProvisional) {
  const groups = ORDER.map((outcome) => findings.filter((finding) => finding.outcome === outcome));
  return section(
    ['Kết quả theo từng quy tắc', 'What each rule says'],
    ...groups.flatMap((group) => (group.length === 0 ? [] : [outcomeGroup(group, allProvisional)])),
  );
}

/**
 * @param {readonly Finding[]} group - of one outcome, at least one.
 * @param {boolean} allProvisional
 */
function outcomeGroup(group, allProvisional) {
  const outcome = group[0]?.outcome ?? '';
  return make(
    'div',
    { class: `outcome ${outcome.toLowerCase()}` },
    make('h4', {}, say(wordFor(OUTCOME_WORDS, outcome)), ` (${sayNumber(group.length)})`),
    make('ul', { class: 'findings' }, ...group.map((finding) => findingItem(finding, allProvisional))),
  );
}

/**
 * @param {Finding} finding
 * @param {boolean} allProvisional
 */
function findingItem({ rule, outcome, sentenceVi, sentenceEn, explanation, provisional }, allProvisional) {
  const weight = `${say(wordFor(SEVERITY_WORDS, rule.severity))}; ${say(wordFor(ENFORCEMENT_WORDS, rule.enforcement))}`;
  return make(
    'li',
    {},
    make(
      'p',
      {},
      make('strong', {}, `${rule.code} · ${say([rule.titleVi, rule.titleEn])}`),
      ' ',
      make('span', { class: 'tag' }, weight),
      provisional && !allProvisional && make('span', { class: 'tag warn' }, say(['tạm thời', 'provisional'])),
    ),
    make('p', {}, say([sentenceVi, sentenceEn])),
    outcome === 'FAIL' && make('p', {}, make('strong', {}, say(['Cách khắc phục: ', 'What to do: '])), rule.fixHint),
    make('ul', { class: 'citations' }, ...rule.citations.map(citationItem)),
    explanation.length > 0 && factsPart(explanation),
  );
}

/** @param {import('./types.js').Citation} citation */
function citationItem({ instrument, article, text, url, confidence, verification }) {
  const place = [article, instrument?.name].filter((part) => part !== null && part !== undefined).join(', ');
  const verified = verification === 'VERIFIED_AGAINST_SIGNED_TEXT';
  return make(
    'li',
    {},
    url === null || !/^https?:/.test(url) ? place : make('a', { href: url, rel: 'noreferrer' }, place || url),
    place !== '' && ': ',
    text,
    ' ',
    make('span', { class: verified ? 'tag good' : 'tag warn' }, say(wordFor(VERIFICATION_WORDS, verification))),
    ' ',
    make('span', { class: 'muted' }, say(wordFor(CONFIDENCE_WORDS, confidence))),
  );
}

/** The facts that decided. @param {Finding['explanation']} explanation */
function factsPart(explanation) {
  const items = explanation.map(({ expression, truth, item, facts }) =>
    make(
      'li',
      {},
      item !== null && make('span', {}, `${item}: `),
      make('code', {}, expression),
      ` → ${say(wordFor(TRUTH_WORDS, truth))}`,
      facts.length > 0 && make('span', { class: 'muted' }, ` (${facts.map(factText).join('; ')})`),
    ),
  );
  const summary = make('summary', {}, say(['Dữ kiện quyết định', 'Deciding facts']));
  return make('details', {}, summary, make('ul', { class: 'facts' }, ...items));
}

/** @param {Finding['explanation'][number]['facts'][number]} fact */
function factText({ expression, known, value }) {
  return `${expression} = ${known ? JSON.stringify(value) : say(['chưa rõ', 'not known'])}`;
}
