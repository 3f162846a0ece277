import { definitionValue } from './attribute-record.js';
import type { Landscape } from './landscape.js';
import type { Element, Relation, Urn } from './model.js';
import { recordValue } from './record-values.js';
import type { RecordValue } from './record-values.js';

/** One object of a landscape, apart from its numbers and from when it last changed. */
export interface ContentLine {
  readonly urn: Urn;
  readonly value: RecordValue;
}

/**
 * All that a landscape says, object by object: elements, relations and attribute definitions made at run time, each in order
 * of urn. Two landscapes that
 * say the same have the same lines, whatever way led to them.
 */
export function* contentLines(landscape: Landscape): Generator<ContentLine> {
  for (const records of [landscape.elements(), landscape.relations()]) {
    const ordered = Array.from<Element | Relation>(records).toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
    for (const record of ordered) yield { urn: record.urn, value: recordValue(landscape, record) };
  }
  for (const record of landscape.definitions.made.values()) yield { urn: record.urn, value: definitionValue(record) };
}
