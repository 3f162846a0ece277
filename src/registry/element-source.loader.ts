import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { DataSource } from 'typeorm';
import type { ValueSource } from '../core/landscape/model.js';
import { ATTRIBUTE_PREFIX } from '../core/landscape/record-values.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { SeenElement } from './seen.types.js';

type Sources = Readonly<Record<string, ValueSource>>;

/** Where the values of elements are known from: kept in the database, read in one statement for a whole list. */
@Injectable()
export class ElementSourceLoader {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<SourceKey, Sources, string>>();

  constructor(private readonly database: DataSource) {}

  /** Of an element of the past, the sources of that time. What the reader may not see has no source for him either. */
  async load({ seq, revision, attributes, landscape }: SeenElement, context: RequestContext): Promise<Sources> {
    // What a scenario changed has no row, and its number may be another object's by now.
    if (!landscape.isCommitted && revision === landscape.revision) return {};
    let loader = this.loaders.get(context);
    if (loader === undefined) {
      loader = new DataLoader((keys) => this.read(keys), { cacheKeyFn: keyOf });
      this.loaders.set(context, loader);
    }
    const sources = await loader.load({ seq, revision });
    const isSeen = (field: string): boolean =>
      !field.startsWith(ATTRIBUTE_PREFIX) || Object.hasOwn(attributes, field.slice(ATTRIBUTE_PREFIX.length));
    return Object.fromEntries(Object.entries(sources).filter(([field]) => isSeen(field)));
  }

  /** The version of each element that was in force, whose sources stand in its record. */
  private async read(keys: readonly SourceKey[]): Promise<Sources[]> {
    const rows: { seq: number; revision: number; sources: Sources }[] = await this.database.query(
      `select v.seq, v.from_revision as revision, v.record -> 'sources' as sources
       from element_version v
       where (v.seq, v.from_revision) in (select * from unnest($1::integer[], $2::integer[]))`,
      [keys.map(({ seq }) => seq), keys.map(({ revision }) => revision)],
    );
    const found = new Map(rows.map((row) => [keyOf(row), row.sources]));
    return keys.map((key) => found.get(keyOf(key)) ?? {});
  }
}

/** A version of an element: the revision in which it last changed is the one from which its version runs. */
interface SourceKey {
  readonly seq: number;
  readonly revision: number;
}

function keyOf({ seq, revision }: SourceKey): string {
  return `${seq} ${revision}`;
}
