import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { mayUseScenario } from '../core/access/decide.js';
import type { LandscapeView } from '../core/access/view.js';
import {
  askedByOwner,
  campaignState,
  declaredSince,
  goneSince,
  isChangedSince,
  marksOf,
  recordState,
  subjectsOf,
} from '../core/landscape/attestation.js';
import { daysUntil } from '../core/landscape/calendar-day.js';
import type { Element, PartialDate } from '../core/landscape/model.js';
import { ScenarioReader } from '../registry/scenario.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import { AttestationCampaignRow, AttestationRow } from './attestation.entity.js';
import type { Answers, AttestationProgressType, AttestationRecordType } from './attestation.types.js';
import { QualityReader } from './quality.reader.js';

const NONE: readonly never[] = [];

/** Reads what agencies were asked and what they said, and works out how far they are. */
@Injectable()
export class AttestationReader {
  private readonly all = new WeakMap<RequestContext, Promise<Answers>>();

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

  /**
   * What was said, by one agency or by all.
   * @param agency - urn of the agency; undefined for all.
   * @param manager - of the transaction that asks, where one does.
   */
  async answers(agency: string | undefined, manager: EntityManager = this.database.manager): Promise<Answers> {
    const where = agency === undefined ? {} : { agency };
    const rows = await unavailableIfDown(manager.find(AttestationRow, { where, order: { number: 'ASC' } }));
    const ids = rows.flatMap(({ scenario }) => scenario ?? []);
    const waiting = new Map<string, ScenarioRow[]>();
    for (const row of ids.length === 0 ? [] : await this.scenarios.openAmong(ids, manager)) {
      const of = row.agency ?? '';
      waiting.set(of, [...(waiting.get(of) ?? []), row]);
    }
    return { rows, marks: marksOf(rows), waiting };
  }

  /** What all agencies said: read once for a request, in which many campaigns may be asked for. */
  allAnswers(context: RequestContext): Promise<Answers> {
    let all = this.all.get(context);
    if (all === undefined) {
      all = this.answers(undefined);
      this.all.set(context, all);
    }
    return all;
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
  recordsOf(landscape: LandscapeView, agency: Element): readonly Element[] {
    return askedByOwner(landscape).get(agency.seq) ?? NONE;
  }

  /**
   * Where each record of an agency stands.
   * @param since - the first day of which a confirmation counts; null where nobody asks.
   */
  records(
    { landscape, agency }: { readonly landscape: LandscapeView; readonly agency: Element },
    answers: Answers,
    since: PartialDate | null,
  ): AttestationRecordType[] {
    const waiting = answers.waiting.get(agency.urn) ?? NONE;
    const corrected = new Set(
      waiting.flatMap(({ operations }) => operations.flatMap((each) => subjectsOf(landscape, each)[0] ?? [])),
    );
    return this.recordsOf(landscape, agency).map((element) => {
      const { freshness, attestedOn, missing } = this.qualities.of(landscape, element);
      const mark = answers.marks.get(element.urn);
      const facts = { since, freshness, isPending: corrected.has(element.urn), mark };
      return {
        element: new SeenElement(landscape, element),
        state: recordState(element, facts),
        attestedOn,
        freshness,
        missingCount: missing.length,
        changedSince: isChangedSince(element, mark),
      };
    });
  }

  /** How far an agency is with a campaign. */
  progress(
    seen: { readonly landscape: LandscapeView; readonly agency: Element },
    campaign: AttestationCampaignRow,
    { answers, actor }: { readonly answers: Answers; readonly actor: Actor },
  ): AttestationProgressType {
    const { landscape, agency } = seen;
    const records = this.records(seen, answers, campaign.openedOn);
    const confirmed = records.filter(({ state }) => state === 'CONFIRMED').length;
    const corrections = (answers.waiting.get(agency.urn) ?? NONE).length;
    const declaredOn = declaredSince(agency, campaign.openedOn);
    const today = todayInVietnam();
    const counts = { asked: records.length, confirmed, corrections, declaredOn };
    return {
      campaign,
      agency: new SeenElement(landscape, agency),
      daysLeft: daysUntil(campaign.dueOn, today),
      asked: records.length,
      confirmed,
      correctionsPending: mayUseScenario(actor, agency.urn) ? corrections : null,
      listDeclaredCompleteOn: declaredOn,
      state: campaignState(counts, campaign.dueOn, today),
    };
  }
}
