import fc from 'fast-check';
import {
  DEPENDENCY_STRENGTHS,
  RELATION_KINDS,
  RELATION_STATUSES,
  VISIBILITIES,
  isRelationKind,
  isUrn,
} from '../../src/core/landscape/model.js';
import type { DependencyStrength, Element, Relation, RelationKind, Urn } from '../../src/core/landscape/model.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';

/** The urn of a short name: `a` is `urn:khung:a`. */
export function urnOf(id: string): Urn {
  const urn = `urn:khung:${id}`;
  if (!isUrn(urn)) throw new RangeError(`${urn} is no urn`);
  return urn;
}

/** The short name of a urn. */
export function idOf(urn: string): string {
  return urn.slice('urn:khung:'.length);
}

/** A system of which only the name is known, unless told otherwise. */
export function element(seq: number, id: string, fields: Partial<Element> = {}): Element {
  return {
    seq,
    urn: urnOf(id),
    kind: 'SYSTEM',
    name: id,
    nameEn: null,
    aliases: [],
    description: null,
    externalIds: [],
    layer: null,
    phases: [],
    visibility: 'PUBLIC',
    level: null,
    attributes: {},
    revision: 1,
    ...fields,
  };
}

/** `a DEPENDS_ON b` between two seqs, of which nothing more is known, unless told otherwise. */
export function relation(seq: number, source: number, target: number, fields: Partial<Relation> = {}): Relation {
  return {
    seq,
    urn: urnOf(`r${seq}`),
    kind: 'DEPENDS_ON',
    source,
    target,
    strength: 'UNKNOWN',
    status: 'UNKNOWN',
    channels: [],
    validFrom: null,
    validTo: null,
    provenance: null,
    confidence: 'UNSOURCED',
    revision: 1,
    ...fields,
  };
}

/** A landscape written down in lines, with its elements and relations by their short names. */
export interface Drawing {
  readonly landscape: LandscapeSnapshot;
  readonly at: (id: string) => Element;
  /** Short name of an element by its seq. */
  readonly name: (seq: number) => string;
}

/**
 * Draws a landscape: one relation a line, `<source> <KIND> <target> [strength] [status]`, or one element alone.
 * Elements get seqs from 1 in the order in which they are first named, relations `r1`, `r2` ... by line.
 * @param fields - by short name, what makes an element more than a system with a name.
 */
export function draw(lines: readonly string[], fields: Readonly<Record<string, Partial<Element>>> = {}): Drawing {
  const elements = new Map<string, Element>();
  const named = (id: string): Element => {
    const known = elements.get(id) ?? element(elements.size + 1, id, fields[id]);
    elements.set(id, known);
    return known;
  };
  const relations: Relation[] = [];
  for (const line of lines) {
    const [source = '', kind, target = '', ...rest] = line.split(' ');
    const from = named(source);
    if (kind === undefined) continue;
    if (!isRelationKind(kind)) throw new RangeError(`${kind} is no kind of relation`);
    const seq = relations.length + 1;
    const ends = relation(seq, from.seq, named(target).seq, { kind });
    const strength = DEPENDENCY_STRENGTHS.find((each) => rest.includes(each)) ?? 'UNKNOWN';
    const status = RELATION_STATUSES.find((each) => each !== 'UNKNOWN' && rest.includes(each)) ?? 'UNKNOWN';
    relations.push({ ...ends, strength, status });
  }
  const landscape = LandscapeSnapshot.of(elements.values(), relations);
  return {
    landscape,
    at: (id) => {
      const found = elements.get(id);
      if (found === undefined) throw new RangeError(`nothing is called ${id}`);
      return found;
    },
    name: (seq) => idOf(landscape.elementAt(seq)?.urn ?? urnOf('nothing')),
  };
}

/** Elements and relations of a random landscape; seqs from 1, without holes. */
export interface Records {
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
}

export interface RandomShape {
  readonly maxElements?: number;
  readonly maxRelations?: number;
  readonly kinds?: readonly RelationKind[];
  readonly strengths?: readonly DependencyStrength[];
}

/**
 * Random systems with relations of random kinds, strengths and statuses between any two of them, loops and parallels
 * included; some systems are hidden, some have come to the end of their life.
 */
export function anyRecords(shape: RandomShape = {}): fc.Arbitrary<Records> {
  const { maxElements = 10, maxRelations = 24, kinds = RELATION_KINDS, strengths = DEPENDENCY_STRENGTHS } = shape;
  const anyElement = fc.record({
    visibility: fc.constantFrom(...VISIBILITIES),
    ended: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
  });
  return fc.array(anyElement, { minLength: 1, maxLength: maxElements }).chain((drawn) => {
    const end = fc.integer({ min: 1, max: drawn.length });
    const anyRelation = fc.record({
      source: end,
      target: end,
      kind: fc.constantFrom(...kinds),
      strength: fc.constantFrom(...strengths),
      status: fc.constantFrom(...RELATION_STATUSES),
    });
    return fc.array(anyRelation, { maxLength: maxRelations }).map((relations) => ({
      elements: drawn.map(({ visibility, ended }, index) =>
        element(index + 1, `e${index + 1}`, {
          visibility,
          name: `Hệ thống số ${index + 1}`,
          phases: ended ? [{ phase: 'END_OF_LIFE', from: null }] : [],
        }),
      ),
      relations: relations.map(({ source, target, ...rest }, index) => relation(index + 1, source, target, rest)),
    }));
  });
}
