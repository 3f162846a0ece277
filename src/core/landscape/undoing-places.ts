import { DEFINITION_KIND, definitionValue } from './attribute-record.js';
import type { Landscape } from './landscape.js';
import { isElementKind } from './model.js';
import type { FieldSpan } from './net-change.js';
import type { Operation } from './operation.js';
import { recordValue, valueChanges } from './record-values.js';
import type { RecordValue } from './record-values.js';

/** An object that is there. */
export interface Current {
  readonly urn: string;
  /** Number of an element or relation; 0 of an attribute definition. */
  readonly seq: number;
  readonly value: RecordValue;
}

export function currentOf(landscape: Landscape, urn: string): Current | undefined {
  const record = landscape.elementByUrn(urn) ?? landscape.relationByUrn(urn);
  if (record !== undefined) return { urn, seq: record.seq, value: recordValue(landscape, record) };
  const definition = landscape.definitions.made.get(urn);
  return definition && { urn, seq: 0, value: definitionValue(definition) };
}

/** The list for an element, for a relation or for an attribute definition. */
export function listFor(
  { kind }: RecordValue,
  [elements, relations, definitions]: readonly [
    elements: Operation[],
    relations: Operation[],
    definitions: Operation[],
  ],
): Operation[] {
  if (kind === DEFINITION_KIND) return definitions;
  return isElementKind(kind) ? elements : relations;
}

/** The kind decides which attributes there may be. */
export function kindFirst<T>(spans: Iterable<readonly [path: string, span: T]>): (readonly [path: string, span: T])[] {
  return [...spans].toSorted(([a], [b]) => Number(b === 'kind') - Number(a === 'kind'));
}

export function spansBetween(before: RecordValue, after: RecordValue): ReadonlyMap<string, FieldSpan> {
  return new Map(valueChanges(before, after).map(({ path, ...span }) => [path, span]));
}
