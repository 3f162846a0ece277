import { isCurrent } from '../landscape/landscape.js';
import { holderOf } from '../landscape/last-state.js';
import { isSurelyAfter } from '../landscape/model.js';
import type { Element, PartialDate, Urn, Visibility } from '../landscape/model.js';
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

/** What an actor sees of the elements of a snapshot. */
export interface Visible {
  /** The visible elements as bits by seq; undefined where the actor sees all there is. */
  readonly bits: Uint32Array | undefined;
  /** Number of elements that are public in the snapshot and hidden all the same. */
  readonly hiddenPublic: number;
}

export function visibleTo(
  actor: Actor,
  snapshot: LandscapeSnapshot,
  { day, onlyValid, judges }: VisibilityRequest,
): Visible {
  const bits = new Uint32Array((snapshot.elementBound + 31) >> 5);
  const others = seesAll(actor) ? [] : judges.filter((each) => each !== snapshot);
  const readers = [reader(actor, snapshot), ...others.map((each) => readerThere(actor, each))];
  const mayBe = day === null || !onlyValid ? () => true : (element: Element): boolean => !beginsAfter(element, day);
  let [hidden, hiddenPublic] = [false, 0];
  for (const element of snapshot.elements()) {
    const { seq, visibility } = element;
    if (readers.every((mayRead) => mayRead(element)) && mayBe(element)) {
      bits[seq >> 5] = (bits[seq >> 5] ?? 0) | (1 << (seq & 31));
      continue;
    }
    hidden = true;
    if (visibility === 'PUBLIC') hiddenPublic += 1;
  }
  return { bits: hidden ? bits : undefined, hiddenPublic };
}

/**
 * Decides whether an element may be read as it is in another landscape; of what was removed by then, as it was at last.
 * Whose it was at last is judged by what the agencies are there. What never was there is not judged.
 */
function readerThere(actor: Actor, landscape: LandscapeSnapshot): (element: Element) => boolean {
  const mayRead = reader(actor, landscape);
  return ({ urn }) => {
    const there = landscape.elementByUrn(urn);
    if (there !== undefined) return mayRead(there);
    if (landscape.removedNumber(urn) === undefined) return true;
    const last = landscape.lastStateOf(urn);
    return last !== undefined && mayRead({ seq: NOWHERE, ...last });
  };
}

/** Stands for the number of what is not there: nobody's. */
const NOWHERE = -1;

/** An element as far as that decides who may read it. */
interface Judged {
  /** NOWHERE for one that was removed, which has `holders` instead. */
  readonly seq: number;
  readonly urn: string;
  readonly visibility: Visibility;
  readonly holders?: readonly number[];
}

/** Decides over one element of a snapshot after the other. */
function reader(actor: Actor, snapshot: LandscapeSnapshot): (element: Judged) => boolean {
  const grants: ReadonlySet<string> = new Set('grants' in actor ? actor.grants : []);
  const own = actor.kind === 'OFFICER' ? withParts(snapshot, actor.agency) : new Set<number>();
  return ({ seq, urn, visibility, holders }) => {
    const reach = reachOf(actor, visibility);
    if (reach === 'ALL' || grants.has(urn)) return true;
    if (reach !== 'OWN') return false;
    return holders === undefined
      ? own.has(seq) || own.has(holderOf(snapshot, seq))
      : holders.some((each) => own.has(each));
  };
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
