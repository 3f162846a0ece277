import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../core/access/actor.js';
import { may, notPermitted } from '../../core/access/decide.js';
import { RegistryError } from '../../core/errors.js';
import { appendAudit } from '../audit/audit-log.js';
import { auditedActor } from '../audit/audit-record.js';
import { sha256 } from '../canonical-json.js';
import { unavailableIfDown } from '../database-errors.js';
import { todayInVietnam } from '../today.js';
import { askedFor, madeBefore } from './asked-once.js';
import type { Asking } from './asked-once.js';
import { Credentials } from './credentials.js';
import { newServiceToken } from './service-token-text.js';
import { ServiceTokenRow } from './service-token.entity.js';

/** How often what was counted is written down, ms. */
const WRITTEN_EVERY = 60_000;
const DAY = 86_400_000;

/** What a token is to open, and for how long. */
export type TokenScope = Pick<ServiceTokenRow, 'label' | 'role' | 'agency' | 'grants' | 'documents' | 'readOnly'> & {
  readonly days: number;
};

/** A token as it is listed. */
export type ListedToken = ServiceTokenRow & { readonly lastUsedOn: string | null; readonly requests: number };

/** Tokens of dashboards and other systems. */
@Injectable()
export class ServiceTokens implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('ServiceTokens');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly credentials: Credentials,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.writeUses(), WRITTEN_EVERY).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.writeUses();
  }

  /**
   * Issues a token.
   * @returns it and its row; it is nowhere kept, and can not be told again: asked for again under a key, and on a dry run,
   *   there is the row alone.
   * @throws RegistryError NOT_PERMITTED.
   */
  async issue(
    { days, ...scope }: TokenScope,
    asking: Asking,
    actor: Actor,
  ): Promise<{ readonly row: ServiceTokenRow; readonly token: string | null }> {
    this.require(actor, 'issueServiceToken');
    const token = newServiceToken();
    const expiresAt = new Date(Date.now() + days * DAY);
    const request = askedFor({ days, ...scope }, asking);
    const given = { id: randomUUID(), digest: sha256(token), ...scope, ...request, expiresAt, revokedAt: null };
    const issuedBy = actor.principal ?? null;
    const row = Object.assign(new ServiceTokenRow(), { ...given, issuedBy });
    if (asking.dryRun) return { row: Object.assign(row, { issuedAt: new Date() }), token: null };
    return unavailableIfDown(
      this.database.transaction(async (manager) => {
        const before = await madeBefore(manager, ServiceTokenRow, request);
        if (before !== null) return { row: before, token: null };
        const kept = await manager.save(row);
        const { role, agency, grants, documents, readOnly } = scope;
        const opens = { role, agency, grants, documents, readOnly, expiresAt: expiresAt.toISOString() };
        const payload = { action: 'ISSUED', token: kept.id, ...opens };
        await appendAudit(manager, [{ kind: 'SERVICE_TOKEN', by: auditedActor(actor), subject: kept.id, payload }]);
        return { row: kept, token };
      }),
    );
  }

  /** Ends a token: it opens nothing any more, in other processes within a second. @throws RegistryError. */
  async revoke(id: string, actor: Actor, dryRun: boolean): Promise<ListedToken> {
    this.require(actor, 'revokeServiceToken');
    const token = (await this.list(actor)).find((each) => each.id === id);
    if (token === undefined) throw RegistryError.of('SERVICE_TOKEN_UNKNOWN', ['token'], { id });
    if (dryRun || token.revokedAt !== null) return token;
    const revokedAt = new Date();
    await unavailableIfDown(
      this.database.transaction(async (manager) => {
        await manager.update(ServiceTokenRow, { id }, { revokedAt });
        const payload = { action: 'REVOKED', token: id };
        await appendAudit(manager, [{ kind: 'SERVICE_TOKEN', by: auditedActor(actor), subject: id, payload }]);
      }),
    );
    this.credentials.forgetAll();
    return Object.assign(token, { revokedAt });
  }

  /** All of them, those that have ended too. @throws RegistryError NOT_PERMITTED. */
  async list(actor: Actor): Promise<ListedToken[]> {
    this.require(actor, 'serviceTokens');
    const rows = await unavailableIfDown(this.database.getRepository(ServiceTokenRow).find());
    const uses: { token: string; lastUsedOn: string; requests: number }[] = await unavailableIfDown(
      this.database.query(
        `select token, max(used_on) as "lastUsedOn", sum(requests)::integer as requests
         from service_token_use group by token`,
      ),
    );
    const byToken = new Map(uses.map((each) => [each.token, each]));
    return rows.map((row) => {
      const { lastUsedOn = null, requests = 0 } = byToken.get(row.id) ?? {};
      return Object.assign(row, { lastUsedOn, requests });
    });
  }

  /** Adds what was counted to the day's sums. What can not be written now is counted on. */
  async writeUses(): Promise<void> {
    // Services that write at once do so in the same order.
    const uses = [...this.credentials.takeUses()].toSorted(([one], [other]) => (one < other ? -1 : 1));
    if (uses.length === 0) return;
    try {
      await this.database.query(
        `insert into service_token_use (token, used_on, requests)
         select token, $1, requests from unnest($2::uuid[], $3::integer[]) as counted (token, requests)
         where exists (select from service_token where id = token)
         on conflict (token, used_on) do update set requests = service_token_use.requests + excluded.requests`,
        [todayInVietnam(), uses.map(([token]) => token), uses.map(([, requests]) => requests)],
      );
    } catch (error) {
      this.logger.warn(`The use of service tokens could not be written down; it is counted on. ${String(error)}`);
      for (const [token, requests] of uses) this.credentials.countUse(token, requests);
    }
  }

  private require(actor: Actor, operation: string): void {
    if (!may(actor, 'token.manage')) throw notPermitted(operation);
  }
}
