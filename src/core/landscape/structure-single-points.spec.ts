import * as fc from 'fast-check';
import { UndirectedGraph } from 'graphology';
import { draw } from '../../../test/support/drawn-landscape.js';
import {
  carriesData,
  element,
  landscapeOf,
  lives,
  needOf,
  randomLandscapes,
  relation,
} from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import { impactAnalysis } from './impact.js';
import type { Landscape } from './landscape.js';
import type { Relation } from './model.js';
import { LandscapeSnapshot } from './snapshot.js';
import type { StructureAnswer } from './structure-coverage.js';
import { singlePointsOfFailure } from './structure-single-points.js';
import type { SinglePoint } from './structure-single-points.js';

function pointsOf(landscape: Landscape, minimum = 1): StructureAnswer<SinglePoint> {
  const work = singlePointsOfFailure(landscape, { minimum });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** A drawing whose relations are told apart by groups: `r<n>` by its place among the lines. */
function withGroups(lines: readonly string[], groups: Readonly<Record<number, Partial<Relation>>>) {
  const drawing = draw(lines);
  const relations = Array.from(drawing.landscape.relations(), (each) => ({ ...each, ...groups[each.seq] }));
  return { ...drawing, landscape: LandscapeSnapshot.of(drawing.landscape.elements(), relations) };
}

function told({ landscape, name }: Pick<ReturnType<typeof draw>, 'landscape' | 'name'>): string[] {
  return pointsOf(landscape).items.map(
    ({ element: seq, lost, lostAtMost, separated }) => `${name(seq)} ${lost}-${lostAtMost} |${separated}`,
  );
}

describe('single points of failure', () => {
  it.each([
    ['what others need HARD', ['a DEPENDS_ON b HARD'], ['b 1-1 |0']],
    ['not what others need less', ['a DEPENDS_ON b SOFT', 'c DEPENDS_ON b INFORMATIONAL'], ['b 0-0 |1']],
    ['what may be needed HARD, with how many at most', ['a DEPENDS_ON b HARD', 'c RUNS_ON b'], ['b 1-2 |1']],
    ['what feeds HARD', ['b EXCHANGES_DATA_WITH a HARD'], ['b 1-1 |0']],
    ['what others need through others', ['a DEPENDS_ON b HARD', 'b DEPENDS_ON c HARD'], ['c 2-2 |0', 'b 1-1 |1']],
    ['each of a circle', ['a DEPENDS_ON b HARD', 'b DEPENDS_ON a HARD'], ['a 1-1 |0', 'b 1-1 |0']],
    ['not what is needed by itself', ['a DEPENDS_ON a HARD'], []],
    ['what offers or brings about', ['a PROVIDES b HARD', 'b REALIZES c HARD'], ['a 2-2 |0', 'b 1-1 |1']],
    ['what holds data, with who reads them', ['a MASTERS b HARD', 'c READS b HARD'], ['a 2-2 |0', 'b 1-1 |1']],
    ['not what is fed less than HARD', ['a MASTERS b', 'c READS b'], ['b 0-0 |1']],
    ['not over relations that have ended', ['a DEPENDS_ON b HARD ENDED'], []],
  ])('are %s', (_what, lines, expected) => {
    expect(told(draw(lines))).toEqual(expected);
  });

  it('are not those whom others can replace, until too few are left', () => {
    const lines = ['a DEPENDS_ON b HARD', 'a DEPENDS_ON c HARD', 'b RUNS_ON d HARD', 'c RUNS_ON d HARD'];
    const group = { minAvailable: 1, redundancyGroup: 'g' };
    expect(told(withGroups(lines, { 1: group, 2: group }))).toEqual(['d 3-3 |0']);
    const both = { minAvailable: 2, redundancyGroup: 'g' };
    expect(told(withGroups(lines, { 1: both, 2: both }))).toEqual(['d 3-3 |0', 'b 1-1 |0', 'c 1-1 |0']);
  });

  it('explain what is lost, and how much of a group had to be', () => {
    const lines = ['a DEPENDS_ON b HARD', 'a DEPENDS_ON c HARD', 'b RUNS_ON d HARD', 'c RUNS_ON d HARD'];
    const group = { minAvailable: 1 };
    const { landscape, at, name } = withGroups(lines, { 1: group, 2: group });
    const [point] = pointsOf(landscape).items;
    expect(point?.losses.map(({ element: seq, lostOfGroup }) => `${name(seq)} ${lostOfGroup}`)).toEqual([
      'b 1',
      'c 1',
      'a 2',
    ]);
    expect(point?.losses.at(-1)?.explanation).toEqual([
      { relation: 4, traversedForward: false, from: at('d').seq, to: at('c').seq },
      { relation: 2, traversedForward: false, from: at('c').seq, to: at('a').seq },
    ]);
  });

  it('are listed from as many others as are asked for, with the reason', () => {
    const { landscape, name } = draw(['a DEPENDS_ON b HARD', 'b DEPENDS_ON c HARD', 'd DEPENDS_ON c SOFT']);
    expect(pointsOf(landscape, 1).items.map(({ element: seq, reasons }) => `${name(seq)} ${reasons.join()}`)).toEqual([
      'c LOSES_OTHERS,HOLDS_TOGETHER',
      'b LOSES_OTHERS,HOLDS_TOGETHER',
    ]);
    expect(pointsOf(landscape, 2).items.map(({ element: seq, reasons }) => `${name(seq)} ${reasons.join()}`)).toEqual([
      'c LOSES_OTHERS',
    ]);
  });

  it('leave out what has ended', () => {
    const ended = { phases: [{ phase: 'END_OF_LIFE', from: null }] } as const;
    expect(told(draw(['a DEPENDS_ON b HARD', 'b DEPENDS_ON c HARD'], { b: ended }))).toEqual([]);
  });

  it('are never what is only served, though more than one thing serves it', () => {
    const lines = ['a REALIZES c HARD', 'b REALIZES c', 'o USES a HARD', 'o USES b'];
    expect(told(draw(lines, { c: { kind: 'CAPABILITY' }, o: { kind: 'AGENCY' } }))).toEqual(['a 2-2 |0']);
  });

  it('tell which strengths nobody knows', () => {
    const { coverage, examined } = pointsOf(draw(['a DEPENDS_ON b', 'b DEPENDS_ON c HARD']).landscape);
    expect(examined).toBe(3);
    expect(coverage.verdict).toBe('LOWER_BOUND');
    expect(coverage.missing.filter(({ kind }) => kind === 'STRENGTH')).toEqual([
      { kind: 'STRENGTH', relation: 1, askedFrom: null },
    ]);
  });

  it('of a chain as long as a whole landscape are found', () => {
    const length = 100_000;
    const elements = Array.from({ length }, (_, seq) => element(seq));
    const chain = elements.slice(1).map(({ seq }) => relation(seq, [seq - 1, seq], { strength: 'HARD' }));
    const { items } = pointsOf(LandscapeSnapshot.of(elements, chain));
    const [worst] = items;
    expect([items.length, worst?.lost, worst?.losses.length]).toEqual([length - 1, length - 1, length - 1]);
    expect(worst?.losses.at(-1)?.explanation).toHaveLength(length - 1);
  });

  it.each([
    ['one another', (seq: number) => [relation(2 * seq, [seq, seq + 1]), relation(2 * seq + 1, [seq + 1, seq])]],
    [
      'two of four neighbours at once',
      (seq: number) => [seq + 1, seq + 2, seq - 1, seq - 2].map((other, at) => relation(4 * seq + at, [seq, other])),
    ],
  ])('of a long row of things that need %s are found', (what, needsOfOne) => {
    const length = what === 'one another' ? 100_000 : 4000;
    const more: Partial<Relation> = { strength: 'HARD', minAvailable: what === 'one another' ? null : 3 };
    const row = Array.from({ length: length - 1 }, (_, seq) => needsOfOne(seq)).flat();
    const relations = row.filter(
      ({ source, target }) => Math.min(source, target) >= 0 && Math.max(source, target) < length,
    );
    const { items } = pointsOf(
      landscapeOf(
        length,
        relations.map((each) => ({ ...each, ...more })),
      ),
    );
    expect(items[0]?.lost).toBe(length - 1);
  });
});

const REDUNDANCY = fc.array(
  fc.record({
    minAvailable: fc.constantFrom(null, null, 1, 2, 3),
    redundancyGroup: fc.constantFrom(null, 'g'),
  }),
  { minLength: 120, maxLength: 120 },
);

function redundant({ elements, relations }: RandomLandscape, groups: readonly Partial<Relation>[]): RandomLandscape {
  return { elements, relations: relations.map((each) => ({ ...each, ...groups[each.seq] })) };
}

interface Need {
  readonly needer: number;
  readonly needed: number;
  readonly relation: Relation;
}

function needsOf({ elements, relations }: RandomLandscape): Need[] {
  const living = new Set(elements.filter(lives).map(({ seq }) => seq));
  return relations
    .filter(({ source, target }) => living.has(source) && living.has(target) && source !== target)
    .flatMap((each) => {
      const need = needOf(each);
      if (each.status === 'ENDED' || need === undefined) return [];
      return [{ needer: need.needing, needed: need.needed, relation: each }];
    });
}

/** Everything that is lost with one element, by asking every element again until nothing changes. */
function lostWith(needs: readonly Need[], origin: number, strengths: readonly string[]): Set<number> {
  const lost = new Set([origin]);
  for (let before = 0; before < lost.size;) {
    before = lost.size;
    for (const needer of new Set(needs.map((each) => each.needer))) {
      const own = needs.filter((each) => each.needer === needer);
      const alone = own.filter(({ relation: { minAvailable } }) => minAvailable === null);
      const groups = new Map<string, Need[]>();
      for (const each of own.filter(({ relation: { minAvailable } }) => minAvailable !== null)) {
        const key = `${each.relation.kind} ${each.relation.redundancyGroup}`;
        groups.set(key, [...(groups.get(key) ?? []), each]);
      }
      const isHit = ({ needed, relation: { strength, kind } }: Need): boolean =>
        strengths.includes(strength) && lost.has(needed) && (strength !== 'UNKNOWN' || !carriesData(kind));
      const isLost =
        alone.some(isHit) ||
        [...groups.values()].some((group) => {
          const members = new Set(group.map(({ needed }) => needed)).size;
          const least = Math.max(...group.map(({ relation: each }) => each.minAvailable ?? 0));
          const hit = new Set(group.filter(isHit).map(({ needed }) => needed)).size;
          return hit >= Math.max(1, members - least + 1);
        });
      if (isLost) lost.add(needer);
    }
  }
  lost.delete(origin);
  return lost;
}

/** Sizes of the pieces of the graph without directions, by a walk over another library's graph. */
function piecesWithout(graph: UndirectedGraph, without: string | undefined): number[] {
  const seen = new Set(without === undefined ? [] : [without]);
  return graph.nodes().flatMap((start) => {
    if (seen.has(start)) return [];
    const piece = new Set([start]);
    for (const each of piece) for (const next of graph.neighbors(each)) if (next !== without) piece.add(next);
    for (const each of piece) seen.add(each);
    return [piece.size];
  });
}

describe('on random landscapes', () => {
  const SMALL = fc.tuple(randomLandscapes({ elements: 9, relations: 18 }), REDUNDANCY);
  // More than 32 origins, so that several blocks are swept.
  const LARGE = fc.tuple(randomLandscapes({ elements: 90, relations: 120 }), REDUNDANCY);

  it.each([
    ['few', SMALL, 1000],
    ['many', LARGE, 20],
  ])('as much is lost with each of %s elements as by asking all again and again', (_size, drawn, numRuns) => {
    fc.assert(
      fc.property(drawn, ([records, groups]) => {
        const landscapeRecords = redundant(records, groups);
        const needs = needsOf(landscapeRecords);
        const { items } = pointsOf(landscapeOf(landscapeRecords.elements, landscapeRecords.relations));
        const found = new Map(items.map((each) => [each.element, each]));
        for (const { seq, phases } of records.elements) {
          if (phases.length > 0) {
            expect(found.has(seq)).toBe(false);
            continue;
          }
          const known = lostWith(needs, seq, ['HARD']);
          const point = found.get(seq);
          expect(point?.lost ?? 0).toBe(known.size);
          if (point === undefined) continue;
          expect(point.lostAtMost).toBe(lostWith(needs, seq, ['HARD', 'UNKNOWN']).size);
          expect(new Set(point.losses.map((each) => each.element))).toEqual(known);
          for (const { element: end, explanation } of point.losses) {
            expect([explanation[0]?.from, explanation.at(-1)?.to]).toEqual([seq, end]);
            expect(explanation.slice(1).map(({ from }) => from)).toEqual(explanation.slice(0, -1).map(({ to }) => to));
          }
        }
      }),
      { numRuns },
    );
  });

  it('what is lost is what an impact analysis calls LOST', () => {
    fc.assert(
      fc.property(SMALL, ([records, groups]) => {
        const { elements, relations } = redundant(records, groups);
        const landscape = LandscapeSnapshot.of(elements, relations);
        const { items } = pointsOf(landscape);
        for (const origin of elements.filter(({ phases }) => phases.length === 0)) {
          const { impacted } = impactAnalysis(landscape, origin, { direction: 'DEPENDENTS' });
          const point = items.find((each) => each.element === origin.seq);
          expect(point?.losses.map((each) => each.element).toSorted((a, b) => a - b) ?? []).toEqual(
            impacted
              .flatMap(({ element: seq, severity }) => (severity === 'LOST' ? [seq] : []))
              .toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('what falls off is what another graph library no longer reaches', () => {
    fc.assert(
      fc.property(randomLandscapes({ elements: 12, relations: 14 }), (records) => {
        const graph = new UndirectedGraph();
        const stands = new Set(
          records.elements.filter((each) => lives(each) && each.kind !== 'AGENCY').map(({ seq }) => seq),
        );
        for (const seq of stands) graph.addNode(`${seq}`);
        for (const { needer, needed } of needsOf(records)) {
          if (stands.has(needer) && stands.has(needed)) graph.mergeEdge(`${needer}`, `${needed}`);
        }
        const { items } = pointsOf(landscapeOf(records.elements, records.relations));
        const whole = piecesWithout(graph, undefined).length;
        graph.forEachNode((node) => {
          const part = new Set([node]);
          for (const each of part) for (const next of graph.neighbors(each)) part.add(next);
          const pieces = piecesWithout(graph.copy(), node).length - whole + 1;
          const sizes = piecesWithout(subgraph(graph, part), node);
          const point = items.find((each) => `${each.element}` === node);
          const separated = part.size - 1 - Math.max(0, ...sizes);
          expect(point?.separated ?? 0).toBe(separated);
          if (separated > 0) expect(point?.pieces).toBe(pieces);
        });
      }),
      { numRuns: 1000 },
    );
  });
});

function subgraph(graph: UndirectedGraph, part: ReadonlySet<string>): UndirectedGraph {
  const copy = graph.copy();
  for (const node of graph.nodes()) if (!part.has(node)) copy.dropNode(node);
  return copy;
}
