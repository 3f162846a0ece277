import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { carriesData, randomLandscapes } from '../../../test/support/landscapes.js';
import { WorkBudget } from '../work-budget.js';
import { impactAnalysis } from './impact.js';
import { elementFacetFields } from './facet-fields.js';
import { elementFacet } from './facets.js';
import type { Facet } from './facets.js';
import { IMPACT_FACET_FIELDS, impactFacet } from './impact-facets.js';
import type { Impact, ImpactOptions } from './impact.js';
import { ownerOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { ElementKind } from './model.js';
import { FOLLOWED_KINDS, NEED_KINDS } from './need-kinds.js';
import { LandscapeSnapshot } from './snapshot.js';

const DECLARED = { attributes: { flowsDeclaredCompleteOn: '2026-06' } };

function ask({ landscape, at }: Drawing, id: string, options: Partial<ImpactOptions> = {}): Impact {
  return impactAnalysis(landscape, at(id), { direction: 'DEPENDENTS', ...options });
}

function hurt(drawing: Drawing, id: string, options: Partial<ImpactOptions> = {}): string[] {
  return ask(drawing, id, options).impacted.map(({ element, severity }) => `${drawing.name(element)}:${severity}`);
}

describe('the work that an impact takes', () => {
  const lines = Array.from({ length: 10 }, (_, index) => `s${index} DEPENDS_ON hub HARD`);
  const begun = (most: number): Impact => ask(draw(lines), 'hub', { work: new WorkBudget(most) });

  it('grows with what is reached, and is taken once more for each of the parts that are walks of their own', () => {
    expect(() => begun(0).untyped).toThrow('WORK_EXHAUSTED');
    expect(() => begun(199).coverage).toThrow('WORK_EXHAUSTED');
    expect(begun(200)).toMatchObject({ totalCount: 10, untyped: 0 });
    expect(() => begun(200).impacted.map(({ explanation }) => explanation)).toThrow('WORK_EXHAUSTED');
    expect(begun(10_000).impacted.map(({ explanation }) => explanation.length)).toEqual(Array(10).fill(1));
  });

  it('is refused where nothing is left to begin with', () => {
    const work = new WorkBudget(0);
    work.close();
    expect(() => ask(draw(lines), 'hub', { work })).toThrow('WORK_EXHAUSTED');
  });
});

describe('a least strength', () => {
  const lines = [
    'h DEPENDS_ON a HARD',
    's DEPENDS_ON a SOFT',
    'i DEPENDS_ON a INFORMATIONAL',
    'u DEPENDS_ON a',
    'x DEPENDS_ON u HARD',
  ];
  const declared = Object.fromEntries(['a', 'h', 's', 'i', 'u', 'x'].map((id) => [id, DECLARED]));

  it.each([
    ['HARD', ['h:LOST']],
    ['SOFT', ['h:LOST', 's:DEGRADED']],
    ['INFORMATIONAL', ['h:LOST', 's:DEGRADED', 'i:NONE', 'u:UNKNOWN', 'x:UNKNOWN']],
    ['UNKNOWN', ['h:LOST', 's:DEGRADED', 'i:NONE', 'u:UNKNOWN', 'x:UNKNOWN']],
  ] as const)('of %s follows what is surely as strong', (minStrength, expected) => {
    expect(hurt(draw(lines), 'a', { minStrength })).toEqual(expected);
  });

  it('asks for the unknown strengths that it did not follow, and is a lower bound for them', () => {
    expect(ask(draw(lines, declared), 'a', { minStrength: 'HARD' }).coverage).toEqual({
      verdict: 'LOWER_BOUND',
      missing: [{ kind: 'STRENGTH', relation: 4, askedFrom: null }],
      unfollowed: [],
    });
    const known = draw([...lines.slice(0, 3), 'h RUNS_ON a'], declared);
    expect(ask(known, 'a', { minStrength: 'HARD' }).coverage.verdict).toBe('COMPLETE');
  });

  it('is asked of flows as of needs', () => {
    const drawing = draw(['a EXCHANGES_DATA_WITH b HARD', 'a EXCHANGES_DATA_WITH c', 'a EXCHANGES_DATA_WITH d SOFT']);
    expect(hurt(drawing, 'a', { minStrength: 'SOFT' })).toEqual(['b:LOST', 'd:DEGRADED']);
  });

  it('counts what links of unknown kind would add to the list that was asked for', () => {
    const lines = ['a ASSOCIATED_WITH b', 'c DEPENDS_ON b SOFT', 'd DEPENDS_ON a SOFT'];
    const drawing = draw(lines, { c: { kind: 'DATABASE' } });
    expect(ask(drawing, 'a').untyped).toBe(2);
    expect(ask(drawing, 'a', { kinds: ['DATABASE'] }).untyped).toBe(1);
    expect(ask(drawing, 'a', { collapse: ['DATABASE'] }).untyped).toBe(1);
  });

  it('leaves out links of unknown kind that are known to be weaker', () => {
    const drawing = draw([
      'a ASSOCIATED_WITH b SOFT',
      'a ASSOCIATED_WITH c HARD',
      'a ASSOCIATED_WITH d',
      'e DEPENDS_ON d SOFT',
    ]);
    expect(ask(drawing, 'a', { minStrength: 'HARD' }).untyped).toBe(2);
    expect(ask(drawing, 'a').untyped).toBe(4);
    const asked = ask(drawing, 'a', { minStrength: 'HARD' }).coverage.missing.filter(({ kind }) => kind === 'TYPE');
    expect(asked).toMatchObject([{ relation: 2 }, { relation: 3 }]);
  });
});

describe('collapsed kinds', () => {
  const kinds = { p: { kind: 'PLATFORM' }, q: { kind: 'PLATFORM' }, d: { kind: 'DATABASE' } } as const;
  const drawing = draw(
    ['p RUNS_ON a', 'q DEPENDS_ON p', 's DEPENDS_ON q', 'd DEPENDS_ON s', 't DEPENDS_ON d', 'q WRITES d'],
    kinds,
  );
  const told = (id: string, collapse?: readonly ElementKind[]): unknown => {
    const { impacted } = ask(drawing, 'a', collapse === undefined ? {} : { collapse });
    const found = impacted.find(({ element }) => element === drawing.at(id).seq)?.collapsed;
    return (
      found?.map(({ from, to, steps }) =>
        [drawing.name(from), ...steps.map(({ relation }) => `r${relation}`), drawing.name(to)].join(' '),
      ) ?? null
    );
  };

  it('are left out of the list, which loses nothing else', () => {
    expect(hurt(drawing, 'a', { collapse: ['PLATFORM'] }).map((each) => each[0])).toEqual(['s', 'd', 't']);
    expect(hurt(drawing, 'a', { collapse: ['PLATFORM'], kinds: ['PLATFORM', 'DATABASE'] })).toEqual(['d:UNKNOWN']);
    expect(ask(drawing, 'a', { collapse: ['PLATFORM'] }).totalCount).toBe(3);
  });

  it('are put together on each path, with the steps through them', () => {
    expect(told('s', ['PLATFORM'])).toEqual(['a r1 r2 r3 s']);
    expect(told('t', ['PLATFORM'])).toEqual(['a r1 r2 r3 s', 's r4 d', 'd r5 t']);
    expect(told('t', ['PLATFORM', 'DATABASE'])).toEqual(['a r1 r2 r3 s', 's r4 r5 t']);
  });

  it('are none where none are named', () => {
    expect(told('s')).toBeNull();
    expect(told('s', [])).toEqual(['a r1 p', 'p r2 q', 'q r3 s']);
  });

  it('do not take the ends of a path', () => {
    const ends = ask(drawing, 'p', { collapse: ['PLATFORM'] }).impacted[0];
    expect(ends?.collapsed).toMatchObject([{ from: drawing.at('p').seq, to: drawing.at('s').seq }]);
  });
});

/** Every facet of what is listed, by its field. */
function facetsOf(landscape: Landscape, { impacted }: Impact): Map<string, Facet> {
  const found = elementFacetFields(['kind', 'owner', 'layer'], new Map(), []);
  if ('issue' in found) throw new Error(found.issue.reason);
  const elements = impacted.flatMap(({ element }) => landscape.elementAt(element) ?? []);
  const ofElements = found.fields.map((field) => elementFacet(landscape, elements, field));
  const ofImpact = IMPACT_FACET_FIELDS.map((field) => impactFacet(impacted, field));
  return new Map([...ofElements, ...ofImpact].map((facet) => [facet.field, facet]));
}

describe('facets', () => {
  it('count what is listed, the most frequent value first', () => {
    const { landscape, at } = draw([
      'b DEPENDS_ON a SOFT',
      'c DEPENDS_ON b HARD',
      'd RUNS_ON c HARD',
      'd DEPENDS_ON a HARD',
    ]);
    const facets = facetsOf(landscape, impactAnalysis(landscape, at('a'), { direction: 'DEPENDENTS' }));
    expect(facets.get('severity')?.buckets).toEqual([
      { key: 'DEGRADED', count: 2 },
      { key: 'LOST', count: 1 },
    ]);
    expect(facets.get('depth')?.buckets).toEqual([
      { key: '1', count: 2 },
      { key: '2', count: 1 },
    ]);
  });
});

describe('on random landscapes', () => {
  const random = randomLandscapes({
    elements: 8,
    relations: 20,
    kinds: [...FOLLOWED_KINDS, 'PART_OF', 'OWNED_BY', 'ASSOCIATED_WITH'],
    redundancy: true,
  });
  const options = fc.record<ImpactOptions>(
    {
      direction: fc.constantFrom('DEPENDENTS', 'DEPENDENCIES'),
      relationKinds: fc.subarray([...NEED_KINDS]),
      kinds: fc.subarray<ElementKind>(['SYSTEM', 'PLATFORM', 'AGENCY']),
      collapse: fc.subarray<ElementKind>(['SYSTEM', 'PLATFORM', 'AGENCY']),
      minStrength: fc.constantFrom('HARD', 'SOFT', 'INFORMATIONAL', 'UNKNOWN'),
      maxDepth: fc.integer({ min: 0, max: 4 }),
    },
    { requiredKeys: ['direction'] },
  );
  const runs = { numRuns: 1000 };

  it('every facet, count and list of one analysis describes the same set', () => {
    fc.assert(
      fc.property(random, options, ({ elements, relations }, asked) => {
        const landscape = LandscapeSnapshot.of(elements, relations);
        for (const origin of elements) {
          const answer = impactAnalysis(landscape, origin, asked);
          const { impacted, totalCount } = answer;
          expect(totalCount).toBe(impacted.length);
          const facets = facetsOf(landscape, answer);
          const valuesOf: Readonly<Record<string, (item: Impact['impacted'][number]) => unknown>> = {
            kind: ({ element }) => elements[element]?.kind,
            owner: ({ element }) => ownerOf(landscape, element)?.urn ?? 'UNKNOWN',
            layer: ({ element }) => elements[element]?.layer ?? 'UNKNOWN',
            severity: ({ severity }) => severity,
            depth: ({ depth }) => depth,
          };
          for (const [field, valueOf] of Object.entries(valuesOf)) {
            const values = impacted.map((item) => String(valueOf(item))).toSorted();
            const counted = facets
              .get(field)
              ?.buckets.flatMap(({ key, count }) => Array.from({ length: count }, () => key));
            expect(counted?.toSorted()).toEqual(values);
          }
          for (const { element, explanation, collapsed } of impacted) {
            expect(asked.collapse?.includes(elements[element]?.kind ?? 'CONCEPT') ?? false).toBe(false);
            expect(asked.kinds?.includes(elements[element]?.kind ?? 'CONCEPT') ?? true).toBe(true);
            if (collapsed !== null) expect(collapsed.flatMap(({ steps }) => steps)).toEqual(explanation);
          }
        }
      }),
      runs,
    );
  });

  it('a least strength gives what the landscape without weaker relations gives', () => {
    const strengths = { HARD: ['HARD'], SOFT: ['HARD', 'SOFT'] };
    fc.assert(
      fc.property(
        randomLandscapes({ elements: 8, relations: 20 }),
        fc.constantFrom('HARD' as const, 'SOFT' as const),
        ({ elements, relations }, minStrength) => {
          const landscape = LandscapeSnapshot.of(elements, relations);
          const strong = LandscapeSnapshot.of(
            elements,
            relations.filter(({ strength }) => strengths[minStrength].includes(strength)),
          );
          const told = ({ impacted }: Impact): unknown =>
            impacted.map(({ element, depth, severity, explanation }) => ({ element, depth, severity, explanation }));
          for (const origin of elements) {
            for (const direction of ['DEPENDENTS', 'DEPENDENCIES'] as const) {
              expect(told(impactAnalysis(landscape, origin, { direction, minStrength }))).toEqual(
                told(impactAnalysis(strong, origin, { direction })),
              );
            }
          }
        },
      ),
      runs,
    );
  });

  it('strengths that are not asked for can be anything without a change of the answer', () => {
    const kinds = ['DEPENDS_ON', 'EXCHANGES_DATA_WITH', 'REALIZES', 'READS'] as const;
    const needs = randomLandscapes({ elements: 7, relations: 14, kinds, redundancy: true });
    const some = fc.array(fc.constantFrom('HARD' as const, 'SOFT' as const, 'INFORMATIONAL' as const), {
      minLength: 14,
      maxLength: 14,
    });
    fc.assert(
      fc.property(
        needs,
        some,
        fc.constantFrom('DEPENDENTS' as const, 'DEPENDENCIES' as const),
        ({ elements, relations }, choice, direction) => {
          const landscape = LandscapeSnapshot.of(elements, relations);
          for (const origin of elements) {
            const answer = impactAnalysis(landscape, origin, { direction });
            const asked = new Set(
              answer.coverage.missing.flatMap((fact) => (fact.kind === 'STRENGTH' ? [fact.relation] : [])),
            );
            const known = relations.map((each, index) => {
              if (each.strength !== 'UNKNOWN' || asked.has(each.seq)) return each;
              const strength = choice[index] ?? 'SOFT';
              // What gets no data counts as worse off unless they are HARD for it; nobody asks whether it may be less.
              const isLess = carriesData(each.kind) && strength === 'INFORMATIONAL';
              return { ...each, strength: isLess ? ('SOFT' as const) : strength };
            });
            const told = ({ impacted }: Impact): unknown =>
              impacted.map(({ element, depth, severity }) => ({ element, depth, severity }));
            const informed = impactAnalysis(LandscapeSnapshot.of(elements, known), origin, { direction });
            expect(told(informed)).toEqual(told(answer));
          }
        },
      ),
      runs,
    );
  });
});
