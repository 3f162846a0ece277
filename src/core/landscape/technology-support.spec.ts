import { draw } from '../../../test/support/drawn-landscape.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import type { Json } from './model.js';
import { endingSupports, supportState, usersOf } from './technology-support.js';
import type { SupportState } from './technology-support.js';

describe('the support of a technology', () => {
  it.each<[Record<string, Json>, string, number, SupportState]>([
    [{}, '2026-11-25', 9, 'UNKNOWN'],
    [{ extendedSupportUntil: '2030' }, '2026-11-25', 9, 'UNKNOWN'],
    [{ endOfSupport: null }, '2026-11-25', 9, 'SUPPORTED'],
    [{ endOfSupport: '2027-01-01' }, '2026-11-25', 0, 'SUPPORTED'],
    [{ endOfSupport: '2026-11-25' }, '2026-11-25', 0, 'SUPPORTED'],
    [{ endOfSupport: '2026-11-25' }, '2026-11-25', 1, 'ENDING'],
    [{ endOfSupport: '2026-12-25' }, '2026-11-25', 30, 'ENDING'],
    [{ endOfSupport: '2026-12-26' }, '2026-11-25', 30, 'SUPPORTED'],
    [{ endOfSupport: '2026' }, '2026-11-25', 0, 'MAY_HAVE_ENDED'],
    [{ endOfSupport: '2026-11-25' }, '2026', 0, 'MAY_HAVE_ENDED'],
    [{ endOfSupport: '2026-11-24' }, '2026-11-25', 0, 'ENDED'],
    [{ endOfSupport: '2025' }, '2026-11-25', 0, 'ENDED'],
    [{ endOfSupport: '2025', extendedSupportUntil: null }, '2026-11-25', 0, 'ENDED'],
    [{ endOfSupport: '2025', extendedSupportUntil: '2027' }, '2026-11-25', 0, 'EXTENDED'],
    [{ endOfSupport: '2025', extendedSupportUntil: '2026' }, '2026-11-25', 0, 'MAY_HAVE_ENDED'],
    [{ endOfSupport: '2024', extendedSupportUntil: '2025' }, '2026-11-25', 0, 'ENDED'],
  ])('that says %j, on %s with %i days ahead, is %s', (attributes, day, within, expected) => {
    expect(supportState({ attributes }, day, within)).toBe(expected);
  });

  it('that is over, may be over or will be is listed; one of which nobody told is counted apart', () => {
    const technology = (seq: number, attributes: Record<string, Json>): ReturnType<typeof element> =>
      element(seq, { kind: 'TECHNOLOGY', attributes });
    const landscape = landscapeOf(
      [
        technology(0, { endOfSupport: '2020' }),
        technology(1, {}),
        technology(2, { endOfSupport: '2030' }),
        technology(3, { endOfSupport: '2026-12-01' }),
        element(4, { attributes: { endOfSupport: '2020' } }),
      ],
      [],
    );
    const found = endingSupports(landscape, '2026-11-25', 10);
    expect(found.ending.map(({ technology: { seq }, state }) => [seq, state])).toEqual([
      [0, 'ENDED'],
      [3, 'ENDING'],
    ]);
    expect([found.unknown.map(({ seq }) => seq), found.technologies]).toEqual([[1], 4]);
  });

  it('is needed by what runs on it or depends on it, each once, and no longer by what has ceased to', () => {
    const { landscape, at, name } = draw([
      'b RUNS_ON old',
      'a DEPENDS_ON old',
      'a RUNS_ON old',
      'c RUNS_ON old ENDED',
      'd ASSOCIATED_WITH old',
    ]);
    expect(usersOf(landscape, at('old')).map(({ seq }) => name(seq))).toEqual(['b', 'a']);
    expect(usersOf(landscape, at('a'))).toEqual([]);
  });

  it('is no longer needed by what has moved away, though nobody changed the status', () => {
    const technology = element(0, { kind: 'TECHNOLOGY' });
    const runs = { kind: 'RUNS_ON', status: 'IN_USE' } as const;
    const landscape = landscapeOf(
      [technology, element(1), element(2)],
      [relation(0, [1, 0], { ...runs, validTo: '2024' }), relation(1, [2, 0], runs)],
    );
    expect(usersOf(landscape, technology).map(({ seq }) => seq)).toEqual([2]);
  });
});
