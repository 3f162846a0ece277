import * as fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { lives, needOf, randomLandscapes } from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import { WorkBudget } from '../work-budget.js';
import { FOLLOWED_KINDS } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import { shortestPaths } from './paths.js';
import type { PathOptions, PathStep } from './paths.js';
import { LandscapeSnapshot } from './snapshot.js';

const ENDED = { phases: [{ phase: 'END_OF_LIFE', from: null } as const] };
const DECLARED = { attributes: { flowsDeclaredCompleteOn: '2026-06' } };

/** Each path in words: `a -r1> b <r2- c`, an arrow from source to target. */
function paths(
  drawing: Drawing,
  ends: string,
  k = 20,
  relationKinds?: readonly NeedKind[],
  more: Partial<PathOptions> = {},
): string[] {
  const [from = '', to = ''] = ends.split(' ');
  const { landscape, at, name } = drawing;
  const options = { k, ...(relationKinds !== undefined && { relationKinds }), ...more };
  return shortestPaths(landscape, at(from), at(to), options).paths.map((steps) => {
    const words = steps.map(({ relation, traversedForward, to }) =>
      traversedForward ? `-r${relation}> ${name(to)}` : `<r${relation}- ${name(to)}`,
    );
    return [name(steps[0]?.from ?? 0), ...words].join(' ');
  });
}

describe('the ways in which one element needs another', () => {
  it.each([
    ['a dependency, from source to target', ['a DEPENDS_ON b'], ['a -r1> b']],
    [
      'what it runs on, uses and logs in with',
      ['a RUNS_ON c', 'c USES_PLATFORM d', 'd AUTHENTICATES_WITH b'],
      ['a -r1> c -r2> d -r3> b'],
    ],
    ['data, from the consumer to the provider', ['b EXCHANGES_DATA_WITH a'], ['a <r1- b']],
    ['an interface, and who offers it', ['a DEPENDS_ON c', 'b PROVIDES c'], ['a -r1> c <r2- b']],
    ['data, and who holds them', ['a READS c', 'b MASTERS c'], ['a -r1> c <r2- b']],
    ['data and dependencies in turn', ['c EXCHANGES_DATA_WITH a', 'c DEPENDS_ON b'], ['a <r1- c -r2> b']],
    ['a planned relation', ['a DEPENDS_ON b PLANNED'], ['a -r1> b']],
  ])('are over %s', (_what, lines, expected) => {
    expect(paths(draw(lines), 'a b')).toEqual(expected);
  });

  it.each([
    ['what needs it', ['b DEPENDS_ON a']],
    ['data that it gives', ['a EXCHANGES_DATA_WITH b']],
    ['what has ended', ['a DEPENDS_ON b ENDED']],
    ['a link of unknown kind', ['a ASSOCIATED_WITH b']],
    ['its whole', ['a PART_OF b']],
    ['its part', ['b PART_OF a']],
    ['what it offers', ['a PROVIDES b']],
    ['what has come to its end', ['a DEPENDS_ON gone', 'gone DEPENDS_ON b']],
    ['nothing', ['a', 'b']],
  ])('are not over %s', (_what, lines) => {
    expect(paths(draw(lines, { gone: ENDED }), 'a b')).toEqual([]);
  });

  it.each(['a', 'b'])('are none where %s has come to its end', (id) => {
    const { landscape, at } = draw(['a DEPENDS_ON b', 'a ASSOCIATED_WITH b'], { [id]: ENDED });
    const found = shortestPaths(landscape, at('a'), at('b'), { k: 3 });
    expect([found.paths, found.truncated, found.coverage.verdict]).toEqual([[], false, 'UNKNOWN']);
  });

  it('of an element and itself are none', () => {
    expect(paths(draw(['a DEPENDS_ON a', 'a DEPENDS_ON b', 'b DEPENDS_ON a']), 'a a')).toEqual([]);
  });

  it('are only over the kinds that are asked for', () => {
    const drawing = draw(['a DEPENDS_ON b', 'c PART_OF a', 'b PART_OF c']);
    expect(paths(drawing, 'a b', 20, ['PART_OF'])).toEqual(['a <r2- c <r3- b']);
    expect(paths(drawing, 'a b', 20, [])).toEqual([]);
  });

  it('are told shortest first, and never pass an element twice', () => {
    const drawing = draw([
      'a DEPENDS_ON c',
      'c DEPENDS_ON d',
      'd DEPENDS_ON b',
      'a DEPENDS_ON b',
      'd DEPENDS_ON a',
      'c DEPENDS_ON b',
    ]);
    expect(paths(drawing, 'a b')).toEqual(['a -r4> b', 'a -r1> c -r6> b', 'a -r1> c -r2> d -r3> b']);
  });

  it('are as many as asked for, where there are as many', () => {
    const drawing = draw(['a DEPENDS_ON b', 'a RUNS_ON b', 'a USES_PLATFORM b']);
    expect(paths(drawing, 'a b', 1)).toEqual(['a -r1> b']);
    expect(paths(drawing, 'a b', 2)).toEqual(['a -r1> b', 'a -r2> b']);
    expect(paths(drawing, 'a b', 3)).toEqual(['a -r1> b', 'a -r2> b', 'a -r3> b']);
    expect(paths(drawing, 'a b', 4)).toHaveLength(3);
  });
});

describe('the ways in which harm comes from one element to another', () => {
  it('are the needs taken the other way', () => {
    const drawing = draw(['b DEPENDS_ON a', 'b EXCHANGES_DATA_WITH c', 'a DEPENDS_ON c', 'c RUNS_ON a']);
    expect(paths(drawing, 'a c', 20, undefined, { direction: 'DEPENDENTS' })).toEqual(['a <r4- c', 'a <r1- b -r2> c']);
    expect(paths(drawing, 'a c')).toEqual(['a -r3> c']);
  });
});

describe('how far an answer about ways goes', () => {
  const all = Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, DECLARED]));
  const covered = (
    lines: readonly string[],
    options: Partial<PathOptions> = {},
    fields: Parameters<typeof draw>[1] = {},
  ): unknown[] => {
    const { landscape, at, name } = draw(lines, { ...all, ...fields });
    const { coverage } = shortestPaths(landscape, at('a'), at('b'), { k: 3, ...options });
    const missing = coverage.missing.map((fact) =>
      'element' in fact ? `${fact.kind} ${name(fact.element)}` : `${fact.kind} r${fact.relation}`,
    );
    return [coverage.verdict, coverage.examined, ...missing, ...coverage.unfollowed];
  };
  const silent = { c: { attributes: {} } };

  it.each([
    ['COMPLETE where nothing is missing', ['a DEPENDS_ON c', 'c DEPENDS_ON b'], {}, {}, ['COMPLETE', 2]],
    ['COMPLETE where there is none and nothing is missing', ['b DEPENDS_ON a'], {}, {}, ['COMPLETE', 1]],
    ['whatever an unknown strength is', ['a DEPENDS_ON b UNKNOWN'], {}, {}, ['COMPLETE', 1]],
    ['whatever is missing behind the goal', ['a DEPENDS_ON b', 'b ASSOCIATED_WITH c'], {}, {}, ['COMPLETE', 1]],
    [
      'LOWER_BOUND where a link may be a way',
      ['a DEPENDS_ON b', 'c ASSOCIATED_WITH a'],
      {},
      {},
      ['LOWER_BOUND', 1, 'TYPE r2'],
    ],
    [
      'UNKNOWN where nothing else is a way',
      ['a DEPENDS_ON c', 'b ASSOCIATED_WITH c'],
      {},
      {},
      ['UNKNOWN', 2, 'TYPE r2'],
    ],
    [
      'LOWER_BOUND where flows may be a way',
      ['a DEPENDS_ON b', 'a DEPENDS_ON c'],
      {},
      silent,
      ['LOWER_BOUND', 2, 'FLOWS c'],
    ],
    [
      'UNKNOWN where it was not followed',
      ['a RUNS_ON b'],
      { relationKinds: ['DEPENDS_ON'] },
      {},
      ['UNKNOWN', 1, 'RUNS_ON'],
    ],
    [
      'UNKNOWN where it was not followed either way',
      ['a RUNS_ON b'],
      { relationKinds: ['READS'], direction: 'DEPENDENTS' },
      {},
      ['COMPLETE', 1],
    ],
    [
      'LOWER_BOUND where it was cut off',
      ['a DEPENDS_ON b', 'a DEPENDS_ON c', 'c DEPENDS_ON b'],
      { maxDepth: 1 },
      {},
      ['LOWER_BOUND', 1],
    ],
    ['UNKNOWN of what does not run', ['a', 'b'], {}, { b: { kind: 'AGENCY' } }, ['UNKNOWN', 1]],
  ] as const)('is %s', (_what, lines, options, fields, expected) => {
    expect(covered(lines, options, fields)).toEqual(expected);
  });
});

describe('the limits of a search', () => {
  const drawing = draw(['a DEPENDS_ON b', 'a DEPENDS_ON c', 'c DEPENDS_ON d', 'd DEPENDS_ON b', 'b DEPENDS_ON a']);
  const ask = (options: PathOptions) => {
    const ends = [drawing.at('a'), drawing.at('b')] as const;
    const { paths: found, truncated, truncationReason } = shortestPaths(drawing.landscape, ...ends, options);
    return { found: found.map((path) => path.length), truncated, truncationReason };
  };

  it('is its most steps, which is told where it left less than asked for', () => {
    const cut = { truncated: true, truncationReason: 'MAX_DEPTH' };
    const whole = { truncated: false, truncationReason: null };
    expect(ask({ k: 3, maxDepth: 2 })).toEqual({ found: [1], ...cut });
    expect(ask({ k: 1, maxDepth: 2 })).toEqual({ found: [1], ...whole });
    expect(ask({ k: 2, maxDepth: 3 })).toEqual({ found: [1, 3], ...whole });
    expect(ask({ k: 3, maxDepth: 9 })).toEqual({ found: [1, 3], ...whole });
    expect(ask({ k: 3, maxDepth: 0 })).toEqual({ found: [], ...cut });
  });

  it('is its effort, past which nothing is told that is not sure to come next', () => {
    expect(ask({ k: 3, effort: 0 })).toEqual({ found: [1], truncated: true, truncationReason: 'EFFORT' });
    expect(ask({ k: 1, effort: 0 })).toEqual({ found: [1], truncated: false, truncationReason: null });
  });

  it('counts all work: ways that are only written down and compared too', () => {
    const chain = Array.from({ length: 3000 }, (_, each) => [
      `n${each} DEPENDS_ON n${each + 1}`,
      `n${each} RUNS_ON n${each + 1}`,
    ]).flat();
    const double = draw(chain);
    const ends = [double.at('n0'), double.at('n3000')] as const;
    expect(shortestPaths(double.landscape, ...ends, { k: 20, effort: 1_000_000 })).toMatchObject({
      truncated: true,
      truncationReason: 'EFFORT',
    });
  });

  it('is not met by a long chain without another way', () => {
    const chain = draw(Array.from({ length: 30_000 }, (_, each) => `n${each} DEPENDS_ON n${each + 1}`));
    const ends = [chain.at('n0'), chain.at('n30000')] as const;
    const { paths: found, truncated } = shortestPaths(chain.landscape, ...ends, { k: 20, effort: 1_000_000 });
    expect([found.map((each) => each.length), truncated]).toEqual([[30_000], false]);
  });

  it('is kept in a dense landscape of many equal ways', () => {
    const layers = Array.from({ length: 60 }, (_, layer) =>
      [0, 1, 2, 3, 4, 5].flatMap((from) =>
        [0, 1, 2, 3, 4, 5].map((to) => `n${layer}${from} DEPENDS_ON n${layer + 1}${to}`),
      ),
    );
    const dense = draw(layers.flat());
    const ends = [dense.at('n00'), dense.at('n600')] as const;
    const { paths: found, truncated } = shortestPaths(dense.landscape, ...ends, { k: 20 });
    expect([found.length, truncated]).toEqual([20, false]);
    expect(shortestPaths(dense.landscape, ...ends, { k: 20, effort: 50_000 })).toMatchObject({
      truncated: true,
      truncationReason: 'EFFORT',
    });
  });
});

it('the needs of something that needs very much are taken in order too', () => {
  const order = Array.from({ length: 60 }, (_, index) => (index * 37) % 60);
  const names = order.map((each) => `n${String(each).padStart(2, '0')}`);
  const drawing = draw([
    ...names,
    ...order.map((each) => `a DEPENDS_ON ${names[each]}`),
    ...names.map((each) => `${each} RUNS_ON b`),
  ]);
  expect(paths(drawing, 'a b', 3).map((path) => path.split(' ')[1])).toEqual(['-r1>', '-r2>', '-r3>']);
});

/** The needs of a landscape, as a graph of another making. */
function needGraph({ elements, relations }: RandomLandscape): MultiDirectedGraph {
  const graph = new MultiDirectedGraph({ allowSelfLoops: true });
  const living = new Set(elements.filter(lives).map(({ seq }) => seq));
  for (const { seq } of elements) graph.addNode(`${seq}`);
  for (const each of relations) {
    const need = needOf(each);
    if (each.status === 'ENDED' || need === undefined || !living.has(need.needing) || !living.has(need.needed))
      continue;
    graph.addEdgeWithKey(`${each.seq}`, `${need.needing}`, `${need.needed}`);
  }
  return graph;
}

/** Every way without loops between two nodes, as relations, by trying them all. */
function everyWay(graph: MultiDirectedGraph, from: string, to: string, visited: readonly string[] = [from]): string[] {
  return graph
    .mapOutEdges(from, (edge, _attributes, _source, next) => {
      if (visited.includes(next)) return [];
      if (next === to) return [edge];
      return everyWay(graph, next, to, [...visited, next]).map((rest) => `${edge} ${rest}`);
    })
    .flat();
}

const relationsOf = (path: readonly PathStep[]): string => path.map(({ relation }) => relation).join(' ');

function byLengthThenRelations(one: string, other: string): number {
  const [ours, theirs] = [one.split(' ').map(Number), other.split(' ').map(Number)];
  const different = ours.findIndex((relation, index) => relation !== theirs[index]);
  return ours.length - theirs.length || (ours[different] ?? 0) - (theirs[different] ?? 0);
}

describe('on random landscapes', () => {
  const random = randomLandscapes({ elements: 6, relations: 12, kinds: FOLLOWED_KINDS });

  it('they are the shortest of all ways that there are, shortest first, then by the relations on the way', () => {
    const limits = fc.record({ k: fc.integer({ min: 1, max: 6 }), maxDepth: fc.constantFrom(20, 20, 2, 3) });
    fc.assert(
      fc.property(random, limits, fc.boolean(), (records, { k, maxDepth }, isAgainst) => {
        const landscape = LandscapeSnapshot.of(records.elements, records.relations);
        const graph = needGraph(records);
        const direction = isAgainst ? 'DEPENDENTS' : 'DEPENDENCIES';
        const [from] = records.elements;
        for (const to of records.elements.slice(1)) {
          if (from === undefined) continue;
          const ways = isAgainst
            ? everyWay(graph, `${to.seq}`, `${from.seq}`)
            : everyWay(graph, `${from.seq}`, `${to.seq}`);
          const told = ways.map((way) => (isAgainst ? way.split(' ').toReversed().join(' ') : way));
          const short = told.filter((way) => way.split(' ').length <= maxDepth).toSorted(byLengthThenRelations);
          const { paths, truncated } = shortestPaths(landscape, from, to, { k, maxDepth, direction });
          expect(paths.map(relationsOf)).toEqual(short.slice(0, k));
          if (paths.length < k && short.length < told.length) expect(truncated).toBe(true);
          if (paths.length === k || maxDepth === 20) expect(truncated).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('each step begins where the one before it ended, and says in which sense its relation was taken', () => {
    fc.assert(
      fc.property(random, ({ elements, relations }) => {
        const landscape = LandscapeSnapshot.of(elements, relations);
        const [from, to] = [elements[0], elements.at(-1)];
        if (from === undefined || to === undefined) return;
        for (const path of shortestPaths(landscape, from, to, { k: 3 }).paths) {
          expect([from.seq, ...path.map((step) => step.to)]).toEqual([...path.map((step) => step.from), to.seq]);
          for (const { relation, traversedForward, ...step } of path) {
            const taken = landscape.relationAt(relation);
            const ends = traversedForward ? [taken?.source, taken?.target] : [taken?.target, taken?.source];
            expect(ends).toEqual([step.from, step.to]);
          }
        }
      }),
    );
  });
});

describe('the work that paths take', () => {
  it('is taken when they are found, and nothing begins without any', () => {
    const work = new WorkBudget(0);
    const drawing = draw(['a DEPENDS_ON b', 'b DEPENDS_ON c']);
    expect(paths(drawing, 'a c', 3, undefined, { work })).toEqual(['a -r1> b -r2> c']);
    expect(() => paths(drawing, 'a c', 3, undefined, { work })).toThrow('WORK_EXHAUSTED');
  });
});
