import { isCurrent } from '../core/landscape/landscape.js';
import type { Landscape } from '../core/landscape/landscape.js';
import type { Element, Relation, RelationKind } from '../core/landscape/model.js';

/** A relation of an element, and what stands at its other end. */
export interface RelatedTarget {
  readonly relation: Relation;
  readonly target: Element;
}

/** The relations of a kind that go out from an element and hold on the day, in order of the other end. */
export function targetsWith(landscape: Landscape, seq: number, kind: RelationKind): RelatedTarget[] {
  const found: RelatedTarget[] = [];
  landscape.forEachOutgoing(seq, (relationKind, other, relation, traits) => {
    if (relationKind !== kind || !isCurrent(landscape, relation, traits)) return;
    const [record, target] = [landscape.relationAt(relation), landscape.elementAt(other)];
    if (record !== undefined && target !== undefined) found.push({ relation: record, target });
  });
  return found;
}
