import { createHash } from 'node:crypto';
import { ARCHIMATE_DIGESTS } from '../../../test/support/archimate-digests.js';
import { isLegalArchimate, legalArchimate } from './archimate-legality.js';
import { ARCHIMATE_CONCEPTS, ARCHIMATE_RELATIONSHIPS } from './archimate.js';
import type { ArchimateConcept, ArchimateRelationship } from './archimate.js';

/** The lines that are digested, one for each triple of a source. */
function triplesFrom(source: ArchimateConcept): string[] {
  return ARCHIMATE_CONCEPTS.flatMap((target) =>
    legalArchimate(source, target).map((relationship) => `${source} ${relationship} ${target}\n`),
  ).toSorted();
}

describe('the relationship table of ArchiMate 3.2', () => {
  it('has 62 concepts, 11 relationships and 11,569 triples', () => {
    expect(new Set(ARCHIMATE_CONCEPTS).size).toBe(62);
    expect(new Set(ARCHIMATE_RELATIONSHIPS).size).toBe(11);
    expect(Object.keys(ARCHIMATE_DIGESTS).toSorted()).toEqual(ARCHIMATE_CONCEPTS.toSorted());
    expect(ARCHIMATE_CONCEPTS.flatMap(triplesFrom)).toHaveLength(11_569);
  });

  it.each(ARCHIMATE_CONCEPTS)('has the triples of the specification from %s, and no others', (source) => {
    const triples = triplesFrom(source);
    const sha256 = createHash('sha256').update(triples.join('')).digest('hex');
    expect([triples.length, sha256]).toEqual(ARCHIMATE_DIGESTS[source]);
  });

  it.each<[ArchimateRelationship, number]>([
    ['COMPOSITION', 401],
    ['AGGREGATION', 425],
    ['ASSIGNMENT', 379],
    ['REALIZATION', 1155],
    ['SERVING', 1349],
    ['ACCESS', 321],
    ['INFLUENCE', 721],
    ['TRIGGERING', 1367],
    ['FLOW', 1367],
    ['SPECIALIZATION', 243],
    ['ASSOCIATION', 3841],
  ])('lets %s join %d pairs', (relationship, pairs) => {
    const legal = ARCHIMATE_CONCEPTS.flatMap((source) =>
      ARCHIMATE_CONCEPTS.filter((target) => isLegalArchimate(relationship, source, target)),
    );
    expect(legal).toHaveLength(pairs);
  });

  it.each<[ArchimateRelationship, ArchimateConcept, ArchimateConcept, boolean]>([
    ['ASSIGNMENT', 'BusinessActor', 'BusinessRole', true],
    ['ASSIGNMENT', 'BusinessRole', 'BusinessActor', false],
    ['ASSIGNMENT', 'BusinessActor', 'ApplicationComponent', false],
    ['SERVING', 'ApplicationService', 'BusinessProcess', true],
    ['SERVING', 'DataObject', 'ApplicationComponent', false],
    ['ACCESS', 'ApplicationComponent', 'DataObject', true],
    ['ACCESS', 'DataObject', 'ApplicationComponent', false],
    ['REALIZATION', 'WorkPackage', 'Deliverable', true],
    ['REALIZATION', 'Deliverable', 'WorkPackage', false],
    ['INFLUENCE', 'Driver', 'Goal', true],
    ['INFLUENCE', 'Gap', 'Goal', false],
    ['SPECIALIZATION', 'Contract', 'BusinessObject', true],
    ['SPECIALIZATION', 'Node', 'Device', false],
    ['AGGREGATION', 'Plateau', 'Relationship', true],
    ['FLOW', 'Junction', 'Grouping', true],
    ['ASSOCIATION', 'Relationship', 'Relationship', false],
  ])('%s from %s to %s: %s', (relationship, source, target, legal) => {
    expect(isLegalArchimate(relationship, source, target)).toBe(legal);
  });

  it('joins no relationship to a junction or to a relationship', () => {
    expect(legalArchimate('Relationship', 'Junction')).toEqual([]);
    expect(legalArchimate('Junction', 'Relationship')).toEqual([]);
    expect(legalArchimate('Relationship', 'Relationship')).toEqual([]);
  });
});

describe('the legal relationships of two concepts', () => {
  it('are told in the order of all relationships', () => {
    expect(legalArchimate('ApplicationComponent', 'ApplicationInterface')).toEqual([
      'COMPOSITION',
      'AGGREGATION',
      'REALIZATION',
      'SERVING',
      'TRIGGERING',
      'FLOW',
      'ASSOCIATION',
    ]);
    expect(legalArchimate('BusinessActor', 'DataObject')).toEqual(['ACCESS', 'ASSOCIATION']);
  });
});
