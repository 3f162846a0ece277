import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LoggedOperation } from '../core/landscape/operation.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import type { ChangeSource, CommittedChangeSet } from './change-set-batch.js';

const ENTRY = `revision, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, author, reason, source, hash`;

/** A part of the log, newest first. */
export interface LogPage {
  readonly changeSets: readonly CommittedChangeSet[];
  readonly totalCount: number;
  /** Whether older ones follow. */
  readonly hasMore: boolean;
}

export interface LogRequest {
  readonly first: number;
  /** Only change sets before this revision; null = from the newest. */
  readonly before: number | null;
}

/** Where objects of the landscape stand. */
export type LoggedTable = 'element' | 'relation';

/** An object of a table, by its number. */
export interface LoggedObject {
  readonly seq: number;
  readonly urn: string;
}

interface EntryRow extends Omit<CommittedChangeSet, 'operations' | 'source'> {
  readonly source: ChangeSource;
  readonly operations: readonly LoggedOperation[] | null;
}

/** One of the change sets of one object; of an object of which none was asked for, its place and count alone. */
type ObjectEntryRow = { readonly place: number; readonly count: number } & (
  EntryRow | { readonly [Key in keyof EntryRow]: null }
);

/** Reads the log of change sets. */
@Injectable()
export class ChangeSetReader {
  constructor(private readonly database: DataSource) {}

  /** One change set with all its operations; null where there is none of that number. */
  async find(revision: number): Promise<CommittedChangeSet | null> {
    const rows = await this.query<EntryRow>(
      `select ${ENTRY}, operations::jsonb as operations from change_set where revision = $1`,
      [revision],
    );
    return rows.map(toChangeSet)[0] ?? null;
  }

  /** The whole log, with all operations of each. */
  async log({ first, before }: LogRequest): Promise<LogPage> {
    const [counted] = await this.query<{ count: number }>(`select count(*)::integer as count from change_set`, []);
    const rows = await this.query<EntryRow>(
      `select ${ENTRY}, operations::jsonb as operations from change_set
       where $2::integer is null or revision < $2 order by revision desc limit $1`,
      [first + 1, before],
    );
    return pageOf(rows, first, counted?.count ?? 0);
  }

  /**
   * The change sets that touched each of some objects of one table, each with the operations on that object alone; in the
   * order of the objects.
   */
  async logsOf(table: LoggedTable, objects: readonly LoggedObject[], request: LogRequest): Promise<LogPage[]> {
    // A version begins and ends with the change sets that touched its object.
    const touched = `
      select from_revision as revision from ${table}_version where seq = object.seq
      union select to_revision from ${table}_version where seq = object.seq and to_revision is not null`;
    const { first, before } = request;
    const rows = await this.query<ObjectEntryRow>(
      `select object.place::integer as place, counted.count, entry.*
       from unnest($1::integer[], $2::text[]) with ordinality as object(seq, urn, place)
       cross join lateral (select count(*)::integer as count from (${touched}) as touched) as counted
       left join lateral (
         select ${ENTRY},
           (select jsonb_agg(operation order by position)
            from jsonb_array_elements(operations::jsonb) with ordinality as each(operation, position)
            where operation ->> 'urn' = object.urn) as operations
         from change_set
         where revision in (${touched}) and ($4::integer is null or revision < $4)
         order by revision desc limit $3
       ) as entry on true
       order by object.place, entry.revision desc`,
      [objects.map(({ seq }) => seq), objects.map(({ urn }) => urn), first + 1, before],
    );
    const found = objects.map((): ObjectEntryRow[] => []);
    for (const row of rows) found[row.place - 1]?.push(row);
    return found.map((own) => pageOf(own.filter(isEntry), first, own[0]?.count ?? 0));
  }

  /** The revision that removed the object of a urn last; null where no object of that urn was ever removed. */
  async removalOf(urn: string): Promise<number | null> {
    const [found] = await this.query<{ revision: number | null }>(
      `select max(to_revision)::integer as revision
       from (select to_revision from element_version where urn = $1 and record is not null
             union all select to_revision from relation_version where urn = $1 and record is not null
             union all select to_revision from attribute_definition_version where urn = $1 and definition is not null
            ) as version`,
      [urn],
    );
    return found?.revision ?? null;
  }

  private query<T>(statement: string, parameters: readonly unknown[]): Promise<T[]> {
    return unavailableIfDown(this.database.query<T[]>(statement, [...parameters]));
  }
}

/** One row more than was asked for says that older ones follow. */
function pageOf(rows: readonly EntryRow[], first: number, totalCount: number): LogPage {
  return { changeSets: rows.slice(0, first).map(toChangeSet), totalCount, hasMore: rows.length > first };
}

function isEntry(row: ObjectEntryRow): row is ObjectEntryRow & EntryRow {
  return row.revision !== null;
}

function toChangeSet({ revision, at, author, reason, source, hash, operations }: EntryRow): CommittedChangeSet {
  return { revision, at, author, reason, source, hash, operations: operations ?? [] };
}
