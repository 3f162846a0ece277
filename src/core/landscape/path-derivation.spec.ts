import * as fc from 'fast-check';
import { isLegalArchimate } from './archimate-legality.js';
import { archimateConcept } from './archimate-mapping.js';
import { isLegal } from './legality.js';
import { ELEMENT_KINDS, RELATION_KINDS } from './model.js';
import type { ElementKind, RelationKind } from './model.js';
import { pathDerivation } from './path-derivation.js';
import type { WalkedRelation } from './path-derivation.js';

const at = (kind: ElementKind): { readonly kind: ElementKind; readonly layer: null } => ({ kind, layer: null });

/** A path over elements of these kinds, joined by relations that lead (`>`) along it or (`<`) against it. */
function walk(start: ElementKind, ...steps: readonly (readonly [RelationKind, '>' | '<', ElementKind])[]) {
  let here = start;
  return steps.map(([kind, way, next]): WalkedRelation => {
    const [from, to] = [at(here), at(next)];
    here = next;
    return { relation: { kind }, traversedForward: way === '>', from, to };
  });
}

describe('what a path says of its ends', () => {
  it('is null where there is no path, and the relation itself on a path of one', () => {
    expect(pathDerivation([])).toBeNull();
    expect(pathDerivation(walk('SYSTEM', ['DEPENDS_ON', '>', 'PLATFORM']))).toEqual({
      relationship: 'SERVING',
      forward: false,
      certain: true,
    });
    expect(pathDerivation(walk('PLATFORM', ['DEPENDS_ON', '<', 'SYSTEM']))).toMatchObject({ forward: true });
  });

  it('that needs lead along may be a need', () => {
    const needs = walk('SYSTEM', ['DEPENDS_ON', '>', 'PLATFORM'], ['RUNS_ON', '>', 'INFRASTRUCTURE']);
    expect(pathDerivation(needs)).toEqual({ relationship: 'SERVING', forward: false, certain: false });
  });

  it('to a need of a part is a need of the whole, surely', () => {
    const ofPart = walk('SYSTEM', ['PART_OF', '<', 'DATABASE'], ['RUNS_ON', '>', 'INFRASTRUCTURE']);
    expect(pathDerivation(ofPart)).toEqual({ relationship: 'SERVING', forward: false, certain: true });
    const ofWhole = walk('DATABASE', ['PART_OF', '>', 'SYSTEM'], ['RUNS_ON', '>', 'INFRASTRUCTURE']);
    expect(pathDerivation(ofWhole)).toEqual({ relationship: 'SERVING', forward: false, certain: false });
  });

  it('is nothing where data and needs meet', () => {
    const mixed = walk('SYSTEM', ['DEPENDS_ON', '>', 'PLATFORM'], ['EXCHANGES_DATA_WITH', '>', 'SYSTEM']);
    expect(pathDerivation(mixed)).toBeNull();
  });

  it('is legal between its ends, and never nothing on a path of one', () => {
    const legal = ELEMENT_KINDS.flatMap((source) =>
      ELEMENT_KINDS.flatMap((target) =>
        RELATION_KINDS.filter((kind) => isLegal(kind, source, target)).map((kind) => ({ source, target, kind })),
      ),
    );
    const next = (here: ElementKind) =>
      fc.constantFrom(
        ...legal.flatMap(({ source, target, kind }) => [
          ...(source === here ? [[kind, '>', target] as const] : []),
          ...(target === here ? [[kind, '<', source] as const] : []),
        ]),
      );
    const paths = fc
      .constantFrom(...ELEMENT_KINDS)
      .chain((start) => next(start).chain((one) => next(one[2]).map((two) => ({ start, one, two }))));
    fc.assert(
      fc.property(paths, ({ start, one, two }) => {
        expect(pathDerivation(walk(start, one))?.certain).toBe(true);
        const found = pathDerivation(walk(start, one, two));
        if (found === null) return;
        const ends = [archimateConcept(at(start)), archimateConcept(at(two[2]))] as const;
        const [source, target] = found.forward ? ends : [ends[1], ends[0]];
        expect(isLegalArchimate(found.relationship, source, target)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
