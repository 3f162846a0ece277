import type { Landscape } from './landscape.js';
import type { ElementKind } from './model.js';
import { NEED_KINDS, kindBits } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import { needWalk } from './needs.js';
import type { ImpactDirection, NeedVisitor, NeedWalk } from './needs.js';
import { isOfKinds, kindCodeOf } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

const PARTS = kindBits(['PART_OF']);
/** What is put under one another in lists and charts; none of them is run by its parts. */
const GROUPED: ReadonlySet<ElementKind> = new Set<ElementKind>(['AGENCY', 'CAPABILITY', 'CONCEPT']);

/** Tells which kinds of need an answer did not follow though they lead on from what it looked at. */
export class UnfollowedKinds {
  private found = 0;
  private readonly follow: NeedWalk;

  /** @param followed - the kinds of need that the answer followed. */
  constructor(
    private readonly landscape: Landscape,
    direction: ImpactDirection,
    followed: readonly NeedKind[],
  ) {
    const others = NEED_KINDS.filter((kind) => !followed.includes(kind));
    this.follow = needWalk(landscape, direction, others);
  }

  /**
   * Looks at the relations of one element that were not followed.
   * @param mayAdd - whether one of them may add to the answer.
   */
  lookFrom(seq: number, mayAdd: (other: number, traits: RelationTraits) => boolean): void {
    const visit: NeedVisitor = (other, _relation, _forward, traits) => {
      if (other === seq || isOfKinds(traits, this.found) || this.isGrouping(other, traits)) return;
      if (mayAdd(other, traits)) this.found |= 1 << kindCodeOf(traits);
    };
    this.follow(seq, visit);
  }

  /** In the order of RELATION_KINDS. */
  get kinds(): NeedKind[] {
    return NEED_KINDS.filter((kind) => (this.found & kindBits([kind])) !== 0);
  }

  private isGrouping(other: number, traits: RelationTraits): boolean {
    return isOfKinds(traits, PARTS) && GROUPED.has(this.landscape.elementAt(other)?.kind ?? 'CONCEPT');
  }
}
