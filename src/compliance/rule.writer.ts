import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { may, mayAtAll, notPermitted } from '../core/access/decide.js';
import { RegistryError, refuse } from '../core/errors.js';
import { groundsIssues, paperIssues } from '../core/policy/grounds.js';
import { disputeIssues, verificationIssues, withdrawalIssues } from '../core/policy/rule-acts.js';
import type { Citation } from '../core/policy/rule.js';
import { citationKey } from '../core/policy/rule-version.js';
import type { RuleVersion } from '../core/policy/rule-version.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { hashOf } from '../runtime/canonical-json.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import { EvidenceEventRow } from './evidence.entity.js';
import { RuleCheckReader } from './rule-check.reader.js';
import { RuleEventRow } from './rule-event.entity.js';
import type {
  DisputeCitationInput,
  DraftRuleInput,
  PublishRuleInput,
  VerifyCitationInput,
  WithdrawRuleInput,
} from './rule-inputs.types.js';
import { RuleLedger, requestOf } from './rule-ledger.js';
import type { RuleRequest, Said } from './rule-ledger.js';
import { RulePackReader } from './rule-pack.reader.js';
import type { KeptRuleVersion } from './rule-pack.reader.js';
import type { SeenRulePreview } from './rule-preview.types.js';
import { WaiverEventRow } from './waiver.entity.js';

/** How often a preview is worked out for what rests on it, while others write. */
const ATTEMPTS_MAXIMUM = 3;

/** Is told what would be done now, before anything is refused because it is not what was looked at. */
export type Look = (preview: SeenRulePreview) => void;

/** What publishing needs of whoever asks for it. */
export interface Publishing {
  /** Reads a draft. @throws RegistryError RULE_DRAFT_UNKNOWN. */
  readonly draftOf: (number: number) => Promise<RuleEventRow>;
  readonly look: Look;
}

/** What changes what the rules say of everything, and is looked at before. */
interface LookedAt {
  /** Hash of the preview that was looked at. */
  readonly named: string;
  /**
   * What it would do to what is newest now; its work is paid for where it is begun. Undefined where it would do nothing to
   * anything, which `said` refuses.
   */
  readonly tried: (isFirst: boolean) => Promise<SeenRulePreview | undefined>;
  /** What is recorded. @throws RegistryError with everything that is wrong, under the lock. */
  readonly said: (manager: EntityManager) => Said | Promise<Said>;
  readonly look: Look;
}

/** Records what happens to rules. The landscape stays as it is; the lock of its head keeps others out. */
@Injectable()
export class RuleWriter {
  constructor(
    private readonly ledger: RuleLedger,
    private readonly landscapes: LandscapeReader,
    private readonly packs: RulePackReader,
    private readonly checks: RuleCheckReader,
  ) {}

  /** Keeps a rule that nothing is wrong with. @throws RegistryError with everything that is wrong, each at its place. */
  async draft(input: DraftRuleInput, context: RequestContext): Promise<RuleEventRow> {
    const { actor } = context;
    if (!may(actor, 'rule.draft')) throw notPermitted('draftRule');
    const { rule } = this.checks.right(input.rule, await this.landscapes.read(actor), ['rule']);
    const request = requestOf(input, context, { rule });
    refuse(groundsIssues(request.grounds));
    return this.ledger.noted(request, () => {
      const { code } = rule;
      const replaces = this.packs.inUse.versions.get(code)?.version ?? null;
      return { kind: 'DRAFTED', code, rule, hash: hashOf(rule), replaces };
    });
  }

  /** Puts a draft of somebody else in use. @throws RegistryError with everything that is wrong. */
  async publish(
    input: PublishRuleInput,
    context: RequestContext,
    { draftOf, look }: Publishing,
  ): Promise<KeptRuleVersion> {
    const { actor } = context;
    if (!mayAtAll(actor, 'rule.publish')) throw notPermitted('publishRule');
    const { preview: named } = input;
    const request = requestOf(input, context, { draft: input.draft, preview: named });
    refuse([...groundsIssues(request.grounds), ...paperIssues(request.grounds)]);
    const draft = await draftOf(input.draft);
    if (!may(actor, 'rule.publish', { author: draft.author, person: draft.person })) throw notPermitted('publishRule');
    return this.lookedAt(request, {
      named,
      look,
      tried: async (isFirst) => {
        const landscape = await this.landscapes.read(actor);
        const { checked } = this.checks.right(draft.rule, landscape, ['draft']);
        if (isFirst) this.checks.charge(checked, landscape, context);
        // All fields of a request are answered by the same rulings; what is tried again is to know of newer ones.
        return this.checks.preview(checked, landscape, { ...context });
      },
      said: async (manager) => {
        await this.checkDraft(draft, manager);
        const { code, rule, hash, replaces, number } = draft;
        return { kind: 'PUBLISHED', code, rule, hash, replaces, draft: number };
      },
    });
  }

  /** Ends a rule: from a day on it is not asked. @throws RegistryError with everything that is wrong. */
  async withdraw(input: WithdrawRuleInput, context: RequestContext, look: Look): Promise<KeptRuleVersion> {
    const { actor } = context;
    if (!mayAtAll(actor, 'rule.publish')) throw notPermitted('withdrawRule');
    const { rule: code, from, preview: named } = input;
    const request = requestOf(input, context, { code, from, preview: named });
    refuse([...groundsIssues(request.grounds), ...paperIssues(request.grounds)]);
    return this.lookedAt(request, {
      named,
      look,
      tried: async (isFirst) => {
        const landscape = await this.landscapes.read(actor);
        const withdrawn = this.checks.withdrawn(code);
        if (withdrawn === undefined) return undefined;
        if (isFirst) this.checks.charge(withdrawn, landscape, context);
        return this.checks.previewWithdrawal(withdrawn, landscape, { ...context });
      },
      said: () => {
        const inUse = this.ledger.versionOf(code);
        refuse(withdrawalIssues(inUse, from, todayInVietnam()));
        // It was withdrawn before it took effect, and is no rule of the pack any more.
        if (this.checks.withdrawn(code) === undefined) throw RegistryError.of('NOTHING_TO_DO', ['rule'], {});
        return { kind: 'WITHDRAWN', code, replaces: inUse.version, withdrawnFrom: from };
      },
    });
  }

  /** Says that a citation was read in the signed text. @throws RegistryError with everything that is wrong. */
  verify(input: VerifyCitationInput, context: RequestContext): Promise<KeptRuleVersion> {
    if (!may(context.actor, 'citation.verify')) throw notPermitted('verifyCitation');
    const { rule: code, version, citation: place, verifiedBy } = input;
    const request = requestOf(input, context, { code, version, place, verifiedBy });
    return this.ledger.counting(request, () => {
      const inUse = this.ledger.versionOf(code);
      const said = { version, citation: place, verifiedBy };
      refuse([...verificationIssues(inUse, said), ...groundsIssues(request.grounds), ...paperIssues(request.grounds)]);
      return { kind: 'CITATION_VERIFIED', code, citation: citationKey(citedIn(inUse, place)), verifiedBy };
    });
  }

  /** Takes back that a citation was verified. @throws RegistryError with everything that is wrong. */
  dispute(input: DisputeCitationInput, context: RequestContext): Promise<KeptRuleVersion> {
    if (!may(context.actor, 'citation.dispute')) throw notPermitted('disputeCitation');
    const { rule: code, version, citation: place } = input;
    const request = requestOf(input, context, { code, version, disputed: place });
    return this.ledger.counting(request, () => {
      const inUse = this.ledger.versionOf(code);
      const said = disputeIssues(inUse, { version, citation: place });
      refuse([...said, ...groundsIssues(request.grounds), ...paperIssues(request.grounds)]);
      return { kind: 'CITATION_DISPUTED', code, citation: citationKey(citedIn(inUse, place)) };
    });
  }

  /** Records what somebody has looked at, where it would still do what he saw. */
  private async lookedAt(request: RuleRequest, { named, tried, said, look }: LookedAt): Promise<KeptRuleVersion> {
    for (let attempt = 1; ; attempt++) {
      // It takes time, in which others may write: under the lock, which keeps them all out, it is only compared.
      const preview = await tried(attempt === 1);
      const isLast = attempt === ATTEMPTS_MAXIMUM;
      const version = await this.ledger.perhapsCounting(request, async (manager, { revision }) => {
        const row = await said(manager);
        const isSame = preview !== undefined && (await this.isStill(preview, revision, manager));
        if (!isSame && !isLast) return undefined;
        if (preview !== undefined) look(preview);
        if (!isSame || preview.hash !== named) {
          throw RegistryError.of('RULE_PREVIEW_STALE', ['preview'], { expected: named, actual: preview?.hash ?? '' });
        }
        return { ...row, previewHash: preview.hash, previewRevision: revision };
      });
      if (version !== undefined) return version;
    }
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
}

/** @throws RangeError where the rule has no such citation, which is refused before. */
function citedIn({ rule: { code, citations } }: RuleVersion, place: number): Citation {
  const cited = citations[place];
  if (cited === undefined) throw new RangeError(`Rule ${code} has no citation ${place}.`);
  return cited;
}
