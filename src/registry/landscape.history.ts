import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RegistryError } from '../core/errors.js';
import type { DefinitionTable } from '../core/landscape/definition-table.js';
import type { ElementFilter, RelationFilter } from '../core/landscape/filter.js';
import { momentsOf } from '../core/landscape/filter-compile.js';
import type { RevisionAt } from '../core/landscape/filter-compile.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { readDefinitionsBack } from './attribute-definition-rows.js';
import type { AsOfInput } from './landscape-args.types.js';
import { readReturn } from './landscape-past-rows.js';
import { readHead, readRevisionAt, readRevisionsAt } from './landscape-rows.js';
import { BYTES_A_CHANGE, BYTES_A_REVISION, LandscapeStore } from './landscape.store.js';

/** Memory that loaded revisions may hold together, beyond what the newest one holds: bytes. */
const LOADED_BYTES = 128 * 2 ** 20;
/** Most of them: each also keeps what the landscape was when it was loaded. */
const LOADED_MAXIMUM = 32;
/** An object with its places in all tables, upper estimate: bytes. */
const BYTES_AN_OBJECT = 2 ** 10;

interface Loaded {
  readonly snapshot: LandscapeSnapshot;
  readonly bytes: number;
}

/** The landscape as it was: recent revisions from memory, older ones loaded from what changed since when asked for. */
@Injectable()
export class LandscapeHistory {
  /** Loaded snapshots by revision, the one used last at the end. */
  private readonly loaded = new Map<number, Loaded>();
  private readonly loading = new Map<number, Promise<LandscapeSnapshot>>();
  /** Ends when the last load that waits has ended, well or badly. */
  private lastLoad: Promise<unknown> = Promise.resolve();
  /** The lineage that the loaded snapshots are of. */
  private lineage: object | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly store: LandscapeStore,
  ) {}

  /**
   * The landscape of a revision or a moment; the newest where neither is named.
   * @throws RegistryError REVISION_UNKNOWN for a revision that has never been; ARGUMENTS_EXCLUSIVE for both at once.
   */
  async asOf({ revision, knownAt }: AsOfInput, newest: LandscapeSnapshot): Promise<LandscapeSnapshot> {
    const byRevision = revision !== undefined && revision !== null;
    if (knownAt === undefined || knownAt === null) return byRevision ? this.at(revision, newest) : newest;
    if (byRevision) {
      throw RegistryError.of('ARGUMENTS_EXCLUSIVE', ['asOf', 'knownAt'], { field: 'knownAt', other: 'revision' });
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
    return this.store.recent(revision) ?? this.used(revision) ?? this.load(revision, newest);
  }

  /** The attribute definitions after a change set and before it, in this order. They are few, and read alone. */
  async definitionsAround(revision: number): Promise<DefinitionTable[]> {
    const read = async (at: number): Promise<DefinitionTable> => {
      const recent = this.store.recent(at);
      if (recent !== undefined) return recent.definitions;
      const changes = await unavailableIfDown(readDefinitionsBack(this.database.manager, at));
      return this.store.snapshot.definitions.with(changes);
    };
    return [await read(revision), await read(revision - 1)];
  }

  private used(revision: number): LandscapeSnapshot | undefined {
    this.forgetOthers();
    const found = this.loaded.get(revision);
    if (found === undefined) return undefined;
    this.loaded.delete(revision);
    this.loaded.set(revision, found);
    return found.snapshot;
  }

  /** Many may ask for the same past at once; it is read once. Of several pasts one is read after the other. */
  private load(revision: number, newest: LandscapeSnapshot): Promise<LandscapeSnapshot> {
    let loading = this.loading.get(revision);
    if (loading === undefined) {
      const load = async (): Promise<LandscapeSnapshot> => this.read(revision, newest);
      loading = this.lastLoad.then(load, load).finally(() => this.loading.delete(revision));
      this.lastLoad = loading;
      this.loading.set(revision, loading);
    }
    return loading;
  }

  private async read(revision: number, newest: LandscapeSnapshot): Promise<LandscapeSnapshot> {
    const delta = await this.database.transaction('REPEATABLE READ', async (manager) => {
      const head = await readHead(manager);
      // A database that has gone back can not tell what changed since.
      if (head.revision < newest.revision) throw RegistryError.of('DATABASE_UNAVAILABLE', [], {});
      return readReturn(manager, revision);
    });
    if (delta === undefined) throw new Error(`Revision ${revision} is not in the log of change sets.`);
    const snapshot = newest.earlier(delta);
    const changes = delta.elements.length + delta.relations.length + (delta.definitions?.length ?? 0);
    const whole = (snapshot.elementCount + snapshot.relationCount) * BYTES_AN_OBJECT;
    this.keep(snapshot, Math.min(BYTES_A_REVISION + changes * BYTES_A_CHANGE, whole));
    return snapshot;
  }

  private keep(snapshot: LandscapeSnapshot, bytes: number): void {
    this.forgetOthers();
    this.loaded.set(snapshot.revision, { snapshot, bytes });
    let sum = 0;
    for (const [at, [revision, each]] of [...this.loaded].toReversed().entries()) {
      sum += each.bytes;
      if (at > 0 && (at >= LOADED_MAXIMUM || sum > LOADED_BYTES)) this.loaded.delete(revision);
    }
  }

  /** What was loaded before another database took the place of the one that was known is not its past. */
  private forgetOthers(): void {
    if (this.lineage !== this.store.lineage) this.loaded.clear();
    this.lineage = this.store.lineage;
  }
}
