import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { may } from '../core/access/decide.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError, issue, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { goneSince } from '../core/landscape/attestation.js';
import { isCalendarDay } from '../core/landscape/calendar-day.js';
import { ISSUES_MAXIMUM } from '../core/landscape/plan-change-set.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import { textIssues } from '../core/landscape/text-issues.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { todayInVietnam } from '../runtime/today.js';
import type { ChangeAttestationCampaignInput, OpenAttestationCampaignInput } from './attestation-inputs.types.js';
import { AttestationCampaignRow } from './attestation.entity.js';
import type { CampaignClosing } from './attestation.entity.js';
import { AttestationReader, correctedBy } from './attestation.reader.js';

const NAME_MAXIMUM = 200;
const REASON_MAXIMUM = 2_000;
/** The registry ends with the latest day that a date can be. */
const LAST_DAY = '9998-12-31';

/** Asks agencies to confirm their records. */
@Injectable()
export class AttestationCampaignWriter {
  constructor(
    private readonly changeSets: ChangeSetWriter,
    private readonly landscapes: LandscapeReader,
    private readonly reader: AttestationReader,
  ) {}

  /** Opens a campaign today. @throws RegistryError with everything that is wrong with it. */
  async open(request: OpenAttestationCampaignInput, actor: Actor): Promise<AttestationCampaignRow> {
    checkMayAsk(actor, 'openAttestationCampaign');
    const { name, dueOn, agencies = null, reason = null } = request;
    const issues = [
      ...textIssues('name', name, NAME_MAXIMUM),
      ...textIssues('reason', reason, REASON_MAXIMUM),
      ...dayIssues(dueOn),
      ...agencyIssues(await this.landscapes.read(actor), agencies),
    ];
    refuse(issues.slice(0, ISSUES_MAXIMUM));
    const asked = agencies === null ? null : [...new Set(agencies)];
    const author = actor.kind.toLowerCase();
    const said = { name, openedOn: todayInVietnam(), dueOn, agencies: asked, reason, author };
    return this.changeSets.underLock(async (_snapshot, manager) => {
      const [last]: { number: number | null }[] = await manager.query(
        `select max(number) as number from attestation_campaign`,
      );
      const number = (last?.number ?? 0) + 1;
      const row = Object.assign(new AttestationCampaignRow(), { number, ...said, closing: null, version: 1 });
      return request.dryRun ? asIfNow(row) : manager.save(row);
    });
  }

  /** Changes the last day of a campaign, closes it or opens it again. @throws RegistryError with all that is wrong. */
  async change(request: ChangeAttestationCampaignInput, actor: Actor): Promise<AttestationCampaignRow> {
    checkMayAsk(actor, 'changeAttestationCampaign');
    const { number, expectedVersion } = request;
    return this.changeSets.underLock(async (snapshot, manager) => {
      const row = await manager.findOneBy(AttestationCampaignRow, { number });
      if (row === null) throw RegistryError.of('CAMPAIGN_UNKNOWN', ['number'], { number });
      if (row.version !== expectedVersion) {
        const params = { expected: expectedVersion, actual: row.version };
        throw RegistryError.of('CAMPAIGN_VERSION_STALE', ['expectedVersion'], params);
      }
      const dueOn = request.dueOn ?? row.dueOn;
      const closing = request.closed === false ? null : (row.closing ?? (request.closed === true ? 'NOW' : null));
      if (dueOn === row.dueOn && closing === row.closing) throw RegistryError.of('NOTHING_TO_DO');
      // One whose last day is over can be closed as it is.
      if (dueOn !== row.dueOn) refuse(dayIssues(dueOn));
      const changes = { dueOn, closing: closing === 'NOW' ? await this.closing(snapshot, manager) : closing };
      const changed = Object.assign(new AttestationCampaignRow(), row, changes, { version: row.version + 1 });
      return request.dryRun ? changed : manager.save(changed);
    });
  }

  /** How it is today, to be told of a campaign for ever: what waits now will be decided later. */
  private async closing(snapshot: LandscapeSnapshot, manager: EntityManager): Promise<CampaignClosing> {
    const corrected = correctedBy(snapshot, await this.reader.allWaiting(manager));
    return { on: todayInVietnam(), revision: snapshot.revision, corrected: Object.fromEntries(corrected) };
  }
}

/** A campaign that nobody writes, with the moments it would have. */
function asIfNow(row: AttestationCampaignRow): AttestationCampaignRow {
  const now = new Date();
  return Object.assign(row, { createdAt: now, changedAt: now });
}

function checkMayAsk(actor: Actor, action: string): void {
  if (!may(actor, 'campaign.open')) throw RegistryError.of('NOT_PERMITTED', [], { action });
}

function dayIssues(dueOn: string): Issue[] {
  const field = 'dueOn';
  if (!isCalendarDay(dueOn)) return [issue('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'YYYY-MM-DD' })];
  const today = todayInVietnam();
  if (dueOn >= today) return [];
  return [issue('VALUE_OUT_OF_BOUNDS', [field], { field, value: dueOn, minimum: today, maximum: LAST_DAY })];
}

function agencyIssues(landscape: LandscapeView, agencies: readonly string[] | null): Issue[] {
  if (agencies?.length === 0) return [issue('VALUE_MISSING', ['agencies'], { field: 'agencies' })];
  return (agencies ?? []).flatMap((urn, index): Issue[] => {
    const path = ['agencies', `${index}`];
    const agency = landscape.elementByUrn(urn);
    if (agency === undefined) return [issue('URN_UNKNOWN', path, { urn })];
    if (agency.kind !== 'AGENCY') return [issue('NOT_AN_AGENCY', path, { urn, kind: agency.kind })];
    const from = goneSince(landscape, agency);
    return from === undefined ? [] : [issue('AGENCY_ENDED', path, { urn, from })];
  });
}
