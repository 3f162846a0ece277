import { narrowestVisibility } from './attribute.js';
import type { AttributeDefinition, AttributeDefinitions } from './attribute.js';
import type { AttributeRecord } from './attribute-record.js';
import type { Visibility } from './model.js';

/** The new state of a definition made at run time; `after` is undefined where it was removed. */
export interface DefinitionChange {
  readonly urn: string;
  readonly after: AttributeRecord | undefined;
  /**
   * Of one that is not there after it, its class at last, undefined where it had never been; where this is absent, the one
   * it has in the table that is changed.
   */
  readonly last?: Visibility | undefined;
  /** The revision by which its urn was given; that of the change by default. */
  readonly since?: number;
  /** Of one that is not there after it: the revision that removed it; that of the whole change by default. */
  readonly removedIn?: number;
}

/**
 * The attribute definitions of a landscape, immutable: those of the reference pack, which a release brings, and those
 * made at run time, which change sets bring.
 */
export class DefinitionTable {
  static readonly empty = new DefinitionTable(new Map(), new Map(), new Map());

  private constructor(
    /** Those of the reference pack, by key. */
    readonly pack: AttributeDefinitions,
    /** Those made at run time, by urn, in order of urn. */
    readonly made: ReadonlyMap<string, AttributeRecord>,
    /** The classes that removed ones had at last, by urn: those of their values where these were narrower. */
    readonly removed: ReadonlyMap<string, Visibility>,
  ) {
    this.byKey = made.size === 0 ? pack : mergedDefinitions(pack, made.values());
  }

  /** All of them, by key. */
  readonly byKey: AttributeDefinitions;

  static of(pack: AttributeDefinitions): DefinitionTable {
    return new DefinitionTable(pack, new Map(), new Map());
  }

  /** The table after a commit; the same where nothing changed. */
  with(changes: readonly DefinitionChange[]): DefinitionTable {
    if (changes.length === 0) return this;
    const made = new Map(this.made);
    const removed = new Map(this.removed);
    for (const change of changes) {
      const { urn, after } = change;
      const definition = made.get(urn)?.definition;
      const before = definition === undefined ? removed.get(urn) : narrowestVisibility(definition);
      const last = 'last' in change ? change.last : before;
      if (after === undefined) made.delete(urn);
      else made.set(urn, after);
      if (after === undefined && last !== undefined) removed.set(urn, last);
      else removed.delete(urn);
    }
    const inOrder = [...made].toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
    return new DefinitionTable(this.pack, new Map(inOrder), removed);
  }

  /** The table without what a test refuses; the same where it refuses nothing. */
  only(accepts: (definition: AttributeDefinition) => boolean): DefinitionTable {
    if ([...this.byKey.values()].every(accepts)) return this;
    const pack = [...this.pack].filter(([, definition]) => accepts(definition));
    const made = [...this.made].filter(([, { definition }]) => accepts(definition));
    return new DefinitionTable(new Map(pack), new Map(made), this.removed);
  }
}

/**
 * Which definition each key has: `pack`, or the urn of one made at run time. A key that another definition has by now
 * means something else, whatever its name.
 */
export function holdersOf({ pack, made }: Pick<DefinitionTable, 'pack' | 'made'>): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  for (const [urn, { definition }] of made) holders.set(definition.key, urn);
  for (const key of pack.keys()) holders.set(key, 'pack');
  return holders;
}

/** By key, in the order in which they are given. Of two with one key that of the pack holds: rules rest on its meaning. */
export function mergedDefinitions(pack: AttributeDefinitions, made: Iterable<AttributeRecord>): AttributeDefinitions {
  const all = new Map(pack);
  for (const { definition } of made) if (!all.has(definition.key)) all.set(definition.key, definition);
  return all;
}
