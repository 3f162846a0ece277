import { isLegalArchimate } from './archimate-legality.js';
import type { ArchimateConcept, ArchimateRelationship } from './archimate.js';
import type { Element, ElementKind, RelationKind } from './model.js';

/** Number of the infrastructure layer in the city's framework. */
const INFRASTRUCTURE_LAYER = 1;

/** What an element of each kind is in ArchiMate. */
const CONCEPTS: Readonly<Record<ElementKind, ArchimateConcept>> = {
  AGENCY: 'BusinessActor',
  CAPABILITY: 'Capability',
  ADMINISTRATIVE_PROCEDURE: 'BusinessProcess',
  DIGITAL_SERVICE: 'ApplicationService',
  SYSTEM: 'ApplicationComponent',
  PLATFORM: 'ApplicationComponent',
  // A database here is a thing that runs, serves and sends. Data objects are passive and could do none of it.
  DATABASE: 'ApplicationComponent',
  INTERFACE: 'ApplicationInterface',
  DATA_OBJECT: 'DataObject',
  TECHNOLOGY: 'SystemSoftware',
  INFRASTRUCTURE: 'Node',
  STANDARD: 'Constraint',
  // A law moves people to act; what it demands in a single case is a rule's affair.
  LEGISLATION: 'Driver',
  CONTRACT: 'Contract',
  PROJECT: 'WorkPackage',
  CONCEPT: 'Meaning',
  GAP: 'Gap',
  TASK: 'WorkPackage',
};

/** What decides the concept of an element. */
export type Classified = Pick<Element, 'kind' | 'layer'>;

/**
 * The ArchiMate concept of an element: that of its kind, except that a platform of the infrastructure layer (a cloud, for
 * example) is system software. Every element has one; a layer that is not known changes nothing.
 */
export function archimateConcept({ kind, layer }: Classified): ArchimateConcept {
  return kind === 'PLATFORM' && layer === INFRASTRUCTURE_LAYER ? 'SystemSoftware' : CONCEPTS[kind];
}

/** Every concept that elements of a kind may be, the usual one first. */
export function archimateConcepts(kind: ElementKind): ArchimateConcept[] {
  const layers = [null, INFRASTRUCTURE_LAYER];
  return [...new Set(layers.map((layer) => archimateConcept({ kind, layer })))];
}

/** A relation of ours in the words of ArchiMate. */
export interface ArchimateRelation {
  readonly relationship: ArchimateRelationship;
  /** It leads from our target to our source. */
  readonly reversed: boolean;
}

/** A way to say a kind of relation, where ArchiMate allows it. */
interface Wording extends ArchimateRelation {
  /** Only to these kinds of target; without it, to any. */
  readonly to?: readonly ElementKind[];
}

function as(relationship: ArchimateRelationship, to?: readonly ElementKind[]): Wording {
  return { relationship, reversed: false, ...(to === undefined ? {} : { to }) };
}
function reversed(relationship: ArchimateRelationship): Wording {
  return { relationship, reversed: true };
}

/** What nothing else can say. An association is always allowed between elements. */
const ASSOCIATION: ArchimateRelation = { relationship: 'ASSOCIATION', reversed: false };

/** What is needed serves what needs it; data can not serve, and is accessed. */
const NEEDED: readonly Wording[] = [reversed('SERVING'), as('ACCESS')];
/** An actor is assigned to the behaviour and the work it answers for. ArchiMate assigns none to a system. */
const ANSWERED_FOR: readonly Wording[] = [reversed('ASSIGNMENT')];

/** How each kind of relation is said: the first wording that ArchiMate allows between the two ends, else an association. */
const WORDINGS: Readonly<Record<RelationKind, readonly Wording[]>> = {
  DEPENDS_ON: NEEDED,
  USES_PLATFORM: NEEDED,
  USES: NEEDED,
  RUNS_ON: NEEDED,
  AUTHENTICATES_WITH: NEEDED,
  EXCHANGES_DATA_WITH: [as('FLOW')],
  // Not composition: a part of ours may be in several wholes.
  PART_OF: [reversed('AGGREGATION')],
  REALIZES: [as('REALIZATION'), as('SERVING')],
  OWNED_BY: ANSWERED_FOR,
  OPERATED_BY: ANSWERED_FOR,
  MASTERS: [as('ACCESS')],
  READS: [as('ACCESS')],
  WRITES: [as('ACCESS')],
  PROVIDES: [
    as('COMPOSITION', ['INTERFACE']),
    as('REALIZATION'),
    as('ASSIGNMENT'),
    as('ACCESS'),
    reversed('ASSIGNMENT'),
  ],
  GOVERNED_BY: [reversed('INFLUENCE')],
  CONFORMS_TO: [as('REALIZATION'), reversed('INFLUENCE')],
  REPLACES: [],
  CLOSES: [],
  DELIVERS: [as('REALIZATION')],
  ASSOCIATED_WITH: [],
};

/** A relation of ours between two elements, in the words of ArchiMate; never one that ArchiMate does not allow. */
export function archimateRelation(kind: RelationKind, source: Classified, target: Classified): ArchimateRelation {
  const [ours, theirs] = [archimateConcept(source), archimateConcept(target)];
  const allowed = WORDINGS[kind].find((wording) => {
    if (wording.to !== undefined && !wording.to.includes(target.kind)) return false;
    const [from, to] = wording.reversed ? [theirs, ours] : [ours, theirs];
    return isLegalArchimate(wording.relationship, from, to);
  });
  return allowed === undefined ? ASSOCIATION : { relationship: allowed.relationship, reversed: allowed.reversed };
}
