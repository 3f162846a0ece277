import type { EntityManager } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError, issue, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { attestationIssues, attestationOperations } from '../core/landscape/attestation-check.js';
import type { AttestationRequest } from '../core/landscape/attestation.js';
import { isUrn } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { ISSUES_MAXIMUM } from '../core/landscape/plan-change-set.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { ScenarioWriter } from '../registry/scenario.writer.js';
import { appendRow } from '../runtime/audit/audit-log.js';
import { auditedActor } from '../runtime/audit/audit-record.js';
import { todayInVietnam } from '../runtime/today.js';
import { AttestationRow } from './attestation.entity.js';
import type { AttestedRecord } from './attestation.entity.js';
import { AttestationReader } from './attestation.reader.js';
import { contentOf } from './attested-content.js';

/** An answer of an agency, with what is kept of it beside what it says. */
export interface AnswerRequest extends AttestationRequest {
  readonly note: string | null;
  readonly idempotencyKey: string | null;
  /** Hash of all that is asked for. */
  readonly requestHash: string;
}

/** The answer was recorded before. It is thrown inside a transaction, and told as what it is outside of it. */
export class SaidBefore extends RegistryError {
  constructor(readonly row: AttestationRow) {
    super([issue('NOTHING_TO_DO', [])]);
  }
}

/** Where an answer is written. */
interface Doors {
  readonly landscapes: LandscapeReader;
  readonly scenarios: ScenarioWriter;
  readonly reader: AttestationReader;
}

/** The answer writes nothing to the landscape. It is thrown inside the transaction of a commit, which is not needed then. */
export class ChangesNothing extends RegistryError {
  constructor() {
    super([issue('NOTHING_TO_DO', [])]);
  }
}

/** An answer on its way: judged by the landscape as it is under the lock, then written in the same transaction. */
export class AttestationAnswer {
  row: AttestationRow | undefined;
  scenario: ScenarioRow | null = null;
  /** What it writes to the landscape, as it was judged last. */
  operations: readonly Operation[] = [];

  /** @param looked - the landscape that the agency looked at, where it says which, as its caller sees it. */
  constructor(
    readonly request: AnswerRequest,
    private readonly actor: Actor,
    private readonly looked: LandscapeView | undefined,
    private readonly doors: Doors,
  ) {}

  /**
   * What it writes to the landscape. Nothing is written yet.
   * @throws RegistryError with everything that is wrong; SaidBefore where it was recorded already.
   */
  async decide(snapshot: LandscapeSnapshot, manager: EntityManager): Promise<readonly Operation[]> {
    const { request, actor } = this;
    await this.refuseRepeated(manager);
    const landscape = this.doors.landscapes.seen(snapshot, actor);
    const scenarios = await this.doors.reader.waiting([request.agency], manager);
    const waiting = scenarios.flatMap(({ operations }) => operations);
    const issues = [
      ...attestationIssues(landscape, request, { today: todayInVietnam(), waiting, looked: this.looked }),
      ...waitingIssues(request, scenarios.length),
    ];
    // Whoever mends these asks again for the rest.
    refuse(issues.slice(0, ISSUES_MAXIMUM));
    this.scenario = request.corrections.length === 0 ? null : await this.draft(snapshot, manager);
    this.operations = attestationOperations(landscape, request);
    this.row = Object.assign(new AttestationRow(), {
      agency: request.agency,
      on: request.on,
      confirmed: recordsOf(snapshot, request.confirmed),
      flowsComplete: [...new Set(request.flowsComplete)],
      inventoryComplete: request.inventoryComplete,
      baseRevision: snapshot.revision,
      corrections: [...request.corrections],
      scenario: this.scenario?.id ?? null,
      author: actor.kind.toLowerCase(),
      note: request.note,
      idempotencyKey: request.idempotencyKey,
      requestHash: request.requestHash,
    } satisfies Omit<AttestationRow, 'number' | 'revision' | 'at'>);
    return this.operations;
  }

  /** Writes what is kept of it. @param revision - that it made; null for none. */
  async write(revision: number | null, manager: EntityManager): Promise<void> {
    if (this.row === undefined) throw new Error('An attestation is written that nobody has judged.');
    const [last]: { number: number | null }[] = await manager.query(`select max(number) as number from attestation`);
    if (this.scenario !== null) this.scenario = await manager.save(this.scenario);
    const number = (last?.number ?? 0) + 1;
    this.row = await manager.save(Object.assign(this.row, { number, revision }));
    await appendRow(manager, { table: 'attestation', number }, auditedActor(this.actor));
  }

  private async refuseRepeated(manager: EntityManager): Promise<void> {
    const { agency, idempotencyKey: key, requestHash } = this.request;
    const known = key === null ? null : await this.doors.reader.keyed(agency, key, manager);
    if (known === null || key === null) return;
    if (known.requestHash === requestHash) throw new SaidBefore(known);
    throw RegistryError.of('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'], { key });
  }

  /** Its officers read the whole scenario, so that nothing may be in it which they do not see. */
  private async draft(snapshot: LandscapeSnapshot, manager: EntityManager): Promise<ScenarioRow> {
    const { agency, on, note, corrections } = this.request;
    if (!isUrn(agency)) throw RegistryError.of('URN_UNKNOWN', ['agency'], { urn: agency });
    const { actor } = this;
    const reader: Actor = actor.kind === 'OFFICER' ? actor : { kind: 'OFFICER', agency, grants: [] };
    const name = `Đính chính ngày ${on} của ${agency}`.slice(0, NAME_MAXIMUM);
    const scenario = { name, purpose: note, agency, operations: corrections, ready: true, dryRun: false };
    try {
      const row = await this.doors.scenarios.prepare(scenario, snapshot, { actor: reader, manager });
      return Object.assign(row, { author: actor.kind.toLowerCase() });
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      throw new RegistryError(mapIssues(error, atCorrection));
    }
  }
}

/** What the registry holds is not what an agency says while its corrections are not in it. */
function waitingIssues({ agency, inventoryComplete, corrections }: AnswerRequest, waiting: number): Issue[] {
  const count = waiting + Number(corrections.length > 0);
  return inventoryComplete && count > 0 ? [issue('CORRECTIONS_WAIT', ['inventoryComplete'], { agency, count })] : [];
}

/** Names of scenarios are no longer. */
const NAME_MAXIMUM = 200;

/** An issue at the step of the corrections that it is about. */
function atCorrection(found: Issue): Issue {
  const [first, ...below] = found.path;
  return first === 'operations' ? { ...found, path: ['corrections', ...below] } : found;
}

/** The issues of an error, each changed. */
export function mapIssues(
  { issues: [first, ...rest] }: RegistryError,
  change: (found: Issue) => Issue,
): readonly [Issue, ...Issue[]] {
  return [change(first), ...rest.map(change)];
}

function recordsOf(snapshot: LandscapeSnapshot, urns: readonly string[]): AttestedRecord[] {
  return [...new Set(urns)].flatMap((urn) => {
    const element = snapshot.elementByUrn(urn);
    return element === undefined ? [] : [{ urn, content: contentOf(element) }];
  });
}
