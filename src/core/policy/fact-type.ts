/** The types that facts have. They are declared, so that a wrong word in a rule is found when its pack is loaded. */
export type FactType =
  | { readonly kind: 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' }
  /** Type of `null`, and of what a problem already found makes meaningless. */
  | { readonly kind: 'NULL' | 'ANY' }
  | { readonly kind: 'ENUM'; readonly values: readonly string[] }
  /** Whole by nature: what it does not hold is not there. */
  | { readonly kind: 'LIST'; readonly of: FactType }
  /** Whole only if its owner declared it so: facts hold `{items, complete}`. */
  | { readonly kind: 'SET'; readonly of: FactType }
  | { readonly kind: 'RECORD'; readonly fields: FactTypes };

/** The fields of a record, or of a subject. */
export type FactTypes = { readonly [field: string]: FactType };

export const TEXT: FactType = { kind: 'TEXT' };
export const NUMBER: FactType = { kind: 'NUMBER' };
export const BOOLEAN: FactType = { kind: 'BOOLEAN' };
export const DATE: FactType = { kind: 'DATE' };
export const NULL: FactType = { kind: 'NULL' };
export const ANY: FactType = { kind: 'ANY' };

/** A type with one of a closed list of words as its value. */
export function enumOf(values: readonly string[]): FactType {
  return { kind: 'ENUM', values };
}
export function listOf(of: FactType): FactType {
  return { kind: 'LIST', of };
}
export function setOf(of: FactType): FactType {
  return { kind: 'SET', of };
}
export function recordOf(fields: FactTypes): FactType {
  return { kind: 'RECORD', fields };
}

/** The type's name for a problem's message. */
export function nameOfType(type: FactType): string {
  if (type.kind === 'LIST' || type.kind === 'SET') return `${type.kind} of ${nameOfType(type.of)}`;
  return type.kind;
}
