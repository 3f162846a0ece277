import type { AttributeDefinitions } from '../landscape/attribute.js';
import type { Element, Json, Relation, Responsibility } from '../landscape/model.js';

/** What one actor may read of the values of records. */
export interface Openness {
  /** All attribute definitions there are, by key. */
  readonly all: AttributeDefinitions;
  /** Those the actor may read. */
  readonly readable: AttributeDefinitions;
  /** Whether the actor sees an element; undefined = every element. */
  readonly sees: ((urn: string) => boolean) | undefined;
  /** Whether the actor may know which person answers for something. */
  readonly persons: boolean;
}

type Concern = 'HIDDEN' | 'NAMES';

/**
 * Gives records as an actor may read them: without attributes whose definition he may not read, and without the names of
 * elements he may not see. A record of which all may be read is given as it is, another is copied once.
 */
export class RecordOpening<T extends Element | Relation> {
  private readonly concerns = new Map<string, Concern>();
  private readonly opened = new Map<number, T>();

  constructor(private readonly openness: Openness) {
    const { all, readable, sees } = openness;
    for (const [key, definition] of all) {
      if (readable.get(key) !== definition) this.concerns.set(key, 'HIDDEN');
      else if (sees !== undefined && definition.type.startsWith('URN')) this.concerns.set(key, 'NAMES');
    }
  }

  open(record: T): T {
    if (!this.mayHide(record)) return record;
    let open = this.opened.get(record.seq);
    if (open === undefined) {
      open = { ...record, attributes: this.openAttributes(record), ...this.openResponsibilities(record) };
      this.opened.set(record.seq, open);
    }
    return open;
  }

  private mayHide(record: T): boolean {
    if (this.concerns.size > 0) for (const key in record.attributes) if (this.concerns.has(key)) return true;
    const { sees, persons } = this.openness;
    return (sees !== undefined || !persons) && 'responsibilities' in record && record.responsibilities.length > 0;
  }

  private openAttributes({ attributes }: T): Readonly<Record<string, Json>> {
    const entries = Object.entries(attributes).flatMap(([key, value]) => {
      const concern = this.concerns.get(key);
      if (concern === 'HIDDEN') return [];
      const open = concern === 'NAMES' ? this.openNames(value) : value;
      return open === undefined ? [] : [[key, open] as const];
    });
    return Object.fromEntries(entries);
  }

  /** The names, where the actor may know all of them; undefined otherwise: to him the value is unknown, not shorter. */
  private openNames(value: Json): Json | undefined {
    const { sees = () => true } = this.openness;
    if (typeof value === 'string') return sees(value) ? value : undefined;
    if (!Array.isArray(value)) return value;
    return value.every((name) => typeof name !== 'string' || sees(name)) ? value : undefined;
  }

  private openResponsibilities(record: T): { readonly responsibilities?: readonly Responsibility[] } {
    const { sees = () => true, persons } = this.openness;
    if (!('responsibilities' in record)) return {};
    const open = record.responsibilities.map((each) => ({
      ...each,
      agency: each.agency !== null && sees(each.agency) ? each.agency : null,
      person: persons ? each.person : null,
    }));
    return { responsibilities: open };
  }
}
