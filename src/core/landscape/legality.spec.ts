import { isLegal, legalRelations } from './legality.js';
import { ELEMENT_KINDS, RELATION_KINDS } from './model.js';
import type { ElementKind, RelationKind } from './model.js';

/** Pairs of kinds of element that a kind of relation may join. */
function pairsOf(kind: RelationKind): (readonly [ElementKind, ElementKind])[] {
  return ELEMENT_KINDS.flatMap((source) =>
    ELEMENT_KINDS.filter((target) => isLegal(kind, source, target)).map((target) => [source, target] as const),
  );
}
const BUILT: readonly ElementKind[] = [
  'SYSTEM',
  'PLATFORM',
  'DATABASE',
  'DIGITAL_SERVICE',
  'INFRASTRUCTURE',
  'INTERFACE',
];

describe('what a relation may join', () => {
  // Six kinds are built; of all eighteen, sixteen can be owned.
  it.each<[RelationKind, number, number, number]>([
    ['DEPENDS_ON', 48, 6, 8],
    ['USES', 5, 1, 5],
    ['USES_PLATFORM', 6, 6, 1],
    ['RUNS_ON', 18, 6, 3],
    ['AUTHENTICATES_WITH', 18, 6, 3],
    ['EXCHANGES_DATA_WITH', 36, 6, 6],
    ['PART_OF', 48, 18, 18],
    ['REALIZES', 18, 6, 3],
    ['OWNED_BY', 16, 16, 1],
    ['OPERATED_BY', 16, 16, 1],
    ['MASTERS', 6, 6, 1],
    ['READS', 6, 6, 1],
    ['WRITES', 6, 6, 1],
    ['PROVIDES', 18, 6, 3],
    ['GOVERNED_BY', 36, 18, 2],
    ['CONFORMS_TO', 18, 18, 1],
    ['REPLACES', 48, 18, 18],
    ['DELIVERS', 16, 2, 8],
    ['CLOSES', 2, 2, 1],
    ['ASSOCIATED_WITH', 324, 18, 18],
  ])('%s joins %d pairs of %d sources and %d targets', (kind, pairs, sources, targets) => {
    const legal = pairsOf(kind);
    expect(legal).toHaveLength(pairs);
    expect(new Set(legal.map(([source]) => source)).size).toBe(sources);
    expect(new Set(legal.map(([, target]) => target)).size).toBe(targets);
  });

  it.each<[RelationKind, readonly ElementKind[]]>([
    ['DEPENDS_ON', [...BUILT, 'TECHNOLOGY', 'DATA_OBJECT']],
    ['USES_PLATFORM', ['PLATFORM']],
    ['RUNS_ON', ['INFRASTRUCTURE', 'PLATFORM', 'TECHNOLOGY']],
    ['AUTHENTICATES_WITH', ['PLATFORM', 'SYSTEM', 'DIGITAL_SERVICE']],
    ['EXCHANGES_DATA_WITH', BUILT],
    ['REALIZES', ['CAPABILITY', 'ADMINISTRATIVE_PROCEDURE', 'DIGITAL_SERVICE']],
    ['OWNED_BY', ['AGENCY']],
    ['OPERATED_BY', ['AGENCY']],
    ['MASTERS', ['DATA_OBJECT']],
    ['READS', ['DATA_OBJECT']],
    ['WRITES', ['DATA_OBJECT']],
    ['PROVIDES', ['INTERFACE', 'DIGITAL_SERVICE', 'DATA_OBJECT']],
    ['GOVERNED_BY', ['LEGISLATION', 'CONTRACT']],
    ['CONFORMS_TO', ['STANDARD']],
  ])('%s leads from a system to %j', (kind, targets) => {
    const legal = ELEMENT_KINDS.filter((target) => isLegal(kind, 'SYSTEM', target));
    expect(legal.toSorted()).toEqual(targets.toSorted());
  });

  it.each<[RelationKind, ElementKind, ElementKind, boolean]>([
    ['PART_OF', 'AGENCY', 'AGENCY', true],
    ['PART_OF', 'SYSTEM', 'PLATFORM', true],
    ['PART_OF', 'AGENCY', 'SYSTEM', false],
    ['PART_OF', 'SYSTEM', 'AGENCY', false],
    ['PART_OF', 'CAPABILITY', 'CONCEPT', false],
    ['REPLACES', 'LEGISLATION', 'LEGISLATION', true],
    ['REPLACES', 'LEGISLATION', 'STANDARD', false],
    ['REPLACES', 'DATABASE', 'SYSTEM', true],
    ['OWNED_BY', 'AGENCY', 'AGENCY', false],
    ['OWNED_BY', 'LEGISLATION', 'AGENCY', false],
    ['OWNED_BY', 'PROJECT', 'AGENCY', true],
    ['DELIVERS', 'PROJECT', 'CAPABILITY', true],
    ['DELIVERS', 'PROJECT', 'AGENCY', false],
    ['DELIVERS', 'SYSTEM', 'SYSTEM', false],
    ['DEPENDS_ON', 'AGENCY', 'SYSTEM', false],
    ['DEPENDS_ON', 'TECHNOLOGY', 'SYSTEM', false],
    ['USES', 'AGENCY', 'PLATFORM', true],
    ['USES', 'AGENCY', 'INTERFACE', false],
    ['USES', 'SYSTEM', 'PLATFORM', false],
    ['ASSOCIATED_WITH', 'LEGISLATION', 'CONCEPT', true],
  ])('%s from %s to %s: %s', (kind, source, target, legal) => {
    expect(isLegal(kind, source, target)).toBe(legal);
  });
});

describe('the legal relations of two kinds', () => {
  it('are those that may join them, in the order of all kinds', () => {
    for (const source of ELEMENT_KINDS) {
      for (const target of ELEMENT_KINDS) {
        const expected = RELATION_KINDS.filter((kind) => isLegal(kind, source, target));
        expect(legalRelations(source, target)).toEqual(expected);
      }
    }
  });

  it('from a system to an agency are to be owned, operated and associated', () => {
    expect(legalRelations('SYSTEM', 'AGENCY')).toEqual(['OWNED_BY', 'OPERATED_BY', 'ASSOCIATED_WITH']);
  });

  it('from an agency to a system are to use it and to be associated', () => {
    expect(legalRelations('AGENCY', 'SYSTEM')).toEqual(['ASSOCIATED_WITH', 'USES']);
  });
});
