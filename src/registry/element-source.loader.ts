import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { DataSource } from 'typeorm';
import type { ValueSource } from '../core/landscape/model.js';
import { ATTRIBUTE_PREFIX } from '../core/landscape/record-values.js';
import type { RequestContext } from '../runtime/request-context.js';
import { SeenRelation } from './seen.types.js';
import type { SeenElement } from './seen.types.js';

type Table = 'element' | 'relation';
type Sources = Readonly<Record<string, ValueSource>>;
type SourceLoader = DataLoader<SourceKey, Sources, string>;

/** Where the values of elements and relations are known from: kept in the database, read in one statement for a list. */
@Injectable()
export class ElementSourceLoader {
  private readonly loaders = new WeakMap<RequestContext, Record<Table, SourceLoader>>();

  constructor(private readonly database: DataSource) {}

  /** Of a record of the past, the sources of that time. What the reader may not see has no source for him either. */
  load(record: SeenElement | SeenRelation, context: RequestContext): Promise<Sources> {
    const { element, relation } = this.of(context);
    return sourcesOf(record, record instanceof SeenRelation ? relation : element);
  }

  private of(context: RequestContext): Record<Table, SourceLoader> {
    let loaders = this.loaders.get(context);
    if (loaders === undefined) {
      loaders = { element: this.loaderOf('element'), relation: this.loaderOf('relation') };
      this.loaders.set(context, loaders);
    }
    return loaders;
  }

  private loaderOf(table: Table): SourceLoader {
    return new DataLoader((keys) => this.read(table, keys), { cacheKeyFn: keyOf });
  }

  /** The version of each object that was in force, whose sources stand in its record. */
  private async read(table: Table, keys: readonly SourceKey[]): Promise<Sources[]> {
    const rows: { seq: number; revision: number; sources: Sources }[] = await this.database.query(
      `select v.seq, v.from_revision as revision, v.record -> 'sources' as sources
       from ${table}_version v
       where (v.seq, v.from_revision) in (select * from unnest($1::integer[], $2::integer[]))`,
      [keys.map(({ seq }) => seq), keys.map(({ revision }) => revision)],
    );
    const found = new Map(rows.map((row) => [keyOf(row), row.sources]));
    return keys.map((key) => found.get(keyOf(key)) ?? {});
  }
}

async function sourcesOf(
  { seq, revision, attributes, landscape }: SeenElement | SeenRelation,
  loader: SourceLoader,
): Promise<Sources> {
  // What a scenario changed has no row, and its number may be another object's by now.
  if (!landscape.isCommitted && revision === landscape.revision) return {};
  const sources = await loader.load({ seq, revision });
  const isSeen = (field: string): boolean =>
    !field.startsWith(ATTRIBUTE_PREFIX) || Object.hasOwn(attributes, field.slice(ATTRIBUTE_PREFIX.length));
  return Object.fromEntries(Object.entries(sources).filter(([field]) => isSeen(field)));
}

/** A version of an object: the revision in which it last changed is the one from which its version runs. */
interface SourceKey {
  readonly seq: number;
  readonly revision: number;
}

function keyOf({ seq, revision }: SourceKey): string {
  return `${seq} ${revision}`;
}
