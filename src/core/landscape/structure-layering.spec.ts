import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import { randomLandscapes } from '../../../test/support/landscapes.js';
import type { Element } from './model.js';
import { LandscapeSnapshot } from './snapshot.js';
import { layeringPolicyOn, layeringViolations } from './structure-layering.js';
import type { LayeringPolicy } from './structure-layering.js';

const TEXT = { vi: 'x', en: 'x' };

/** Three layers, of which each may need itself and those below; only DEPENDS_ON is judged, and layer 3 is free. */
const POLICY: LayeringPolicy = {
  code: 'P',
  name: TEXT,
  from: '2026',
  to: null,
  confidence: 'LOW',
  source: TEXT,
  layers: [1, 2, 3].map((layer) => ({ layer, name: TEXT })),
  rules: [
    {
      relationKinds: ['DEPENDS_ON', 'EXCHANGES_DATA_WITH'],
      mayNeed: [
        { layer: 1, layers: [1] },
        { layer: 2, layers: [1, 2] },
      ],
      because: TEXT,
    },
  ],
};

function layers(of: Readonly<Record<string, number | null>>): Record<string, Partial<Element>> {
  return Object.fromEntries(Object.entries(of).map(([id, layer]) => [id, { layer }]));
}

describe('layering violations', () => {
  it.each([
    ['a need of a lower layer for a higher one', ['a DEPENDS_ON b'], { a: 1, b: 2 }, ['a1 > b2 r1']],
    ['a feed of a lower layer by a higher one', ['b EXCHANGES_DATA_WITH a'], { a: 1, b: 2 }, ['a1 > b2 r1']],
    ['each of two such needs', ['a DEPENDS_ON b', 'a DEPENDS_ON b'], { a: 1, b: 3 }, ['a1 > b3 r1', 'a1 > b3 r2']],
    [
      'told by urn of what needs, then of what is needed',
      ['b DEPENDS_ON d', 'b DEPENDS_ON c', 'a DEPENDS_ON d'],
      { a: 1, b: 1, c: 2, d: 2 },
      ['a1 > d2 r3', 'b1 > c2 r2', 'b1 > d2 r1'],
    ],
  ])('are %s', (_what, lines, of, expected) => {
    const { landscape, name } = draw(lines, layers(of));
    const told = layeringViolations(landscape, POLICY).items.map(
      ({ needs, needsLayer, needed, neededLayer, relation }) =>
        `${name(needs)}${needsLayer} > ${name(needed)}${neededLayer} r${relation}`,
    );
    expect(told).toEqual(expected);
  });

  it.each([
    ['a need within a layer, or for a lower one', ['a DEPENDS_ON b', 'a DEPENDS_ON c'], { a: 2, b: 2, c: 1 }],
    ['a need of a kind that no rule speaks of', ['a RUNS_ON b'], { a: 1, b: 2 }],
    ['a need of a layer that no rule speaks of', ['a DEPENDS_ON b'], { a: 3, b: 1 }],
    ['a need that has ended', ['a DEPENDS_ON b ENDED'], { a: 1, b: 2 }],
    ['a need with an end whose layer nobody knows', ['a DEPENDS_ON b', 'b DEPENDS_ON c'], { a: 1, b: null, c: 2 }],
    ['a need for a layer that the policy does not have', ['a DEPENDS_ON b'], { a: 1, b: 4 }],
  ])('are not %s', (_what, lines, of) => {
    expect(layeringViolations(draw(lines, layers(of)).landscape, POLICY).items).toEqual([]);
  });

  it('tell whose layer is missing, once, and what links of unknown kind may hide', () => {
    const { landscape, at } = draw(['a DEPENDS_ON b', 'c DEPENDS_ON b', 'a ASSOCIATED_WITH c', 'b OWNED_BY o'], {
      ...layers({ a: 1, c: 2 }),
      o: { kind: 'AGENCY' },
    });
    const { coverage, examined } = layeringViolations(landscape, POLICY);
    expect(examined).toBe(3);
    expect(coverage.verdict).toBe('UNKNOWN');
    expect(coverage.missing.filter(({ kind }) => kind !== 'FLOWS')).toEqual([
      { kind: 'LAYER', element: at('b').seq, askedFrom: at('o').seq },
      { kind: 'TYPE', relation: 3, askedFrom: null },
    ]);
  });

  it('are those that a look through all relations finds', () => {
    const drawn = fc.tuple(
      randomLandscapes({ elements: 10, relations: 20 }),
      fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 10, maxLength: 10 }),
    );
    fc.assert(
      fc.property(drawn, ([records, of]) => {
        const elements = records.elements.map((each) => ({ ...each, layer: of[each.seq] ?? null }));
        const runs = (seq: number): boolean => elements[seq]?.kind !== 'AGENCY' && elements[seq]?.phases.length === 0;
        const expected = records.relations.flatMap(({ seq, kind, source, target, status }) => {
          const [needs, needed] = kind === 'EXCHANGES_DATA_WITH' ? [target, source] : [source, target];
          const [low, high] = [of[needs] ?? 9, of[needed] ?? 0];
          const isJudged = kind === 'DEPENDS_ON' || kind === 'EXCHANGES_DATA_WITH';
          return isJudged && status !== 'ENDED' && low < 3 && high > low && runs(needs) && runs(needed) ? [seq] : [];
        });
        const { items } = layeringViolations(LandscapeSnapshot.of(elements, records.relations), POLICY);
        expect(items.map(({ relation }) => relation).toSorted((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the policy of a day', () => {
  const old: LayeringPolicy = { ...POLICY, code: 'OLD', from: null, to: '2025-11-30' };
  const open: LayeringPolicy = { ...POLICY, code: 'NEW', from: '2025-12' };
  it.each([
    ['2020-01-01', 'OLD'],
    ['2025-11-30', 'OLD'],
    ['2025-12-01', 'NEW'],
    ['2030-01-01', 'NEW'],
  ])('on %s is %s', (day, code) => {
    expect(layeringPolicyOn([old, open], day)?.code).toBe(code);
  });

  it('is none where no framework was in effect', () => {
    expect(layeringPolicyOn([{ ...POLICY, to: '2026-06-30' }], '2026-07-01')).toBeNull();
    expect(layeringPolicyOn([POLICY], '2025-12-31')).toBeNull();
  });
});
