import type { ArchimateConcept, ArchimateRelationship } from './archimate.js';

/**
 * The relationship tables of the ArchiMate 3.2 Specification, Appendix B.5, as rules over aspects and layers.
 *
 * The table says what may join two of the 59 elements of the language. What Grouping, Junction and a relationship as an
 * end may take part in follows from it (`archimate-legality.ts`), so they are named here only where they are an exception.
 */

/** One relationship, from each of some concepts to each of others. */
interface Rule {
  readonly relationship: ArchimateRelationship;
  readonly sources: readonly ArchimateConcept[];
  readonly targets: readonly ArchimateConcept[];
}

const BUSINESS_INTERNAL = ['BusinessProcess', 'BusinessFunction', 'BusinessInteraction'] as const;
const APPLICATION_INTERNAL = ['ApplicationProcess', 'ApplicationFunction', 'ApplicationInteraction'] as const;
const TECHNOLOGY_INTERNAL = ['TechnologyProcess', 'TechnologyFunction', 'TechnologyInteraction'] as const;

const BUSINESS_BEHAVIOUR = [...BUSINESS_INTERNAL, 'BusinessEvent', 'BusinessService'] as const;
const APPLICATION_BEHAVIOUR = [...APPLICATION_INTERNAL, 'ApplicationEvent', 'ApplicationService'] as const;
const TECHNOLOGY_BEHAVIOUR = [...TECHNOLOGY_INTERNAL, 'TechnologyEvent', 'TechnologyService'] as const;

const BUSINESS_ACTIVE = ['BusinessActor', 'BusinessRole', 'BusinessCollaboration'] as const;
const APPLICATION_ACTIVE = ['ApplicationComponent', 'ApplicationCollaboration'] as const;
/** What a whole node may be made of, from the smallest. */
const EQUIPPED = ['SystemSoftware', 'Device', 'Equipment'] as const;
const NODES = ['Node', 'Facility'] as const;
const HOSTS = [...EQUIPPED, ...NODES] as const;
const NETWORKED = ['TechnologyCollaboration', 'Path', 'DistributionNetwork'] as const;

/** Active structure and behaviour of the three layers, and the two composites that act: whatever serves, flows, triggers. */
const ACTING = [
  ...BUSINESS_ACTIVE,
  'BusinessInterface',
  ...BUSINESS_BEHAVIOUR,
  ...APPLICATION_ACTIVE,
  'ApplicationInterface',
  ...APPLICATION_BEHAVIOUR,
  ...HOSTS,
  ...NETWORKED,
  'CommunicationNetwork',
  'TechnologyInterface',
  ...TECHNOLOGY_BEHAVIOUR,
  'Location',
  'Product',
] as const;

/** Passive structure: what is acted on. */
const BUSINESS_OBJECTS = ['BusinessObject', 'Contract'] as const;
const PASSIVE = [...BUSINESS_OBJECTS, 'Representation', 'DataObject', 'Artifact', 'Material'] as const;

const STRATEGIC_BEHAVIOUR = ['Capability', 'ValueStream', 'CourseOfAction'] as const;
const STRATEGY = ['Resource', ...STRATEGIC_BEHAVIOUR] as const;
const REQUIRED = ['Requirement', 'Constraint'] as const;
const INTENTIONS = ['Goal', 'Outcome', 'Principle', ...REQUIRED] as const;
const MOTIVATION = ['Stakeholder', 'Driver', 'Assessment', 'Meaning', 'Value', ...INTENTIONS] as const;
const MIGRATION = ['WorkPackage', 'ImplementationEvent', 'Plateau'] as const;

const ELEMENTS = [...ACTING, ...PASSIVE, ...STRATEGY, ...MOTIVATION, ...MIGRATION, 'Deliverable', 'Gap'] as const;

/** What a plateau is a state of. */
const PLATEAU_PARTS = [
  ...ACTING,
  ...PASSIVE,
  ...STRATEGY,
  'Goal',
  'Outcome',
  ...REQUIRED,
  'Plateau',
  'Relationship',
] as const;
const PRODUCT_PARTS = ['BusinessService', 'ApplicationService', 'TechnologyService', ...PASSIVE] as const;

/** Composition and aggregation of one concept by others. */
function whole(sources: readonly ArchimateConcept[], targets: readonly ArchimateConcept[]): Rule[] {
  return [
    { relationship: 'COMPOSITION', sources, targets },
    { relationship: 'AGGREGATION', sources, targets },
  ];
}

function one(
  relationship: ArchimateRelationship,
): (sources: readonly ArchimateConcept[], targets: readonly ArchimateConcept[]) => Rule {
  return (sources, targets) => ({ relationship, sources, targets });
}
const aggregates = one('AGGREGATION');
const specializes = one('SPECIALIZATION');
const assigns = one('ASSIGNMENT');
const realizes = one('REALIZATION');

const WHOLES: readonly Rule[] = [
  ...ELEMENTS.flatMap((element) => whole([element], [element])),
  ...[BUSINESS_INTERNAL, APPLICATION_INTERNAL, TECHNOLOGY_INTERNAL, BUSINESS_OBJECTS, REQUIRED].flatMap((family) =>
    whole(family, family),
  ),
  ...whole(BUSINESS_ACTIVE, ['BusinessInterface']),
  ...whole(APPLICATION_ACTIVE, ['ApplicationInterface']),
  ...whole([...HOSTS, 'TechnologyCollaboration'], ['TechnologyInterface']),
  ...whole(['Device'], ['SystemSoftware']),
  ...whole(['Equipment'], ['SystemSoftware', 'Device']),
  ...whole(NODES, HOSTS),
  ...whole(['Product'], PRODUCT_PARTS),
  ...whole(['Plateau'], PLATEAU_PARTS),
  ...whole(['Location'], [...ELEMENTS, 'Relationship']),
  aggregates(['BusinessCollaboration'], ['BusinessActor', 'BusinessRole']),
  aggregates(['ApplicationCollaboration'], ['ApplicationComponent']),
  aggregates(['CommunicationNetwork'], ['Device', 'SystemSoftware', 'TechnologyInterface']),
  aggregates(NETWORKED, [...HOSTS, 'TechnologyInterface']),
  aggregates(['Path'], ['TechnologyCollaboration']),
];

const SPECIALIZATIONS: readonly Rule[] = [
  ...ELEMENTS.map((element) => specializes([element], [element])),
  specializes(BUSINESS_OBJECTS, BUSINESS_OBJECTS),
  specializes(REQUIRED, REQUIRED),
];

const BUSINESS_TASKS = [...BUSINESS_BEHAVIOUR, 'WorkPackage', 'ImplementationEvent', 'Stakeholder'] as const;
const HOSTED = [...TECHNOLOGY_BEHAVIOUR, 'TechnologyInterface', 'SystemSoftware', 'Artifact'] as const;
const PLACED = [...HOSTED, ...HOSTS, 'Material', ...BUSINESS_ACTIVE, 'BusinessInterface', ...BUSINESS_TASKS] as const;

const ASSIGNMENTS: readonly Rule[] = [
  assigns(['BusinessInterface'], ['BusinessService']),
  assigns(['ApplicationInterface'], ['ApplicationService']),
  assigns(['TechnologyInterface'], ['TechnologyService']),
  assigns(BUSINESS_ACTIVE, BUSINESS_TASKS),
  assigns(['BusinessActor', 'BusinessCollaboration'], ['BusinessRole', 'BusinessInterface']),
  assigns(APPLICATION_ACTIVE, APPLICATION_BEHAVIOUR),
  assigns([...EQUIPPED, 'CommunicationNetwork'], HOSTED),
  assigns(['Equipment'], ['Material']),
  assigns([...NODES, ...NETWORKED, 'Location'], PLACED),
  assigns(['Location'], APPLICATION_BEHAVIOUR),
  assigns(['Resource'], ['Capability', 'ValueStream']),
  assigns(['Plateau'], ['Stakeholder']),
];

const BUSINESS_REALIZED = [...BUSINESS_BEHAVIOUR, 'BusinessInterface'] as const;
const APPLICATION_REALIZED = [...APPLICATION_ACTIVE, 'ApplicationInterface', ...APPLICATION_BEHAVIOUR] as const;
const TECHNOLOGY_REALIZED = ['TechnologyInterface', ...TECHNOLOGY_BEHAVIOUR, 'SystemSoftware'] as const;
/** What carries all above it: from software that runs up to services of the business. */
const CARRIED = [...BUSINESS_REALIZED, ...APPLICATION_REALIZED, ...TECHNOLOGY_REALIZED] as const;
const REACHED = [...CARRIED, ...HOSTS, ...BUSINESS_ACTIVE, 'TechnologyCollaboration', 'Path', 'Stakeholder'] as const;
/** Structure, which is also a resource; behaviour is not. */
const STRUCTURE = [
  ...BUSINESS_ACTIVE,
  'BusinessInterface',
  ...APPLICATION_ACTIVE,
  'ApplicationInterface',
  ...HOSTS,
  ...NETWORKED,
  'CommunicationNetwork',
  'TechnologyInterface',
  'Location',
  'Product',
  ...PASSIVE,
] as const;
const CORE_BEHAVIOUR = [
  ...BUSINESS_INTERNAL,
  'BusinessService',
  ...APPLICATION_INTERNAL,
  'ApplicationService',
  ...TECHNOLOGY_INTERNAL,
  'TechnologyService',
] as const;
const RESULTS = ['WorkPackage', 'Deliverable', 'Plateau'] as const;

const REALIZATIONS: readonly Rule[] = [
  realizes(['Outcome', 'Principle', ...REQUIRED], ['Goal']),
  realizes(['Principle', ...REQUIRED], ['Outcome']),
  realizes(REQUIRED, ['Principle']),
  realizes([...ACTING, ...PASSIVE, ...STRATEGY, ...RESULTS], INTENTIONS),
  realizes(['Resource', 'Capability', 'ValueStream'], ['CourseOfAction']),
  realizes([...STRUCTURE, ...CORE_BEHAVIOUR], STRATEGIC_BEHAVIOUR),
  realizes(STRUCTURE, ['Resource']),

  realizes([...BUSINESS_ACTIVE, ...BUSINESS_INTERNAL], ['BusinessService']),
  realizes(['ApplicationEvent', 'TechnologyEvent'], ['BusinessEvent']),
  realizes(['ApplicationService', 'TechnologyService'], ['BusinessService']),
  realizes([...APPLICATION_INTERNAL, ...TECHNOLOGY_INTERNAL], [...BUSINESS_INTERNAL, 'BusinessService']),
  realizes(['ApplicationInterface', 'TechnologyInterface'], ['BusinessInterface', 'BusinessService']),
  realizes(['DataObject', 'Representation', 'Artifact', 'Material'], BUSINESS_OBJECTS),

  realizes(APPLICATION_INTERNAL, ['ApplicationService']),
  realizes(['TechnologyEvent'], ['ApplicationEvent']),
  realizes(['TechnologyService'], ['ApplicationService']),
  realizes(['TechnologyInterface'], ['ApplicationInterface', 'ApplicationService']),
  realizes(TECHNOLOGY_INTERNAL, [...APPLICATION_INTERNAL, 'ApplicationService', 'TechnologyService']),
  realizes(APPLICATION_ACTIVE, [
    ...BUSINESS_REALIZED,
    'ApplicationComponent',
    'ApplicationInterface',
    ...APPLICATION_BEHAVIOUR,
  ]),

  realizes([...HOSTS, ...NETWORKED, 'Product', 'Artifact', 'Material'], CARRIED),
  realizes(['Equipment', ...NODES, 'TechnologyCollaboration', 'Path', 'Product', 'Material'], ['Device', 'Equipment']),
  realizes(['Artifact', 'Material'], ['Artifact', 'DataObject']),
  realizes(['Material'], ['Material']),
  realizes(['CommunicationNetwork', 'DistributionNetwork', 'Location'], REACHED),

  realizes(RESULTS, [...ACTING, ...PASSIVE, ...STRATEGY, 'Stakeholder']),
  realizes(['WorkPackage', 'Deliverable'], ['Plateau']),
  realizes(['WorkPackage'], ['Deliverable']),
];

/** Rules with each source to each target, without exceptions. */
const DEPENDENCIES: readonly Rule[] = [
  one('SERVING')(ACTING, ACTING),
  one('SERVING')(STRATEGY, STRATEGY),
  one('ACCESS')(ACTING, PASSIVE),
  one('ACCESS')(MIGRATION, ['Deliverable']),
  one('INFLUENCE')(
    ELEMENTS.filter((element) => element !== 'Gap'),
    MOTIVATION,
  ),
  one('ASSOCIATION')([...ELEMENTS, 'Relationship'], ELEMENTS),
  one('ASSOCIATION')(ELEMENTS, ['Relationship']),
  ...(['TRIGGERING', 'FLOW'] as const).flatMap((dynamic) =>
    [ACTING, STRATEGY, MIGRATION].map((domain) => one(dynamic)(domain, domain)),
  ),
];

/** All rules. Their order means nothing. */
export const ARCHIMATE_RULES: readonly Rule[] = [
  ...WHOLES,
  ...SPECIALIZATIONS,
  ...ASSIGNMENTS,
  ...REALIZATIONS,
  ...DEPENDENCIES,
];
