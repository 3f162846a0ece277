import { isDeclared } from './impact-coverage.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { RELATION_KINDS } from './model.js';
import type { ElementKind, RelationKind } from './model.js';
import { RUNNING, feels, isOver } from './needs.js';
import { absenceCoverage, undeclaredFlows } from './structure-coverage.js';
import type { StructureAnswer } from './structure-coverage.js';

/** Who answers for a thing says nothing of what it is connected with. */
const OWNERSHIP: ReadonlySet<RelationKind> = new Set<RelationKind>(['OWNED_BY', 'OPERATED_BY']);

/** The kinds of relation that connect one thing with another: all but those of ownership. */
export const CONNECTING_KINDS: readonly RelationKind[] = RELATION_KINDS.filter((kind) => !OWNERSHIP.has(kind));

export interface Orphan {
  /** seq */
  readonly element: number;
  /** Whether somebody is recorded as its owner or operator. */
  readonly isOwned: boolean;
  /** Whether its owner declared its flows complete: only then is it unconnected for sure. */
  readonly isDeclared: boolean;
}

export interface OrphanOptions {
  /** Look at these; by default at what is built and runs. */
  readonly kinds?: readonly ElementKind[];
  /** Relations of these kinds connect; by default all but those of ownership. */
  readonly relationKinds?: readonly RelationKind[];
}

/**
 * Elements that no relation in force connects with anything, by seq: nothing they need or serve, are part of, realise,
 * use or conform to is on record. A relation to itself, one that has ended, one to what has ended and ownership connect
 * with nothing. What has ended itself is left out: nothing is expected of it.
 */
export function orphans(
  landscape: Landscape,
  { kinds, relationKinds = CONNECTING_KINDS }: OrphanOptions = {},
): StructureAnswer<Orphan> {
  const looked: ReadonlySet<ElementKind> = kinds === undefined ? RUNNING : new Set(kinds);
  const connecting = new Set(relationKinds);
  const items: Orphan[] = [];
  let examined = 0;
  for (const element of landscape.elements()) {
    if (!looked.has(element.kind) || !feels(landscape, element.seq)) continue;
    examined += 1;
    const { isConnected, isOwned } = lookAround(landscape, element.seq, connecting);
    if (!isConnected) items.push({ element: element.seq, isOwned, isDeclared: isDeclared(element) });
  }
  return {
    items,
    examined,
    get coverage() {
      const missing = items.flatMap(({ element }) => {
        const orphan = landscape.elementAt(element);
        return orphan === undefined ? [] : undeclaredFlows(landscape, orphan);
      });
      return absenceCoverage(missing);
    },
  };
}

function lookAround(
  landscape: Landscape,
  seq: number,
  connecting: ReadonlySet<RelationKind>,
): { readonly isConnected: boolean; readonly isOwned: boolean } {
  const around = { isConnected: false, isOwned: false };
  const visit: AdjacencyVisitor = (kind, other, relation, traits) => {
    if (isOver(landscape, relation, traits) || !feels(landscape, other)) return;
    around.isOwned ||= OWNERSHIP.has(kind);
    around.isConnected ||= connecting.has(kind) && other !== seq;
  };
  landscape.forEachOutgoing(seq, visit);
  landscape.forEachIncoming(seq, visit);
  return around;
}
