import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import type { LandscapeView } from '../core/access/view.js';
import { subjectsOf } from '../core/landscape/attestation-correction.js';
import {
  askedByOwner,
  campaignState,
  changedSince,
  declaredSince,
  goneSince,
  markBehind,
  recordState,
} from '../core/landscape/attestation.js';
import type { Mark, RecordFacts } from '../core/landscape/attestation.js';
import { daysUntil } from '../core/landscape/calendar-day.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { Element } from '../core/landscape/model.js';
import { ScenarioReader } from '../registry/scenario.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { todayInVietnam } from '../runtime/today.js';
import { contentOf } from './attested-content.js';
import { AttestationCampaignRow, AttestationRow } from './attestation.entity.js';
import type { Answers, AttestationProgressType, WorkedRecord } from './attestation.types.js';
import { QualityReader } from './quality.reader.js';

const NONE: readonly never[] = [];

/** An agency in somebody's view. */
export interface SeenAgency {
  readonly landscape: LandscapeView;
  readonly agency: Element;
}

/** Reads what agencies were asked and what they said, and works out how far they are. */
@Injectable()
export class AttestationReader {
  constructor(
    private readonly database: DataSource,
    private readonly scenarios: ScenarioReader,
    private readonly qualities: QualityReader,
  ) {}

  /** All campaigns, the newest first. */
  campaigns(): Promise<AttestationCampaignRow[]> {
    return unavailableIfDown(this.database.manager.find(AttestationCampaignRow, { order: { number: 'DESC' } }));
  }

  campaign(number: number): Promise<AttestationCampaignRow | null> {
    return unavailableIfDown(this.database.manager.findOneBy(AttestationCampaignRow, { number }));
  }

  /** The open campaigns that ask an agency, the newest first. */
  async asking(seen: SeenAgency): Promise<AttestationCampaignRow[]> {
    const { landscape, agency } = seen;
    if (agency.kind !== 'AGENCY' || goneSince(landscape, agency) !== undefined) return [];
    const where = { closing: IsNull() };
    const open = await unavailableIfDown(
      this.database.manager.find(AttestationCampaignRow, { where, order: { number: 'DESC' } }),
    );
    const ownsSomething = this.recordsOf(seen).length > 0;
    return open.filter(({ agencies }) => (agencies === null ? ownsSomething : agencies.includes(agency.urn)));
  }

  /** All that one agency said, in the order in which it did. */
  rowsOf(agency: string): Promise<AttestationRow[]> {
    return unavailableIfDown(
      this.database.manager.find(AttestationRow, { where: { agency }, order: { number: 'ASC' } }),
    );
  }

  /** The corrections of some agencies that wait, those that came first first. */
  waiting(agencies: readonly string[], manager: EntityManager = this.database.manager): Promise<ScenarioRow[]> {
    if (agencies.length === 0) return Promise.resolve([]);
    const corrections = 'select attestation.scenario from attestation where attestation.agency = any(:agencies)';
    return this.scenarios.openOf(agencies, corrections, manager);
  }

  /** The same of all agencies. */
  async allWaiting(manager: EntityManager): Promise<ScenarioRow[]> {
    const rows: { agency: string }[] = await manager.query(
      `select distinct agency from attestation where scenario is not null`,
    );
    return this.waiting(
      rows.map(({ agency }) => agency),
      manager,
    );
  }

  /**
   * What was said last of some agencies' lists and of all that they are asked to confirm, whoever said it.
   * @param upTo - the last revision that counts; undefined for all.
   */
  async marks(agencies: readonly SeenAgency[], upTo = LAST_REVISION): Promise<Pick<Answers, 'marks' | 'lists'>> {
    const records = agencies.flatMap((seen) => this.recordsOf(seen).map(({ urn }) => urn));
    const { manager } = this.database;
    const told: (MarkRow & { urn: string; content: string })[] = await unavailableIfDown(
      manager.query(LAST_OF_RECORDS, [records, upTo]),
    );
    const urns = agencies.map(({ agency }) => agency.urn);
    const declared: MarkRow[] = await unavailableIfDown(manager.query(LAST_OF_LISTS, [urns, upTo]));
    return {
      marks: new Map(told.map((row) => [row.urn, { ...markOf(row), content: row.content }])),
      lists: new Map(declared.map((row) => [row.agency, markOf(row)])),
    };
  }

  /** The landscape that somebody says he looked at, as he sees it; undefined where he does not say, or it has never been. */
  async looked(revision: number | null, actor: Actor): Promise<LandscapeView | undefined> {
    if (revision === null || revision < 0 || revision > (await this.scenarios.head()).revision) return undefined;
    return this.scenarios.view(await this.scenarios.baseOf(revision), actor);
  }

  /** What an agency said under a key before; null where it did not. */
  keyed(agency: string, idempotencyKey: string, manager: EntityManager): Promise<AttestationRow | null> {
    return manager.findOneBy(AttestationRow, { agency, idempotencyKey });
  }

  /** Scenarios of corrections, by their ids. */
  scenariosOf(ids: readonly string[]): Promise<ScenarioRow[]> {
    return this.scenarios.load(ids);
  }

  /** The agencies that a campaign asks, as far as they are seen and still there, in order of their seqs. */
  agenciesAsked(landscape: LandscapeView, { agencies }: AttestationCampaignRow): Element[] {
    const asked =
      agencies === null
        ? [...askedByOwner(landscape).keys()].flatMap((seq) => landscape.elementAt(seq) ?? [])
        : agencies.flatMap((urn) => landscape.elementByUrn(urn) ?? []);
    return asked
      .filter((agency) => agency.kind === 'AGENCY' && goneSince(landscape, agency) === undefined)
      .toSorted((a, b) => a.seq - b.seq);
  }

  /** The records that an agency is asked to confirm, in order of their seqs. */
  recordsOf({ landscape, agency }: SeenAgency): readonly Element[] {
    return askedByOwner(landscape).get(agency.seq) ?? NONE;
  }

  /**
   * Where each record of an agency stands, in order of their seqs.
   * @param when - since when a confirmation counts, and the day of today.
   */
  records(seen: SeenAgency, { marks, corrected }: Answers, when: Pick<RecordFacts, 'since' | 'today'>): WorkedRecord[] {
    const { landscape, agency } = seen;
    const pending = new Set((corrected.get(agency.urn) ?? NONE).flat());
    return this.recordsOf(seen).map((element) => {
      const { freshness, attestedOn, missing } = this.qualities.of(landscape, element);
      const mark = marks.get(element.urn);
      const behind = markBehind(attestedOn, mark);
      // What the caller may not read of a record was confirmed with it.
      const whole = landscape.snapshot.elementAt(element.seq) ?? element;
      const changed = changedSince(element, agency.urn, mark, () => contentOf(whole));
      const isForeign = behind !== undefined && behind.agency !== agency.urn;
      const isPending = pending.has(element.urn);
      return {
        element: new SeenElement(landscape, element),
        state: recordState(element, { ...when, freshness, isPending, isForeign, changedSince: changed }),
        attestedOn,
        freshness,
        missingCount: missing.length,
        changedSince: changed,
        saidOn: behind?.saidOn ?? null,
      };
    });
  }

  /**
   * How far an agency is with a campaign.
   * @param mayReadCorrections - whether they are told of, and so counted.
   */
  progress(
    { landscape, agency }: SeenAgency,
    campaign: AttestationCampaignRow,
    { answers, records, mayReadCorrections }: ProgressFacts,
  ): AttestationProgressType {
    const { openedOn, dueOn } = campaign;
    const confirmed = records.filter(({ state }) => state === 'CONFIRMED');
    const corrections = (answers.corrected.get(agency.urn) ?? NONE).length;
    const mark = answers.lists.get(agency.urn);
    const declaredOn = declaredSince(agency, mark, openedOn);
    const today = dayOf(campaign);
    const counts = { asked: records.length, confirmed: confirmed.length, corrections, declaredOn };
    const said = [...confirmed.map(({ saidOn }) => saidOn), declaredOn === null ? null : (mark?.saidOn ?? null)];
    return {
      campaign,
      agency: new SeenElement(landscape, agency),
      daysLeft: daysUntil(dueOn, today),
      asked: records.length,
      confirmed: confirmed.length,
      correctionsPending: mayReadCorrections ? corrections : null,
      listDeclaredCompleteOn: declaredOn,
      answeredLate: said.some((day) => day !== null && day > dueOn),
      state: campaignState(counts, dueOn, today),
    };
  }
}

interface ProgressFacts {
  readonly answers: Answers;
  /** Where its records stand since the campaign was opened. */
  readonly records: readonly WorkedRecord[];
  readonly mayReadCorrections: boolean;
}

/** The day as which a campaign is looked at: the one on which it was closed, or today. */
export function dayOf({ closing }: AttestationCampaignRow): string {
  return closing?.on ?? todayInVietnam();
}

/** The records that scenarios of corrections speak of, a list for each, by urn of the agency. */
export function correctedBy(landscape: ChangeBase, waiting: readonly ScenarioRow[]): Map<string, string[][]> {
  const corrected = new Map<string, string[][]>();
  for (const { agency, operations } of waiting) {
    const records = new Set(operations.flatMap((each) => subjectsOf(landscape, each).slice(0, 1)));
    const of = agency ?? '';
    corrected.set(of, [...(corrected.get(of) ?? []), [...records]]);
  }
  return corrected;
}

const LAST_REVISION = 2 ** 31 - 1;

interface MarkRow {
  readonly agency: string;
  readonly said_on: string;
  readonly revision: number;
  readonly at: Date;
}

function markOf({ agency, said_on: on, revision, at }: MarkRow): Mark {
  return { agency, on, revision, saidOn: todayInVietnam(at) };
}

const LAST_OF_RECORDS = `
  select distinct on (record ->> 'urn') record ->> 'urn' as urn, record ->> 'content' as content,
    attestation.agency, attestation.said_on, attestation.revision, attestation.at
  from attestation, jsonb_array_elements(attestation.confirmed) as record
  where record ->> 'urn' = any($1) and attestation.revision <= $2
  order by record ->> 'urn', attestation.number desc`;
const LAST_OF_LISTS = `
  select distinct on (agency) agency, said_on, revision, at from attestation
  where agency = any($1) and inventory_complete and revision <= $2 order by agency, number desc`;
