import { ownerOf } from '../landscape/landscape.js';
import { isSurelyAfter } from '../landscape/model.js';
import type { Element, PartialDate, Urn } from '../landscape/model.js';
import type { LandscapeSnapshot } from '../landscape/snapshot.js';
import type { Actor } from './actor.js';
import { reachOf } from './decide.js';

export interface VisibilityRequest {
  readonly day: PartialDate | null;
  /** Leave out elements that had surely not begun on the day. */
  readonly onlyValid: boolean;
  /** The landscape as it is now, whose classes hold for the past too. */
  readonly newest: LandscapeSnapshot;
}

/** Whether nothing can ever be hidden from an actor. */
export function seesAll(actor: Actor): boolean {
  return reachOf(actor, 'RESTRICTED') === 'ALL';
}

/** The visible elements as bits by seq; undefined where the actor sees all there is. */
export function visibleTo(
  actor: Actor,
  snapshot: LandscapeSnapshot,
  { day, onlyValid, newest }: VisibilityRequest,
): Uint32Array | undefined {
  const bits = new Uint32Array((snapshot.elementBound + 31) >> 5);
  const mayRead = reader(actor, snapshot);
  const mayReadNow = newest === snapshot || seesAll(actor) ? () => true : readerOfNow(actor, newest);
  const mayBe = day === null || !onlyValid ? () => true : (element: Element): boolean => !beginsAfter(element, day);
  let hidden = false;
  for (const element of snapshot.elements()) {
    const { seq } = element;
    if (!mayRead(element) || !mayReadNow(element) || !mayBe(element)) hidden = true;
    else bits[seq >> 5] = (bits[seq >> 5] ?? 0) | (1 << (seq & 31));
  }
  return hidden ? bits : undefined;
}

/** Decides whether an element of the past may be read as it is now; what is gone since is not judged. */
function readerOfNow(actor: Actor, newest: LandscapeSnapshot): (element: Element) => boolean {
  const mayRead = reader(actor, newest);
  return ({ urn }) => {
    const now = newest.elementByUrn(urn);
    return now === undefined || mayRead(now);
  };
}

/** Decides over one element of a snapshot after the other. */
function reader(actor: Actor, snapshot: LandscapeSnapshot): (element: Element) => boolean {
  const grants: ReadonlySet<Urn> = new Set('grants' in actor ? actor.grants : []);
  const own = actor.kind === 'OFFICER' ? withParts(snapshot, actor.agency) : new Set<number>();
  return ({ seq, urn, visibility }) => {
    const reach = reachOf(actor, visibility);
    if (reach === 'ALL' || grants.has(urn)) return true;
    return reach === 'OWN' && (own.has(seq) || own.has(ownerOf(snapshot, seq)?.seq ?? -1));
  };
}

/** An agency and all that is part of it, directly or through others; empty where nobody knows the agency. */
function withParts(snapshot: LandscapeSnapshot, agency: Urn): ReadonlySet<number> {
  const whole = snapshot.elementByUrn(agency);
  const found = new Set<number>(whole === undefined ? [] : [whole.seq]);
  for (const seq of found) {
    snapshot.forEachIncoming(seq, (kind, other) => {
      if (kind === 'PART_OF') found.add(other);
    });
  }
  return found;
}

/** Whether all that is known of an element's life surely begins after a day. */
function beginsAfter({ phases }: Element, day: PartialDate): boolean {
  return phases.length > 0 && phases.every(({ from }) => from !== null && isSurelyAfter(from, day));
}
