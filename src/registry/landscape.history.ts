import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RegistryError } from '../core/errors.js';
import { DefinitionTable } from '../core/landscape/definition-table.js';
import type { ElementFilter, RelationFilter } from '../core/landscape/filter.js';
import { momentsOf } from '../core/landscape/filter-compile.js';
import type { RevisionAt } from '../core/landscape/filter-compile.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { readPastDefinitions } from './attribute-definition-rows.js';
import type { AsOfInput } from './landscape-args.types.js';
import { readPast, readRevisionAt, readRevisionsAt } from './landscape-rows.js';
import { LandscapeStore } from './landscape.store.js';

/** Objects of all loaded snapshots together that are kept; one is some kilobyte. */
const OBJECTS_KEPT = 200_000;

/** The landscape as it was: recent revisions from memory, older ones loaded from their versions when asked for. */
@Injectable()
export class LandscapeHistory {
  /** Loaded snapshots by revision, the one used last at the end. */
  private readonly loaded = new Map<number, LandscapeSnapshot>();
  private readonly loading = new Map<number, Promise<LandscapeSnapshot>>();

  constructor(
    private readonly database: DataSource,
    private readonly store: LandscapeStore,
  ) {}

  /**
   * The landscape of a revision or a moment; the newest where neither is named.
   * @throws RegistryError REVISION_UNKNOWN for a revision that has never been; VALUE_NOT_ALLOWED for both at once.
   */
  async asOf({ revision, knownAt }: AsOfInput, newest: LandscapeSnapshot): Promise<LandscapeSnapshot> {
    const byRevision = revision !== undefined && revision !== null;
    if (knownAt === undefined || knownAt === null) return byRevision ? this.at(revision, newest) : newest;
    if (byRevision) {
      const params = { field: 'knownAt', value: knownAt, allowed: 'revision | knownAt' };
      throw RegistryError.of('VALUE_NOT_ALLOWED', ['asOf', 'knownAt'], params);
    }
    // A landscape that nobody has changed since needs no question to the database. Dates count milliseconds, moments of
    // commits microseconds.
    if (newest.at !== null && new Date(knownAt) > new Date(newest.at)) return newest;
    return this.at(await readRevisionAt(this.database.manager, knownAt), newest);
  }

  /**
   * Tells which revision there was at each moment that a filter asks for. The database is asked once for all of them, and
   * not at all for moments after the last change.
   */
  revisionsAt(
    filter: ElementFilter | RelationFilter,
    { revision, at }: Pick<LandscapeSnapshot, 'revision' | 'at'>,
  ): RevisionAt | Promise<RevisionAt> {
    const past = momentsOf(filter).filter((moment) => at !== null && new Date(moment) < new Date(at));
    if (past.length === 0) return () => revision;
    return this.revisionsOf(past).then((revisions) => (moment) => revisions.get(moment) ?? revision);
  }

  private async revisionsOf(moments: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const asked = moments.map((moment) => new Date(moment).toISOString());
    const found = await unavailableIfDown(readRevisionsAt(this.database.manager, asked));
    return new Map(moments.map((moment, index) => [moment, found[index] ?? 0]));
  }

  /** @throws RegistryError REVISION_UNKNOWN for a revision that has never been. */
  async at(revision: number, newest: LandscapeSnapshot = this.store.snapshot): Promise<LandscapeSnapshot> {
    if (revision < 0 || revision > newest.revision) {
      const params = { revision, newest: newest.revision };
      throw RegistryError.of('REVISION_UNKNOWN', ['asOf', 'revision'], params);
    }
    if (revision === newest.revision) return newest;
    if (revision === 0) return this.store.nothing;
    const recent = this.store.recent(revision) ?? this.used(revision);
    return recent ?? this.load(revision);
  }

  /** The attribute definitions after a change set and before it, in this order. They are few, and read alone. */
  async definitionsAround(revision: number): Promise<DefinitionTable[]> {
    const read = async (at: number): Promise<DefinitionTable> => {
      const recent = this.store.recent(at);
      if (recent !== undefined) return recent.definitions;
      const changes = await unavailableIfDown(readPastDefinitions(this.database.manager, at));
      return DefinitionTable.of(this.store.nothing.definitions.pack).with(changes);
    };
    return [await read(revision), await read(revision - 1)];
  }

  private used(revision: number): LandscapeSnapshot | undefined {
    const found = this.loaded.get(revision);
    if (found !== undefined) {
      this.loaded.delete(revision);
      this.loaded.set(revision, found);
    }
    return found;
  }

  /** Many may ask for the same past at once; it is read once. */
  private load(revision: number): Promise<LandscapeSnapshot> {
    let loading = this.loading.get(revision);
    if (loading === undefined) {
      loading = this.read(revision).finally(() => this.loading.delete(revision));
      this.loading.set(revision, loading);
    }
    return loading;
  }

  private async read(revision: number): Promise<LandscapeSnapshot> {
    const delta = await this.database.transaction('REPEATABLE READ', (manager) => readPast(manager, revision));
    if (delta === undefined) throw new Error(`Revision ${revision} is not in the log of change sets.`);
    const snapshot = this.store.nothing.with(delta).settled();
    this.loaded.set(revision, snapshot);
    let objects = 0;
    for (const [kept, { elementCount, relationCount }] of [...this.loaded].toReversed()) {
      objects += elementCount + relationCount;
      if (objects > OBJECTS_KEPT && kept !== revision) this.loaded.delete(kept);
    }
    return snapshot;
  }
}
