import { isLegalArchimate } from './archimate-legality.js';
import { archimateConcept, archimateConcepts, archimateRelation } from './archimate-mapping.js';
import type { ArchimateRelation, Classified } from './archimate-mapping.js';
import type { ArchimateConcept, ArchimateRelationship } from './archimate.js';
import { isLegal } from './legality.js';
import { ELEMENT_KINDS, RELATION_KINDS } from './model.js';
import type { ElementKind, RelationKind } from './model.js';

const LAYERS = [null, 1, 2, 3, 4];
const CLASSIFIED: readonly Classified[] = ELEMENT_KINDS.flatMap((kind) => LAYERS.map((layer) => ({ kind, layer })));

/** Every legal relation of ours between elements of any kind and layer, with what it becomes. */
function* legalRelations(): Generator<{
  kind: RelationKind;
  source: Classified;
  target: Classified;
  said: ArchimateRelation;
}> {
  for (const kind of RELATION_KINDS) {
    for (const source of CLASSIFIED) {
      for (const target of CLASSIFIED) {
        if (!isLegal(kind, source.kind, target.kind)) continue;
        yield { kind, source, target, said: archimateRelation(kind, source, target) };
      }
    }
  }
}

describe('what an element is in ArchiMate', () => {
  it.each<[ElementKind, ArchimateConcept]>([
    ['AGENCY', 'BusinessActor'],
    ['CAPABILITY', 'Capability'],
    ['ADMINISTRATIVE_PROCEDURE', 'BusinessProcess'],
    ['DIGITAL_SERVICE', 'ApplicationService'],
    ['SYSTEM', 'ApplicationComponent'],
    ['PLATFORM', 'ApplicationComponent'],
    ['DATABASE', 'ApplicationComponent'],
    ['INTERFACE', 'ApplicationInterface'],
    ['DATA_OBJECT', 'DataObject'],
    ['TECHNOLOGY', 'SystemSoftware'],
    ['INFRASTRUCTURE', 'Node'],
    ['STANDARD', 'Constraint'],
    ['LEGISLATION', 'Driver'],
    ['CONTRACT', 'Contract'],
    ['PROJECT', 'WorkPackage'],
    ['CONCEPT', 'Meaning'],
    ['GAP', 'Gap'],
    ['TASK', 'WorkPackage'],
  ])('%s is %s, whether its layer is known or not', (kind, concept) => {
    const usual = LAYERS.filter((layer) => kind !== 'PLATFORM' || layer !== 1);
    expect(new Set(usual.map((layer) => archimateConcept({ kind, layer })))).toEqual(new Set([concept]));
    expect(archimateConcepts(kind)[0]).toBe(concept);
  });

  it('depends on the layer for platforms alone: those of the infrastructure are software that others run on', () => {
    expect(archimateConcept({ kind: 'PLATFORM', layer: 1 })).toBe('SystemSoftware');
    expect(archimateConcepts('PLATFORM')).toEqual(['ApplicationComponent', 'SystemSoftware']);
    expect(ELEMENT_KINDS.filter((kind) => archimateConcepts(kind).length > 1)).toEqual(['PLATFORM']);
  });
});

describe('what a relation is in ArchiMate', () => {
  it('is legal there wherever it is legal here', () => {
    for (const { source, target, said } of legalRelations()) {
      const [from, to] = said.reversed ? [target, source] : [source, target];
      expect(isLegalArchimate(said.relationship, archimateConcept(from), archimateConcept(to))).toBe(true);
    }
  });

  it.each<[RelationKind, ElementKind, ElementKind, ArchimateRelationship, boolean]>([
    ['DEPENDS_ON', 'SYSTEM', 'PLATFORM', 'SERVING', true],
    ['DEPENDS_ON', 'SYSTEM', 'TECHNOLOGY', 'SERVING', true],
    ['DEPENDS_ON', 'SYSTEM', 'DATA_OBJECT', 'ACCESS', false],
    ['USES_PLATFORM', 'DATABASE', 'PLATFORM', 'SERVING', true],
    ['USES', 'AGENCY', 'SYSTEM', 'SERVING', true],
    ['USES', 'AGENCY', 'INFRASTRUCTURE', 'SERVING', true],
    ['RUNS_ON', 'SYSTEM', 'INFRASTRUCTURE', 'SERVING', true],
    ['AUTHENTICATES_WITH', 'SYSTEM', 'PLATFORM', 'SERVING', true],
    ['EXCHANGES_DATA_WITH', 'DATABASE', 'SYSTEM', 'FLOW', false],
    ['PART_OF', 'DATABASE', 'SYSTEM', 'AGGREGATION', true],
    ['PART_OF', 'AGENCY', 'AGENCY', 'AGGREGATION', true],
    ['PART_OF', 'INTERFACE', 'SYSTEM', 'AGGREGATION', true],
    ['PART_OF', 'SYSTEM', 'INTERFACE', 'ASSOCIATION', false],
    ['REALIZES', 'SYSTEM', 'CAPABILITY', 'REALIZATION', false],
    ['REALIZES', 'SYSTEM', 'DIGITAL_SERVICE', 'REALIZATION', false],
    ['REALIZES', 'DIGITAL_SERVICE', 'ADMINISTRATIVE_PROCEDURE', 'SERVING', false],
    ['OWNED_BY', 'SYSTEM', 'AGENCY', 'ASSOCIATION', false],
    ['OWNED_BY', 'PROJECT', 'AGENCY', 'ASSIGNMENT', true],
    ['OPERATED_BY', 'ADMINISTRATIVE_PROCEDURE', 'AGENCY', 'ASSIGNMENT', true],
    ['MASTERS', 'DATABASE', 'DATA_OBJECT', 'ACCESS', false],
    ['READS', 'DIGITAL_SERVICE', 'DATA_OBJECT', 'ACCESS', false],
    ['WRITES', 'SYSTEM', 'DATA_OBJECT', 'ACCESS', false],
    ['PROVIDES', 'SYSTEM', 'INTERFACE', 'COMPOSITION', false],
    ['PROVIDES', 'SYSTEM', 'DIGITAL_SERVICE', 'REALIZATION', false],
    ['PROVIDES', 'INTERFACE', 'DIGITAL_SERVICE', 'ASSIGNMENT', false],
    ['PROVIDES', 'DIGITAL_SERVICE', 'INTERFACE', 'ASSIGNMENT', true],
    ['PROVIDES', 'DATABASE', 'DATA_OBJECT', 'ACCESS', false],
    ['GOVERNED_BY', 'SYSTEM', 'LEGISLATION', 'ASSOCIATION', false],
    ['GOVERNED_BY', 'STANDARD', 'LEGISLATION', 'INFLUENCE', true],
    ['GOVERNED_BY', 'SYSTEM', 'CONTRACT', 'ASSOCIATION', false],
    ['CONFORMS_TO', 'SYSTEM', 'STANDARD', 'REALIZATION', false],
    ['CONFORMS_TO', 'LEGISLATION', 'STANDARD', 'INFLUENCE', true],
    ['REPLACES', 'SYSTEM', 'SYSTEM', 'ASSOCIATION', false],
    ['DELIVERS', 'PROJECT', 'SYSTEM', 'REALIZATION', false],
    ['ASSOCIATED_WITH', 'AGENCY', 'CONCEPT', 'ASSOCIATION', false],
  ])('%s from %s to %s is %s, reversed: %s', (kind, source, target, relationship, reversed) => {
    const at = { layer: null };
    expect(archimateRelation(kind, { kind: source, ...at }, { kind: target, ...at })).toEqual({
      relationship,
      reversed,
    });
  });

  it('follows what its ends are, not only their kinds', () => {
    const [system, cloud] = [{ kind: 'SYSTEM', layer: 3 } as const, { kind: 'PLATFORM', layer: 1 } as const];
    expect(archimateRelation('PART_OF', system, { ...cloud, layer: 2 })).toEqual({
      relationship: 'AGGREGATION',
      reversed: true,
    });
    expect(archimateRelation('PART_OF', system, cloud)).toEqual({ relationship: 'ASSOCIATION', reversed: false });
  });

  it('is more than an association for all that systems need and feed', () => {
    const spoken = ['DEPENDS_ON', 'USES_PLATFORM', 'USES', 'RUNS_ON', 'AUTHENTICATES_WITH', 'EXCHANGES_DATA_WITH'];
    const vague = [...legalRelations()].filter(
      ({ kind, said }) => spoken.includes(kind) && said.relationship === 'ASSOCIATION',
    );
    expect(vague).toEqual([]);
  });
});
