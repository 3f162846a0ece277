import * as fc from 'fast-check';
import { DEFINITIONS, addOf, remove, update } from '../../../test/support/change-sets.js';
import {
  after,
  anyHistory,
  anyOperations,
  goodOperations,
  smallLandscape,
} from '../../../test/support/random-change-sets.js';
import { impactAnalysis } from './impact.js';
import { differenceBetween } from './difference.js';
import type { Landscape } from './landscape.js';
import type { Operation } from './operation.js';
import { overlay } from './overlay.js';
import { LandscapeSnapshot } from './snapshot.js';
import { cycles } from './structure.js';

const NEW = 'urn:khung:moi';

function laidOver(base: LandscapeSnapshot, ...operations: readonly Operation[]): LandscapeSnapshot {
  const outcome = overlay(base, operations, DEFINITIONS);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.landscape;
}

/** Everything that a landscape answers. */
function answers(landscape: Landscape): unknown {
  const elements = [...landscape.elements()];
  const relations = [...landscape.relations()];
  const around: unknown[] = [];
  for (const { seq, urn } of elements) {
    landscape.forEachOutgoing(seq, (...entry) => around.push(entry));
    landscape.forEachIncoming(seq, (...entry) => around.push(entry));
    around.push(landscape.elementByUrn(urn), landscape.elementAt(seq));
  }
  for (const { seq, urn } of relations) around.push(landscape.relationByUrn(urn), landscape.relationAt(seq));
  const impact = elements.map((each) => JSON.stringify(impactAnalysis(landscape, each, { direction: 'DEPENDENTS' })));
  return [landscape.revision, landscape.elementBound, elements, relations, around, impact, cycles(landscape)];
}

describe('a landscape under operations', () => {
  it('answers what it would answer were they committed, and leaves the base as it is', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyHistory, anyOperations, (base, drawn) => {
        const operations = goodOperations(base, drawn);
        const before = JSON.stringify(answers(base));
        const urns = operations.map(({ urn }) => [urn, base.isTaken(urn)]);
        const preview = answers(laidOver(base, ...operations));
        expect(JSON.stringify(answers(base))).toBe(before);
        expect(operations.map(({ urn }) => [urn, base.isTaken(urn)])).toEqual(urns);
        expect(preview).toEqual(answers(after(base, operations)));
        compared += Math.min(1, operations.length);
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(350);
  });

  it('copies nothing that they do not touch', () => {
    const base = smallLandscape();
    const landscape = laidOver(base, update('urn:khung:e0', 'layer', 1), addOf(NEW, { kind: 'SYSTEM', name: 'Mới' }));
    const same = Array.from(landscape.elements()).filter((each) => base.elementAt(each.seq) === each);
    expect(same.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(landscape.unlike(base).relations).toEqual([]);
  });

  it('goes on answering when the base has moved on and its numbers were given to others', () => {
    const base = smallLandscape();
    const operations = [
      addOf(NEW, { kind: 'SYSTEM', name: 'Mới' }),
      addOf('urn:khung:moi-so', { kind: 'OWNED_BY', source: NEW, target: 'urn:khung:e2' }),
    ];
    const early = laidOver(base, ...operations);
    const told = answers(early);
    const other = addOf('urn:khung:khac', { kind: 'PLATFORM', name: 'Khác' });
    const later = after(base, [
      other,
      addOf('urn:khung:khac-so', { kind: 'OWNED_BY', source: 'urn:khung:khac', target: 'urn:khung:e2' }),
    ]);
    expect(later.elementByUrn('urn:khung:khac')?.seq).toBe(early.elementByUrn(NEW)?.seq);
    const merged = after(later, operations);
    expect([merged.isTaken(NEW), base.isTaken(NEW), early.isTaken('urn:khung:khac')]).toEqual([true, false, false]);
    // Once it is merged, what it was at its base can still be asked.
    for (const landscape of [early, laidOver(base, ...operations)]) {
      expect(answers(landscape)).toEqual(told);
      expect(landscape.elementByUrn('urn:khung:khac')).toBeUndefined();
      expect(landscape.relationByUrn('urn:khung:khac-so')).toBeUndefined();
    }
    expect(differenceBetween(base, early).elements.added.map(({ urn }) => urn)).toEqual([NEW]);
  });

  it('is the base itself where there are none, and says what is wrong with wrong ones', () => {
    const base = smallLandscape();
    expect(laidOver(base)).toBe(base);
    expect(overlay(LandscapeSnapshot.empty(), [addOf(NEW, { kind: 'SYSTEM', name: 'Mới' })])).toMatchObject({
      landscape: { revision: 1, elementCount: 1, isCommitted: false },
    });
    expect(overlay(base, [remove(NEW)], DEFINITIONS)).toMatchObject({ issues: [{ reason: 'URN_UNKNOWN' }] });
  });
});
