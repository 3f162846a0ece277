import * as fc from 'fast-check';
import { DirectedGraph } from 'graphology';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { element, landscapeOf, lives, needOf, randomLandscapes, relation } from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import type { NeedKind } from './need-kinds.js';
import { LandscapeSnapshot } from './snapshot.js';
import { cycleCoverage, cycles } from './structure.js';

/** Each circle in words: its members, then one way round, an arrow from source to target. */
function circles({ landscape, name }: Drawing, relationKinds?: readonly NeedKind[]): string[] {
  return cycles(landscape, relationKinds).map(({ members, cycle }) => {
    const words = cycle.map(({ relation, traversedForward, to }) =>
      traversedForward ? `-r${relation}> ${name(to)}` : `<r${relation}- ${name(to)}`,
    );
    return `${members.map(name).join('')}: ${[name(cycle[0]?.from ?? 0), ...words].join(' ')}`;
  });
}

describe('circles of need', () => {
  it.each([
    ['two that need each other', ['a DEPENDS_ON b', 'b RUNS_ON a'], ['ab: a -r1> b -r2> a']],
    ['one that needs itself', ['a DEPENDS_ON a', 'a DEPENDS_ON b'], ['a: a -r1> a']],
    ['one that feeds what it needs', ['b EXCHANGES_DATA_WITH a', 'b DEPENDS_ON a'], ['ab: a <r1- b -r2> a']],
    ['one that needs what it offers', ['a PROVIDES b', 'a DEPENDS_ON b'], ['ab: a -r2> b <r1- a']],
    ['two that feed each other', ['a EXCHANGES_DATA_WITH b', 'b EXCHANGES_DATA_WITH a'], ['ab: a <r2- b <r1- a']],
    ['three in a ring', ['c DEPENDS_ON a', 'a DEPENDS_ON b', 'b DEPENDS_ON c'], ['abc: a -r2> b -r3> c -r1> a']],
    [
      'rings that meet are one',
      ['a DEPENDS_ON b', 'b DEPENDS_ON a', 'b DEPENDS_ON c', 'c DEPENDS_ON b'],
      ['abc: a -r1> b -r2> a'],
    ],
  ])('are %s', (_what, lines, expected) => {
    expect(circles(draw(lines))).toEqual(expected);
  });

  it.each([
    ['nothing', []],
    ['one way', ['a DEPENDS_ON b', 'b DEPENDS_ON c', 'a DEPENDS_ON c']],
    ['a ring with a relation that has ended', ['a DEPENDS_ON b', 'b DEPENDS_ON a ENDED']],
    ['a ring of other kinds', ['a ASSOCIATED_WITH b', 'b PART_OF a', 'a DELIVERS b']],
    ['what it offers and needs', ['a PROVIDES b', 'b DEPENDS_ON a']],
    ['a ring through what has come to its end', ['a DEPENDS_ON gone', 'gone DEPENDS_ON a', 'gone DEPENDS_ON gone']],
    ['what it feeds and what needs it', ['a EXCHANGES_DATA_WITH b', 'b DEPENDS_ON a']],
  ])('are not in %s', (_what, lines) => {
    expect(circles(draw(lines, { gone: { phases: [{ phase: 'END_OF_LIFE', from: null }] } }))).toEqual([]);
  });

  it('follow only the kinds that are asked for', () => {
    const drawing = draw(['a PART_OF b', 'b PART_OF a', 'c DEPENDS_ON d', 'd DEPENDS_ON c']);
    expect(circles(drawing, ['PART_OF'])).toEqual(['ab: a <r2- b <r1- a']);
    expect(circles(drawing)).toEqual(['cd: c -r3> d -r4> c']);
  });

  it('are told in order of urn, whatever the order of birth', () => {
    const drawing = draw(['z DEPENDS_ON y', 'y DEPENDS_ON z', 'c DEPENDS_ON a', 'a DEPENDS_ON c']);
    expect(circles(drawing)).toEqual(['ac: a -r4> c -r3> a', 'yz: y -r2> z -r1> y']);
  });

  it('show a shortest way round, not just any', () => {
    const drawing = draw(['a DEPENDS_ON b', 'b DEPENDS_ON c', 'c DEPENDS_ON a', 'a DEPENDS_ON d', 'd DEPENDS_ON a']);
    expect(circles(drawing)).toEqual(['abcd: a -r4> d -r5> a']);
  });

  it('may be more where a link is of unknown kind, or flows were never declared complete', () => {
    const declared = { attributes: { flowsDeclaredCompleteOn: '2026-01-01' } };
    const fields = { a: declared, b: declared, o: { kind: 'AGENCY' } as const };
    expect(cycleCoverage(draw(['a DEPENDS_ON b', 'a OWNED_BY o'], fields).landscape, 0)).toEqual({
      examined: 2,
      coverage: { verdict: 'COMPLETE', missing: [], unfollowed: [] },
    });
    const { landscape, at } = draw(['a ASSOCIATED_WITH b', 'c OWNED_BY o'], fields);
    expect(cycleCoverage(landscape, 0).coverage).toEqual({
      verdict: 'UNKNOWN',
      missing: [
        { kind: 'TYPE', relation: 1, askedFrom: null },
        { kind: 'FLOWS', element: at('c').seq, askedFrom: at('o').seq },
      ],
      unfollowed: [],
    });
    expect(cycleCoverage(landscape, 1).coverage.verdict).toBe('LOWER_BOUND');
  });

  it('may be more over kinds of need that were not followed', () => {
    const declared = { attributes: { flowsDeclaredCompleteOn: '2026-01-01' } };
    const fields = { a: declared, b: declared, o: { kind: 'AGENCY' }, city: { kind: 'AGENCY' } } as const;
    const { landscape } = draw(['a PART_OF b', 'a RUNS_ON b', 'o PART_OF city'], fields);
    const told = (kinds?: readonly NeedKind[]): unknown[] => {
      const { coverage } = cycleCoverage(landscape, 1, kinds);
      return [coverage.verdict, ...coverage.unfollowed];
    };
    expect(told()).toEqual(['LOWER_BOUND', 'PART_OF']);
    expect(told(['PART_OF'])).toEqual(['LOWER_BOUND', 'RUNS_ON']);
    expect(told(['PART_OF', 'RUNS_ON'])).toEqual(['COMPLETE']);
  });

  it('are found however many relations join two things', () => {
    const many = Array.from({ length: 100 }, (_, seq) => relation(seq, [seq % 2, 1 - (seq % 2)]));
    const [found] = cycles(landscapeOf(2, many));
    expect(found?.members).toEqual([0, 1]);
    expect(found?.cycle.map(({ relation: taken }) => taken)).toEqual([0, 1]);
  });

  it('as long as the whole landscape are found', () => {
    const length = 100_000;
    const elements = Array.from({ length }, (_, seq) => element(seq));
    const ring = elements.map(({ seq }) => relation(seq, [seq, (seq + 1) % length]));
    const [found, ...others] = cycles(LandscapeSnapshot.of(elements, ring));
    expect(others).toEqual([]);
    expect([found?.members.length, found?.cycle.length]).toEqual([length, length]);
  });
});

/** Groups of elements that can all be reached from one another, by walking from each of them. */
function groups({ elements, relations }: RandomLandscape): Set<string> {
  const graph = new DirectedGraph({ allowSelfLoops: true });
  for (const { seq } of elements) graph.addNode(`${seq}`);
  const living = new Set(elements.filter(lives).map(({ seq }) => seq));
  for (const each of relations) {
    const need = needOf(each);
    if (each.status === 'ENDED' || need === undefined || !living.has(need.needing) || !living.has(need.needed))
      continue;
    graph.mergeEdge(`${need.needing}`, `${need.needed}`);
  }
  const reach = new Map(
    graph.mapNodes((node) => {
      const found = new Set(graph.outNeighbors(node));
      for (const each of found) for (const next of graph.outNeighbors(each)) found.add(next);
      return [node, found] as const;
    }),
  );
  const mutual = (one: string): string[] =>
    graph.filterNodes((other) => reach.get(one)?.has(other) === true && reach.get(other)?.has(one) === true);
  return new Set(graph.mapNodes((node) => mutual(node).join(' ')).filter((group) => group !== ''));
}

describe('on random landscapes', () => {
  it('circles are the groups that another graph library can walk all round, each shown by an unbroken ring', () => {
    fc.assert(
      fc.property(randomLandscapes({ elements: 12, relations: 24 }), (records) => {
        const landscape = LandscapeSnapshot.of(records.elements, records.relations);
        const found = cycles(landscape);
        const memberships = found.map(({ members }) => members.toSorted((a, b) => a - b).join(' '));
        expect(memberships).toHaveLength(groups(records).size);
        expect(new Set(memberships)).toEqual(groups(records));
        for (const { members, cycle } of found) {
          const [first = 0] = members;
          expect([...cycle.map(({ from }) => from), first]).toEqual([first, ...cycle.map(({ to }) => to)]);
          expect(new Set(cycle.map(({ to }) => to)).size).toBe(cycle.length);
          expect(cycle.filter(({ to }) => !members.includes(to))).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
