import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RegistryError } from '../core/errors.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { RuleEventRow } from './rule-event.entity.js';

/** What is drafted of rules. It counts for nothing yet, and is read where it is asked for. */
@Injectable()
export class RuleReader {
  constructor(private readonly database: DataSource) {}

  /** What is drafted and not published, in the order of numbers. @throws RegistryError DATABASE_UNAVAILABLE. */
  drafts(): Promise<RuleEventRow[]> {
    const query = this.database.manager
      .createQueryBuilder(RuleEventRow, 'drafted')
      .where(`drafted.kind = 'DRAFTED'`)
      .andWhere(`not exists (select 1 from rule_event p where p.draft = drafted.number)`)
      .orderBy('drafted.number');
    return unavailableIfDown(query.getMany());
  }

  /** A draft, whether or not it was published. @throws RegistryError RULE_DRAFT_UNKNOWN. */
  async draft(number: number): Promise<RuleEventRow> {
    const row = await unavailableIfDown(this.database.manager.findOneBy(RuleEventRow, { number, kind: 'DRAFTED' }));
    if (row === null) throw RegistryError.of('RULE_DRAFT_UNKNOWN', ['draft'], { number });
    return row;
  }
}
