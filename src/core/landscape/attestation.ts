import { earliestDay, latestDay } from './calendar-day.js';
import type { Freshness } from './data-quality.js';
import type { ChangeBase } from './landscape.js';
import type { Element, PartialDate } from './model.js';
import { livingIn } from './needs.js';
import { isRecord } from './record-fields.js';
import type { Operation } from './operation.js';
import { NOBODY, ownerTable } from './owner-table.js';

/** The attributes that tell what an agency said of its own records: all that an attestation writes. */
export const ATTESTED = {
  confirmed: 'attestedOn',
  flowsComplete: 'flowsDeclaredCompleteOn',
  inventoryComplete: 'inventoryDeclaredCompleteOn',
} as const;
export type Attested = keyof typeof ATTESTED;

/** Agencies of these levels are no more. */
const FORMER: ReadonlySet<string | null> = new Set(['FORMER_PROVINCE', 'FORMER_DISTRICT']);

/** Since when an agency is no more, as far as known; undefined where it is still there on the day of the landscape. */
export function goneSince(landscape: ChangeBase, agency: Element): string | undefined {
  const { validTo } = agency.attributes;
  if (typeof validTo === 'string') return validTo;
  if (FORMER.has(agency.level)) return '?';
  if (livingIn(landscape)(agency.seq)) return undefined;
  return agency.phases.findLast(({ phase }) => phase === 'END_OF_LIFE')?.from ?? '?';
}

function kindsWith(landscape: ChangeBase, key: string): ReadonlySet<string> {
  return new Set(landscape.definitions.byKey.get(key)?.appliesTo);
}

const askedIn = new WeakMap<ChangeBase, ReadonlyMap<number, readonly Element[]>>();

/** What is asked of each agency, by its seq and in order of the seqs of records: all it owns that can be confirmed and still is. Made once for a landscape. */
export function askedByOwner(landscape: ChangeBase): ReadonlyMap<number, readonly Element[]> {
  let asked = askedIn.get(landscape);
  if (asked === undefined) {
    asked = groupAsked(landscape);
    askedIn.set(landscape, asked);
  }
  return asked;
}

function groupAsked(landscape: ChangeBase): ReadonlyMap<number, readonly Element[]> {
  const kinds = kindsWith(landscape, ATTESTED.confirmed);
  const owners = ownerTable(landscape);
  const isAlive = livingIn(landscape);
  const asked = new Map<number, Element[]>();
  for (const element of landscape.elements()) {
    const owner = owners[element.seq] ?? NOBODY;
    if (owner === NOBODY || !kinds.has(element.kind) || !isAlive(element.seq)) continue;
    const known = asked.get(owner);
    if (known === undefined) asked.set(owner, [element]);
    else known.push(element);
  }
  return asked;
}

/** How many of some elements have flows that nobody has declared to be all there are. */
export function withoutFlows(landscape: ChangeBase, elements: readonly Element[]): number {
  const kinds = kindsWith(landscape, ATTESTED.flowsComplete);
  return elements.filter(({ kind, attributes }) => {
    return kinds.has(kind) && typeof attributes[ATTESTED.flowsComplete] !== 'string';
  }).length;
}

/** A record that was spoken of, and the revision that it had been changed in last before. */
export interface AttestedRecord {
  readonly urn: string;
  readonly was: number;
}

/** What an agency said once. */
export interface PastAttestation {
  readonly on: PartialDate;
  readonly confirmed: readonly AttestedRecord[];
  readonly flowsComplete: readonly AttestedRecord[];
  /** The revision that it made; null where it made none. */
  readonly revision: number | null;
}

/** When a record was confirmed last, and the revision in which it is still what was confirmed then. */
export interface Mark {
  readonly on: PartialDate;
  readonly revision: number;
}

/**
 * The last confirmation of each record, by urn. That its flows were declared later on top of it changes a record and not
 * what was confirmed of it.
 * @param past - in the order in which they were said.
 */
export function marksOf(past: Iterable<PastAttestation>): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { on, confirmed, flowsComplete, revision } of past) {
    if (revision === null) continue;
    for (const { urn } of confirmed) marks.set(urn, { on, revision });
    for (const { urn, was } of flowsComplete) {
      const mark = marks.get(urn);
      if (mark?.revision === was) marks.set(urn, { on: mark.on, revision });
    }
  }
  return marks;
}

/** Whether the record was changed after its last confirmation; its relations are records of their own. */
export function isChangedSince({ attributes, revision }: Element, mark: Mark | undefined): boolean {
  // Where the day is another one, it was told in another way since, of which nothing is known here.
  return mark !== undefined && attributes[ATTESTED.confirmed] === mark.on && revision > mark.revision;
}

export const RECORD_STATES = ['TO_CONFIRM', 'CORRECTION_PENDING', 'CONFIRMED'] as const;
/** Whether a record is still to be confirmed, waits for a correction, or is confirmed. */
export type AttestationRecordState = (typeof RECORD_STATES)[number];

/** What decides where a record stands. */
export interface RecordFacts {
  /** The first day of which a confirmation counts; null where nobody asks, and it counts while it is fresh. */
  readonly since: PartialDate | null;
  readonly freshness: Freshness;
  readonly isPending: boolean;
  readonly mark: Mark | undefined;
}

/** Where a record stands. */
export function recordState(element: Element, facts: RecordFacts): AttestationRecordState {
  if (facts.isPending) return 'CORRECTION_PENDING';
  const on = element.attributes[ATTESTED.confirmed];
  if (typeof on !== 'string' || isChangedSince(element, facts.mark)) return 'TO_CONFIRM';
  const counts = facts.since === null ? facts.freshness === 'FRESH' : earliestDay(on) >= facts.since;
  return counts ? 'CONFIRMED' : 'TO_CONFIRM';
}

export const CAMPAIGN_STATES = ['NOT_BEGUN', 'IN_PROGRESS', 'DONE', 'OVERDUE'] as const;
/** How far an agency is with what it was asked. */
export type AttestationState = (typeof CAMPAIGN_STATES)[number];

/** How much of what an agency was asked it has answered. */
export interface AttestationCounts {
  readonly asked: number;
  readonly confirmed: number;
  /** Number of its sets of corrections that wait. */
  readonly corrections: number;
  /** null: not since it was asked. */
  readonly declaredOn: PartialDate | null;
}

/** How far an agency is. */
export function campaignState(counts: AttestationCounts, dueOn: PartialDate, today: PartialDate): AttestationState {
  const { asked, confirmed, corrections, declaredOn } = counts;
  if (confirmed === asked && corrections === 0 && declaredOn !== null) return 'DONE';
  if (today > latestDay(dueOn)) return 'OVERDUE';
  return confirmed > 0 || corrections > 0 || declaredOn !== null ? 'IN_PROGRESS' : 'NOT_BEGUN';
}

/** The day an agency declared its list complete, if that was on a day or after it. */
export function declaredSince({ attributes }: Element, since: PartialDate): PartialDate | null {
  const on = attributes[ATTESTED.inventoryComplete];
  return typeof on === 'string' && earliestDay(on) >= since ? on : null;
}

/** The elements that a step of a correction speaks of: the one it changes, or those that its relation joins, from and to. */
export function subjectsOf(landscape: ChangeBase, { op, urn, value }: Operation): readonly string[] {
  const relation = landscape.relationByUrn(urn);
  if (relation !== undefined) {
    return [relation.source, relation.target].flatMap((seq) => landscape.elementAt(seq)?.urn ?? []);
  }
  if (op !== 'ADD' || !isRecord(value)) return [urn];
  const { source, target } = value;
  return typeof source === 'string' && typeof target === 'string' ? [source, target] : [urn];
}
