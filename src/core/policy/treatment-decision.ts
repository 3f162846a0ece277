import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { textOf } from '../landscape/attribute-values.js';
import { earliestDay, latestDay } from '../landscape/calendar-day.js';
import type { Landscape } from '../landscape/landscape.js';
import { isPartialDate } from '../landscape/model.js';
import type { Element, ElementKind, Json, PartialDate } from '../landscape/model.js';
import type { Operation } from '../landscape/operation.js';
import { nextInSuccession } from '../landscape/succession.js';
import { dependentsOf } from './propose-treatment.js';
import { TREATED_KINDS, TREATMENT_OPTIONS, isTreated } from './treatment.js';
import type { TreatmentOption } from './treatment.js';

/** Keys of the attributes in which a decision is kept, so that it has versions, a past and a place in scenarios. */
const KEYS = {
  option: 'treatmentDecision',
  decidedBy: 'treatmentDecidedBy',
  decidedOn: 'treatmentDecidedOn',
  legalBasis: 'treatmentLegalBasis',
  legalNote: 'treatmentLegalNote',
  successor: 'treatmentSuccessor',
  withElements: 'treatmentWith',
} as const;
type DecisionField = keyof typeof KEYS;
const FIELDS = Object.keys(KEYS) as readonly DecisionField[];

/** The field of a decision that an attribute keeps; undefined where it keeps none. */
export function fieldOfAttribute(key: string): DecisionField | undefined {
  return FIELDS.find((field) => KEYS[field] === key);
}

/** What a person decided, as far as it is told. urns name elements of the landscape. */
export interface TreatmentDecision {
  readonly option: TreatmentOption | null;
  readonly decidedBy: string | null;
  readonly decidedOn: PartialDate | null;
  /** urn of a legal document. */
  readonly legalBasis: string | null;
  /** Its number or article, or a paper that is no element. */
  readonly legalNote: string | null;
  readonly successor: string | null;
  readonly withElements: readonly string[];
}

const OPTIONS: ReadonlySet<string> = new Set(TREATMENT_OPTIONS);

/** What was decided of an element. Its successor is also known from REPLACES where the decision names none. */
export function decisionOf(landscape: Landscape, element: Element): TreatmentDecision {
  const option = textOf(element, KEYS.option);
  const others = element.attributes[KEYS.withElements];
  const replaced = (): string | null => nextInSuccession(landscape, element.seq, 'SUCCESSORS')[0]?.urn ?? null;
  return {
    // What is in the set is an option.
    option: option !== null && OPTIONS.has(option) ? (option as TreatmentOption) : null,
    decidedBy: textOf(element, KEYS.decidedBy),
    decidedOn: textOf(element, KEYS.decidedOn),
    legalBasis: textOf(element, KEYS.legalBasis),
    legalNote: textOf(element, KEYS.legalNote),
    successor: textOf(element, KEYS.successor) ?? replaced(),
    withElements: Array.isArray(others) ? others.filter((each) => typeof each === 'string') : [],
  };
}

/** A decision that somebody wants to be recorded. */
export interface DecisionRequest extends TreatmentDecision {
  readonly option: TreatmentOption;
  /** That what still needs the element is known, and it shall end all the same. */
  readonly confirmed: boolean;
}

/** Answers after which the element is no more: what needs it has to be known. */
const ENDING: ReadonlySet<TreatmentOption> = new Set(['REPLACE_RETIRE', 'MERGE_REORGANISE']);
/** So many are named in a refusal. */
const EXAMPLES = 5;

/**
 * What is wrong with a decision, in the order of its fields; nothing where it can be recorded. What it names is checked
 * where it is written, like every attribute.
 * @param today - a decision is of today or of the past.
 */
export function decisionIssues(
  landscape: Landscape,
  element: Element,
  request: DecisionRequest,
  today: PartialDate,
): Issue[] {
  if (!isTreated(element)) return [wrongKind(element.urn, element.kind)];
  return [
    ...optionIssues(request),
    ...dateIssues(request.decidedOn, today),
    ...namingIssues(element, request),
    ...dependentIssues(landscape, element, request),
  ];
}

function wrongKind(urn: string, kind: ElementKind): Issue {
  return issue('REFERENCE_OF_WRONG_KIND', ['element'], {
    field: 'element',
    urn,
    kind,
    allowed: TREATED_KINDS.join(', '),
  });
}

function optionIssues({ option, decidedBy, withElements }: DecisionRequest): Issue[] {
  const allowed = TREATMENT_OPTIONS.filter((each) => each !== 'UNDECIDED').join(', ');
  const issues: Issue[] = [];
  if (option === 'UNDECIDED') {
    issues.push(issue('VALUE_NOT_ALLOWED', ['option'], { field: 'option', value: option, allowed }));
  }
  if (decidedBy === null) issues.push(issue('VALUE_MISSING', ['decidedBy'], { field: 'decidedBy' }));
  if (option === 'MERGE_REORGANISE' && withElements.length === 0) {
    issues.push(issue('VALUE_MISSING', ['withElements'], { field: 'withElements' }));
  }
  return issues;
}

/** The registry begins with the oldest day that a date can be. */
const FIRST_DAY = '1000-01-01';

function dateIssues(decidedOn: PartialDate | null, today: PartialDate): Issue[] {
  if (decidedOn === null) return [issue('VALUE_MISSING', ['decidedOn'], { field: 'decidedOn' })];
  if (!isPartialDate(decidedOn) || earliestDay(decidedOn) <= latestDay(today)) return [];
  const bounds = { field: 'decidedOn', value: decidedOn, minimum: FIRST_DAY, maximum: today };
  return [issue('VALUE_OUT_OF_BOUNDS', ['decidedOn'], bounds)];
}

function namingIssues({ urn }: Element, { successor, withElements }: DecisionRequest): Issue[] {
  const issues = successor === urn ? [issue('SUCCEEDS_ITSELF', ['successor'], { urn })] : [];
  const at = withElements.indexOf(urn);
  return at === -1 ? issues : [...issues, issue('SUCCEEDS_ITSELF', ['withElements', `${at}`], { urn })];
}

function dependentIssues(landscape: Landscape, element: Element, { option, confirmed }: DecisionRequest): Issue[] {
  if (confirmed || !ENDING.has(option)) return [];
  const dependents = dependentsOf(landscape, element);
  if (dependents.length === 0) return [];
  const examples = dependents.slice(0, EXAMPLES).map(({ urn }) => urn);
  const params = { urn: element.urn, count: dependents.length, examples: examples.join(', ') };
  return [issue('STILL_NEEDED', ['confirmed'], params)];
}

/** What records a decision: each of its fields that is not so already, and those of an earlier one that it does not have. */
export function decisionOperations({ urn, attributes }: Element, request: DecisionRequest): Operation[] {
  return FIELDS.flatMap((field): Operation[] => {
    const path = `attributes.${KEYS[field]}`;
    const value = valueOf(request[field]);
    const before = attributes[KEYS[field]];
    if (value === undefined) return before === undefined ? [] : [{ op: 'REMOVE', urn, path }];
    return JSON.stringify(before) === JSON.stringify(value) ? [] : [{ op: 'UPDATE', urn, path, value }];
  });
}

/** undefined: not told, so that the attribute is unknown. */
function valueOf(value: string | readonly string[] | null): Json | undefined {
  if (value === null || value.length === 0) return undefined;
  return typeof value === 'string' ? value : [...value];
}
