import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { roleOf } from '../core/access/actor.js';
import { agencyOf } from '../core/access/actor.js';
import { may, mayAtAll, notPermitted } from '../core/access/decide.js';
import { RegistryError, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { PartialDate } from '../core/landscape/model.js';
import {
  evidenceDecisionIssues,
  judgementOf,
  submissionIssues,
  withdrawalIssues,
} from '../core/policy/evidence-check.js';
import type { EvidenceDecision, EvidenceSetting } from '../core/policy/evidence-check.js';
import { askedEvidence } from '../core/policy/evidence-kinds.js';
import { evidenceOn } from '../core/policy/evidence.js';
import type { EvidenceEventKind, EvidenceFile, EvidenceJudgement } from '../core/policy/evidence.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { hashOf } from '../runtime/canonical-json.js';
import { todayInVietnam } from '../runtime/today.js';
import type { DecideEvidenceInput, SubmitEvidenceInput, WithdrawEvidenceInput } from './evidence-inputs.types.js';
import { EvidenceReader, keptEvidence, seenEvidence, withEvidenceEvent } from './evidence.reader.js';
import type { KeptEvidence } from './evidence.types.js';
import { RulePackReader } from './rule-pack.reader.js';

/** What is done with evidence that is there. */
interface Act {
  readonly kind: EvidenceEventKind;
  /** Name of the mutation, for a refusal. */
  readonly name: string;
  /** What else makes the request this one. JSON. */
  readonly asked: unknown;
  readonly may: (evidence: KeptEvidence, today: PartialDate) => boolean;
  readonly issues: (evidence: KeptEvidence, setting: EvidenceSetting) => readonly Issue[];
  readonly judgement: (evidence: KeptEvidence, setting: EvidenceSetting) => EvidenceJudgement | null;
}

/** What every input about evidence that is there has. */
type ActInput = Pick<WithdrawEvidenceInput, 'evidence' | 'reason' | 'idempotencyKey' | 'dryRun'>;

/** Records what becomes of evidence. The landscape stays as it is; the lock of its head keeps others out. */
@Injectable()
export class EvidenceWriter {
  constructor(
    private readonly changeSets: ChangeSetWriter,
    private readonly landscapes: LandscapeReader,
    private readonly evidence: EvidenceReader,
    private readonly packs: RulePackReader,
  ) {}

  /** Submits evidence. @throws RegistryError with everything that is wrong, each at its field of the input. */
  async submit(input: SubmitEvidenceInput, actor: Actor): Promise<KeptEvidence> {
    const agency = agencyOf(actor) ?? '';
    if (!may(actor, 'evidence.submit', { agency })) throw notPermitted('submitEvidence');
    const { subject, kind, link = null, file = null, documentedOn = null, note = null } = input;
    const { idempotencyKey: key = null, dryRun } = input;
    const submission = { subject, kind, agency, link, file: file && fileOf(file), documentedOn, note };
    const keeping = { actor, key, requestHash: hashOf(submission), dryRun };
    const { ledger } = this.evidence;
    return this.changeSets.recording('evidence', async (recording) => {
      const { snapshot, manager } = recording;
      const known = await ledger.recorded({ agency }, keeping, manager);
      if (known !== undefined) return known;
      const setting = this.setting();
      refuse(submissionIssues(this.landscapes.seen(snapshot, actor), submission, setting));
      const { code, version } = this.packs.checked.pack;
      const { note: reason, kind: evidenceKind, ...terms } = submission;
      const said = { kind: 'SUBMITTED', evidenceKind, on: setting.today, pack: `${code} ${version}` } as const;
      const row = { evidence: randomUUID(), ...terms, ...said, ...UNJUDGED, reason, author: roleOf(actor) };
      return keptEvidence(await ledger.add(row, keeping, recording));
    });
  }

  /** Accepts or rejects evidence. @throws RegistryError with everything that is wrong. */
  async decide(input: DecideEvidenceInput, actor: Actor): Promise<KeptEvidence> {
    const name = 'decideEvidence';
    // Who may decide nothing at all does not have the lock taken for him.
    if (!mayAtAll(actor, 'evidence.decide')) throw notPermitted(name);
    const decision = decisionOf(input);
    return this.act(input, actor, {
      name,
      kind: decision.verdict === null ? 'REJECTED' : 'ACCEPTED',
      asked: decision,
      may: ({ events: [{ by, person = null }] }) => may(actor, 'evidence.decide', { author: by, person }),
      issues: (evidence, setting) => evidenceDecisionIssues(evidence, decision, setting),
      judgement: (evidence, { kinds, today }) =>
        judgementOf(evidence, decision, { kind: kinds.get(evidence.terms.kind), today }),
    });
  }

  /** Takes evidence back. @throws RegistryError with everything that is wrong. */
  async withdraw(input: WithdrawEvidenceInput, actor: Actor): Promise<KeptEvidence> {
    const name = 'withdrawEvidence';
    if (!mayAtAll(actor, 'evidence.withdraw')) throw notPermitted(name);
    return this.act(input, actor, {
      name,
      kind: 'WITHDRAWN',
      asked: null,
      may: (evidence, today) => {
        const showsFailure = evidenceOn(evidence, today)?.decision?.judgement?.verdict === 'NOT_MET';
        return may(actor, 'evidence.withdraw', { agency: evidence.terms.agency, showsFailure });
      },
      issues: (evidence, { today }) => withdrawalIssues(evidence, input.reason, today),
      judgement: () => null,
    });
  }

  private act(input: ActInput, actor: Actor, act: Act): Promise<KeptEvidence> {
    const { evidence: id, reason, idempotencyKey: key = null, dryRun } = input;
    const { kind, asked } = act;
    const keeping = { actor, key, requestHash: hashOf({ id, kind, reason, asked }), dryRun };
    const { ledger } = this.evidence;
    return this.changeSets.recording('evidence', async (recording) => {
      const { snapshot, manager } = recording;
      const setting = this.setting();
      const { today } = setting;
      const evidence = await ledger.one(id, manager);
      const seen = evidence && seenEvidence(evidence, this.landscapes.seen(snapshot, actor), today);
      if (evidence === undefined || seen === undefined)
        throw RegistryError.of('EVIDENCE_UNKNOWN', ['evidence'], { id });
      if (!act.may(evidence, today)) throw notPermitted(act.name);
      const { agency } = evidence.terms;
      const known = await ledger.recorded({ agency }, keeping, manager);
      if (known !== undefined) return known;
      refuse(act.issues(evidence, setting));
      const judgement = act.judgement(evidence, setting) ?? UNJUDGED;
      const said = { evidence: id, kind, on: today, agency, ...judgement, reason, author: roleOf(actor) };
      return withEvidenceEvent(evidence, await ledger.add({ ...NO_TERMS, ...said }, keeping, recording));
    });
  }

  private setting(): EvidenceSetting {
    return { kinds: askedEvidence(this.packs.checked), today: todayInVietnam() };
  }
}

const UNJUDGED = { verdict: null, validFrom: null, validTo: null };
const NO_TERMS = { subject: null, evidenceKind: null, pack: null, link: null, file: null, documentedOn: null };

function fileOf({ name, mediaType, size, sha256 }: EvidenceFile): EvidenceFile {
  return { name, mediaType, size, sha256 };
}

/** @throws RegistryError where what is accepted shows nothing, or what is rejected shows something. */
function decisionOf(input: DecideEvidenceInput): EvidenceDecision {
  const { decision, verdict = null, validFrom = null, validTo = null, reason } = input;
  if (decision === 'ACCEPT' && verdict === null) {
    throw RegistryError.of('VALUE_MISSING', ['verdict'], { field: 'verdict' });
  }
  if (decision === 'REJECT' && verdict !== null) {
    throw RegistryError.of('ARGUMENTS_EXCLUSIVE', ['verdict'], { field: 'verdict', other: 'REJECT' });
  }
  return { verdict, validFrom, validTo, reason };
}
