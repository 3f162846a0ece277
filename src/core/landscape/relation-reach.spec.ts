import * as fc from 'fast-check';
import { element, landscapeOf, lives, randomLandscapes, relation } from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import { RELATION_KINDS } from './model.js';
import type { RelationKind } from './model.js';
import { kindBits } from './need-kinds.js';
import { CLOSED_MAXIMUM, RelationReach } from './relation-reach.js';

/** Pairs that relations join, from nothing but the lists. */
function pairsOf(
  { elements, relations }: RandomLandscape,
  kinds: readonly RelationKind[],
  without: ReadonlySet<number>,
): (readonly [number, number])[] {
  const isThere = (seq: number): boolean =>
    !without.has(seq) && elements.some((each) => each.seq === seq && lives(each));
  return relations
    .filter(({ kind, status }) => kinds.includes(kind) && status !== 'ENDED')
    .filter(({ source, target }) => isThere(source) && isThere(target))
    .map(({ source, target }) => [source, target]);
}

/** All that a number leads to, in rounds until nothing is new. */
function reachedFrom(start: number, pairs: readonly (readonly [number, number])[]): ReadonlySet<number> {
  const reached = new Set<number>();
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const [from, to] of pairs) if (from === start || reached.has(from)) reached.add(to);
  }
  return reached;
}

/** Steps of a shortest way, by trying all ways of each length. */
function distance(from: number, to: number, pairs: readonly (readonly [number, number])[]): number | undefined {
  let ends = new Set([from]);
  for (let steps = 1; steps <= pairs.length + 1; steps += 1) {
    ends = new Set(pairs.filter(([source]) => ends.has(source)).map(([, target]) => target));
    if (ends.has(to)) return steps;
  }
  return undefined;
}

const KINDS: readonly RelationKind[] = ['DEPENDS_ON', 'EXCHANGES_DATA_WITH'];
const RANDOM = randomLandscapes({ elements: 9, relations: 24, kinds: ['DEPENDS_ON', 'EXCHANGES_DATA_WITH', 'USES'] });

describe('what leads to what', () => {
  it('is what a search through all ways finds', () => {
    let [found, cyclic] = [0, 0];
    fc.assert(
      fc.property(RANDOM, fc.uniqueArray(fc.nat(8), { maxLength: 2 }), (records, avoided) => {
        const without = new Set(avoided);
        const pairs = pairsOf(records, KINDS, without);
        const reach = new RelationReach(landscapeOf(records.elements, records.relations), kindBits(KINDS), without);
        for (const { seq: from } of records.elements) {
          const expected = reachedFrom(from, pairs);
          expect([...reach.allFrom(from)].toSorted((a, b) => a - b)).toEqual(
            [...new Set([from, ...expected])].toSorted((a, b) => a - b),
          );
          expect(reach.isInCycle(from)).toBe(expected.has(from));
          cyclic += Number(expected.has(from));
          for (const { seq: to } of records.elements) {
            expect(reach.reaches(from, to)).toBe(expected.has(to));
            const way = reach.wayBetween(from, to);
            expect(way === undefined ? undefined : way.length - 1).toBe(distance(from, to, pairs));
            for (const [place, seq] of (way ?? []).entries()) {
              const next = way?.[place + 1];
              if (next !== undefined) expect(pairs).toContainEqual([seq, next]);
            }
            found += Number(expected.has(to));
          }
        }
      }),
    );
    expect(found).toBeGreaterThan(0);
    expect(cyclic).toBeGreaterThan(0);
  });

  it('tells whether something holds all the way', () => {
    fc.assert(
      fc.property(RANDOM, fc.uniqueArray(fc.nat(8)), (records, holding) => {
        const pairs = pairsOf(records, KINDS, new Set());
        const reach = new RelationReach(landscapeOf(records.elements, records.relations), kindBits(KINDS));
        const held = reach.heldByAllFrom((seq) => holding.includes(seq));
        for (const { seq } of records.elements) {
          expect(held(seq)).toBe([seq, ...reachedFrom(seq, pairs)].every((each) => holding.includes(each)));
        }
      }),
    );
  });

  it('is a walk where there is too much to be kept', () => {
    const count = CLOSED_MAXIMUM + 2;
    const chain = Array.from({ length: count - 1 }, (_, seq) => relation(seq, [seq, seq + 1]));
    const reach = new RelationReach(landscapeOf(count, chain), kindBits(RELATION_KINDS));
    expect(reach.reaches(0, count - 1)).toBe(true);
    expect(reach.reaches(count - 1, 0)).toBe(false);
    expect(reach.wayBetween(0, 3)).toEqual([0, 1, 2, 3]);
  });

  it('knows nothing of an element without relations', () => {
    const reach = new RelationReach(landscapeOf([element(0)], []), kindBits(RELATION_KINDS));
    expect([reach.isInCycle(0), reach.reaches(0, 0), reach.wayBetween(0, 0)]).toEqual([false, false, undefined]);
    expect([...reach.allFrom(0)]).toEqual([0]);
    expect(reach.heldByAllFrom((seq) => seq === 0)(0)).toBe(true);
  });
});
