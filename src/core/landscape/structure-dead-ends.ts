import { isDeclared } from './impact-coverage.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import type { Element, ElementKind, RelationKind } from './model.js';
import { RUNNING, feels, isOver, isRunning, recordedNeedWalk } from './needs.js';
import type { NeedWalk } from './needs.js';
import { absenceCoverage, missingNeedFacts, presenceCoverage } from './structure-coverage.js';
import type { StructureAnswer } from './structure-coverage.js';

/**
 * Where the architecture leads nowhere.
 * UNUSED: a platform, database, infrastructure or interface that serves nothing. REALIZES_NOTHING: a system that realises
 * nothing and serves nothing. NEVER_READ: a data object that something masters or writes, but nothing reads.
 * NEEDS_WHAT_ENDED: something that runs and still needs what has reached the end of its life.
 */
export const DEAD_END_KINDS = ['UNUSED', 'REALIZES_NOTHING', 'NEVER_READ', 'NEEDS_WHAT_ENDED'] as const;
export type DeadEndKind = (typeof DEAD_END_KINDS)[number];

export interface DeadEnd {
  readonly kind: DeadEndKind;
  /** seq */
  readonly element: number;
  /** seqs of the relations that show it: of NEEDS_WHAT_ENDED the needs, of NEVER_READ those that write; else none. */
  readonly relations: readonly number[];
  /** Whether its owner declared its flows complete: only then it is UNUSED or REALIZES_NOTHING for sure. */
  readonly isDeclared: boolean;
}

/** What has to be on record, in force and with something that has not ended, for an element to be no dead end. */
interface Evidence {
  readonly applies: ReadonlySet<ElementKind>;
  /** A relation of one of these kinds that leads to the element. */
  readonly incoming: readonly RelationKind[];
  /** A relation of one of these kinds that leads away from it. */
  readonly outgoing: readonly RelationKind[];
  /** Only where a relation of one of these kinds leads to it; empty = wherever it applies. */
  readonly given: readonly RelationKind[];
}

/** What serves others: it is needed or used, feeds somebody, or is a part of something that may. */
const SERVES = {
  incoming: ['DEPENDS_ON', 'USES_PLATFORM', 'RUNS_ON', 'AUTHENTICATES_WITH', 'USES'],
  outgoing: ['EXCHANGES_DATA_WITH', 'REALIZES', 'PART_OF'],
} as const;

/** What each kind of dead end was looked for in. */
export const DEAD_END_EVIDENCE: Readonly<Record<Exclude<DeadEndKind, 'NEEDS_WHAT_ENDED'>, Evidence>> = {
  UNUSED: { applies: new Set(['PLATFORM', 'DATABASE', 'INFRASTRUCTURE', 'INTERFACE']), ...SERVES, given: [] },
  REALIZES_NOTHING: {
    applies: new Set(['SYSTEM']),
    incoming: SERVES.incoming,
    outgoing: [...SERVES.outgoing, 'PROVIDES', 'MASTERS'],
    given: [],
  },
  NEVER_READ: {
    applies: new Set(['DATA_OBJECT']),
    incoming: ['READS', 'DEPENDS_ON'],
    outgoing: [],
    given: ['MASTERS', 'WRITES'],
  },
};

/**
 * The dead ends of a landscape, by seq of the element, then in the order of DEAD_END_KINDS. What has ended is left out.
 * Except for NEEDS_WHAT_ENDED they are told from what is not on record, so each is as sure as the record is whole.
 */
export function deadEnds(
  landscape: Landscape,
  kinds: readonly DeadEndKind[] = DEAD_END_KINDS,
): StructureAnswer<DeadEnd> {
  const wanted = DEAD_END_KINDS.filter((kind) => kinds.includes(kind));
  const follow = recordedNeedWalk(landscape, 'DEPENDENCIES');
  const items: DeadEnd[] = [];
  let examined = 0;
  for (const element of landscape.elements()) {
    if (!isLookedAt(element) || !feels(landscape, element.seq)) continue;
    examined += 1;
    for (const kind of wanted) {
      const relations =
        kind === 'NEEDS_WHAT_ENDED'
          ? endedNeeds(landscape, follow, element)
          : missedEvidence(landscape, element, DEAD_END_EVIDENCE[kind]);
      if (relations !== undefined)
        items.push({ kind, element: element.seq, relations, isDeclared: isDeclared(element) });
    }
  }
  return {
    items,
    examined,
    get coverage() {
      const missing = missingNeedFacts(landscape, { withStrengths: false });
      const isShown = items.every(({ kind }) => kind === 'NEEDS_WHAT_ENDED');
      return isShown ? presenceCoverage(items.length, missing) : absenceCoverage(missing);
    },
  };
}

function isLookedAt({ kind }: Element): boolean {
  return RUNNING.has(kind) || kind === 'DATA_OBJECT';
}

/** The needs of something that runs for what has ended; undefined where there are none. */
function endedNeeds(landscape: Landscape, follow: NeedWalk, element: Element): number[] | undefined {
  if (!isRunning(landscape, element)) return undefined;
  const relations: number[] = [];
  follow(element.seq, (other, relation) => {
    if (!feels(landscape, other)) relations.push(relation);
  });
  return relations.length > 0 ? relations : undefined;
}

/** The relations that make an element one of which evidence is expected; undefined where there is some, or none is. */
function missedEvidence(landscape: Landscape, element: Element, evidence: Evidence): number[] | undefined {
  if (!evidence.applies.has(element.kind)) return undefined;
  const shown: number[] = [];
  let isServing = false;
  const look =
    (kinds: readonly RelationKind[], given: readonly RelationKind[]): AdjacencyVisitor =>
    (kind, other, relation, traits) => {
      if (isOver(landscape, relation, traits) || other === element.seq || !feels(landscape, other)) return;
      isServing ||= kinds.includes(kind);
      if (given.includes(kind)) shown.push(relation);
    };
  landscape.forEachOutgoing(element.seq, look(evidence.outgoing, []));
  landscape.forEachIncoming(element.seq, look(evidence.incoming, evidence.given));
  const isExpected = evidence.given.length === 0 || shown.length > 0;
  return isExpected && !isServing ? shown : undefined;
}
