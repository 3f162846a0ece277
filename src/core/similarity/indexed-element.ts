import type { Element, ElementKind } from '../landscape/model.js';
import { WORK_TYPES } from '../landscape/proposal.js';
import type { WorkType } from '../landscape/proposal.js';
import type { IndexedDocument } from './inverted-index.js';
import { needOf, saysTooLittle } from './need.js';
import type { Need } from './need.js';
import type { TermTable } from './term-table.js';
import { capabilitiesOf, termsOf } from './terms.js';
import type { CapabilityWeights, TermImportance } from './terms.js';
import type { TextReader } from './text-reading.js';
import type { NeedMeasure, WeighedNeed } from './weighed-need.js';

/** Kinds of element that can already serve the need of a proposal. */
export const COUNTERPART_KINDS: ReadonlySet<ElementKind> = new Set([
  'SYSTEM',
  'PLATFORM',
  'DATABASE',
  'DIGITAL_SERVICE',
  'INFRASTRUCTURE',
  'PROJECT',
]);

/** The terms of a text by their numbers, in the order of the text, with what each weighs. */
export interface SparseRow {
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

/** What an index keeps of one element. */
export interface IndexedElement {
  readonly element: Element;
  readonly capabilities: CapabilityWeights;
  /** Codes of those that it is declared to realise, whether a text says them too or not. */
  readonly declared: readonly string[];
  /** Capabilities that its own name says, in the order of the words. */
  readonly nameCodes: readonly string[];
  /** Its name says that it is there for everybody. */
  readonly saysShared: boolean;
  /** What kind of work it is: of a project as declared, else by the words of its name; all else was built. */
  readonly workType: WorkType;
  /** A project that makes records digital or puts them in order, by its name. */
  readonly isRecords: boolean;
  /** Its texts name too little to be compared. */
  readonly saysTooLittle: boolean;
  /** What the model compares. The kind of work is left out of it: it decides the band, not whether the need is the same. */
  readonly need: WeighedNeed;
  /** Numbers of the terms of its names and its description. */
  readonly said: Uint32Array;
  /** Its names: its own, the others, the English one. */
  readonly names: readonly SparseRow[];
}

/** What was read of an element, before it has a place in an index. */
export interface ReadElement extends Omit<IndexedElement, 'need' | 'said' | 'names'> {
  readonly need: Need;
  readonly whole: TermImportance;
  readonly names: readonly TermImportance[];
  /** Words that the element is found by: its whole text, its codes. */
  readonly searched: TermImportance;
}

/** A capability in the vocabulary; no syllable contains this sign. */
export function capabilityTerm(code: string): string {
  return `#${code}`;
}

/**
 * Reads the texts of an element. What comes of them hangs on `isReadAs`, on what is declared and on the reader alone.
 * @param declared - codes of the capabilities that it is declared to realise.
 */
export function readElement(element: Element, reader: TextReader, declared: readonly string[]): ReadElement {
  const names = [element.name, ...element.aliases, ...(element.nameEn === null ? [] : [element.nameEn])];
  const readNames = names.map((name) => reader.read(name));
  const description = reader.read(element.description);
  const whole = termsOf([...readNames, description]);
  const [ownName] = readNames;
  const need = needOf(readNames, description, 'NEW');
  const said = capabilitiesOf(readNames, [description]);
  return {
    element,
    capabilities: new Map([...said, ...declared.map((code) => [code, 1] as const)]),
    declared,
    nameCodes: ownName?.tags.map(({ code }) => code) ?? [],
    saysShared: ownName !== undefined && reader.saysShared(ownName),
    workType: workTypeOf(element, reader),
    isRecords: element.kind === 'PROJECT' && ownName !== undefined && reader.saysRecords(ownName),
    saysTooLittle: declared.length === 0 && saysTooLittle(need),
    need,
    whole,
    names: readNames.map((name) => termsOf([name])),
    searched: new Map([...whole, ...termsOf(element.externalIds.map(({ value }) => reader.read(value)))]),
  };
}

/** Whether two states of an element give the same when they are read. */
export function isReadAs(one: Element, other: Element): boolean {
  if (one === other) return true;
  return (
    one.name === other.name &&
    one.nameEn === other.nameEn &&
    one.description === other.description &&
    one.kind === other.kind &&
    one.visibility === other.visibility &&
    one.attributes['workType'] === other.attributes['workType'] &&
    areSame(one.aliases, other.aliases) &&
    areSame(valuesOf(one), valuesOf(other))
  );
}

/** Whether two lists hold the same texts in the same order. */
export function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((each, at) => each === other[at]));
}

function valuesOf({ externalIds }: Element): readonly string[] {
  return externalIds.map(({ value }) => value);
}

function workTypeOf({ kind, name, attributes }: Element, reader: TextReader): WorkType {
  if (kind !== 'PROJECT') return 'BUILD';
  const declared = WORK_TYPES.find((each) => each === attributes['workType']);
  return declared === undefined || declared === 'UNKNOWN' ? reader.workType(name) : declared;
}

/** What an element is found by: its words and its capabilities, each by what it weighs. */
export function documentOf({ element, searched, capabilities }: ReadElement, needs: NeedMeasure): IndexedDocument {
  const terms = weighedTerms(needs, searched);
  for (const [code, weight] of capabilities) terms.set(capabilityTerm(code), weight * needs.rarity.capability);
  return { terms, isPublic: element.visibility === 'PUBLIC' };
}

/** What is kept of an element that was read; its terms get numbers. */
export function indexedElement(read: ReadElement, needs: NeedMeasure, terms: TermTable): IndexedElement {
  const { searched: _, whole, names, need, ...rest } = read;
  return {
    ...rest,
    need: needs.weigh(need, rest.declared),
    said: Uint32Array.from(whole.keys(), (term) => terms.add(term)),
    names: names.map((name): SparseRow => {
      const weighed = weighedTerms(needs, name);
      return {
        columns: Uint32Array.from(weighed.keys(), (term) => terms.add(term)),
        values: Float32Array.from(weighed.values()),
      };
    }),
  };
}

function weighedTerms({ rarity }: NeedMeasure, terms: TermImportance): Map<string, number> {
  return new Map(Array.from(terms, ([term, importance]) => [term, importance * rarity.term(term)]));
}
