import type { DefinitionTable } from './definition-table.js';
import type { Json, ValueSource } from './model.js';
import type { Operation } from './operation.js';
import { isRecord } from './record-fields.js';
import type { RecordValue } from './record-values.js';

/**
 * The operation that gives a removed object back.
 * @param sources - those of its values, by path; left out, its values come with the sources they had at last.
 */
export function restoring(urn: string, value: RecordValue, sources?: Operation['sources']): Operation {
  return { op: 'ADD', urn, value, restore: true, ...(sources !== undefined && { sources }) };
}

/**
 * The operation that sets a field, or makes it unknown again.
 * @param from - where the value is known from; left out, nobody knows.
 */
export function setting(urn: string, path: string, value: Json | undefined, from?: ValueSource): Operation {
  if (value === undefined) return { op: 'REMOVE', urn, path };
  return { op: 'UPDATE', urn, path, value, ...from };
}

/**
 * Removals of definitions, parted: first those that have to go before what comes, because it has their keys.
 * @param definitions - those that are there.
 */
export function makingRoom(
  removals: readonly Operation[],
  coming: readonly Operation[],
  { made }: DefinitionTable,
): readonly [first: Operation[], last: Operation[]] {
  const keys = new Set(coming.flatMap(({ op, value }) => (op === 'ADD' && isRecord(value) ? value['key'] : [])));
  const isInTheWay = ({ urn }: Operation): boolean => keys.has(made.get(urn)?.definition.key);
  return [removals.filter(isInTheWay), removals.filter((each) => !isInTheWay(each))];
}
