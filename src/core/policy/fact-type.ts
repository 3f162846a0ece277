/** The types that facts have. They are declared, so that a wrong word in a rule is found when its pack is loaded. */
export type FactType =
  | { readonly kind: 'INT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'DURATION' }
  /** `maximum`: the most characters, where that is declared. */
  | { readonly kind: 'TEXT'; readonly maximum?: number }
  /** Type of `null`, and of what a problem already found makes meaningless. */
  | { readonly kind: 'NULL' | 'ANY' }
  | { readonly kind: 'ENUM'; readonly values: readonly string[] }
  /** Whole by nature: what it does not hold is not there. `maximum`: the most items, where that is declared. */
  | { readonly kind: 'LIST'; readonly of: FactType; readonly maximum?: number }
  /** Whole only if its owner declared it so: facts hold `{items, complete}`. */
  | { readonly kind: 'SET'; readonly of: FactType; readonly maximum?: number }
  | { readonly kind: 'RECORD'; readonly fields: FactTypes };

/** The fields of a record, or of a subject. */
export type FactTypes = { readonly [field: string]: FactType };

export const TEXT: FactType = { kind: 'TEXT' };
/** A whole number within ±(2^53 − 1). */
export const INT: FactType = { kind: 'INT' };
export const DOUBLE: FactType = { kind: 'DOUBLE' };
export const BOOLEAN: FactType = { kind: 'BOOLEAN' };
/** A year, a month or a day; an instant is a TIMESTAMP. */
export const DATE: FactType = { kind: 'DATE' };
export const TIMESTAMP: FactType = { kind: 'TIMESTAMP' };
export const DURATION: FactType = { kind: 'DURATION' };
export const NULL: FactType = { kind: 'NULL' };
export const ANY: FactType = { kind: 'ANY' };

/** Characters of a text of which no maximum is declared; no attribute is longer. */
export const TEXT_DEFAULT = 4000;
/** Items of a list of which no maximum is declared; no attribute has more. */
export const LIST_DEFAULT = 200;

/** A text of at most so many characters. */
export function textOf(maximum: number): FactType {
  return { kind: 'TEXT', maximum };
}
/** A type with one of a closed list of words as its value. */
export function enumOf(values: readonly string[]): FactType {
  return { kind: 'ENUM', values };
}
/** @param maximum - the most items; the cost of rules over it is judged by that. */
export function listOf(of: FactType, maximum?: number): FactType {
  return maximum === undefined ? { kind: 'LIST', of } : { kind: 'LIST', of, maximum };
}
/** @param maximum - the most items; the cost of rules over it is judged by that. */
export function setOf(of: FactType, maximum?: number): FactType {
  return maximum === undefined ? { kind: 'SET', of } : { kind: 'SET', of, maximum };
}
export function recordOf(fields: FactTypes): FactType {
  return { kind: 'RECORD', fields };
}

/** A value that a rule compares with, as it stands in the rule. */
export interface Parameter {
  readonly value: number | string | boolean | readonly string[];
  /** DATE: the text is a year, a month or a day, and is compared as one. Absent = what the value looks like. */
  readonly type?: 'DATE';
}

/** The types of a rule's own values. A list is one of texts; whole numbers are INT. */
export function typesOfParameters(parameters: Readonly<Record<string, Parameter>>): FactTypes {
  const types = Object.entries(parameters).map(
    ([name, { type, value }]) => [name, type === 'DATE' ? DATE : typeOfValue(value)] as const,
  );
  return Object.fromEntries(types);
}

function typeOfValue(value: Parameter['value']): FactType {
  if (typeof value === 'boolean') return BOOLEAN;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? INT : DOUBLE;
  return typeof value === 'string' ? textOf(value.length) : listOf(TEXT, value.length);
}

/** The type's name for a problem's message. */
export function nameOfType(type: FactType): string {
  if (type.kind === 'LIST' || type.kind === 'SET') return `${type.kind} of ${nameOfType(type.of)}`;
  return type.kind;
}

/** The most characters or items that a value of a type has; 1 for what has neither. */
export function sizeOfType(type: FactType): number {
  switch (type.kind) {
    case 'TEXT':
      return type.maximum ?? TEXT_DEFAULT;
    case 'ENUM':
      return Math.max(0, ...type.values.map((value) => value.length));
    case 'ANY':
    case 'LIST':
    case 'SET':
      return ('maximum' in type ? type.maximum : undefined) ?? LIST_DEFAULT;
    default:
      return 1;
  }
}

/** The type of what is of one or the other type; undefined where nothing is said of both. Whole numbers stay whole. */
export function commonType(first: FactType, second: FactType): FactType | undefined {
  if (first.kind === 'ANY') return second;
  if (second.kind === 'ANY') return first;
  const maximum = Math.max(sizeOfType(first), sizeOfType(second));
  if (isText(first) && isText(second)) return commonText(first, second, maximum);
  if (isCollection(first) && isCollection(second)) {
    const of = commonType(first.of, second.of);
    if (of === undefined) return undefined;
    return first.kind === 'LIST' && second.kind === 'LIST' ? listOf(of, maximum) : setOf(of, maximum);
  }
  return first.kind === second.kind ? first : undefined;
}

type Collective = Extract<FactType, { readonly of: FactType }>;

export function isCollection(type: FactType): type is Collective {
  return type.kind === 'LIST' || type.kind === 'SET';
}

/** Words of a closed list are texts. */
export function isText(type: FactType): boolean {
  return type.kind === 'TEXT' || type.kind === 'ENUM';
}

function commonText(first: FactType, second: FactType, maximum: number): FactType {
  if (first.kind !== 'ENUM' || second.kind !== 'ENUM') return textOf(maximum);
  return first === second ? first : enumOf([...new Set([...first.values, ...second.values])]);
}
