import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { unavailableIfDown } from '../database-errors.js';
import type { NumberPage } from '../number-cursor.js';
import { RECORD_SELECT, readAuditHead } from './audit-log.js';
import type { AuditHead, AuditRecord } from './audit-record.js';

/** Which records are asked for; what is null or not given lets all through. */
export interface AuditFilter {
  readonly kinds?: readonly string[] | null;
  readonly agency?: string | null;
  readonly fromNumber?: number | null;
  readonly toNumber?: number | null;
}

/** A part of the log, newest first. */
export interface AuditPage {
  readonly records: readonly AuditRecord[];
  readonly totalCount: number;
  /** Whether older ones follow. */
  readonly hasMore: boolean;
}

const FILTER = `($1::text[] is null or kind = any($1)) and ($2::text is null or agency = $2)
  and ($3::integer is null or number >= $3) and ($4::integer is null or number <= $4)`;

/** Reads the audit log. */
@Injectable()
export class AuditReader {
  constructor(private readonly database: DataSource) {}

  /** Where the log ends. */
  head(): Promise<AuditHead & { readonly at: string | null }> {
    return unavailableIfDown(readAuditHead(this.database.manager));
  }

  /** The records that a filter lets through. */
  async page(filter: AuditFilter, { first, before }: NumberPage): Promise<AuditPage> {
    const { kinds = null, agency = null, fromNumber = null, toNumber = null } = filter;
    const wanted = [kinds, agency, fromNumber, toNumber];
    const [counted] = await this.query<{ count: number }>(
      `select count(*)::integer as count from audit_record where ${FILTER}`,
      wanted,
    );
    const records = await this.query<AuditRecord>(
      `select ${RECORD_SELECT} from audit_record where ${FILTER} and ($5::integer is null or number < $5)
       order by number desc limit $6`,
      [...wanted, before, first + 1],
    );
    return { records: records.slice(0, first), totalCount: counted?.count ?? 0, hasMore: records.length > first };
  }

  private query<T>(statement: string, parameters: readonly unknown[]): Promise<T[]> {
    return unavailableIfDown(this.database.query<T[]>(statement, [...parameters]));
  }
}
