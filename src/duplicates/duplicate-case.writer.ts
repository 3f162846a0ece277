import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { roleOf } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError, issue, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Element } from '../core/landscape/model.js';
import { textIssues } from '../core/landscape/text-issues.js';
import { newestOf, pairKey, verdictsFor } from '../core/similarity/duplicate-case.js';
import type { PairStanding } from '../core/similarity/pair-standing.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import type { Recording } from '../registry/head-follower.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { hashOf } from '../runtime/canonical-json.js';
import type { Keeping } from '../runtime/kept-event.js';
import { todayInVietnam } from '../runtime/today.js';
import { counterpartElement } from './counterpart-element.js';
import type { DecideDuplicateCaseInput, OpenDuplicateCaseInput } from './duplicate-case-inputs.types.js';
import { DuplicateCaseReader, keptCase, seenCase, withRow } from './duplicate-case.reader.js';
import type { KeptCase, SeenCase } from './duplicate-case.reader.js';
import { DuplicateCaseEventRow } from './duplicate-case.entity.js';
import { DuplicatesReader } from './duplicates.reader.js';

/** Most characters of a reason. */
const REASON_MAXIMUM = 2_000;

/** What somebody asks to have recorded. */
interface Asked {
  readonly actor: Actor;
  readonly keeping: Keeping;
  /** As he sees it; its texts are read before the lock of the head is taken, for that takes long and others wait for it. */
  readonly landscape: LandscapeView;
}

/** Records what is opened and decided of duplicates. The landscape stays as it is; the lock of its head keeps others out. */
@Injectable()
export class DuplicateCaseWriter {
  constructor(
    private readonly changeSets: ChangeSetWriter,
    private readonly landscapes: LandscapeReader,
    private readonly cases: DuplicateCaseReader,
    private readonly duplicates: DuplicatesReader,
  ) {}

  /** Opens the case of a pair. @throws RegistryError with everything that is wrong, each at its field of the input. */
  async open(input: OpenDuplicateCaseInput, actor: Actor): Promise<SeenCase> {
    const { subject: subjectUrn, match: matchUrn, reason, idempotencyKey: key = null, dryRun } = input;
    const requestHash = hashOf({ subject: subjectUrn, match: matchUrn, reason });
    const asked = await this.asked('openDuplicateCase', { actor, key, requestHash, dryRun });
    return this.recording(asked, async (recording) => {
      const { landscape } = asked;
      const subject = counterpartElement(landscape, subjectUrn, 'subject');
      const match = counterpartElement(landscape, matchUrn, 'match');
      refuse([
        ...(subject.urn === match.urn ? [issue('CASE_OF_ITSELF', ['match'], { urn: match.urn })] : []),
        ...textIssues('reason', reason, REASON_MAXIMUM),
      ]);
      const pair = pairKey(subject.urn, match.urn);
      const opened = await recording.manager.findOneBy(DuplicateCaseEventRow, { pair });
      if (opened !== null) throw RegistryError.of('CASE_EXISTS', ['match'], { id: opened.duplicateCase });
      const said = { duplicateCase: randomUUID(), state: 'OPEN' as const, pair, reason, avoidedCost: null };
      return keptCase(await this.add({ ...said, subject, match }, asked, recording));
    });
  }

  /** Decides a case, or decides it again. @throws RegistryError with everything that is wrong. */
  async decide(input: DecideDuplicateCaseInput, actor: Actor): Promise<SeenCase> {
    const { case: id, state, expectedState, reason, avoidedCost = null, idempotencyKey: key = null, dryRun } = input;
    const requestHash = hashOf({ id, state, expectedState, reason, avoidedCost });
    const asked = await this.asked('decideDuplicateCase', { actor, key, requestHash, dryRun });
    return this.recording(asked, async (recording) => {
      const known = await this.cases.ledger.one(id, recording.manager);
      const seen = known === undefined ? undefined : seenCase(known, asked.landscape);
      if (known === undefined || seen === undefined) throw RegistryError.of('CASE_UNKNOWN', ['case'], { id });
      refuse([...verdictIssues(input, seen), ...textIssues('reason', reason, REASON_MAXIMUM)]);
      const { subject, match } = seen;
      const said = { duplicateCase: id, state, pair: null, reason, avoidedCost, subject, match };
      return withRow(known, await this.add(said, asked, recording));
    });
  }

  private async asked(action: string, keeping: Keeping): Promise<Asked> {
    const { actor } = keeping;
    // Who may decide nothing at all does not have the lock taken for him.
    if (!may(actor, 'case.decide')) throw notPermitted(action);
    const landscape = await this.landscapes.read(actor);
    await this.duplicates.prepare(landscape);
    return { actor, keeping, landscape };
  }

  /** Records something, or tells again what was recorded under its key. */
  private recording(
    { actor, keeping, landscape }: Asked,
    record: (recording: Recording) => Promise<KeptCase>,
  ): Promise<SeenCase> {
    return this.changeSets.recording('cases', async (recording) => {
      const whose = { author: roleOf(actor) };
      const known = await this.cases.ledger.recorded(whose, keeping, recording.manager);
      const kept = known ?? (await record(recording));
      const seen = seenCase(kept, landscape);
      if (seen === undefined) throw RegistryError.of('CASE_UNKNOWN', ['case'], { id: kept.id });
      return seen;
    });
  }

  private add(
    { subject, match, ...said }: Said,
    { actor, keeping, landscape }: Asked,
    recording: Recording,
  ): Promise<DuplicateCaseEventRow> {
    const standing: PairStanding = this.duplicates.standing(landscape, [subject, match]);
    const pair = { subject: subject.urn, match: match.urn, revision: landscape.revision };
    const row = { ...said, ...pair, ...standing, on: todayInVietnam(), author: roleOf(actor) };
    return this.cases.ledger.add(row, keeping, recording);
  }
}

/** What a row says of a pair that is looked at now. */
interface Said extends Pick<DuplicateCaseEventRow, 'duplicateCase' | 'state' | 'pair' | 'reason' | 'avoidedCost'> {
  readonly subject: Element;
  readonly match: Element;
}

function verdictIssues({ state: value, expectedState: expected }: DecideDuplicateCaseInput, seen: SeenCase): Issue[] {
  const { state } = newestOf(seen.kept);
  if (state !== expected) return [issue('CASE_MOVED', ['expectedState'], { state, expected })];
  const allowed = verdictsFor(state, [seen.subject.kind, seen.match.kind]);
  if (allowed.includes(value)) return [];
  return [issue('VALUE_NOT_ALLOWED', ['state'], { field: 'state', value, allowed: allowed.join(', ') })];
}
