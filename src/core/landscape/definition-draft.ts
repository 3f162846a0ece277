import type { AttributeDefinitions } from './attribute.js';
import type { AttributeRecord } from './attribute-record.js';
import { mergedDefinitions } from './definition-table.js';
import type { UrnEntry } from './urn-table.js';

/** A definition that a change set touches: as it was at the base (undefined: not there) and as it is to be. */
export interface TouchedDefinition {
  readonly urn: string;
  readonly before: AttributeRecord | undefined;
  readonly after: AttributeRecord | undefined;
}

/** The attribute definitions while a change set is being carried out: what it defines, its next step may use. */
export class DefinitionDraft {
  private readonly changed = new Map<string, TouchedDefinition>();
  private merged: AttributeDefinitions | undefined;

  constructor(
    readonly pack: AttributeDefinitions,
    private readonly base: ReadonlyMap<string, AttributeRecord>,
  ) {}

  /** All definitions after the change set so far, by key. */
  get byKey(): AttributeDefinitions {
    this.merged ??= mergedDefinitions(this.pack, this.current());
    return this.merged;
  }

  find(urn: string): AttributeRecord | undefined {
    const touched = this.changed.get(urn);
    return touched === undefined ? this.base.get(urn) : touched.after;
  }

  /** Whether the change set has given this urn to a definition. */
  isTaken(urn: string): boolean {
    return this.changed.has(urn);
  }

  /** The entry of a definition that the change set removed; undefined where it did not. */
  removedNumber(urn: string): UrnEntry | undefined {
    const touched = this.changed.get(urn);
    return touched !== undefined && touched.after === undefined ? { table: 'DEFINITION', seq: 0 } : undefined;
  }

  /** urn of another definition made at run time that has this key; undefined where there is none. */
  holderOf(key: string): string | undefined {
    return [...this.current()].find(({ definition }) => definition.key === key)?.urn;
  }

  /** Number of definitions made at run time, after the change set so far. */
  get count(): number {
    return [...this.current()].length;
  }

  /** Puts a definition into a new state; undefined removes it. */
  set(urn: string, after: AttributeRecord | undefined): void {
    this.changed.set(urn, { urn, before: this.base.get(urn), after });
    this.merged = undefined;
  }

  touched(): readonly TouchedDefinition[] {
    return [...this.changed.values()];
  }

  private *current(): Generator<AttributeRecord> {
    for (const [urn, record] of this.base) if (!this.changed.has(urn)) yield record;
    for (const { after } of this.changed.values()) if (after !== undefined) yield after;
  }
}
