import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { carriesData, lives, needOf, randomLandscapes } from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import { impactAnalysis } from './impact.js';
import type { ImpactOptions } from './impact.js';
import type { Element, Relation, RelationKind } from './model.js';
import { LandscapeSnapshot } from './snapshot.js';

const ENDED = { phases: [{ phase: 'END_OF_LIFE', from: null } as const] };

/** `name:severity` of everything reached, with `:survives` where it does, in the order of the answer. */
function felt({ landscape, at, name }: Drawing, id: string, options: Partial<ImpactOptions> = {}): string[] {
  const { impacted } = impactAnalysis(landscape, at(id), { direction: 'DEPENDENTS', ...options });
  return impacted.map(({ element, severity, survivesByRedundancy }) =>
    [name(element), severity, ...(survivesByRedundancy ? ['survives'] : [])].join(':'),
  );
}

describe('a redundancy group', () => {
  it.each([
    [
      'feels nothing while enough members are left',
      ['s RUNS_ON a HARD 1@', 's RUNS_ON b HARD 1@'],
      ['s:NONE:survives'],
    ],
    ['feels the loss of one too many', ['s RUNS_ON a HARD 2@', 's RUNS_ON b HARD 2@'], ['s:LOST']],
    ['of one member is a need like any other', ['s RUNS_ON a HARD 1@'], ['s:LOST']],
    [
      'that has too few members from the start feels the loss of any',
      ['s RUNS_ON a SOFT 5@', 's RUNS_ON b 5@'],
      ['s:DEGRADED'],
    ],
    ['is of one kind of relation', ['s RUNS_ON a HARD 1@', 's DEPENDS_ON b HARD 1@'], ['s:LOST']],
    ['is of one name', ['s RUNS_ON a HARD 1@x', 's RUNS_ON b HARD 1@y'], ['s:LOST']],
    ['does not count what has no minAvailable', ['s RUNS_ON a HARD 1@', 's RUNS_ON b HARD'], ['s:LOST']],
    ['does not count a relation that has ended', ['s RUNS_ON a HARD 1@', 's RUNS_ON b HARD ENDED 1@'], ['s:LOST']],
    ['does not count what has come to its end', ['s RUNS_ON a HARD 1@', 's RUNS_ON old HARD 1@'], ['s:LOST']],
    ['does not count what needs it itself', ['s RUNS_ON a HARD 1@', 's RUNS_ON s HARD 1@'], ['s:LOST']],
    ['counts two relations to one member once', ['s RUNS_ON a HARD 1@', 's RUNS_ON a SOFT 1@'], ['s:LOST']],
    [
      'counts such a member once among others',
      ['s RUNS_ON a HARD 1@', 's RUNS_ON a HARD 1@', 's RUNS_ON b 1@'],
      ['s:NONE:survives'],
    ],
    [
      'is of what brings something about too',
      ['a REALIZES s HARD 1@', 'b REALIZES s HARD 1@', 'a PROVIDES t HARD 1@'],
      ['s:NONE:survives', 't:LOST'],
    ],
    [
      'of what holds the data feels the loss of one too many',
      ['a MASTERS s 2@', 'b MASTERS s 2@', 'a MASTERS t 1@', 'b MASTERS t 1@'],
      ['s:DEGRADED', 't:NONE:survives'],
    ],
    ['counts planned members', ['s RUNS_ON a HARD 1@', 's RUNS_ON b PLANNED 1@'], ['s:NONE:survives']],
    ['asks for the most that is said', ['s RUNS_ON a HARD 1@', 's RUNS_ON b HARD 2@'], ['s:LOST']],
    [
      'of flows is of what consumes',
      ['a EXCHANGES_DATA_WITH s HARD 1@', 'b EXCHANGES_DATA_WITH s HARD 1@'],
      ['s:NONE:survives'],
    ],
    [
      'does not help where another way hurts',
      ['s RUNS_ON a 1@', 's RUNS_ON b 1@', 's DEPENDS_ON a SOFT'],
      ['s:DEGRADED'],
    ],
  ])('%s', (_what, lines, expected) => {
    expect(felt(draw(lines, { old: ENDED }), 'a')).toEqual(expected);
  });

  it('feels what is left of its best members', () => {
    const pool = ['s RUNS_ON a HARD 1@', 's RUNS_ON b HARD 1@'];
    expect(felt(draw([...pool, 'b DEPENDS_ON a HARD']), 'a')).toEqual(['s:LOST', 'b:LOST']);
    expect(felt(draw([...pool, 'b DEPENDS_ON a SOFT']), 'a')).toEqual(['s:DEGRADED', 'b:DEGRADED']);
    expect(felt(draw([...pool, 'b DEPENDS_ON a UNKNOWN']), 'a')).toEqual(['s:UNKNOWN', 'b:UNKNOWN']);
    expect(felt(draw([...pool, 'b DEPENDS_ON a INFORMATIONAL']), 'a')).toEqual(['s:NONE:survives', 'b:NONE']);
  });

  it('saves all that would be hurt through it alone', () => {
    const lines = [
      's RUNS_ON a HARD 1@',
      's RUNS_ON b HARD 1@',
      't DEPENDS_ON s HARD',
      'u WRITES t',
      'v DEPENDS_ON s INFORMATIONAL',
    ];
    expect(felt(draw(lines), 'a')).toEqual(['s:NONE:survives', 't:NONE:survives', 'v:NONE']);
  });

  it('is explained over the member that was one too many', () => {
    const { landscape, at } = draw(['s RUNS_ON a HARD 1@', 's RUNS_ON b HARD 1@', 'b DEPENDS_ON a HARD']);
    const { impacted } = impactAnalysis(landscape, at('a'), { direction: 'DEPENDENTS' });
    expect(impacted[0]).toMatchObject({ depth: 1, explanation: [{ relation: 3 }, { relation: 2 }] });
  });

  it('that survives is explained by what it held back', () => {
    const { landscape, at } = draw([
      's RUNS_ON a HARD 1@',
      's RUNS_ON b HARD 1@',
      's DEPENDS_ON c INFORMATIONAL',
      'c DEPENDS_ON a',
    ]);
    const [first] = impactAnalysis(landscape, at('a'), { direction: 'DEPENDENTS' }).impacted;
    expect(first).toMatchObject({ element: at('s').seq, severity: 'NONE', explanation: [{ relation: 1 }] });
  });

  it('leaves no strength to ask for behind it while it survives', () => {
    const declared = { attributes: { flowsDeclaredCompleteOn: '2026' } };
    const all = Object.fromEntries(['a', 'b', 's', 't'].map((id) => [id, declared]));
    const { landscape, at } = draw(['s RUNS_ON a 1@', 's RUNS_ON b 1@', 't DEPENDS_ON s'], all);
    expect(impactAnalysis(landscape, at('a'), { direction: 'DEPENDENTS' }).coverage.verdict).toBe('COMPLETE');
  });

  describe('among what something stands on', () => {
    const pool = ['s RUNS_ON a HARD 1@', 's RUNS_ON b HARD 1@'];
    const DEPENDENCIES = { direction: 'DEPENDENCIES' } as const;

    it('keeps each member from being a point of failure', () => {
      expect(felt(draw(pool), 's', DEPENDENCIES)).toEqual(['a:NONE:survives', 'b:NONE:survives']);
    });

    it('does not hide what all members stand on', () => {
      const drawing = draw([...pool, 'a RUNS_ON rack HARD', 'b RUNS_ON rack HARD', 'b DEPENDS_ON own HARD']);
      expect(felt(drawing, 's', DEPENDENCIES)).toEqual([
        'a:NONE:survives',
        'b:NONE:survives',
        'rack:LOST',
        'own:NONE:survives',
      ]);
      const rack = impactAnalysis(drawing.landscape, drawing.at('s'), DEPENDENCIES).impacted[2];
      expect(
        rack?.explanation.map(({ relation, from, to }) => [relation, drawing.name(from), drawing.name(to)]),
      ).toEqual([
        [2, 's', 'b'],
        [4, 'b', 'rack'],
      ]);
    });

    it('asks for a strength behind it', () => {
      const drawing = draw([...pool, 'a RUNS_ON rack', 'b RUNS_ON rack HARD']);
      const { coverage } = impactAnalysis(drawing.landscape, drawing.at('s'), DEPENDENCIES);
      expect(coverage.missing.filter(({ kind }) => kind === 'STRENGTH')).toMatchObject([{ relation: 3 }]);
    });
  });
});

type Harm = 0 | 1 | 2;
type Assign = (relation: Relation) => 'HARD' | 'SOFT' | 'INFORMATIONAL';

function passed(strength: ReturnType<Assign>, harm: Harm): Harm {
  if (strength === 'INFORMATIONAL' || harm === 0) return 0;
  return strength === 'HARD' ? harm : 1;
}

/** What one element feels of its needs, each group and each need that stands alone counted by itself. */
function feltBy(
  element: Element,
  records: RandomLandscape,
  feel: { harm: readonly Harm[]; assign: Assign; grouped: boolean },
): Harm {
  const needs = records.relations.filter((each) => each.status !== 'ENDED' && needOf(each)?.needing === element.seq);
  const groups = new Map<string, Relation[]>();
  for (const need of needs) {
    const { seq, kind, minAvailable, redundancyGroup } = need;
    const name = feel.grouped && minAvailable !== null ? `${kind} ${redundancyGroup}` : `alone ${seq}`;
    groups.set(name, [...(groups.get(name) ?? []), need]);
  }
  let worst: Harm = 0;
  for (const group of groups.values()) {
    const members = new Map<number, Harm>();
    for (const relation of group) {
      const provider = needOf(relation)?.needed ?? -1;
      const record = records.elements[provider];
      if (provider === element.seq || record === undefined || !lives(record)) continue;
      const harm = passed(feel.assign(relation), feel.harm[provider] ?? 0);
      members.set(provider, harm > (members.get(provider) ?? 0) ? harm : (members.get(provider) ?? 0));
    }
    // The best so many have to serve; the last of them is the worst that is felt.
    const best = [...members.values()].toSorted((a, b) => a - b);
    const asked = Math.max(...group.map(({ minAvailable }) => minAvailable ?? 1));
    const last = best[Math.min(asked, best.length) - 1] ?? 0;
    if (last > worst) worst = last;
  }
  return worst;
}

/** Lets things fail round after round until nothing changes any more, or so many rounds. */
function simulate(
  records: RandomLandscape,
  origin: number,
  assign: Assign,
  more: { rounds?: number; grouped?: boolean } = {},
): Harm[] {
  const { rounds = Number.POSITIVE_INFINITY, grouped = true } = more;
  let harm = records.elements.map(({ seq }): Harm => (seq === origin ? 2 : 0));
  for (let round = 0; round < rounds; round += 1) {
    const before = harm;
    harm = records.elements.map((element) => {
      if (element.seq === origin) return 2;
      return lives(element) ? feltBy(element, records, { harm: before, assign, grouped }) : 0;
    });
    if (harm.every((each, index) => each === before[index])) break;
  }
  return harm;
}

const known: (unknown: ReturnType<Assign>) => Assign =
  (unknown) =>
  ({ kind, strength }) => {
    if (strength !== 'UNKNOWN') return strength;
    return carriesData(kind) ? 'SOFT' : unknown;
  };

function severityBetween(least: Harm | undefined, most: Harm | undefined): string {
  return least === most ? (['NONE', 'DEGRADED', 'LOST'][least ?? 0] ?? '') : 'UNKNOWN';
}

/** Every way to make the unknown strengths of needs known. */
function everyAssignment({ relations }: RandomLandscape): Assign[] {
  const open = relations.filter(({ kind, strength }) => strength === 'UNKNOWN' && !carriesData(kind));
  return Array.from({ length: 3 ** open.length }, (_, number) => (relation) => {
    const index = open.indexOf(relation);
    if (index === -1) return known('SOFT')(relation);
    return (['HARD', 'SOFT', 'INFORMATIONAL'] as const)[Math.trunc(number / 3 ** index) % 3] ?? 'HARD';
  });
}

describe('on random landscapes with redundancy', () => {
  const kinds: RelationKind[] = ['DEPENDS_ON', 'RUNS_ON', 'EXCHANGES_DATA_WITH', 'REALIZES', 'READS'];
  const random = randomLandscapes({ elements: 7, relations: 16, kinds, redundancy: true });
  const small = randomLandscapes({
    elements: 4,
    relations: 9,
    kinds: ['DEPENDS_ON', 'EXCHANGES_DATA_WITH', 'REALIZES'],
    redundancy: true,
  });
  const runs = { numRuns: 1000 };

  it('the severity is what a simulation of the failure gives, whatever the unknown strengths are', () => {
    fc.assert(
      fc.property(small, (records) => {
        fc.pre(records.relations.filter(({ strength }) => strength === 'UNKNOWN').length <= 4);
        const landscape = LandscapeSnapshot.of(records.elements, records.relations);
        for (const origin of records.elements) {
          const outcomes = everyAssignment(records).map((assign) => simulate(records, origin.seq, assign));
          for (const { element, severity } of impactAnalysis(landscape, origin, { direction: 'DEPENDENTS' }).impacted) {
            const harms = outcomes.map((harm): Harm => harm[element] ?? 0);
            expect(severity).toBe(severityBetween(min(harms), max(harms)));
          }
        }
      }),
      runs,
    );
  });

  it('and what a simulation of so many rounds gives; cut where one more changes something', () => {
    fc.assert(
      fc.property(random, fc.integer({ min: 0, max: 4 }), (records, maxDepth) => {
        const landscape = LandscapeSnapshot.of(records.elements, records.relations);
        for (const origin of records.elements) {
          const answer = impactAnalysis(landscape, origin, { direction: 'DEPENDENTS', maxDepth });
          const after = (rounds: number): Harm[][] =>
            (['INFORMATIONAL', 'HARD'] as const).map((each) => simulate(records, origin.seq, known(each), { rounds }));
          const [least, most] = after(maxDepth);
          expect(answer.impacted.map(({ element, severity }) => [element, severity])).toEqual(
            answer.impacted.map(({ element }) => [element, severityBetween(least?.[element], most?.[element])]),
          );
          if (JSON.stringify(after(maxDepth)) !== JSON.stringify(after(maxDepth + 1)))
            expect(answer.truncated).toBe(true);
          if (!answer.truncated) expect(after(maxDepth)).toEqual(after(Number.POSITIVE_INFINITY));
        }
      }),
      runs,
    );
  });

  it('what survives would be hurt at worst were there no groups, and is not with them', () => {
    fc.assert(
      fc.property(random, (records) => {
        const landscape = LandscapeSnapshot.of(records.elements, records.relations);
        for (const origin of records.elements) {
          const [without, withGroups] = [false, true].map((grouped) =>
            simulate(records, origin.seq, known('HARD'), { grouped }),
          );
          for (const { element, survivesByRedundancy, severity } of impactAnalysis(landscape, origin, {
            direction: 'DEPENDENTS',
          }).impacted) {
            expect(survivesByRedundancy).toBe((without?.[element] ?? 0) > 0 && withGroups?.[element] === 0);
            if (survivesByRedundancy) expect(severity).toBe('NONE');
          }
        }
      }),
      runs,
    );
  });

  it('what something stands on would hurt it just as it is hurt when that stops', () => {
    fc.assert(
      fc.property(random, fc.constantFrom(undefined, 2, 3), (records, maxDepth) => {
        const living = records.elements.map((each) => ({ ...each, phases: [] }));
        const landscape = LandscapeSnapshot.of(living, records.relations);
        const pairs = (direction: ImpactOptions['direction']): string[] =>
          living.flatMap((origin) =>
            impactAnalysis(landscape, origin, { direction, ...(maxDepth !== undefined && { maxDepth }) }).impacted.map(
              (each) => {
                const ends = direction === 'DEPENDENTS' ? [origin.seq, each.element] : [each.element, origin.seq];
                return [...ends, each.depth, each.severity, each.survivesByRedundancy, each.explanation.length].join(
                  ' ',
                );
              },
            ),
          );
        expect(pairs('DEPENDENCIES').toSorted()).toEqual(pairs('DEPENDENTS').toSorted());
      }),
      runs,
    );
  });

  it('every explanation is an unbroken way without loops, either way', () => {
    fc.assert(
      fc.property(
        random,
        fc.constantFrom<ImpactOptions['direction'][]>('DEPENDENTS', 'DEPENDENCIES'),
        (records, direction) => {
          const landscape = LandscapeSnapshot.of(records.elements, records.relations);
          for (const origin of records.elements) {
            for (const { element, depth, explanation } of impactAnalysis(landscape, origin, { direction }).impacted) {
              const visited = [origin.seq, ...explanation.map(({ to }) => to)];
              expect(explanation.map(({ from }) => from)).toEqual(visited.slice(0, -1));
              expect(visited.at(-1)).toBe(element);
              expect(new Set(visited).size).toBe(visited.length);
              expect(explanation.length).toBeGreaterThanOrEqual(depth);
              for (const { relation, from, to, traversedForward } of explanation) {
                const { source, target } = landscape.relationAt(relation) ?? {};
                expect(traversedForward ? [source, target] : [target, source]).toEqual([from, to]);
              }
            }
          }
        },
      ),
      runs,
    );
  });
});

function min(harms: readonly Harm[]): Harm {
  return harms.reduce((least, each) => (each < least ? each : least), 2);
}

function max(harms: readonly Harm[]): Harm {
  return harms.reduce((most, each) => (each > most ? each : most), 0);
}
