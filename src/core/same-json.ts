import type { Json } from './landscape/model.js';

/**
 * Whether two JSON values are the same: objects whatever the order of their keys, lists item by item in their order.
 * undefined (nothing is there) is the same as itself alone.
 */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && a.every((item, at) => sameJson(item, b[at]));
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

// Array.isArray does not tell a readonly list from an object.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
