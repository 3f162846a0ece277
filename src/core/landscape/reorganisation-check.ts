import { issue } from '../errors.js';
import type { Issue, Reason } from '../errors.js';
import { isSurelyAfter, isUrn } from './model.js';
import type { Element, PartialDate } from './model.js';
import type { DraftAgency, ReorganisationDraft } from './reorganisation-draft.js';
import { changesName } from './reorganisation-rename.js';
import type {
  FoundIntent,
  MergeIntent,
  RenameIntent,
  ReorganisationIntent,
  SplitIntent,
  TransferIntent,
} from './reorganisation.js';

type Path = readonly string[];

/** The phases in which something surely has begun before. */
const LATE: ReadonlySet<string> = new Set(['PHASE_OUT', 'END_OF_LIFE']);

/** What forbids an intent on what the intents before it left; empty where nothing does. Paths are those of the intents. */
export function intentIssues(draft: ReorganisationDraft, intent: ReorganisationIntent, path: Path): Issue[] {
  switch (intent.kind) {
    case 'FOUND':
      return foundIssues(draft, intent, path);
    case 'MERGE':
      return mergeIssues(draft, intent, path);
    case 'SPLIT':
      return splitIssues(draft, intent, path);
    case 'RENAME':
      return renameIssues(draft, intent, path);
    case 'TRANSFER':
      return transferIssues(draft, intent, path);
  }
}

function foundIssues(draft: ReorganisationDraft, { agency, name, partOf }: FoundIntent, path: Path): Issue[] {
  const at = [...path, 'agency'];
  const issues: Issue[] = [];
  if (!isUrn(agency)) issues.push(issue('URN_MALFORMED', at, { value: agency }));
  else if (draft.agency(agency) !== undefined || draft.landscape.isTaken(agency)) {
    issues.push(issue('URN_TAKEN', at, { urn: agency }));
  }
  if (name.trim() === '') issues.push(issue('VALUE_MISSING', [...path, 'name'], { field: 'name' }));
  if (partOf !== null) issues.push(...livingIssues(draft, partOf, [...path, 'partOf']));
  return issues;
}

function mergeIssues(draft: ReorganisationDraft, { into, from }: MergeIntent, path: Path): Issue[] {
  const issues = livingIssues(draft, into, [...path, 'into']);
  if (from.length === 0) issues.push(issue('VALUE_MISSING', [...path, 'from'], { field: 'from' }));
  issues.push(...repetitions(from, [...path, 'from'], (urn) => urn));
  for (const [index, urn] of from.entries()) {
    const at = [...path, 'from', `${index}`];
    issues.push(...(urn === into ? [issue('SUCCEEDS_ITSELF', at, { urn })] : livingIssues(draft, urn, at)));
  }
  return issues;
}

function splitIssues(draft: ReorganisationDraft, intent: SplitIntent, path: Path): Issue[] {
  const { from, into, assignment, otherwise } = intent;
  const issues = livingIssues(draft, from, [...path, 'from']);
  const predecessor = issues.length === 0 ? draft.agency(from) : undefined;
  issues.push(...repetitions(into, [...path, 'into'], (urn) => urn));
  for (const [index, urn] of into.entries()) {
    const at = [...path, 'into', `${index}`];
    issues.push(...(urn === from ? [issue('SUCCEEDS_ITSELF', at, { urn })] : livingIssues(draft, urn, at)));
  }
  const [successors, allowed] = [new Set(into), into.join(', ')];
  const stranger = (to: string, at: Path): Issue[] =>
    successors.has(to) ? [] : [issue('VALUE_NOT_ALLOWED', at, { field: at.at(-1) ?? '', value: to, allowed })];
  if (otherwise !== null) issues.push(...stranger(otherwise, [...path, 'otherwise']));
  issues.push(...repetitions(assignment, [...path, 'assignment'], ({ what }) => what));
  const held = predecessor === undefined ? undefined : thingsOf(draft, predecessor);
  for (const [index, { what, to }] of assignment.entries()) {
    const at = [...path, 'assignment', `${index}`];
    issues.push(...stranger(to, [...at, 'to']));
    if (held?.has(what) === false && !holdsField(draft, what)) {
      issues.push(issue('NOTHING_TO_MOVE', [...at, 'what'], { urn: what, agency: from }));
    }
  }
  return issues;
}

/** What may be assigned: the relations of an agency, and what is at their other ends. */
function thingsOf(draft: ReorganisationDraft, { urn }: DraftAgency): ReadonlySet<string> {
  return new Set(
    draft.tiesOf(urn).flatMap((tie) => [tie.base?.urn ?? '', tie.source === urn ? tie.target : tie.source]),
  );
}

/** An element that names the agency in a field may be assigned, too; whether it does is looked at when fields are set. */
function holdsField(draft: ReorganisationDraft, what: string): boolean {
  const element = draft.landscape.elementByUrn(what);
  return element !== undefined && (element.responsibilities.length > 0 || Object.keys(element.attributes).length > 0);
}

function renameIssues(draft: ReorganisationDraft, intent: RenameIntent, path: Path): Issue[] {
  const { agency, name } = intent;
  const issues = livingIssues(draft, agency, [...path, 'agency']);
  if (name.trim() === '') issues.push(issue('VALUE_MISSING', [...path, 'name'], { field: 'name' }));
  const known = draft.agency(agency);
  if (issues.length > 0 || known === undefined || changesName(draft, known, intent)) return issues;
  return [issue('NOTHING_TO_DO', [...path, 'name'])];
}

function transferIssues(draft: ReorganisationDraft, { what, to }: TransferIntent, path: Path): Issue[] {
  const issues = livingIssues(draft, to, [...path, 'to']);
  if (what.length === 0) issues.push(issue('VALUE_MISSING', [...path, 'what'], { field: 'what' }));
  issues.push(...repetitions(what, [...path, 'what'], (urn) => urn));
  for (const [index, urn] of what.entries()) {
    const at = [...path, 'what', `${index}`];
    const element = draft.landscape.elementByUrn(urn);
    if (urn === to) issues.push(issue('SUCCEEDS_ITSELF', at, { urn }));
    else if (element?.kind === 'AGENCY' || draft.agency(urn) !== undefined)
      issues.push(...livingIssues(draft, urn, at));
    else if (element?.kind === 'LEGISLATION') issues.push(issue('NOTHING_TO_MOVE', at, { urn, agency: to }));
    else if (element === undefined) issues.push(...relationIssues(draft, urn, at));
  }
  return issues;
}

function relationIssues(draft: ReorganisationDraft, urn: string, at: Path): Issue[] {
  if (draft.landscape.relationByUrn(urn) === undefined) return [issue('URN_UNKNOWN', at, { urn })];
  const tie = draft.tieOf(urn);
  const isHeld = tie !== undefined && tie.state === 'LIVES' && tie.kind !== 'REPLACES';
  const agency = isHeld ? (draft.agency(tie.target) ?? draft.agency(tie.source)) : undefined;
  return agency === undefined ? [issue('NOTHING_TO_MOVE', at, { urn, agency: '' })] : [];
}

/** What forbids that a urn names an agency that lives on the day of the reorganisation. */
function livingIssues(draft: ReorganisationDraft, urn: string, path: Path): Issue[] {
  const agency = draft.agency(urn);
  if (agency === undefined) {
    const element = draft.landscape.elementByUrn(urn);
    if (element === undefined) return [issue('URN_UNKNOWN', path, { urn })];
    return [issue('NOT_AN_AGENCY', path, { urn, kind: element.kind })];
  }
  if (agency.endedBy !== undefined) return [issue('AGENCY_ENDED', path, { urn, from: draft.effectiveOn })];
  return agency.base === undefined ? [] : lifeIssues(agency.base, draft.effectiveOn, path);
}

function lifeIssues({ urn, phases }: Element, day: PartialDate, path: Path): Issue[] {
  // One whose end falls into a month or year of the day may well end on it.
  const end = phases.findLast(
    ({ phase, from }) => phase === 'END_OF_LIFE' && (from === null || from === day || isSurelyAfter(day, from)),
  );
  if (end !== undefined) return [issue('AGENCY_ENDED', path, { urn, from: end.from ?? '?' })];
  const [first] = phases;
  const from = first?.from ?? null;
  if (first === undefined || from === null || LATE.has(first.phase) || !isSurelyAfter(from, day)) return [];
  return [issue('AGENCY_NOT_BEGUN', path, { urn, from })];
}

function repetitions<T>(items: readonly T[], path: Path, urnOf: (item: T) => string): Issue[] {
  const seen = new Set<string>();
  const reason: Reason = 'OPERATION_REPEATED';
  return items.flatMap((item, index) => {
    const urn = urnOf(item);
    const repeated = seen.has(urn);
    seen.add(urn);
    return repeated ? [issue(reason, [...path, `${index}`], { urn })] : [];
  });
}
