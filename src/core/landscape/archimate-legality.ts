import { ARCHIMATE_RULES } from './archimate-table.js';
import { ARCHIMATE_CONCEPTS, ARCHIMATE_RELATIONSHIPS } from './archimate.js';
import type { ArchimateConcept, ArchimateRelationship } from './archimate.js';

/** Whether ArchiMate 3.2 lets a relationship lead from one concept to another. */
export function isLegalArchimate(
  relationship: ArchimateRelationship,
  source: ArchimateConcept,
  target: ArchimateConcept,
): boolean {
  return TABLE[relationship].get(source)?.has(target) === true;
}

/** The relationships that may lead from one concept to another, in the order of ARCHIMATE_RELATIONSHIPS; maybe none. */
export function legalArchimate(source: ArchimateConcept, target: ArchimateConcept): ArchimateRelationship[] {
  return ARCHIMATE_RELATIONSHIPS.filter((relationship) => isLegalArchimate(relationship, source, target));
}

/** For each source, the targets of one relationship. */
type Targets = ReadonlyMap<ArchimateConcept, ReadonlySet<ArchimateConcept>>;

/** A junction joins parts of one relationship, not wholes: these lead from it to other junctions alone. */
const NOT_FROM_JUNCTIONS: ReadonlySet<ArchimateRelationship> = new Set([
  'COMPOSITION',
  'AGGREGATION',
  'SPECIALIZATION',
]);

/**
 * The rules, and what they say of the connectors. A grouping may stand for anything: it takes part in a relationship as any
 * element does. A junction does so too, and passes on any relationship. A relationship is no source but of associations.
 */
function targetsOf(relationship: ArchimateRelationship): Targets {
  const targets = new Map(ARCHIMATE_CONCEPTS.map((concept) => [concept, new Set<ArchimateConcept>()]));
  const ofGrouping = new Set<ArchimateConcept>(['Grouping', 'Junction']);
  for (const rule of ARCHIMATE_RULES) {
    if (rule.relationship !== relationship) continue;
    for (const target of rule.targets) ofGrouping.add(target);
    for (const source of rule.sources) {
      const known = targets.get(source);
      known?.add('Grouping');
      for (const target of rule.targets) known?.add(target);
    }
  }
  for (const [source, known] of targets) if (source !== 'Relationship') known.add('Junction');
  targets.set('Grouping', ofGrouping);
  const passedOn = [...ofGrouping].filter((target) => target !== 'Relationship');
  targets.set('Junction', new Set(NOT_FROM_JUNCTIONS.has(relationship) ? ['Junction'] : passedOn));
  return targets;
}

const TABLE: Readonly<Record<ArchimateRelationship, Targets>> = {
  COMPOSITION: targetsOf('COMPOSITION'),
  AGGREGATION: targetsOf('AGGREGATION'),
  ASSIGNMENT: targetsOf('ASSIGNMENT'),
  REALIZATION: targetsOf('REALIZATION'),
  SERVING: targetsOf('SERVING'),
  ACCESS: targetsOf('ACCESS'),
  INFLUENCE: targetsOf('INFLUENCE'),
  TRIGGERING: targetsOf('TRIGGERING'),
  FLOW: targetsOf('FLOW'),
  SPECIALIZATION: targetsOf('SPECIALIZATION'),
  ASSOCIATION: targetsOf('ASSOCIATION'),
};
