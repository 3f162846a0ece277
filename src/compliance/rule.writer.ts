import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { mayDraftRule, mayPublishRule, mayVerifyCitation, roleOf } from '../core/access/decide.js';
import { RegistryError, refuse } from '../core/errors.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { groundsIssues, paperIssues } from '../core/policy/grounds.js';
import type { Grounds } from '../core/policy/grounds.js';
import { verificationIssues, withdrawalIssues } from '../core/policy/rule-acts.js';
import { citationKey } from '../core/policy/rule-version.js';
import type { RuleVersion } from '../core/policy/rule-version.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { hashOf } from '../runtime/canonical-json.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import { added, checkSameRequest, notPermitted } from './kept-event.js';
import type { KeptEvent, Keeping } from './kept-event.js';
import type { GroundsInput } from './grounds-input.types.js';
import { RuleCheckReader, packIssues } from './rule-check.reader.js';
import { EvidenceEventRow } from './evidence.entity.js';
import { RuleEventRow } from './rule-event.entity.js';
import type { DraftRuleInput, PublishRuleInput, VerifyCitationInput, WithdrawRuleInput } from './rule-inputs.types.js';
import { RulePackReader } from './rule-pack.reader.js';
import type { KeptRuleVersion } from './rule-pack.reader.js';
import type { SeenRulePreview } from './rule-preview.types.js';
import { WaiverEventRow } from './waiver.entity.js';

/** What a row says beside why and by whom. */
type Said = Pick<RuleEventRow, 'kind' | 'code'> & Partial<Omit<RuleEventRow, keyof KeptEvent>>;

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

/** How often a preview is worked out for a publication, while others write. */
const ATTEMPTS_MAXIMUM = 3;

/** What is asked for, as it is kept. */
interface Request {
  readonly context: RequestContext;
  readonly grounds: Grounds;
  readonly keeping: Keeping;
}

/** What publishing needs of whoever asks for it. */
export interface Publishing {
  /** Reads a draft. @throws RegistryError RULE_DRAFT_UNKNOWN. */
  readonly draftOf: (number: number) => Promise<RuleEventRow>;
  /** Is told what the draft would do now, before anything is refused because it is not what was looked at. */
  readonly look: (preview: SeenRulePreview) => void;
}

/** Records what happens to rules. The landscape stays as it is; the lock of its head keeps others out. */
@Injectable()
export class RuleWriter {
  constructor(
    private readonly changeSets: ChangeSetWriter,
    private readonly landscapes: LandscapeReader,
    private readonly packs: RulePackReader,
    private readonly checks: RuleCheckReader,
  ) {}

  /** Keeps a rule that nothing is wrong with. @throws RegistryError with everything that is wrong, each at its place. */
  async draft(input: DraftRuleInput, context: RequestContext): Promise<RuleEventRow> {
    const { actor } = context;
    if (!mayDraftRule(actor)) throw notPermitted('draftRule');
    const { rule } = this.checks.right(input.rule, await this.landscapes.read(actor), ['rule']);
    const request = requestOf(input, context, { rule });
    refuse(groundsIssues(request.grounds));
    return this.changeSets.underLock(async (_snapshot, manager) => {
      const known = await this.recorded(request, manager);
      if (known !== undefined) return known;
      const { code } = rule;
      const replaces = this.packs.inUse.versions.get(code)?.version ?? null;
      return this.keep({ kind: 'DRAFTED', code, rule, hash: hashOf(rule), replaces }, request, manager);
    });
  }

  /** Puts a draft of somebody else in use. @throws RegistryError with everything that is wrong. */
  async publish(
    input: PublishRuleInput,
    context: RequestContext,
    { draftOf, look }: Publishing,
  ): Promise<KeptRuleVersion> {
    const { actor } = context;
    if (!mayPublishRule(actor, '')) throw notPermitted('publishRule');
    const request = requestOf(input, context, { draft: input.draft, preview: input.preview });
    refuse([...groundsIssues(request.grounds), ...paperIssues(request.grounds)]);
    const draft = await draftOf(input.draft);
    if (!mayPublishRule(actor, draft.author)) throw notPermitted('publishRule');
    for (let attempt = 1; ; attempt++) {
      // It takes time, in which others may write: under the lock, which keeps them all out, it is only compared.
      const tried = await this.tried(draft, context, attempt === 1);
      const isLast = attempt === ATTEMPTS_MAXIMUM;
      const version = await this.perhapsCounting(request, async (manager, { revision }) => {
        await this.checkDraft(draft, manager);
        const isSame = await this.isStill(tried, revision, manager);
        if (!isSame && !isLast) return undefined;
        look(tried);
        if (!isSame || tried.hash !== input.preview) {
          const params = { expected: input.preview, actual: tried.hash };
          throw RegistryError.of('RULE_PREVIEW_STALE', ['preview'], params);
        }
        const { code, rule, hash, replaces, number } = draft;
        const looked = { previewHash: tried.hash, previewRevision: revision };
        return { kind: 'PUBLISHED', code, rule, hash, replaces, draft: number, ...looked };
      });
      if (version !== undefined) return version;
    }
  }

  /** Ends a rule: from a day on it is not asked. @throws RegistryError with everything that is wrong. */
  withdraw(input: WithdrawRuleInput, context: RequestContext): Promise<KeptRuleVersion> {
    if (!mayPublishRule(context.actor, '')) throw notPermitted('withdrawRule');
    const { rule: code, from } = input;
    const request = requestOf(input, context, { code, from });
    return this.counting(request, () => {
      const inUse = this.versionOf(code);
      refuse([
        ...withdrawalIssues(inUse, from, todayInVietnam()),
        ...groundsIssues(request.grounds),
        ...paperIssues(request.grounds),
      ]);
      return { kind: 'WITHDRAWN', code, replaces: inUse.version, withdrawnFrom: from };
    });
  }

  /** Says that a citation was read in the signed text. @throws RegistryError with everything that is wrong. */
  verify(input: VerifyCitationInput, context: RequestContext): Promise<KeptRuleVersion> {
    if (!mayVerifyCitation(context.actor)) throw notPermitted('verifyCitation');
    const { rule: code, version, citation: place, verifiedBy } = input;
    const request = requestOf(input, context, { code, version, place, verifiedBy });
    return this.counting(request, () => {
      const inUse = this.versionOf(code);
      const said = { version, citation: place, verifiedBy };
      refuse([...verificationIssues(inUse, said), ...groundsIssues(request.grounds), ...paperIssues(request.grounds)]);
      const cited = inUse.rule.citations[place];
      if (cited === undefined) throw new RangeError(`Rule ${code} has no citation ${place}.`);
      return { kind: 'CITATION_VERIFIED', code, citation: citationKey(cited), verifiedBy };
    });
  }

  /** @throws RegistryError RULE_UNKNOWN. */
  private versionOf(code: string): RuleVersion {
    const version = this.packs.inUse.versions.get(code);
    if (version === undefined) throw RegistryError.of('RULE_UNKNOWN', ['rule'], { code });
    return version;
  }

  /** What a draft would do to what is newest now; its work is paid for where it is begun. */
  private async tried({ rule }: RuleEventRow, context: RequestContext, isFirst: boolean): Promise<SeenRulePreview> {
    const landscape = await this.landscapes.read(context.actor);
    const { checked } = this.checks.right(rule, landscape, ['draft']);
    if (isFirst) this.checks.charge(checked, landscape, context);
    // All fields of a request are answered by the same rulings; what is tried again is to know of newer ones.
    return this.checks.preview(checked, landscape, { ...context });
  }

  /** Whether nothing that a preview was made from has moved on, under the lock of the head. */
  private async isStill(
    { landscape, rules, rulings, today }: SeenRulePreview,
    revision: number,
    manager: EntityManager,
  ): Promise<boolean> {
    if (revision !== landscape.revision || rules !== this.packs.inUse || today !== todayInVietnam()) return false;
    return rulings === (await manager.count(WaiverEventRow)) + (await manager.count(EvidenceEventRow));
  }

  /** @throws RegistryError where the draft was published already, or takes the place of what is not in use any more. */
  private async checkDraft({ number, code, replaces }: RuleEventRow, manager: EntityManager): Promise<void> {
    const published = await manager.findOneBy(RuleEventRow, { draft: number });
    if (published !== null) throw RegistryError.of('RULE_DRAFT_PUBLISHED', ['draft'], { number });
    const actual = this.packs.inUse.versions.get(code)?.version ?? null;
    if (actual === replaces) return;
    const params = { code, expected: replaces ?? '', actual: actual ?? '' };
    throw RegistryError.of('RULE_VERSION_STALE', ['draft'], params);
  }

  /** Records something that counts for what the rules are, and gives the version that is in use then. */
  private async counting(request: Request, decide: () => Said): Promise<KeptRuleVersion> {
    const version = await this.perhapsCounting(request, decide);
    if (version === undefined) throw new Error('Nothing was recorded.');
    return version;
  }

  /** The same; where nothing is said, nothing is recorded and given. */
  private async perhapsCounting(
    request: Request,
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

  /** The version that was published by a row; of any other row, the one in use. */
  private versionAt({ code, number }: RuleEventRow): KeptRuleVersion {
    const versions = this.packs.versionsOf(code);
    const version = versions.find(({ row }) => row?.number === number) ?? versions.at(-1);
    if (version === undefined) throw new Error(`There is no rule ${code}.`);
    return version;
  }

  private keep(said: Said, { context, grounds, keeping }: Request, manager: EntityManager): Promise<RuleEventRow> {
    const row = { ...NOTHING, on: todayInVietnam(), author: roleOf(context.actor), ...grounds, ...said };
    return added(RuleEventRow, row, keeping, manager);
  }

  /** What was recorded under the key before; undefined where nothing was. */
  private async recorded({ context, keeping }: Request, manager: EntityManager): Promise<RuleEventRow | undefined> {
    const { key: idempotencyKey, requestHash } = keeping;
    if (idempotencyKey === null) return undefined;
    const row = await manager.findOneBy(RuleEventRow, { author: roleOf(context.actor), idempotencyKey });
    if (row === null) return undefined;
    checkSameRequest(row, requestHash);
    return row;
  }
}

/** @param said - what is asked for, beside why. */
function requestOf(
  { reason, document = null, idempotencyKey: key = null, dryRun }: GroundsInput,
  context: RequestContext,
  said: object,
): Request {
  const grounds = { reason, document };
  return { context, grounds, keeping: { key, requestHash: hashOf({ ...said, ...grounds }), dryRun } };
}
