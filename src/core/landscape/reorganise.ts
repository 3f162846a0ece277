import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { isCalendarDay } from './calendar-day.js';
import type { ChangeBase } from './landscape.js';
import { isSurelyAfter } from './model.js';
import type { Element, Json, Urn } from './model.js';
import { cycleConflicts } from './reorganisation-cycles.js';
import { intentIssues } from './reorganisation-check.js';
import { ReorganisationDraft } from './reorganisation-draft.js';
import type { DraftAgency, Tie } from './reorganisation-draft.js';
import { followHolders } from './reorganisation-holders.js';
import type { Estate } from './reorganisation-holders.js';
import { writeOperations } from './reorganisation-operations.js';
import { questionsOf } from './reorganisation-questions.js';
import { renameAgency } from './reorganisation-rename.js';
import { transferThing } from './reorganisation-transfer.js';
import { consequence } from './reorganisation.js';
import type {
  Consequence,
  FoundIntent,
  MergeIntent,
  RenameIntent,
  Reorganisation,
  ReorganisationContext,
  ReorganisationIntent,
  ReorganisationPlan,
  SplitIntent,
  TransferIntent,
} from './reorganisation.js';

/** Most intents of one reorganisation: a city's communes, each founded and merged, fit several times. */
export const INTENTS_MAXIMUM = 5_000;

/**
 * Works out what merging, dividing, renaming and founding agencies comes to. Nothing is changed.
 *
 * An agency that ends stays in the landscape: its life is over from the day on, and each successor REPLACES it. What it
 * owned, operated, used and contained goes to its successors: since the ends of a relation are fixed, it ends on the day
 * before, and one like it begins on the day; a relation that was to begin later, and so never held, is removed instead.
 * The status of what ends stays as it is, for a status has no date: ENDED would be so on every day before, too.
 * Where the successor has such a relation already, it joins that one. The legal basis of an ended agency and what it
 * was a part of end with it. Responsibilities of elements that name it, and attributes that pass to a successor, name its successor; those of
 * relations are not looked at. What has no successor stays, and is told as an orphan.
 *
 * @param landscape - the landscape in the view of whoever asks: what he does not see is neither moved nor told.
 * @returns operations for one change set, and what they do, thing by thing. Cost: linear in the relations of the agencies
 *   that are named, and one pass over all elements where one ends.
 */
export function reorganise(
  landscape: ChangeBase,
  request: Reorganisation,
  context: ReorganisationContext,
): ReorganisationPlan {
  const wrong = requestIssues(landscape, request);
  if (wrong.length > 0) return { operations: [], intentOf: [], consequences: [], conflicts: wrong };
  const carried = new Carried(landscape, request);
  for (const [index, intent] of request.intents.entries()) carried.carryOut(intent, index);
  const { draft, estates } = carried;
  const orphanFields = followHolders(draft, estates, context.definitions);
  const conflicts = [...carried.conflicts, ...cycleConflicts(draft)];
  const written = writeOperations(draft, { request, landscape });
  // What was changed and changed back is no change.
  if (conflicts.length === 0 && written.operations.length === 0) conflicts.push(issue('NOTHING_TO_DO', ['intents']));
  return {
    ...written,
    consequences: [...written.consequences, ...carried.orphans(), ...orphanFields, ...questionsOf(draft)],
    conflicts,
  };
}

function requestIssues(landscape: ChangeBase, { intents, effectiveOn, legalBasis }: Reorganisation): Issue[] {
  const issues: Issue[] = [];
  const expected = 'YYYY-MM-DD';
  if (!isCalendarDay(effectiveOn)) {
    issues.push(issue('VALUE_OF_WRONG_TYPE', ['effectiveOn'], { field: 'effectiveOn', expected }));
  }
  if (intents.length === 0) issues.push(issue('VALUE_MISSING', ['intents'], { field: 'intents' }));
  if (intents.length > INTENTS_MAXIMUM) {
    const params = { field: 'intents', limit: INTENTS_MAXIMUM, actual: intents.length };
    issues.push(issue('LIMIT_EXCEEDED', ['intents'], params));
  }
  if (legalBasis === null) return issues;
  const law = landscape.elementByUrn(legalBasis);
  if (law === undefined) issues.push(issue('URN_UNKNOWN', ['legalBasis'], { urn: legalBasis }));
  else if (law.kind !== 'LEGISLATION') {
    const params = { field: 'legalBasis', value: law.kind, allowed: 'LEGISLATION' };
    issues.push(issue('VALUE_NOT_ALLOWED', ['legalBasis'], params));
  }
  return issues;
}

/** Carries intents out on a draft, one after the other. */
class Carried {
  readonly draft: ReorganisationDraft;
  readonly estates = new Map<Urn, Estate>();
  readonly conflicts: Issue[] = [];
  private readonly left: { readonly tie: Tie; readonly from: Urn; readonly estate: Estate }[] = [];
  private readonly law: Element | undefined;

  constructor(landscape: ChangeBase, { effectiveOn, legalBasis }: Reorganisation) {
    this.draft = new ReorganisationDraft(landscape, effectiveOn);
    this.law = legalBasis === null ? undefined : landscape.elementByUrn(legalBasis);
  }

  carryOut(intent: ReorganisationIntent, index: number): void {
    const issues = intentIssues(this.draft, intent, ['intents', `${index}`, intent.kind.toLowerCase()]);
    if (issues.length > 0) this.conflicts.push(...issues);
    else if (intent.kind === 'FOUND') this.found(intent, index);
    else if (intent.kind === 'MERGE') this.merge(intent, index);
    else if (intent.kind === 'SPLIT') this.split(intent, index);
    else if (intent.kind === 'RENAME') this.rename(intent, index);
    else this.transfer(intent, index);
  }

  /** The relations that nobody has taken over in the end; to be asked for once operations are written. */
  orphans(): Consequence[] {
    return this.left.flatMap(({ tie, from, estate: { intent, askedFrom } }) => {
      if (tie.state !== 'LIVES' || (tie.source !== from && tie.target !== from)) return [];
      const element = tie.source === from ? tie.target : tie.source;
      const question = { question: 'WHO_TAKES_OVER', askedFrom } as const;
      const relations = { relation: tie.base?.urn ?? null, begun: tie.begun ?? null, kind: tie.kind };
      return [consequence({ type: 'ORPHANED', intent, element, ...relations, from, ...question })];
    });
  }

  private found({ kind: _kind, ...fields }: FoundIntent, index: number): void {
    // Its urn was found to be one.
    const urn = fields.agency as Urn;
    this.draft.found(urn, fields, index);
    const whole = fields.partOf === null ? undefined : this.draft.agency(fields.partOf);
    if (whole !== undefined) this.draft.begin('PART_OF', [urn, whole.urn], index);
    this.justify(urn, index);
  }

  private merge({ into, from, formerLevel }: MergeIntent, index: number): void {
    const heir = this.named(into).urn;
    const ending = new Set(from.map((urn) => this.named(urn).urn));
    for (const urn of ending) {
      const estate = { assigned: () => undefined, rest: heir, askedFrom: this.wholeOf(urn), intent: index };
      this.endAgency(this.named(urn), { estate, successors: new Set([heir]), ending, formerLevel });
    }
  }

  private split({ from, into, assignment, otherwise, formerLevel }: SplitIntent, index: number): void {
    const { urn } = this.named(from);
    const byThing = new Map(assignment.map(({ what, to }) => [what, this.named(to).urn]));
    const estate: Estate = {
      assigned: (relation, thing) => byThing.get(relation ?? '') ?? byThing.get(thing),
      rest: otherwise === null ? undefined : this.named(otherwise).urn,
      askedFrom: this.wholeOf(urn),
      intent: index,
    };
    const successors = new Set(into.map((each) => this.named(each).urn));
    this.endAgency(this.named(from), { estate, successors, ending: new Set([urn]), formerLevel });
  }

  /** What an agency is a part of, else what it was a part of last: who can tell what becomes of what it had. */
  private wholeOf(urn: Urn): Urn | null {
    const isWhole = ({ kind, source }: Tie): boolean => kind === 'PART_OF' && source === urn;
    const whole = this.draft.tiesOf(urn).find(isWhole)?.target;
    return whole ?? formerWholeOf(this.draft.landscape, urn);
  }

  private endAgency(agency: DraftAgency, ending: Ending): void {
    const { draft } = this;
    const { urn, base } = agency;
    const { successors, formerLevel, estate } = ending;
    agency.endedBy = estate.intent;
    this.estates.set(urn, estate);
    for (const tie of draft.tiesOf(urn)) this.pass(tie, urn, ending);
    for (const successor of successors) {
      draft.begin('REPLACES', [successor, urn], estate.intent);
      this.justify(successor, estate.intent);
    }
    if (base === undefined) return;
    if (formerLevel !== null) this.set(base, estate.intent, 'level', [base.level, formerLevel]);
    const kept = base.phases.filter(
      ({ phase, from }) => phase !== 'END_OF_LIFE' && (from === null || !isSurelyAfter(from, draft.effectiveOn)),
    );
    const phases = [...kept, { phase: 'END_OF_LIFE', from: draft.effectiveOn }];
    this.set(base, estate.intent, 'phases', [jsonOf(base.phases), jsonOf(phases)]);
  }

  /** One relation of an agency that ends: it ends with it, goes to an heir, or is left. */
  private pass(tie: Tie, urn: Urn, { estate, ending, successors }: Ending): void {
    if (tie.kind === 'REPLACES') return;
    const [end, thing] = tie.source === urn ? (['source', tie.target] as const) : (['target', tie.source] as const);
    const isSuccessor = successors.has(thing);
    const isInternal = ending.has(thing) || (isSuccessor && tie.kind !== 'PART_OF');
    // A successor was a part of what it succeeds: it can not be its own, and whose it becomes nobody has said.
    const to = estate.assigned(tie.base?.urn, thing) ?? (isSuccessor ? undefined : estate.rest);
    if (isInternal || to === thing || this.isOwn(tie, urn)) this.draft.end(tie, end, estate.intent);
    else if (to !== undefined) this.draft.move(tie, end, { to, intent: estate.intent });
    else this.left.push({ tie, from: urn, estate });
  }

  /** Whether a relation is of the agency itself and goes with nothing it had: what it was a part of, and by which law. */
  private isOwn({ kind, source, target }: Tie, urn: Urn): boolean {
    if (source !== urn) return false;
    return (
      kind === 'PART_OF' ||
      (kind === 'GOVERNED_BY' && this.draft.landscape.elementByUrn(target)?.kind === 'LEGISLATION')
    );
  }

  private rename({ agency, name, nameEn }: RenameIntent, index: number): void {
    const renamed = this.named(agency);
    renameAgency(this.draft, renamed, { name, nameEn, intent: index });
    this.justify(renamed.urn, index);
  }

  private transfer({ what, to }: TransferIntent, index: number): void {
    const owner = this.named(to);
    for (const [position, urn] of what.entries()) {
      const moved = transferThing(this.draft, urn, { to: owner.urn, intent: index });
      const path = ['intents', `${index}`, 'transfer', 'what', `${position}`];
      if (!moved) this.conflicts.push(issue('NOTHING_TO_MOVE', path, { urn, agency: to }));
    }
  }

  /** An agency that the intent was checked to name. */
  private named(urn: string): DraftAgency {
    const agency = this.draft.agency(urn);
    if (agency === undefined) throw new RangeError(`${urn} was checked and is gone`);
    return agency;
  }

  private justify(urn: Urn, index: number): void {
    if (this.law !== undefined) this.draft.begin('GOVERNED_BY', [urn, this.law.urn], index);
  }

  private set(element: Element, intent: number, path: string, [before, after]: readonly [Json, Json]): void {
    this.draft.set({ urn: element.urn, path, before, after, intent });
  }
}

interface Ending {
  readonly estate: Estate;
  readonly successors: ReadonlySet<Urn>;
  /** The agencies that end by the same intent. */
  readonly ending: ReadonlySet<Urn>;
  readonly formerLevel: Element['level'];
}

function formerWholeOf(landscape: ChangeBase, urn: Urn): Urn | null {
  let whole: Urn | null = null;
  const seq = landscape.elementByUrn(urn)?.seq ?? -1;
  landscape.forEachOutgoing(seq, (kind, other) => {
    if (kind === 'PART_OF') whole = landscape.elementAt(other)?.urn ?? whole;
  });
  return whole;
}

/** A list of plain records as the JSON it is. */
function jsonOf(value: readonly object[]): Json {
  return value as readonly Json[];
}
