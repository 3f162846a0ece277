import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { lives, randomLandscapes } from '../../../test/support/landscapes.js';
import type { Element } from './model.js';
import { RELATION_KINDS } from './model.js';
import { LandscapeSnapshot } from './snapshot.js';
import { CONNECTING_KINDS, orphans } from './structure-orphans.js';

const OWNER: Partial<Element> = { kind: 'AGENCY' };
const DECLARED: Partial<Element> = { attributes: { flowsDeclaredCompleteOn: '2026-01-01' } };
const ENDED: Partial<Element> = { phases: [{ phase: 'END_OF_LIFE', from: null }] };

function told({ landscape, name }: Drawing): string[] {
  return orphans(landscape).items.map(
    ({ element, isOwned, isDeclared }) => `${name(element)}${isOwned ? ' owned' : ''}${isDeclared ? ' declared' : ''}`,
  );
}

describe('orphans', () => {
  it.each([
    ['what has no relation at all', ['a'], {}, ['a']],
    ['what only has an owner', ['a OWNED_BY o', 'a OPERATED_BY o'], { o: OWNER }, ['a owned']],
    ['what has a relation to itself alone', ['a DEPENDS_ON a'], {}, ['a']],
    ['what has a relation that has ended', ['a DEPENDS_ON b ENDED', 'b DEPENDS_ON c'], {}, ['a']],
    [
      'what is connected with what has ended alone',
      ['a DEPENDS_ON b', 'a OWNED_BY o'],
      { b: ENDED, o: { ...OWNER, ...ENDED } },
      ['a'],
    ],
    ['what is said to have no flows', ['a'], { a: DECLARED }, ['a declared']],
  ])('are %s', (_what, lines, fields, expected) => {
    expect(told(draw(lines, fields))).toEqual(expected);
  });

  it.each([
    ['what needs something, or is needed', ['a DEPENDS_ON b'], {}],
    ['what is linked in a way nobody knows', ['a ASSOCIATED_WITH b'], {}],
    ['what an agency uses', ['o USES a'], { o: OWNER }],
    ['what has ended itself', ['a'], { a: ENDED }],
    ['an agency, which is not built', ['o'], { o: OWNER }],
  ])('are not %s', (_what, lines, fields) => {
    expect(told(draw(lines, fields))).toEqual([]);
  });

  it('may be sought among other kinds, and by other kinds of relation', () => {
    const { landscape, at } = draw(['c', 'a PART_OF b'], { c: { kind: 'CAPABILITY' } });
    expect(orphans(landscape, { kinds: ['CAPABILITY'] }).items.map(({ element }) => element)).toEqual([at('c').seq]);
    const byNeed = orphans(landscape, { relationKinds: ['DEPENDS_ON'] });
    expect(byNeed.items.map(({ element }) => element)).toEqual([at('a').seq, at('b').seq]);
  });

  it('are sure where their owners declared their flows, and else not', () => {
    const drawing = draw(['a OWNED_BY o', 'b'], { o: OWNER, b: DECLARED });
    expect(orphans(drawing.landscape)).toMatchObject({
      examined: 2,
      coverage: {
        verdict: 'UNKNOWN',
        missing: [{ kind: 'FLOWS', element: drawing.at('a').seq, askedFrom: drawing.at('o').seq }],
      },
    });
    expect(orphans(draw(['a'], { a: DECLARED }).landscape).coverage).toMatchObject({
      verdict: 'COMPLETE',
      missing: [],
    });
    expect(orphans(draw(['a DEPENDS_ON b']).landscape).coverage.verdict).toBe('COMPLETE');
  });

  it('are those that a look through all relations finds', () => {
    const records = randomLandscapes({ elements: 10, relations: 12, kinds: RELATION_KINDS });
    fc.assert(
      fc.property(records, ({ elements, relations }) => {
        const living = new Set(elements.filter(lives).map(({ seq }) => seq));
        const connected = new Set(
          relations
            .filter((each) => each.status !== 'ENDED' && each.source !== each.target)
            .filter(({ source, target }) => living.has(source) && living.has(target))
            .filter(({ kind }) => CONNECTING_KINDS.includes(kind))
            .flatMap(({ source, target }) => [source, target]),
        );
        const looked = elements.filter(({ kind, phases }) => kind !== 'AGENCY' && phases.length === 0);
        const answer = orphans(LandscapeSnapshot.of(elements, relations));
        expect(answer.items.map(({ element }) => element)).toEqual(
          looked.flatMap(({ seq }) => (connected.has(seq) ? [] : [seq])),
        );
        expect(answer.examined).toBe(looked.length);
      }),
      { numRuns: 1000 },
    );
  });
});
