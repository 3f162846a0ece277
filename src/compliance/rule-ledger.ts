import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { roleOf } from '../core/access/actor.js';
import { RegistryError, refuse } from '../core/errors.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import type { Grounds } from '../core/policy/grounds.js';
import type { RuleVersion } from '../core/policy/rule-version.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import { hashOf } from '../runtime/canonical-json.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import type { GroundsInput } from './grounds-input.types.js';
import { added, checkSameRequest } from '../runtime/kept-event.js';
import type { KeptEvent, Keeping } from '../runtime/kept-event.js';
import { packIssues } from './rule-check.reader.js';
import { RuleEventRow } from './rule-event.entity.js';
import { RulePackReader } from './rule-pack.reader.js';
import type { KeptRuleVersion } from './rule-pack.reader.js';

/** What a row says beside why and by whom. */
export type Said = Pick<RuleEventRow, 'kind' | 'code'> & Partial<Omit<RuleEventRow, keyof KeptEvent>>;

/** What a row of another kind has nothing to say of. */
const NOTHING = {
  rule: null,
  hash: null,
  replaces: null,
  draft: null,
  previewHash: null,
  previewRevision: null,
  withdrawnFrom: null,
  citation: null,
  verifiedBy: null,
};

/** What is asked for, as it is kept. */
export interface RuleRequest {
  readonly context: RequestContext;
  readonly grounds: Grounds;
  readonly keeping: Keeping;
}

/** The ledger of rules: every act on a rule is a row of it. */
@Injectable()
export class RuleLedger {
  constructor(
    private readonly changeSets: ChangeSetWriter,
    private readonly packs: RulePackReader,
  ) {}

  /** Records something that counts for nothing yet; what was recorded before under its key is given again. */
  noted(request: RuleRequest, decide: () => Said): Promise<RuleEventRow> {
    return this.changeSets.underLock(async (_snapshot, manager) => {
      return (await this.recorded(request, manager)) ?? this.keep(decide(), request, manager);
    });
  }

  /** Records something that counts for what the rules are, and gives the version that is in use then. */
  async counting(request: RuleRequest, decide: () => Said): Promise<KeptRuleVersion> {
    const version = await this.perhapsCounting(request, decide);
    if (version === undefined) throw new Error('Nothing was recorded.');
    return version;
  }

  /** The same; where nothing is said, nothing is recorded and given. */
  async perhapsCounting(
    request: RuleRequest,
    decide: (manager: EntityManager, snapshot: LandscapeSnapshot) => Said | undefined | Promise<Said | undefined>,
  ): Promise<KeptRuleVersion | undefined> {
    return this.changeSets.recording('rules', async ({ snapshot, manager, moved }) => {
      const known = await this.recorded(request, manager);
      if (known !== undefined) return this.versionAt(known);
      const said = await decide(manager, snapshot);
      if (said === undefined) return undefined;
      const row = await this.keep(said, request, manager);
      // What is refused here is not kept: the transaction ends with it.
      refuse(packIssues(this.packs.problemsAfter(row), []));
      if (!request.keeping.dryRun) await moved(row.number);
      return this.packs.would(row);
    });
  }

  /** @throws RegistryError RULE_UNKNOWN. */
  versionOf(code: string): RuleVersion {
    const version = this.packs.inUse.versions.get(code);
    if (version === undefined) throw RegistryError.of('RULE_UNKNOWN', ['rule'], { code });
    return version;
  }

  /** The version that was published by a row; of any other row, the one in use. */
  private versionAt({ code, number }: RuleEventRow): KeptRuleVersion {
    const versions = this.packs.versionsOf(code);
    const version = versions.find(({ row }) => row?.number === number) ?? versions.at(-1);
    if (version === undefined) throw new Error(`There is no rule ${code}.`);
    return version;
  }

  private keep(said: Said, { context, grounds, keeping }: RuleRequest, manager: EntityManager): Promise<RuleEventRow> {
    const row = { ...NOTHING, on: todayInVietnam(), author: roleOf(context.actor), ...grounds, ...said };
    return added(RuleEventRow, row, keeping, manager);
  }

  /** What was recorded under the key before; undefined where nothing was. */
  private async recorded({ context, keeping }: RuleRequest, manager: EntityManager): Promise<RuleEventRow | undefined> {
    const { key: idempotencyKey, requestHash } = keeping;
    if (idempotencyKey === null) return undefined;
    const row = await manager.findOneBy(RuleEventRow, { author: roleOf(context.actor), idempotencyKey });
    if (row === null) return undefined;
    checkSameRequest(row, requestHash);
    return row;
  }
}

/** @param said - what is asked for, beside why. */
export function requestOf(
  { reason, document = null, idempotencyKey: key = null, dryRun }: GroundsInput,
  context: RequestContext,
  said: object,
): RuleRequest {
  const grounds = { reason, document };
  const keeping = { actor: context.actor, key, requestHash: hashOf({ ...said, ...grounds }), dryRun };
  return { context, grounds, keeping };
}
