import type { Element, Relation } from './model.js';

type Attributed = Pick<Element | Relation, 'attributes'>;

/** The text of an attribute; null where it is unknown or declared absent. */
export function textOf({ attributes }: Attributed, key: string): string | null {
  const value = attributes[key];
  return typeof value === 'string' ? value : null;
}

/** The number of an attribute; null where it is unknown or declared absent. */
export function numberOf({ attributes }: Attributed, key: string): number | null {
  const value = attributes[key];
  return typeof value === 'number' ? value : null;
}

/** Whether an attribute holds; null where it is unknown or declared absent. */
export function truthOf({ attributes }: Attributed, key: string): boolean | null {
  const value = attributes[key];
  return typeof value === 'boolean' ? value : null;
}
