import { section } from './answer-section.js';
import { make } from './dom.js';
import { say, sayDay, sayNumber } from './language.js';
import {
  CONFIDENCE_WORDS,
  ENFORCEMENT_WORDS,
  EVIDENCE_WORDS,
  OUTCOME_WORDS,
  SEVERITY_WORDS,
  TRUTH_WORDS,
  VERIFICATION_WORDS,
  wordFor,
} from './words.js';

/** @typedef {import('./types.js').Finding} Finding */

/** What needs somebody comes first. */
const ORDER = ['FAIL', 'ERROR', 'NEEDS_EVIDENCE', 'WAIVED', 'PASS', 'NOT_APPLICABLE'];

/**
 * What each rule says, grouped by what it counts as today: what is waived stands apart from what passes and what fails.
 * @param {readonly Finding[]} findings
 * @param {boolean} allProvisional - said once for the whole answer, so not again at each rule.
 */
export function findingsSection(findings, allProvisional) {
  const groups = ORDER.map((outcome) => findings.filter((finding) => finding.effectiveOutcome === outcome));
  return section(
    ['Kết quả theo từng quy tắc', 'What each rule says'],
    ...groups.flatMap((group) => (group.length === 0 ? [] : [outcomeGroup(group, allProvisional)])),
  );
}

/**
 * @param {readonly Finding[]} group - of one effective outcome, at least one.
 * @param {boolean} allProvisional
 */
function outcomeGroup(group, allProvisional) {
  const outcome = group[0]?.effectiveOutcome ?? '';
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
function findingItem(finding, allProvisional) {
  const { rule, effectiveOutcome, sentenceVi, sentenceEn, explanation, provisional, waiver, evidence } = finding;
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
    waiver !== null && waiverPart(waiver),
    evidence.length > 0 && make('ul', { class: 'evidence' }, ...evidence.map(evidenceItem)),
    NOT_MET.includes(effectiveOutcome) &&
      make('p', {}, make('strong', {}, say(['Cách khắc phục: ', 'What to do: '])), rule.fixHint),
    make('ul', { class: 'citations' }, ...rule.citations.map(citationItem)),
    explanation.length > 0 && factsPart(explanation),
  );
}

/** What is waived has to be put right all the same. */
const NOT_MET = ['FAIL', 'WAIVED'];

/** Who has the waiver, and until when. @param {NonNullable<Finding['waiver']>} waiver */
function waiverPart({ id, agency, validTo }) {
  const until = say([`có hiệu lực đến hết ngày ${sayDay(validTo)}`, `in force until ${sayDay(validTo)}`]);
  const whose = [agency?.name, until].filter((part) => part !== undefined).join(', ');
  return make('p', { class: 'waiver' }, make('strong', {}, `${say(['Miễn trừ', 'Waiver'])} ${id}: `), whose);
}

/** What was shown and found. @param {import('./types.js').Evidence} evidence */
function evidenceItem({ id, kindId, kind, verdict, validTo }) {
  const found = verdict === null ? '' : ` → ${say(wordFor(EVIDENCE_WORDS, verdict))}`;
  const until =
    validTo === null
      ? ''
      : say([`; có hiệu lực đến hết ngày ${sayDay(validTo)}`, `; in force until ${sayDay(validTo)}`]);
  const title = `${say(['Minh chứng', 'Evidence'])} ${id}: `;
  return make('li', {}, make('strong', {}, title), `${kind?.question ?? kindId}${found}${until}`);
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
