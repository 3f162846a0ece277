import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import { at, landscapeOf, randomLandscapes, relation } from '../../../test/support/landscapes.js';
import { impactAnalysis } from './impact.js';
import { reachFrom } from './impact-reach.js';
import type { Relation } from './model.js';
import { LandscapeSnapshot } from './snapshot.js';

const DEPENDENCIES = { direction: 'DEPENDENCIES' } as const;

/** Needs of a landscape of so many elements, the first of which needs one of the next two. */
type Shape = (size: number) => Relation[];

function needs(pairs: readonly (readonly [source: number, target: number, more?: Partial<Relation>])[]): Relation[] {
  return pairs.map(([source, target, more], seq) => relation(seq, [source, target], { strength: 'HARD', ...more }));
}

const POOLED = { minAvailable: 1 };
const POOL = [[0, 1, POOLED] as const, [0, 2, POOLED] as const];

const SHAPES: readonly (readonly [string, Shape])[] = [
  [
    'a chain behind a member',
    (size) => needs([...POOL, ...Array.from({ length: size - 3 }, (_, each) => [each + 2, each + 3] as const)]),
  ],
  [
    'a chain behind what both members stand on',
    (size) => needs([...POOL, [1, 3], ...Array.from({ length: size - 3 }, (_, each) => [each + 2, each + 3] as const)]),
  ],
  [
    'many things that one member stands on',
    (size) => needs([...POOL, ...Array.from({ length: size - 3 }, (_, each) => [1, each + 3] as const)]),
  ],
  [
    'group behind group, with a member in common',
    (size) =>
      needs([
        ...POOL,
        ...Array.from({ length: size - 4 }, (_, each) => [
          [each + 1, each + 2, POOLED] as const,
          [each + 1, each + 3, POOLED] as const,
        ]).flat(),
      ]),
  ],
  [
    'a circle behind a member',
    (size) =>
      needs([
        ...POOL,
        ...Array.from({ length: size - 2 }, (_, each) => [each + 2, ((each + 1) % (size - 2)) + 2] as const),
      ]),
  ],
];

describe('what something stands on behind redundancy groups', () => {
  const random = randomLandscapes({ elements: 60, relations: 150, redundancy: true });

  it('would hurt it just as it is hurt when that stops, however many are made to fail at once', () => {
    fc.assert(
      fc.property(random, fc.constantFrom(undefined, 2, 5), (records, most) => {
        const landscape = LandscapeSnapshot.of(
          records.elements.map((each) => ({ ...each, phases: [] })),
          records.relations,
        );
        const limit = most === undefined ? {} : { maxDepth: most };
        const origin = at(landscape, 0);
        for (const { element, severity, survivesByRedundancy } of impactAnalysis(landscape, origin, {
          ...DEPENDENCIES,
          ...limit,
        }).impacted) {
          const back = impactAnalysis(landscape, at(landscape, element), { direction: 'DEPENDENTS', ...limit });
          expect(back.impacted.find((each) => each.element === origin.seq)).toMatchObject({
            severity,
            survivesByRedundancy,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(SHAPES)('takes work that grows with its size: %s', (_what, shape) => {
    const effort = (size: number): number => {
      const landscape = landscapeOf(size, shape(size));
      const reach = reachFrom(landscape, 0, DEPENDENCIES);
      expect(reach.untried).toBe(0);
      return reach.effort;
    };
    expect(effort(8000)).toBeLessThanOrEqual(12 * Math.max(effort(1000), 100));
  });
});

describe('past its effort', () => {
  it('nothing is tried any more, whatever the shape', () => {
    const half = 2000;
    const comb = Array.from({ length: half - 3 }, (_, each) => [
      [each + 2, each + 3] as const,
      [each + 2, each + half] as const,
      [each + 3, each + half] as const,
    ]).flat();
    const landscape = landscapeOf(2 * half, needs([...POOL, ...comb]));
    const reach = reachFrom(landscape, 0, { ...DEPENDENCIES, effort: 10_000 });
    expect(reach.untried).toBeGreaterThan(1000);
    expect(reach.effort).toBeLessThan(10_100);
  });

  const lines = [
    's RUNS_ON a HARD 1@',
    's RUNS_ON b HARD 1@',
    'a RUNS_ON rack HARD',
    'b RUNS_ON rack HARD',
    'rack RUNS_ON room HARD',
    's DEPENDS_ON room SOFT',
  ];

  it('an answer says so, and how many were not tried', () => {
    const { landscape, at: find, name } = draw(lines);
    const answer = impactAnalysis(landscape, find('s'), { ...DEPENDENCIES, effort: -1 });
    expect(answer).toMatchObject({ truncated: true, truncationReason: 'EFFORT', untried: 2 });
    expect(answer.coverage.verdict).toBe('LOWER_BOUND');
    expect(answer.impacted.map(({ element, severity }) => `${name(element)}:${severity}`)).toEqual([
      'a:NONE',
      'b:NONE',
      'room:UNKNOWN',
      'rack:UNKNOWN',
    ]);
    expect(answer.impacted[2]?.explanation).toHaveLength(1);
    expect(answer.impacted[3]?.explanation).toHaveLength(2);
  });

  it('says so before it says that further steps would reach more', () => {
    const { landscape, at: find } = draw([...lines, 'room RUNS_ON power HARD', 'power RUNS_ON grid HARD']);
    const asked = { ...DEPENDENCIES, effort: -1, maxDepth: 2 };
    expect(impactAnalysis(landscape, find('s'), asked)).toMatchObject({ truncated: true, truncationReason: 'EFFORT' });
    expect(impactAnalysis(landscape, find('s'), { ...asked, effort: 1000 }).truncationReason).toBe('MAX_DEPTH');
  });

  it('what it says is right or open, and every way it tells is unbroken', () => {
    const random = randomLandscapes({ elements: 12, relations: 40, redundancy: true });
    fc.assert(
      fc.property(random, fc.constantFrom(-1, 0, 3, 10), fc.constantFrom(undefined, 3), (records, effort, most) => {
        const landscape = LandscapeSnapshot.of(records.elements, records.relations);
        const asked = { ...DEPENDENCIES, ...(most !== undefined && { maxDepth: most }) };
        const right = impactAnalysis(landscape, at(landscape, 0), asked);
        const cut = impactAnalysis(landscape, at(landscape, 0), { ...asked, effort });
        expect(cut.totalCount).toBe(right.totalCount);
        let open = 0;
        for (const [index, { severity, element, explanation }] of cut.impacted.entries()) {
          if (severity !== right.impacted[index]?.severity) {
            expect(severity).toBe('UNKNOWN');
            open += 1;
          }
          expect([0, ...explanation.map(({ to }) => to)].slice(0, -1)).toEqual(explanation.map(({ from }) => from));
          expect(explanation.at(-1)?.to).toBe(element);
        }
        expect(cut.untried).toBeGreaterThanOrEqual(open);
        expect(cut.truncationReason === 'EFFORT').toBe(cut.untried > 0);
      }),
      { numRuns: 300 },
    );
  });
});
