import { isCurrent } from '../landscape/landscape.js';
import { isSurelyAfter } from '../landscape/model.js';
import type { Element, PartialDate, Urn } from '../landscape/model.js';
import type { LandscapeSnapshot } from '../landscape/snapshot.js';
import { isPlanned } from '../landscape/relation-traits.js';
import type { Actor } from './actor.js';
import { reachOf } from './decide.js';

export interface VisibilityRequest {
  readonly day: PartialDate | null;
  /** Leave out elements that had surely not begun on the day. */
  readonly onlyValid: boolean;
  /**
   * Other landscapes whose classes hold too, for what exists in them: of the past the present, so that what was hidden
   * later is hidden in every year; of a scenario its base, so that nobody opens anything to himself by a draft.
   */
  readonly judges: readonly LandscapeSnapshot[];
}

/** Whether nothing can ever be hidden from an actor. */
export function seesAll(actor: Actor): boolean {
  return reachOf(actor, 'RESTRICTED') === 'ALL';
}

/** The visible elements as bits by seq; undefined where the actor sees all there is. */
export function visibleTo(
  actor: Actor,
  snapshot: LandscapeSnapshot,
  { day, onlyValid, judges }: VisibilityRequest,
): Uint32Array | undefined {
  const bits = new Uint32Array((snapshot.elementBound + 31) >> 5);
  const others = seesAll(actor) ? [] : judges.filter((each) => each !== snapshot);
  const readers = [reader(actor, snapshot), ...others.map((each) => readerThere(actor, each))];
  const mayBe = day === null || !onlyValid ? () => true : (element: Element): boolean => !beginsAfter(element, day);
  let hidden = false;
  for (const element of snapshot.elements()) {
    const { seq } = element;
    if (!readers.every((mayRead) => mayRead(element)) || !mayBe(element)) hidden = true;
    else bits[seq >> 5] = (bits[seq >> 5] ?? 0) | (1 << (seq & 31));
  }
  return hidden ? bits : undefined;
}

/**
 * Decides whether an element may be read as it is in another landscape. What was removed by then is not: the class it had
 * at last is not at hand, and may have been a narrow one. What never was there is not judged.
 */
function readerThere(actor: Actor, landscape: LandscapeSnapshot): (element: Element) => boolean {
  const mayRead = reader(actor, landscape);
  return ({ urn }) => {
    const there = landscape.elementByUrn(urn);
    return there === undefined ? landscape.removedNumber(urn) === undefined : mayRead(there);
  };
}

/** Decides over one element of a snapshot after the other. */
function reader(actor: Actor, snapshot: LandscapeSnapshot): (element: Element) => boolean {
  const grants: ReadonlySet<Urn> = new Set('grants' in actor ? actor.grants : []);
  const own = actor.kind === 'OFFICER' ? withParts(snapshot, actor.agency) : new Set<number>();
  return ({ seq, urn, visibility }) => {
    const reach = reachOf(actor, visibility);
    if (reach === 'ALL' || grants.has(urn)) return true;
    return reach === 'OWN' && (own.has(seq) || own.has(holderOf(snapshot, seq)));
  };
}

/** seq of the agency that owns an element, -1 where nobody does: plans give nobody a right. */
function holderOf(snapshot: LandscapeSnapshot, seq: number): number {
  let holder = -1;
  snapshot.forEachOutgoing(seq, (kind, other, relation, traits) => {
    if (kind !== 'OWNED_BY' || holder !== -1 || isPlanned(traits)) return;
    if (isCurrent(snapshot, relation, traits)) holder = other;
  });
  return holder;
}

/** An agency and all that is part of it, directly or through others; empty where nobody knows the agency. */
function withParts(snapshot: LandscapeSnapshot, agency: Urn): ReadonlySet<number> {
  const whole = snapshot.elementByUrn(agency);
  const found = new Set<number>(whole === undefined ? [] : [whole.seq]);
  for (const seq of found) {
    snapshot.forEachIncoming(seq, (kind, other, relation, traits) => {
      if (kind === 'PART_OF' && !isPlanned(traits) && isCurrent(snapshot, relation, traits)) found.add(other);
    });
  }
  return found;
}

/** Whether all that is known of an element's life surely begins after a day. */
function beginsAfter({ phases }: Element, day: PartialDate): boolean {
  const [first] = phases;
  // Of what has only an end, nobody has told when it began.
  if (first === undefined || first.phase === 'PHASE_OUT' || first.phase === 'END_OF_LIFE') return false;
  return phases.every(({ from }) => from !== null && isSurelyAfter(from, day));
}
