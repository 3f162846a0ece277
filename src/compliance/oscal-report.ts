import type { LandscapeView } from '../core/access/view.js';
import type { Element, PartialDate } from '../core/landscape/model.js';
import type { Finding } from '../core/policy/finding.js';
import type { FindingOutcome, Rule, RulePack } from '../core/policy/rule.js';
import type { WaiverCover } from '../core/policy/waiver-cover.js';
import { waiverOn } from '../core/policy/waiver.js';
import type { Language } from '../runtime/messages.js';
import { inLanguage, sentenceOf } from './finding-text.js';
import { JsonList } from './json-list.js';
import { nameUuid } from './name-uuid.js';

/** What assessment results are made of. */
export interface OscalInput {
  readonly landscape: LandscapeView;
  readonly pack: RulePack;
  /** The rules that were asked. */
  readonly rules: readonly Rule[];
  /** Read once, as the document is made. */
  readonly subjects: Iterable<{ readonly element: Element; readonly findings: readonly Finding[] }>;
  readonly cover: WaiverCover;
  readonly language: Language;
}

/** The version of OSCAL whose schema the document is of. */
const OSCAL_VERSION = '1.2.1';
const NAMESPACE = 'urn:khung:oscal';
/** Of these OSCAL knows a state; whatever else is found is an observation alone. */
const STATES: Readonly<Partial<Record<FindingOutcome, string>>> = { PASS: 'satisfied', FAIL: 'not-satisfied' };
const TITLE = { vi: 'Kết quả đánh giá tuân thủ kiến trúc', en: 'Architecture compliance assessment results' };
const ASSESSED = {
  vi: 'Các quy tắc của bộ quy tắc đang dùng, tính trên dữ liệu mà người yêu cầu được xem.',
  en: 'The rules of the pack in use, worked out from what the caller may see.',
};
const WAIVED = { vi: 'Được miễn trừ có thời hạn', en: 'Waived until a day' };

/**
 * The findings as OSCAL assessment results, the same bytes for the same findings: ids are made from rule, subject and day.
 * What passes or fails is a finding with its observation; what is unknown, does not apply or could not be computed is an
 * observation alone, for OSCAL has no state for it; a waiver in force is a risk with an approved deviation and a deadline.
 *
 * It is made in steps, a subject each, and told in parts: a city's findings are more than one text may hold.
 * @returns the parts of the JSON text, in UTF-8.
 */
export function* oscalParts(input: OscalInput): Generator<void, Buffer[]> {
  const observations = new JsonList('observations');
  const risks = new JsonList('risks');
  const findings = new JsonList('findings');
  for (const { element, findings: found } of input.subjects) {
    for (const each of found) {
      const entry = entryOf(input, element, each);
      observations.add(entry.observation);
      if (entry.risk !== undefined) risks.add(entry.risk);
      if (entry.finding !== undefined) findings.add(entry.finding);
    }
    yield;
  }
  const around = JSON.stringify(documentOf(input));
  return [
    Buffer.from(around.slice(0, -END.length)),
    ...[observations, risks, findings].flatMap((list) => list.parts()),
    Buffer.from(END),
  ];
}

/** How the document ends after the last field of its one result: there the lists are put in. */
const END = '}]}}';

/** The document without its lists. */
function documentOf({ landscape, pack, rules, cover: { day }, language }: OscalInput): object {
  const moment = landscape.at ?? startOf(day);
  const title = inLanguage(TITLE, language);
  const version = `${pack.code} ${pack.version}`;
  const result = {
    uuid: nameUuid(`result ${version} ${landscape.revision} ${day}`),
    title,
    description: inLanguage(ASSESSED, language),
    start: startOf(day),
    props: [prop('rule-pack', version), prop('landscape-revision', String(landscape.revision))],
    'reviewed-controls': {
      'control-selections': [{ 'include-controls': rules.map(({ code }) => ({ 'control-id': code })) }],
    },
  };
  return {
    'assessment-results': {
      uuid: nameUuid(`document ${version} ${landscape.revision} ${day}`),
      metadata: { title, 'last-modified': moment, version: String(landscape.revision), 'oscal-version': OSCAL_VERSION },
      'import-ap': { href: `urn:khung:rule-pack:${encodeURIComponent(pack.code)}:${encodeURIComponent(pack.version)}` },
      results: [result],
    },
  };
}

interface Entry {
  readonly observation: object;
  readonly finding: object | undefined;
  readonly risk: object | undefined;
}

function entryOf({ pack, cover, language }: OscalInput, element: Element, found: Finding): Entry {
  const { rule, outcome } = found;
  const key = `${rule.code} ${element.urn} ${cover.day}`;
  const observation = nameUuid(`observation ${key}`);
  const said = {
    title: line(`${rule.code}: ${inLanguage(rule.title, language)}`),
    description: line(sentenceOf(found, pack.words, language)),
  };
  const related = { 'related-observations': [{ 'observation-uuid': observation }] };
  const waiver = outcome === 'FAIL' ? cover.ofElement(rule.code, element) : undefined;
  const validTo = waiver && waiverOn(waiver, cover.day)?.validTo;
  const risk = validTo === undefined ? undefined : riskOf(key, said, { validTo, language });
  const state = STATES[outcome];
  const target = { type: 'objective-id', 'target-id': rule.code, status: { state } };
  const risks = risk && { 'related-risks': [{ 'risk-uuid': risk.uuid }] };
  return {
    observation: {
      uuid: observation,
      ...said,
      props: [prop('outcome', outcome), prop('rule', rule.code), prop('severity', rule.severity), ...citedProps(rule)],
      methods: ['EXAMINE'],
      subjects: [subjectOf(element)],
      collected: startOf(cover.day),
    },
    finding:
      state === undefined ? undefined : { uuid: nameUuid(`finding ${key}`), ...said, target, ...related, ...risks },
    risk: risk && { ...risk, ...related },
  };
}

/** A failure that is waived. */
function riskOf(
  key: string,
  { title, description }: { readonly title: string; readonly description: string },
  { validTo, language }: { readonly validTo: PartialDate; readonly language: Language },
): { readonly uuid: string } {
  const fields = {
    title,
    description: inLanguage(WAIVED, language),
    statement: description,
    status: 'deviation-approved',
    deadline: `${validTo}T23:59:59+07:00`,
  };
  return { uuid: nameUuid(`risk ${key}`), ...fields };
}

function subjectOf({ urn, kind, name }: Element): object {
  const type = kind === 'AGENCY' ? 'party' : 'component';
  return { 'subject-uuid': nameUuid(urn), type, title: line(name), props: [prop('urn', urn), prop('kind', kind)] };
}

/** How far somebody has compared what the rule rests on with the signed text. */
function citedProps({ citations: [{ verification, confidence }] }: Rule): object[] {
  return [prop('citation-verification', verification), prop('citation-confidence', confidence)];
}

function prop(name: string, value: string): object {
  return { name, ns: NAMESPACE, value: line(value) };
}

/** A text on one line, without blanks at its ends. */
function line(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function startOf(day: PartialDate): string {
  return `${day}T00:00:00+07:00`;
}
