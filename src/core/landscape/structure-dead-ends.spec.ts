import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { randomLandscapes } from '../../../test/support/landscapes.js';
import type { Element } from './model.js';
import { RELATION_KINDS } from './model.js';
import { LandscapeSnapshot } from './snapshot.js';
import { deadEnds } from './structure-dead-ends.js';

const PLATFORM: Partial<Element> = { kind: 'PLATFORM' };
const AGENCY: Partial<Element> = { kind: 'AGENCY' };
const DATA: Partial<Element> = { kind: 'DATA_OBJECT' };
const SERVICE: Partial<Element> = { kind: 'DIGITAL_SERVICE' };
const ENDED: Partial<Element> = { phases: [{ phase: 'END_OF_LIFE', from: null }] };

function told({ landscape, name }: Drawing): string[] {
  return deadEnds(landscape).items.map(({ kind, element, relations }) =>
    [kind, name(element), ...relations.map((each) => `r${each}`)].join(' '),
  );
}

describe('dead ends', () => {
  it.each([
    ['a platform that serves nothing', ['p'], { p: PLATFORM }, ['UNUSED p']],
    ['a database that only takes', ['s EXCHANGES_DATA_WITH d'], { d: { kind: 'DATABASE' } as const }, ['UNUSED d']],
    ['a platform needed by itself alone', ['p DEPENDS_ON p'], { p: PLATFORM }, ['UNUSED p']],
    [
      'a platform whose last user has gone',
      ['s USES_PLATFORM p ENDED', 's REALIZES v'],
      { p: PLATFORM, v: SERVICE },
      ['UNUSED p'],
    ],
    ['a platform used by what has ended', ['s USES_PLATFORM p'], { p: PLATFORM, s: ENDED }, ['UNUSED p']],
    ['a system that realises nothing', ['s DEPENDS_ON v'], { v: SERVICE }, ['REALIZES_NOTHING s']],
    ['data that is written and never read', ['v WRITES d'], { d: DATA, v: SERVICE }, ['NEVER_READ d r1']],
    ['a need for what has ended', ['v DEPENDS_ON s'], { v: SERVICE, s: ENDED }, ['NEEDS_WHAT_ENDED v r1']],
    ['an interface of what has ended', ['s PROVIDES v'], { v: SERVICE, s: ENDED }, ['NEEDS_WHAT_ENDED v r1']],
    ['a feed from what has ended', ['s EXCHANGES_DATA_WITH v'], { v: SERVICE, s: ENDED }, ['NEEDS_WHAT_ENDED v r1']],
  ])('are %s', (_what, lines, fields, expected) => {
    expect(told(draw(lines, fields))).toEqual(expected);
  });

  it.each([
    ['a platform that something uses', ['v USES_PLATFORM p'], { p: PLATFORM, v: SERVICE }],
    ['a platform that an agency uses', ['o USES p'], { p: PLATFORM, o: AGENCY }],
    ['a platform that is a part of something', ['p PART_OF v'], { p: PLATFORM, v: SERVICE }],
    ['a database that feeds something', ['d EXCHANGES_DATA_WITH v'], { d: { kind: 'DATABASE' } as const, v: SERVICE }],
    ['a system that realises a service', ['s REALIZES v'], { v: SERVICE }],
    [
      'a system that masters data nobody writes down as read by name',
      ['s MASTERS d', 'v READS d'],
      { d: DATA, v: SERVICE },
    ],
    ['data of which nothing is known', ['d'], { d: DATA }],
    ['what has ended itself', ['p'], { p: { ...PLATFORM, ...ENDED } }],
    ['a need that has ended for what has ended', ['v DEPENDS_ON s ENDED'], { v: SERVICE, s: ENDED }],
    ['an agency', ['o'], { o: AGENCY }],
  ])('are not %s', (_what, lines, fields) => {
    expect(told(draw(lines, fields))).toEqual([]);
  });

  it('told from silence are not sure before everybody has declared his flows', () => {
    const declared = { attributes: { flowsDeclaredCompleteOn: '2026-01-01' } };
    const unsure = deadEnds(draw(['p'], { p: PLATFORM }).landscape);
    expect(unsure).toMatchObject({ examined: 1, items: [{ isDeclared: false }], coverage: { verdict: 'UNKNOWN' } });
    const sure = deadEnds(draw(['p'], { p: { ...PLATFORM, ...declared } }).landscape);
    expect(sure).toMatchObject({ items: [{ isDeclared: true }], coverage: { verdict: 'COMPLETE', missing: [] } });
    const shown = deadEnds(draw(['v DEPENDS_ON s'], { v: SERVICE, s: ENDED }).landscape);
    expect(shown.coverage.verdict).toBe('LOWER_BOUND');
  });

  it('told from silence are those that a look through all relations finds', () => {
    const records = randomLandscapes({ elements: 10, relations: 14, kinds: RELATION_KINDS });
    fc.assert(
      fc.property(records, ({ elements, relations }) => {
        const lives = new Set(elements.filter(({ phases }) => phases.length === 0).map(({ seq }) => seq));
        const inForce = relations.filter(
          ({ status, source, target }) =>
            status !== 'ENDED' && source !== target && lives.has(source) && lives.has(target),
        );
        const needed = ['DEPENDS_ON', 'USES_PLATFORM', 'RUNS_ON', 'AUTHENTICATES_WITH', 'USES'];
        const giving = ['EXCHANGES_DATA_WITH', 'REALIZES', 'PART_OF'];
        const expected = elements.filter(({ seq, kind }) => {
          if (kind === 'AGENCY' || !lives.has(seq)) return false;
          const out = kind === 'SYSTEM' ? [...giving, 'PROVIDES', 'MASTERS'] : giving;
          return !inForce.some(
            (each) =>
              (each.target === seq && needed.includes(each.kind)) || (each.source === seq && out.includes(each.kind)),
          );
        });
        const { items } = deadEnds(LandscapeSnapshot.of(elements, relations));
        const silent = items.filter(({ kind }) => kind !== 'NEEDS_WHAT_ENDED');
        expect(silent.map(({ element, kind }) => [element, kind])).toEqual(
          expected.map(({ seq, kind }) => [seq, kind === 'PLATFORM' ? 'UNUSED' : 'REALIZES_NOTHING']),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
