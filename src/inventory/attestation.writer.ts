import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import { RegistryError, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { ATTESTED } from '../core/landscape/attestation.js';
import { saidOf } from '../core/landscape/operation.js';
import type { LoggedOperation } from '../core/landscape/operation.js';
import { textIssues } from '../core/landscape/text-issues.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import type { CommitRequest } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { ScenarioWriter } from '../registry/scenario.writer.js';
import { hashOf } from '../runtime/canonical-json.js';
import { todayInVietnam } from '../runtime/today.js';
import { AttestationAnswer, ChangesNothing, SaidBefore, mapIssues } from './attestation-answer.js';
import type { AnswerRequest } from './attestation-answer.js';
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
const KEY_MAXIMUM = 200;
/** What comes of an answer that writes nothing. */
const NOTHING: AttestOutcome = { row: null, scenario: null, operations: [], revision: null };

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
    if (!may(actor, 'attestation.give', { agency })) throw notPermitted('attest');
    refuse([
      ...textIssues('note', input.note ?? null, NOTE_MAXIMUM),
      // A key that says nothing would be everybody's.
      ...textIssues('idempotencyKey', input.idempotencyKey ?? null, KEY_MAXIMUM),
    ]);
    const request = requestOf(input);
    const { landscapes, scenarios, reader } = this;
    const looked = await reader.looked(request.expectedRevision, actor);
    const answer = new AttestationAnswer(request, actor, looked, { landscapes, scenarios, reader });
    try {
      return await (input.dryRun ? this.preview(answer, actor) : this.write(answer, actor));
    } catch (error) {
      if (error instanceof SaidBefore) return input.dryRun ? NOTHING : this.told(error.row);
      if (!(error instanceof RegistryError)) throw error;
      throw new RegistryError(mapIssues(error, (found) => atField(found, answer)));
    }
  }

  /** What an answer writes is known under the lock alone: where it is nothing, no revision is made. */
  private async write(answer: AttestationAnswer, actor: Actor): Promise<AttestOutcome> {
    const request = await this.commitOf(answer, actor);
    const companion: CommitRequest['companion'] = {
      decide: async (snapshot, manager) => {
        const operations = await answer.decide(snapshot, manager);
        if (operations.length === 0) throw new ChangesNothing();
        return operations;
      },
      write: (revision, manager) => answer.write(revision, manager),
    };
    try {
      const { operations, revision } = await this.changeSets.commit({ ...request, companion }, actor);
      return { ...keptOf(answer), operations, revision };
    } catch (error) {
      if (!(error instanceof ChangesNothing)) throw error;
      const isKept = await this.changeSets.underLock(async (snapshot, manager) => {
        if ((await answer.decide(snapshot, manager)).length > 0) return false;
        await answer.write(null, manager);
        return true;
      });
      // Somebody declared in between what is to be taken back.
      return isKept ? { ...keptOf(answer), operations: [], revision: null } : this.write(answer, actor);
    }
  }

  private async preview(answer: AttestationAnswer, actor: Actor): Promise<AttestOutcome> {
    const operations = await this.changeSets.underLock((snapshot, manager) => answer.decide(snapshot, manager));
    if (operations.length === 0) return NOTHING;
    const { log, delta } = await this.changeSets.dryRun({ ...(await this.commitOf(answer, actor)), operations }, actor);
    return { ...NOTHING, operations: log, revision: delta.revision };
  }

  private async commitOf({ request }: AttestationAnswer, actor: Actor): Promise<CommitRequest> {
    const { agency, on, note } = request;
    const name = (await this.landscapes.read(actor)).elementByUrn(agency)?.name ?? agency;
    const { confirmed, flowsComplete, inventoryComplete } = request;
    const confirms = confirmed.length + flowsComplete.length > 0 || inventoryComplete;
    const what = confirms ? 'xác nhận' : 'đính chính';
    const reason = `${name} ${what} dữ liệu ngày ${on}${note === null ? '' : `: ${note}`}`;
    return { operations: [], reason, source: 'USER', attestedBy: agency };
  }

  private async told(row: AttestationRow): Promise<AttestOutcome> {
    const [scenario = null] = row.scenario === null ? [] : await this.reader.scenariosOf([row.scenario]);
    return { row, scenario, operations: [], revision: row.revision };
  }
}

function requestOf(input: AttestInput): AnswerRequest {
  const { agency, inventoryComplete } = input;
  const said = {
    agency,
    on: input.on ?? todayInVietnam(),
    confirmed: input.confirmed,
    flowsComplete: input.flowsComplete,
    inventoryComplete,
    corrections: input.corrections.map(saidOf),
    expectedRevision: input.expectedRevision ?? null,
    note: input.note ?? null,
  };
  // The same answer of another day is another answer only where it names the day.
  const requestHash = hashOf({ ...said, on: input.on ?? null });
  return { ...said, idempotencyKey: input.idempotencyKey ?? null, requestHash };
}

function keptOf({ row, scenario }: AttestationAnswer): Pick<AttestOutcome, 'row' | 'scenario'> {
  return { row: row ?? null, scenario };
}

/** An issue at the field of the input that it is about: what the caller wrote are no operations. */
function atField(found: Issue, { request, operations }: AttestationAnswer): Issue {
  const [first, index = ''] = found.path;
  if (first !== 'operations') return found;
  const operation = operations[Number(index)];
  if (operation === undefined) return { ...found, path: [] };
  if (operation.op === 'REMOVE') return { ...found, path: ['corrections'] };
  if (operation.urn === request.agency) return { ...found, path: ['inventoryComplete'] };
  const said = operation.path === `attributes.${ATTESTED.flowsComplete}` ? 'flowsComplete' : 'confirmed';
  return { ...found, path: [said, placeIn(request[said], operation.urn)] };
}

function placeIn(urns: readonly string[], urn: string): string {
  return `${urns.indexOf(urn)}`;
}
