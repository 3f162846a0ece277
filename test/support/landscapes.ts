import * as fc from 'fast-check';
import { isUrn } from '../../src/core/landscape/model.js';
import type { Element, Relation, RelationKind, Urn, Visibility } from '../../src/core/landscape/model.js';
import { FOLLOWED_KINDS } from '../../src/core/landscape/need-kinds.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';

/** `urn:khung:<id>`; a wrong id is a mistake of the test. */
export function urnOf(id: string): Urn {
  const urn = `urn:khung:${id}`;
  if (!isUrn(urn)) throw new RangeError(urn);
  return urn;
}

/** A public system named after its number, `urn:khung:e<seq>`, of which nothing else is known. */
export function element(seq: number, more: Partial<Element> = {}): Element {
  return {
    seq,
    urn: urnOf(`e${seq}`),
    kind: 'SYSTEM',
    name: `Hệ thống ${seq}`,
    nameEn: null,
    aliases: [],
    description: null,
    externalIds: [],
    layer: null,
    phases: [],
    visibility: 'PUBLIC',
    level: null,
    responsibilities: [],
    attributes: {},
    revision: 1,
    ...more,
  };
}

/** A DEPENDS_ON of unknown strength from one element to another, `urn:khung:r<seq>`. */
export function relation(
  seq: number,
  [source, target]: readonly [source: number, target: number],
  more: Partial<Relation> = {},
): Relation {
  return {
    seq,
    urn: urnOf(`r${seq}`),
    kind: 'DEPENDS_ON',
    source,
    target,
    strength: 'UNKNOWN',
    minAvailable: null,
    redundancyGroup: null,
    status: 'UNKNOWN',
    channels: [],
    validFrom: null,
    validTo: null,
    provenance: null,
    confidence: 'UNSOURCED',
    attributes: {},
    revision: 1,
    ...more,
  };
}

/** A landscape of these elements, or of this many systems, and these relations. */
export function landscapeOf(elements: number | readonly Element[], relations: readonly Relation[]): LandscapeSnapshot {
  const list = typeof elements === 'number' ? Array.from({ length: elements }, (_, seq) => element(seq)) : elements;
  return LandscapeSnapshot.of(list, relations);
}

/** The element at a number; one that is not there is a mistake of the test. */
export function at(landscape: LandscapeSnapshot, seq: number): Element {
  const found = landscape.elementAt(seq);
  if (found === undefined) throw new RangeError(`no element ${seq}`);
  return found;
}

/** Of each kind followed by default, which end needs the other: written without a look at the service's own table. */
const NEEDS_BY_END: readonly (readonly [RelationKind, 'source' | 'target'])[] = [
  ['DEPENDS_ON', 'source'],
  ['USES_PLATFORM', 'source'],
  ['RUNS_ON', 'source'],
  ['AUTHENTICATES_WITH', 'source'],
  ['READS', 'source'],
  ['USES', 'source'],
  ['EXCHANGES_DATA_WITH', 'target'],
  ['MASTERS', 'target'],
  ['PROVIDES', 'target'],
  ['REALIZES', 'target'],
];

/** What needs and what is needed, as seqs; undefined where the relation is of a kind that is not followed by default. */
export function needOf({
  kind,
  source,
  target,
}: Pick<Relation, 'kind' | 'source' | 'target'>): { readonly needing: number; readonly needed: number } | undefined {
  const end = NEEDS_BY_END.find(([each]) => each === kind)?.[1];
  if (end === undefined) return undefined;
  return end === 'source' ? { needing: source, needed: target } : { needing: target, needed: source };
}

/** Whether data come over a kind of relation, so that who gets none any more works worse at least. */
export function carriesData(kind: RelationKind): boolean {
  return ['EXCHANGES_DATA_WITH', 'MASTERS', 'READS'].includes(kind);
}

/** Whether an element of a random landscape lives: those that have a phase have ended. */
export function lives({ phases }: Pick<Element, 'phases'>): boolean {
  return phases.length === 0;
}

export interface RandomLandscape {
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
}

export interface RandomShape {
  readonly elements: number;
  readonly relations: number;
  readonly kinds?: readonly RelationKind[];
  readonly visibilities?: readonly Visibility[];
  /** Whether relations may belong to redundancy groups. */
  readonly redundancy?: boolean;
}

/** Any landscape of up to so many elements and relations; parallel relations and loops are likely. */
export function randomLandscapes({
  elements,
  relations,
  kinds = FOLLOWED_KINDS,
  visibilities = ['PUBLIC'],
  redundancy = false,
}: RandomShape): fc.Arbitrary<RandomLandscape> {
  const someElement = fc.record<Partial<Element>>({
    kind: fc.constantFrom('SYSTEM', 'PLATFORM', 'AGENCY'),
    name: fc.constantFrom('Kho dữ liệu', 'Quản lý văn bản', 'Nền tảng tích hợp'),
    layer: fc.constantFrom(null, 1, 2),
    phases: fc.constantFrom([], [], [], [{ phase: 'END_OF_LIFE', from: null }]),
    visibility: fc.constantFrom(...visibilities),
  });
  return fc.array(someElement, { minLength: 1, maxLength: elements }).chain((list) => {
    const seq = fc.nat(list.length - 1);
    const someRelation = fc.record({
      ends: fc.tuple(seq, seq),
      more: fc.record<Partial<Relation>>({
        kind: fc.constantFrom(...kinds),
        strength: fc.constantFrom('HARD', 'SOFT', 'INFORMATIONAL', 'UNKNOWN'),
        status: fc.constantFrom('IN_USE', 'IN_USE', 'UNKNOWN', 'PLANNED', 'ENDED'),
        minAvailable: redundancy ? fc.constantFrom(null, 1, 1, 2, 3) : fc.constant(null),
        redundancyGroup: redundancy ? fc.constantFrom(null, 'a') : fc.constant(null),
      }),
    });
    return fc.array(someRelation, { maxLength: relations }).map((drawn) => ({
      elements: list.map((more, each) => element(each, more)),
      relations: drawn.map(({ ends, more }, each) => relation(each, ends, more)),
    }));
  });
}
