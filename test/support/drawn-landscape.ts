import { DEPENDENCY_STRENGTHS, RELATION_STATUSES, isRelationKind } from '../../src/core/landscape/model.js';
import type { Element, Relation } from '../../src/core/landscape/model.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import { element, relation, urnOf } from './landscapes.js';

/** A landscape written down in lines, whose elements go by short names. */
export interface Drawing {
  readonly landscape: LandscapeSnapshot;
  readonly at: (id: string) => Element;
  /** Short name of an element by its seq. */
  readonly name: (seq: number) => string;
}

/**
 * Draws a landscape: one relation a line, `<source> <KIND> <target> [strength] [status] [<minAvailable>@[group]]`, or one
 * element alone.
 * Elements get seqs from 1 in the order in which they are first named, relations `r1`, `r2` ... by line.
 * @param fields - by short name, what makes an element more than a system of which only the name is known.
 */
export function draw(lines: readonly string[], fields: Readonly<Record<string, Partial<Element>>> = {}): Drawing {
  const elements = new Map<string, Element>();
  const named = (id: string): Element => {
    const known = elements.get(id) ?? element(elements.size + 1, { urn: urnOf(id), name: id, ...fields[id] });
    elements.set(id, known);
    return known;
  };
  const relations: Relation[] = [];
  for (const line of lines) {
    const [source = '', kind, target = '', ...rest] = line.split(' ');
    const from = named(source);
    if (kind === undefined) continue;
    if (!isRelationKind(kind)) throw new RangeError(`${kind} is no kind of relation`);
    const strength = DEPENDENCY_STRENGTHS.find((each) => rest.includes(each)) ?? 'UNKNOWN';
    const status = RELATION_STATUSES.find((each) => each !== 'UNKNOWN' && rest.includes(each)) ?? 'UNKNOWN';
    const [minAvailable, redundancyGroup] = rest.find((each) => each.includes('@'))?.split('@') ?? [];
    relations.push(
      relation(relations.length + 1, [from.seq, named(target).seq], {
        kind,
        strength,
        status,
        minAvailable: minAvailable === undefined ? null : Number(minAvailable),
        redundancyGroup: redundancyGroup === undefined || redundancyGroup === '' ? null : redundancyGroup,
      }),
    );
  }
  const names = new Map(Array.from(elements, ([id, { seq }]) => [seq, id]));
  return {
    landscape: LandscapeSnapshot.of(elements.values(), relations),
    at: (id) => {
      const found = elements.get(id);
      if (found === undefined) throw new RangeError(`nothing is called ${id}`);
      return found;
    },
    name: (seq) => names.get(seq) ?? `(${seq})`,
  };
}
