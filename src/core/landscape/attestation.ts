import { earliestDay, latestDay } from './calendar-day.js';
import type { Freshness } from './data-quality.js';
import type { ChangeBase, Landscape } from './landscape.js';
import type { Element, PartialDate } from './model.js';
import { livingIn } from './needs.js';
import type { Operation } from './operation.js';
import { NOBODY, ownerTable } from './owner-table.js';

/** The attributes that tell what an agency said of its own records: all that an attestation writes. */
export const ATTESTED = {
  confirmed: 'attestedOn',
  flowsComplete: 'flowsDeclaredCompleteOn',
  inventoryComplete: 'inventoryDeclaredCompleteOn',
} as const;
export type Attested = keyof typeof ATTESTED;

/** What an agency says of its own records. */
export interface AttestationRequest {
  /** urn of the agency. */
  readonly agency: string;
  /** The whole day of which it is said. */
  readonly on: PartialDate;
  /** urns of records that are right as they are. */
  readonly confirmed: readonly string[];
  /** urns of what has no other flows than those that are recorded. */
  readonly flowsComplete: readonly string[];
  /** Whether it owns nothing else. */
  readonly inventoryComplete: boolean;
  readonly corrections: readonly Operation[];
  /** The revision that the agency looked at; null: it does not say. */
  readonly expectedRevision: number | null;
}

/** Agencies of these levels are no more. */
const FORMER: ReadonlySet<string | null> = new Set(['FORMER_PROVINCE', 'FORMER_DISTRICT']);

/**
 * The date with which the time of an agency is surely over on a day; undefined where it may still be there.
 * @param day - null = after all that is recorded.
 */
export function endedOn({ attributes: { validTo } }: Element, day: PartialDate | null): string | undefined {
  if (typeof validTo !== 'string') return undefined;
  return day === null || latestDay(validTo) < earliestDay(day) ? validTo : undefined;
}

/** Since when an agency is no more, as far as known; undefined where it is still there on the day of the landscape. */
export function goneSince(landscape: Landscape, agency: Element): string | undefined {
  const ended = endedOn(agency, landscape.day);
  if (ended !== undefined) return ended;
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

/** The last confirmation of a record, or declaration of a list. */
export interface Mark {
  /** urn of the agency that said it. */
  readonly agency: string;
  /** The day of which it was said. */
  readonly on: PartialDate;
  /** The day on which it was recorded. */
  readonly saidOn: PartialDate;
  /** The revision that wrote it. */
  readonly revision: number;
}

/** The last confirmation of a record. */
export interface RecordMark extends Mark {
  /** Stands for all that was confirmed: equal where the record is the same. */
  readonly content: string;
}

/** Whether a day that is told may have come: what is said of days to come is said by mistake. */
function hasCome(on: unknown, today: PartialDate): on is PartialDate {
  return typeof on === 'string' && earliestDay(on) <= today;
}

/** What was said of a day that a record tells; undefined where that day came there in another way, or there is none. */
export function markBehind<M extends Mark>(on: unknown, mark: M | undefined): M | undefined {
  return mark?.on === on ? mark : undefined;
}

/**
 * Whether a record was changed after its owner confirmed it; its relations are records of their own. Null where the owner
 * of today has not confirmed it by an attestation, so that nobody knows.
 * @param contentOf - stands for all of a record that can be confirmed; asked only where it was written to since.
 */
export function changedSince(
  { attributes, revision }: Element,
  agency: string,
  mark: RecordMark | undefined,
  contentOf: () => string,
): boolean | null {
  const behind = markBehind(attributes[ATTESTED.confirmed], mark);
  if (behind?.agency !== agency) return null;
  return revision > behind.revision && contentOf() !== behind.content;
}

export const RECORD_STATES = ['TO_CONFIRM', 'CORRECTION_PENDING', 'CONFIRMED'] as const;
/** Whether a record is still to be confirmed, waits for a correction, or is confirmed. */
export type AttestationRecordState = (typeof RECORD_STATES)[number];

/** What decides where a record stands. */
export interface RecordFacts {
  /** The first day of which a confirmation counts; null where nobody asks, and it counts while it is fresh. */
  readonly since: PartialDate | null;
  readonly today: PartialDate;
  readonly freshness: Freshness;
  readonly isPending: boolean;
  /** Whether somebody else than its owner of today said what the record tells. */
  readonly isForeign: boolean;
  /** null where nobody knows. */
  readonly changedSince: boolean | null;
}

/**
 * Where a record stands. Whoever asks counts what its owner of today attested and nothing else: how a day came into a
 * record in another way nobody knows, nor what the record was then.
 */
export function recordState({ attributes }: Element, facts: RecordFacts): AttestationRecordState {
  if (facts.isPending) return 'CORRECTION_PENDING';
  const on = attributes[ATTESTED.confirmed];
  if (!hasCome(on, facts.today) || facts.changedSince === true || facts.isForeign) return 'TO_CONFIRM';
  const counts =
    facts.since === null ? facts.freshness === 'FRESH' : facts.changedSince === false && earliestDay(on) >= facts.since;
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

/**
 * The day an agency declared its list complete, if it did so by an attestation of a day or one after it.
 * @param mark - its last declaration.
 */
export function declaredSince(
  { urn, attributes }: Element,
  mark: Mark | undefined,
  since: PartialDate,
): PartialDate | null {
  const behind = markBehind(attributes[ATTESTED.inventoryComplete], mark);
  return behind !== undefined && behind.agency === urn && behind.on >= since ? behind.on : null;
}

/** The day that a record tells where it stands in the way of an older one; undefined where none does. */
export function laterThan(known: unknown, on: PartialDate, today: PartialDate): PartialDate | undefined {
  if (!hasCome(known, today) || latestDay(known) <= on) return undefined;
  // Of a month or a year that holds the day nobody knows that it is later.
  return on.startsWith(known) ? undefined : known;
}
