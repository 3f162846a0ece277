import type { LandscapeView } from '../core/access/view.js';
import type { Element, PartialDate } from '../core/landscape/model.js';
import type { Finding } from '../core/policy/finding.js';
import type { FindingOutcome, Rule, RulePack } from '../core/policy/rule.js';
import type { WaiverCover } from '../core/policy/waiver-cover.js';
import { waiverOn } from '../core/policy/waiver.js';
import type { Language } from '../runtime/messages.js';
import { inLanguage, sentenceOf } from './finding-text.js';
import { nameUuid } from './name-uuid.js';

/** What assessment results are made of. */
export interface OscalInput {
  readonly landscape: LandscapeView;
  readonly pack: RulePack;
  /** The rules that were asked. */
  readonly rules: readonly Rule[];
  readonly subjects: readonly { readonly element: Element; readonly findings: readonly Finding[] }[];
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
 */
export function oscalReport(input: OscalInput): object {
  const { landscape, pack, rules, subjects, cover, language } = input;
  const { day } = cover;
  const moment = landscape.at ?? startOf(day);
  const entries = subjects.flatMap(({ element, findings }) =>
    findings.map((finding) => entryOf(input, element, finding)),
  );
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
    ...notEmpty(
      'observations',
      entries.map(({ observation }) => observation),
    ),
    ...notEmpty(
      'risks',
      entries.flatMap(({ risk }) => risk ?? []),
    ),
    ...notEmpty(
      'findings',
      entries.flatMap(({ finding }) => finding ?? []),
    ),
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
  const title = line(`${rule.code}: ${inLanguage(rule.title, language)}`);
  const description = line(sentenceOf(found, pack.words, language));
  const related = [{ 'observation-uuid': observation }];
  const waiver = outcome === 'FAIL' ? cover.ofElement(rule.code, element) : undefined;
  const validTo = waiver && waiverOn(waiver, cover.day)?.validTo;
  const risk = nameUuid(`risk ${key}`);
  const state = STATES[outcome];
  return {
    observation: {
      uuid: observation,
      title,
      description,
      props: [prop('outcome', outcome), prop('rule', rule.code), prop('severity', rule.severity), ...citedProps(rule)],
      methods: ['EXAMINE'],
      subjects: [subjectOf(element)],
      collected: startOf(cover.day),
    },
    finding:
      state === undefined
        ? undefined
        : {
            uuid: nameUuid(`finding ${key}`),
            title,
            description,
            target: { type: 'objective-id', 'target-id': rule.code, status: { state } },
            'related-observations': related,
            ...(validTo !== undefined && { 'related-risks': [{ 'risk-uuid': risk }] }),
          },
    risk:
      validTo === undefined
        ? undefined
        : {
            uuid: risk,
            title,
            description: inLanguage(WAIVED, language),
            statement: description,
            status: 'deviation-approved',
            deadline: `${validTo}T23:59:59+07:00`,
            'related-observations': related,
          },
  };
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

/** A list of OSCAL is not there where it would be empty. */
function notEmpty(name: string, list: readonly object[]): object {
  return list.length === 0 ? {} : { [name]: list };
}
