import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { mayAttest } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { attestationOperations } from '../core/landscape/attestation-check.js';
import { ATTESTED } from '../core/landscape/attestation.js';
import { saidOf } from '../core/landscape/operation.js';
import type { LoggedOperation } from '../core/landscape/operation.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import type { CommitRequest } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { ScenarioWriter } from '../registry/scenario.writer.js';
import { hashOf } from '../runtime/canonical-json.js';
import { todayInVietnam } from '../runtime/today.js';
import { AttestationAnswer, SaidBefore, mapIssues } from './attestation-answer.js';
import type { AnswerRequest } from './attestation-answer.js';
import { textIssues } from './attestation-campaign.writer.js';
import type { AttestInput } from './attestation-inputs.types.js';
import type { AttestationRow } from './attestation.entity.js';
import { AttestationReader } from './attestation.reader.js';

/** What came of an answer. */
export interface AttestOutcome {
  /** null where it was a dry run. */
  readonly row: AttestationRow | null;
  readonly scenario: ScenarioRow | null;
  readonly operations: readonly LoggedOperation[];
  /** Revision of the landscape it made, or would make; null for none. */
  readonly revision: number | null;
}

const NOTE_MAXIMUM = 1_000;

/** Records what agencies say of their own records, with what it changes in the landscape, or not at all. */
@Injectable()
export class AttestationWriter {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly changeSets: ChangeSetWriter,
    private readonly scenarios: ScenarioWriter,
    private readonly reader: AttestationReader,
  ) {}

  /** @throws RegistryError with everything that is wrong, each at its field of the input. */
  async attest(input: AttestInput, actor: Actor): Promise<AttestOutcome> {
    const { agency } = input;
    if (!mayAttest(actor, agency)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'attest' });
    const [wrong] = textIssues('note', input.note ?? null, NOTE_MAXIMUM);
    if (wrong !== undefined) throw new RegistryError([wrong]);
    const request = requestOf(input);
    const { landscapes, scenarios, reader } = this;
    const answer = new AttestationAnswer(request, actor, { landscapes, scenarios, reader });
    try {
      return await (input.dryRun ? this.preview(answer, actor) : this.write(answer, actor));
    } catch (error) {
      if (error instanceof SaidBefore) return { ...(await this.told(error.row)), operations: [] };
      if (!(error instanceof RegistryError)) throw error;
      throw new RegistryError(mapIssues(error, (found) => atField(found, request)));
    }
  }

  private async write(answer: AttestationAnswer, actor: Actor): Promise<AttestOutcome> {
    if (!answer.changesLandscape) {
      await this.changeSets.underLock(async (snapshot, manager) => {
        await answer.decide(snapshot, manager);
        await answer.write(null, manager);
      });
      return { row: answer.row ?? null, scenario: answer.scenario, operations: [], revision: null };
    }
    const request = await this.commitOf(answer, actor);
    const { operations, revision } = await this.changeSets.commit({ ...request, companion: answer }, actor);
    return { row: answer.row ?? null, scenario: answer.scenario, operations, revision };
  }

  private async preview(answer: AttestationAnswer, actor: Actor): Promise<AttestOutcome> {
    const operations = await this.changeSets.underLock((snapshot, manager) => answer.decide(snapshot, manager));
    const nothing = { row: null, scenario: null };
    if (operations.length === 0) return { ...nothing, operations: [], revision: null };
    const { log, delta } = await this.changeSets.dryRun({ ...(await this.commitOf(answer, actor)), operations }, actor);
    return { ...nothing, operations: log, revision: delta.revision };
  }

  private async commitOf({ request }: AttestationAnswer, actor: Actor): Promise<CommitRequest> {
    const { agency, on, note } = request;
    const name = (await this.landscapes.read(actor)).elementByUrn(agency)?.name ?? agency;
    const reason = `${name} xác nhận dữ liệu ngày ${on}${note === null ? '' : `: ${note}`}`;
    return { operations: [], reason, source: 'USER', attestedBy: agency };
  }

  private async told(row: AttestationRow): Promise<Omit<AttestOutcome, 'operations'>> {
    const [scenario = null] = row.scenario === null ? [] : await this.reader.scenariosOf([row.scenario]);
    return { row, scenario, revision: row.revision };
  }
}

function requestOf(input: AttestInput): AnswerRequest {
  const { agency, inventoryComplete } = input;
  const said = {
    agency,
    on: input.on ?? todayInVietnam(),
    confirmed: [...new Set(input.confirmed)],
    flowsComplete: [...new Set(input.flowsComplete)],
    inventoryComplete,
    corrections: input.corrections.map(saidOf),
    expectedRevision: input.expectedRevision ?? null,
    note: input.note ?? null,
  };
  // The same answer of another day is another answer only where it names the day.
  const requestHash = hashOf({ ...said, on: input.on ?? null });
  return { ...said, idempotencyKey: input.idempotencyKey ?? null, requestHash };
}

/** An issue at the field of the input that it is about: what the caller wrote are no operations. */
function atField(found: Issue, request: AnswerRequest): Issue {
  const [first, index = ''] = found.path;
  if (first !== 'operations') return found;
  const operation = attestationOperations(request)[Number(index)];
  if (operation?.urn === request.agency) return { ...found, path: ['inventoryComplete'] };
  const said = operation?.path === `attributes.${ATTESTED.flowsComplete}` ? 'flowsComplete' : 'confirmed';
  return operation === undefined
    ? { ...found, path: [] }
    : { ...found, path: [said, placeIn(request[said], operation.urn)] };
}

function placeIn(urns: readonly string[], urn: string): string {
  return `${urns.indexOf(urn)}`;
}
