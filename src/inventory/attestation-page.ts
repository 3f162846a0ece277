import type { LandscapeView } from '../core/access/view.js';
import type { Element, PartialDate } from '../core/landscape/model.js';
import type { WorkBudget } from '../core/work-budget.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { todayInVietnam } from '../runtime/today.js';
import type { AttestationCampaignRow, AttestationRow } from './attestation.entity.js';
import type { AttestationReader } from './attestation.reader.js';
import type { Answers, WorkedRecord } from './attestation.types.js';

/** What finding out where a record stands costs, in looks at a record: as measured. */
export const LOOKS_AT_STANDING = 65;

/** What an agency is asked and has said, in somebody's view: each part is found out once, however often it is asked for. */
export class AttestationPage {
  private readonly since = new Map<PartialDate | null, readonly WorkedRecord[]>();
  private campaigns: Promise<AttestationCampaignRow[]> | undefined;
  private said: Promise<AttestationRow[]> | undefined;

  /** @param waiting - its corrections that wait. */
  constructor(
    readonly seen: { readonly landscape: LandscapeView; readonly agency: Element },
    readonly answers: Answers,
    readonly waiting: readonly ScenarioRow[],
    private readonly reader: AttestationReader,
  ) {}

  /** The open campaigns that ask the agency, the newest first. */
  asking(): Promise<AttestationCampaignRow[]> {
    this.campaigns ??= this.reader.asking(this.seen);
    return this.campaigns;
  }

  /** All that the agency said, in the order in which it did. */
  rows(): Promise<AttestationRow[]> {
    this.said ??= this.reader.rowsOf(this.seen.agency.urn);
    return this.said;
  }

  /**
   * Where its records stand, in order of their seqs.
   * @param since - the first day of which a confirmation counts; null where nobody asks.
   * @throws RegistryError WORK_EXHAUSTED.
   */
  records(since: PartialDate | null, work: WorkBudget): readonly WorkedRecord[] {
    let records = this.since.get(since);
    if (records === undefined) {
      work.spend(LOOKS_AT_STANDING * this.reader.recordsOf(this.seen).length);
      records = this.reader.records(this.seen, this.answers, { since, today: todayInVietnam() });
      this.since.set(since, records);
    }
    return records;
  }
}
