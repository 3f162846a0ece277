import { ELEMENT_KINDS, LIFECYCLE_PHASES, RELATION_KINDS, RELATION_STATUSES } from '../landscape/model.js';
import type {
  Element,
  ElementKind,
  LifecyclePhase,
  Relation,
  RelationKind,
  RelationStatus,
  Urn,
} from '../landscape/model.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { UrnMaker } from '../landscape/urn-maker.js';
import { facts, listOf, objectOf, oneOf, orElse, orNull, text, urn, wholeNumber } from './shape.js';
import type { Shape } from './shape.js';
import type { Facts } from './value.js';

/** An element of an example; what is not said of it is unknown. */
interface ExampleElement {
  readonly urn: Urn;
  readonly kind: ElementKind;
  readonly name: string | null;
  readonly layer: number | null;
  readonly phase: LifecyclePhase | null;
  readonly attributes: Facts;
}

interface ExampleRelation {
  readonly kind: RelationKind;
  readonly source: Urn;
  readonly target: Urn;
  readonly status: RelationStatus;
}

/** A little landscape by which an example proves what a rule asks of the landscape. */
export interface ExampleGraph {
  readonly elements: readonly ExampleElement[];
  readonly relations: readonly ExampleRelation[];
}

const graph: Shape<ExampleGraph> = objectOf<ExampleGraph>({
  elements: listOf(
    objectOf<ExampleElement>({
      urn,
      kind: oneOf(ELEMENT_KINDS),
      name: orNull(text),
      layer: orNull(wholeNumber),
      phase: orNull(oneOf(LIFECYCLE_PHASES)),
      attributes: orElse(facts, {}),
    }),
  ),
  relations: listOf(
    objectOf<ExampleRelation>({
      kind: oneOf(RELATION_KINDS),
      source: urn,
      target: urn,
      status: orElse(oneOf(RELATION_STATUSES), 'UNKNOWN'),
    }),
  ),
});

/** A graph whose relations join elements of it, each of which it has once. */
export const exampleGraph: Shape<ExampleGraph> = (value, path, problems) => {
  const read = graph(value, path, problems);
  const urns = new Set<Urn>();
  for (const [index, each] of read.elements.entries()) {
    if (urns.has(each.urn)) problems.push({ path: `${path}.elements[${index}].urn`, expected: 'another urn' });
    urns.add(each.urn);
  }
  for (const [index, relation] of read.relations.entries()) {
    for (const end of ['source', 'target'] as const) {
      if (urns.has(relation[end])) continue;
      problems.push({ path: `${path}.relations[${index}].${end}`, expected: 'the urn of an element of the graph' });
    }
  }
  return read;
};

/** The graph as a landscape of its own. */
export function landscapeOfExample({ elements, relations }: ExampleGraph): LandscapeSnapshot {
  const seqs = new Map<string, number>(elements.map((each, seq) => [each.urn, seq]));
  const maker = new UrnMaker({ isTaken: (each) => seqs.has(each) });
  const seqOf = (each: Urn): number => seqs.get(each) ?? -1;
  return LandscapeSnapshot.of(
    elements.map(elementOf),
    relations.map(({ source, target, ...said }, seq) => ({
      ...UNTOLD,
      ...said,
      seq,
      urn: maker.make('relation'),
      source: seqOf(source),
      target: seqOf(target),
    })),
  );
}

function elementOf({ urn: id, kind, name, layer, phase, attributes }: ExampleElement, seq: number): Element {
  return {
    seq,
    urn: id,
    kind,
    name: name ?? id,
    nameEn: null,
    aliases: [],
    description: null,
    externalIds: [],
    layer,
    phases: phase === null ? [] : [{ phase, from: null }],
    visibility: 'PUBLIC',
    level: null,
    responsibilities: [],
    attributes,
    revision: 1,
  };
}

/** What an example does not say of a relation. */
const UNTOLD = {
  strength: 'UNKNOWN',
  minAvailable: null,
  redundancyGroup: null,
  channels: [],
  validFrom: null,
  validTo: null,
  provenance: null,
  confidence: 'UNSOURCED',
  attributes: {},
  revision: 1,
} as const satisfies Partial<Relation>;
