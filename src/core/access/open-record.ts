import type { DefinitionTable } from '../landscape/definition-table.js';
import type { Element, Json, Relation, Responsibility } from '../landscape/model.js';

/** What an actor may read of the values of records, whatever elements he sees. */
export interface ValueReading {
  /** The attribute definitions he may read, of those of the landscape. */
  readonly readable: DefinitionTable;
  /** Keys of those whose values he may not read although he may know of them. */
  readonly withheld: ReadonlySet<string>;
  /** Whether he may read attributes that no definition describes: nobody has told how narrow they are. */
  readonly undefinedToo: boolean;
  /** Whether he may know which person answers for something. */
  readonly persons: boolean;
}

/**
 * Gives records without attributes that may not be read, and without persons where they may not be known. A record of
 * which all may be read is given as it is, another is copied once for all who may read the same, in every revision that
 * has it.
 */
export class ValueOpening {
  private readonly copies = new WeakMap<Element | Relation, Element | Relation>();

  private constructor(
    private readonly keys: ReadonlySet<string>,
    readonly reading: ValueReading,
  ) {}

  /** The opening of a landscape's records; the same one for the same definitions and what may be read of them. */
  static of(all: DefinitionTable, reading: ValueReading): ValueOpening {
    const { readable, withheld, undefinedToo, persons } = reading;
    const keys = [...all.byKey].flatMap(([key, each]) => {
      return readable.byKey.get(key) === each && !withheld.has(key) ? key : [];
    });
    const whose = [[...readable.pack.keys()], [...readable.made.keys()], [...withheld]];
    const key = JSON.stringify([undefinedToo, persons, ...whose]);
    const known = openings.get(all) ?? new Map<string, ValueOpening>();
    openings.set(all, known);
    const opening = known.get(key) ?? new ValueOpening(new Set(keys), reading);
    known.set(key, opening);
    return opening;
  }

  open<T extends Element | Relation>(record: T): T {
    if (!this.mayHide(record)) return record;
    // What is kept for a record was made of it, and is of its type.
    let copy = this.copies.get(record) as T | undefined;
    if (copy === undefined) {
      const attributes = Object.fromEntries(Object.entries(record.attributes).filter(([key]) => this.mayRead(key)));
      copy = { ...record, attributes, ...this.withoutPersons(record) };
      this.copies.set(record, copy);
    }
    return copy;
  }

  private mayRead(key: string): boolean {
    return this.keys.has(key) || this.reading.undefinedToo;
  }

  private mayHide(record: Element | Relation): boolean {
    if (!this.reading.undefinedToo) for (const key in record.attributes) if (!this.keys.has(key)) return true;
    if (this.reading.persons || !('responsibilities' in record)) return false;
    return record.responsibilities.some(({ person }) => person !== null);
  }

  private withoutPersons(record: Element | Relation): { readonly responsibilities?: readonly Responsibility[] } {
    if (this.reading.persons || !('responsibilities' in record)) return {};
    return { responsibilities: record.responsibilities.map((each) => ({ ...each, person: null })) };
  }
}

/** They go with the definitions: what is copied for others may have to be hidden from the same actors. */
const openings = new WeakMap<DefinitionTable, Map<string, ValueOpening>>();

/** How a record is given, once it was looked at. */
const [, AS_IT_IS, AS_OTHERS_SEE_IT, WITHOUT_NAMES] = [0, 1, 2, 3];

/**
 * Gives the records of one view: what the values are open, and the names of elements that its actor may not see hidden.
 * Only records that name such an element are copied for this view alone.
 */
export class RecordOpening<T extends Element | Relation> {
  private readonly naming: ReadonlySet<string>;
  private readonly copies = new Map<number, T>();
  /** By seq, one of the ways above, 0 where it was not looked at; made when the first record is asked for. */
  private ways: Uint8Array | undefined;

  /**
   * @param sees - whether the actor sees an element; undefined = every element.
   * @param bound - one more than the largest seq.
   */
  constructor(
    private readonly values: ValueOpening,
    readable: DefinitionTable,
    private readonly sees: ((urn: string) => boolean) | undefined,
    private readonly bound: number,
  ) {
    this.naming = new Set([...readable.byKey.values()].flatMap(({ key, type }) => (type.startsWith('URN') ? key : [])));
  }

  open(record: T): T {
    const { seq } = record;
    this.ways ??= new Uint8Array(this.bound);
    const way = this.ways[seq];
    if (way === AS_IT_IS) return record;
    if (way === AS_OTHERS_SEE_IT) return this.values.open(record);
    return this.copies.get(seq) ?? this.lookAt(record, this.ways);
  }

  private lookAt(record: T, ways: Uint8Array): T {
    const valued = this.values.open(record);
    const open = this.sees === undefined ? valued : withoutNames(valued, this.naming, this.sees);
    if (open !== valued) {
      this.copies.set(record.seq, open);
      ways[record.seq] = WITHOUT_NAMES;
    } else ways[record.seq] = valued === record ? AS_IT_IS : AS_OTHERS_SEE_IT;
    return open;
  }
}

/** The record itself where it names nothing hidden. */
function withoutNames<T extends Element | Relation>(
  record: T,
  naming: ReadonlySet<string>,
  sees: (urn: string) => boolean,
): T {
  const { attributes } = record;
  const hidden = Object.keys(attributes).filter((key) => naming.has(key) && namesHidden(attributes[key], sees));
  const responsibilities = 'responsibilities' in record ? record.responsibilities : [];
  const isHidden = ({ agency }: Responsibility): boolean => agency !== null && !sees(agency);
  if (hidden.length === 0 && !responsibilities.some(isHidden)) return record;
  const open = Object.fromEntries(Object.entries(attributes).filter(([key]) => !hidden.includes(key)));
  if (!('responsibilities' in record)) return { ...record, attributes: open };
  const named = responsibilities.map((each) => (isHidden(each) ? { ...each, agency: null } : each));
  return { ...record, attributes: open, responsibilities: named };
}

/** Whether a value names anything hidden: to him it is unknown then, not shorter. */
function namesHidden(value: Json | undefined, sees: (urn: string) => boolean): boolean {
  if (typeof value === 'string') return !sees(value);
  return Array.isArray(value) && value.some((name) => typeof name === 'string' && !sees(name));
}
