import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { roleOf } from '../core/access/actor.js';
import { may, mayAtAll, notPermitted } from '../core/access/decide.js';
import { RegistryError, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { WaiverToday } from '../core/policy/waiver-check.js';
import { decisionIssues, renewalIssues, requestIssues, revocationIssues } from '../core/policy/waiver-check.js';
import type { Grounds } from '../core/policy/grounds.js';
import type { WaiverEventKind } from '../core/policy/waiver.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { hashOf } from '../runtime/canonical-json.js';
import { todayInVietnam } from '../runtime/today.js';
import { RulePackReader } from './rule-pack.reader.js';
import type {
  DecideWaiverInput,
  RenewWaiverInput,
  RequestWaiverInput,
  RevokeWaiverInput,
} from './waiver-inputs.types.js';
import { WaiverReader, keptWaiver, withEvent } from './waiver.reader.js';
import type { KeptWaiver } from './waiver.types.js';

/** What is asked of a waiver that is there. */
interface Act {
  readonly kind: WaiverEventKind;
  /** Name of the mutation, for a refusal. */
  readonly name: string;
  /** RENEWED: the new last day. */
  readonly validTo: PartialDate | null;
  readonly may: (waiver: KeptWaiver) => boolean;
  readonly issues: (waiver: KeptWaiver, grounds: Grounds, now: WaiverToday) => readonly Issue[];
}

/** What every input about a waiver that is there has. */
type ActInput = Pick<DecideWaiverInput, 'waiver' | 'reason' | 'document' | 'idempotencyKey' | 'dryRun'>;

/** Records what is asked and decided of waivers. The landscape stays as it is; the lock of its head keeps others out. */
@Injectable()
export class WaiverWriter {
  constructor(
    private readonly changeSets: ChangeSetWriter,
    private readonly landscapes: LandscapeReader,
    private readonly waivers: WaiverReader,
    private readonly packs: RulePackReader,
  ) {}

  /** Asks for a waiver. @throws RegistryError with everything that is wrong, each at its field of the input. */
  async request(input: RequestWaiverInput, actor: Actor): Promise<KeptWaiver> {
    const { agency, dryRun, idempotencyKey, ...said } = input;
    if (!may(actor, 'waiver.request', { agency })) throw notPermitted('requestWaiver');
    const { pack } = this.packs.checked;
    const today = todayInVietnam();
    const asked = {
      ...said,
      agency,
      subjects: [...new Set(input.subjects)],
      document: input.document ?? null,
      compensatingMeasure: input.compensatingMeasure ?? null,
    };
    // The same request of another day is another one only where it names its first day.
    const requestHash = hashOf({ ...asked, validFrom: input.validFrom ?? null });
    const request = { ...asked, validFrom: input.validFrom ?? today };
    const keeping = { actor, key: idempotencyKey ?? null, requestHash, dryRun };
    return this.changeSets.recording('waivers', async (recording) => {
      const { snapshot, manager } = recording;
      const known = await this.waivers.ledger.recorded({ agency }, keeping, manager);
      if (known !== undefined) return known;
      const setting = { policy: this.waivers.policy, rules: pack.rules, today };
      refuse(requestIssues(this.landscapes.seen(snapshot, actor), request, setting));
      const { wholeAgency, subjects, ...terms } = request;
      const row = {
        ...terms,
        waiver: randomUUID(),
        kind: 'REQUESTED' as const,
        on: today,
        pack: `${pack.code} ${pack.version}`,
        subjects: wholeAgency ? null : subjects,
        author: roleOf(actor),
      };
      return keptWaiver(await this.waivers.ledger.add(row, keeping, recording));
    });
  }

  /** Approves or denies a request. @throws RegistryError with everything that is wrong. */
  decide(input: DecideWaiverInput, actor: Actor): Promise<KeptWaiver> {
    const approves = input.decision === 'APPROVE';
    return this.act(input, actor, {
      ...this.decided('decideWaiver', actor),
      kind: approves ? 'APPROVED' : 'DENIED',
      validTo: null,
      issues: (waiver, grounds, now) => decisionIssues(waiver, { ...grounds, approves }, now),
    });
  }

  /** Lets a waiver that holds last longer. @throws RegistryError with everything that is wrong. */
  renew(input: RenewWaiverInput, actor: Actor): Promise<KeptWaiver> {
    const { validTo } = input;
    const { policy } = this.waivers;
    return this.act(input, actor, {
      ...this.decided('renewWaiver', actor),
      kind: 'RENEWED',
      validTo,
      issues: (waiver, grounds, now) => renewalIssues(waiver, { ...grounds, validTo }, { ...now, policy }),
    });
  }

  /** Ends a waiver, or withdraws a request. @throws RegistryError with everything that is wrong. */
  revoke(input: RevokeWaiverInput, actor: Actor): Promise<KeptWaiver> {
    const name = 'revokeWaiver';
    // Who may revoke nothing at all does not have the lock taken for him.
    if (!mayAtAll(actor, 'waiver.revoke')) throw notPermitted(name);
    return this.act(input, actor, {
      name,
      kind: 'REVOKED',
      validTo: null,
      may: ({ terms }) => may(actor, 'waiver.revoke', { agency: terms.agency }),
      issues: (waiver, grounds, { today }) => revocationIssues(waiver, grounds, today),
    });
  }

  private decided(name: string, actor: Actor): Pick<Act, 'name' | 'may'> {
    if (!mayAtAll(actor, 'waiver.decide')) throw notPermitted(name);
    return { name, may: ({ events: [{ by, person = null }] }) => may(actor, 'waiver.decide', { author: by, person }) };
  }

  private act(input: ActInput, actor: Actor, act: Act): Promise<KeptWaiver> {
    const { waiver: id, reason, document = null, idempotencyKey: key = null, dryRun } = input;
    const { kind, validTo } = act;
    const keeping = { actor, key, requestHash: hashOf({ id, kind, reason, document, validTo }), dryRun };
    return this.changeSets.recording('waivers', async (recording) => {
      const { manager, snapshot } = recording;
      const waiver = await this.waivers.ledger.one(id, manager);
      if (waiver === undefined) throw RegistryError.of('WAIVER_UNKNOWN', ['waiver'], { id });
      if (!act.may(waiver)) throw notPermitted(act.name);
      const known = await this.waivers.ledger.recorded({ agency: waiver.terms.agency }, keeping, manager);
      if (known !== undefined) return known;
      const today = todayInVietnam();
      refuse(act.issues(waiver, { reason, document }, { landscape: this.landscapes.seen(snapshot, actor), today }));
      const { agency } = waiver.terms;
      const said = { waiver: id, kind, on: today, agency, validTo, reason, document, author: roleOf(actor) };
      const nothing = { rule: null, pack: null, subjects: null, validFrom: null, compensatingMeasure: null };
      return withEvent(waiver, await this.waivers.ledger.add({ ...said, ...nothing }, keeping, recording));
    });
  }
}
