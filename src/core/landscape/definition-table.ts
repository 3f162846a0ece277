import type { AttributeDefinition, AttributeDefinitions } from './attribute.js';
import type { AttributeRecord } from './attribute-record.js';

/** The new state of a definition made at run time; `after` is undefined where it was removed. */
export interface DefinitionChange {
  readonly urn: string;
  readonly after: AttributeRecord | undefined;
}

/**
 * The attribute definitions of a landscape, immutable: those of the reference pack, which a release brings, and those
 * made at run time, which change sets bring.
 */
export class DefinitionTable {
  static readonly empty = new DefinitionTable(new Map(), new Map());

  private constructor(
    /** Those of the reference pack, by key. */
    readonly pack: AttributeDefinitions,
    /** Those made at run time, by urn, in order of urn. */
    readonly made: ReadonlyMap<string, AttributeRecord>,
  ) {
    this.byKey = made.size === 0 ? pack : mergedDefinitions(pack, made.values());
  }

  /** All of them, by key. */
  readonly byKey: AttributeDefinitions;

  static of(pack: AttributeDefinitions): DefinitionTable {
    return new DefinitionTable(pack, new Map());
  }

  /** The table after a commit; the same where nothing changed. */
  with(changes: readonly DefinitionChange[]): DefinitionTable {
    if (changes.length === 0) return this;
    const made = new Map(this.made);
    for (const { urn, after } of changes) {
      if (after === undefined) made.delete(urn);
      else made.set(urn, after);
    }
    const inOrder = [...made].toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
    return new DefinitionTable(this.pack, new Map(inOrder));
  }

  /** The table without what a test refuses; the same where it refuses nothing. */
  only(accepts: (definition: AttributeDefinition) => boolean): DefinitionTable {
    if ([...this.byKey.values()].every(accepts)) return this;
    const pack = [...this.pack].filter(([, definition]) => accepts(definition));
    const made = [...this.made].filter(([, { definition }]) => accepts(definition));
    return new DefinitionTable(new Map(pack), new Map(made));
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
