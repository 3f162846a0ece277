import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { ChangeDraft, Touched } from './change-draft.js';
import { unknownAttribute } from './attribute.js';
import type { AttributeDefinitions } from './attribute.js';
import { isLegal, legalRelations } from './legality.js';
import type { Element, Relation } from './model.js';
import type { Origins } from './origins.js';
import { partOfCycles } from './part-of-cycles.js';

/** Longest chain of PART_OF that is spelled out in a message. */
const CYCLE_SHOWN = 20;

export interface DraftChecks {
  readonly definitions: AttributeDefinitions;
  readonly origins: Origins;
  /** More need not be told. */
  readonly issuesMaximum: number;
}

/**
 * What is wrong with the landscape that a change set would leave behind: relations that may not be, ends that are gone,
 * wholes that are parts of themselves, attributes that a new kind does not have. Only what the change set touched can
 * have gone wrong, so only that is looked at.
 */
export function* checkDraft(draft: ChangeDraft, checks: DraftChecks): Generator<void, Issue[]> {
  const { origins } = checks;
  const issues: Issue[] = [];
  const checked = new Set<string>();
  const parts: PartOf[] = [];
  const check: RelationCheck = (relation, cause) => {
    if (checked.has(relation.urn)) return;
    checked.add(relation.urn);
    issues.push(...relationIssues(draft, relation, { cause, origins }));
    if (relation.kind === 'PART_OF') parts.push({ relation, cause });
  };
  for (const { before, after, urn } of draft.touchedRelations()) {
    yield;
    // The ends of a relation are fixed: only its kind can make it wrong, or when it holds; the kind of an end is the end's
    // own affair.
    if (after === undefined || (before?.kind === after.kind && !hasOtherDates(before, after))) continue;
    check(after, urn);
    if (before !== undefined && before.kind !== after.kind) issues.push(...strangeAttributes(after, urn, checks));
  }
  for (const touched of draft.touchedElements()) {
    issues.push(...elementIssues(draft, touched, { check, ...checks }));
    yield;
  }
  return parts.length === 0 ? issues : [...issues, ...(yield* cycleIssues(draft, parts, checks))];
}

/** A PART_OF relation that is to be judged, and the urn of the object whose change made it so. */
interface PartOf {
  readonly relation: Relation;
  readonly cause: string;
}

function hasOtherDates(before: Relation, after: Relation): boolean {
  return before.validFrom !== after.validFrom || before.validTo !== after.validTo;
}

type RelationCheck = (relation: Relation, cause: string) => void;

function elementIssues(
  draft: ChangeDraft,
  { seq, urn, before, after }: Touched<Element>,
  { check, ...checks }: DraftChecks & { readonly check: RelationCheck },
): Issue[] {
  if (after === undefined) {
    const count = draft.relationsOf(seq).length;
    return count === 0 ? [] : [issue('ELEMENT_STILL_RELATED', checks.origins.pathTo(urn, 'urn'), { urn, count })];
  }
  if (before?.kind === after.kind) return [];
  if (before !== undefined) for (const relation of draft.relationsOf(seq)) check(relation, urn);
  return strangeAttributes(after, urn, checks);
}

/** The attributes that a record has kept and that its new kind does not have. */
function strangeAttributes(
  { attributes, kind }: Element | Relation,
  urn: string,
  { definitions, origins }: DraftChecks,
): Issue[] {
  const path = origins.pathTo(urn, 'kind');
  return Object.keys(attributes).flatMap((key) => unknownAttribute(key, kind, definitions, path) ?? []);
}

function relationIssues(
  draft: ChangeDraft,
  relation: Relation,
  { cause, origins }: { readonly cause: string; readonly origins: Origins },
): Issue[] {
  const source = draft.elementAt(relation.source);
  const target = draft.elementAt(relation.target);
  // An end that is gone is told once, as the removed element's own issue.
  if (source === undefined || target === undefined) return [];
  if (!isLegal(relation.kind, source.kind, target.kind)) {
    const legal = legalRelations(source.kind, target.kind).join(', ');
    const params = { kind: relation.kind, source: source.kind, target: target.kind, legal };
    const reason = isLegal(relation.kind, target.kind, source.kind) ? 'RELATION_BACKWARDS' : 'RELATION_ILLEGAL';
    return [issue(reason, origins.pathTo(cause, 'kind'), params)];
  }
  return [];
}

/** @param parts - PART_OF relations, by urn of what made them so. */
function* cycleIssues(
  draft: ChangeDraft,
  parts: readonly PartOf[],
  { origins, issuesMaximum }: Pick<DraftChecks, 'origins' | 'issuesMaximum'>,
): Generator<void, Issue[]> {
  const wholesOf = (seq: number): Relation[] => draft.relationsFrom(seq).filter(({ kind }) => kind === 'PART_OF');
  const relations = parts.map(({ relation }) => relation);
  const cycles = yield* partOfCycles(relations, wholesOf, issuesMaximum);
  return parts.flatMap(({ relation, cause }) => {
    const whole = cycles.get(relation.urn);
    if (whole === undefined) return [];
    const shown = whole.slice(0, CYCLE_SHOWN);
    const cycle: string[] = shown.map((seq) => draft.elementAt(seq)?.urn ?? '');
    // It comes back to where it begins, or there is more of it.
    if (shown.at(-1) !== shown[0]) cycle.push('...');
    const at = origins.pathToField(cause, ['target', 'kind', 'validFrom', 'validTo']);
    return [issue('PART_OF_CYCLE', at, { cycle: cycle.join(' > ') })];
  });
}
