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

/** An object of the landscape, by its table and number. */
export interface LoggedObject {
  readonly table: 'element' | 'relation';
  readonly seq: number;
  readonly urn: string;
}

interface EntryRow extends Omit<CommittedChangeSet, 'operations' | 'source'> {
  readonly source: ChangeSource;
  readonly operations: readonly LoggedOperation[] | null;
}

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

  /** The change sets that touched one object, each with the operations on it alone. */
  async logOf({ table, seq, urn }: LoggedObject, { first, before }: LogRequest): Promise<LogPage> {
    // A version begins and ends with the change sets that touched its object.
    const touched = `
      select from_revision as revision from ${table}_version where seq = $1
      union select to_revision from ${table}_version where seq = $1 and to_revision is not null`;
    const [counted] = await this.query<{ count: number }>(
      `select count(*)::integer as count from (${touched}) as touched`,
      [seq],
    );
    const rows = await this.query<EntryRow>(
      `select ${ENTRY},
         (select jsonb_agg(operation order by position)
          from jsonb_array_elements(operations::jsonb) with ordinality as each(operation, position)
          where operation ->> 'urn' = $2) as operations
       from change_set
       where revision in (${touched}) and ($4::integer is null or revision < $4)
       order by revision desc limit $3`,
      [seq, urn, first + 1, before],
    );
    return pageOf(rows, first, counted?.count ?? 0);
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

function toChangeSet({ operations, ...entry }: EntryRow): CommittedChangeSet {
  return { ...entry, operations: operations ?? [] };
}
