import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import type { LandscapeView } from '../core/access/view.js';
import { notPermitted } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import type { Element } from '../core/landscape/model.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import { orderedBy } from '../core/ordering.js';
import { isNewlyFailing, isNewlyPassing } from '../core/policy/preview.js';
import type { OutcomeChange, Transition } from '../core/policy/preview.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { CHECK_LOOKS, RuleCheckReader } from './rule-check.reader.js';
import { OutcomeChangeArgs, PreviewRuleArgs } from './rule-inputs.types.js';
import {
  AgencyRulePreviewType,
  OrphanedWaiverConnectionType,
  OrphanedWaiverType,
  OutcomeChangeConnectionType,
  OutcomeChangeType,
  OutcomeTransitionType,
  RulePreviewType,
} from './rule-preview.types.js';
import type { OutcomeChangeKind, SeenRulePreview } from './rule-preview.types.js';
import { RuleReader } from './rule.reader.js';
import { seenWaiver } from './waiver.reader.js';

/** What trying a rule costs for each element, in looks at a record. */
const LOOKS = 40;

/** What a rule would do, before it does. */
@Resolver(() => RulePreviewType)
export class RulePreviewQueryResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly checks: RuleCheckReader,
    private readonly drafts: RuleReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => RulePreviewType, {
    description:
      'What a rule would say in place of the one of its code, or what a rule in use would not say any more were it ' +
      'withdrawn, of everything that the caller sees. For whoever speaks for the city and may read findings.',
  })
  @Asks('rule.preview')
  @Costs(50_000)
  async previewRule(@Args() asked: PreviewRuleArgs, @Context() context: RequestContext): Promise<SeenRulePreview> {
    if (!this.access.allows(context.actor, 'rule.preview')) throw notPermitted('previewRule');
    const { rule = null, draft = null, withdrawal = null, ...at } = asked;
    checkOne({ rule, draft, withdrawal });
    const document = draft === null ? rule : (await this.drafts.draft(draft)).rule;
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    if (withdrawal !== null) {
      const withdrawn = this.checks.withdrawn(withdrawal);
      if (withdrawn === undefined) throw RegistryError.of('RULE_UNKNOWN', ['withdrawal'], { code: withdrawal });
      this.checks.charge(withdrawn, landscape, context);
      return this.checks.previewWithdrawal(withdrawn, landscape, context);
    }
    workOf(context).spend(CHECK_LOOKS);
    const { checked } = this.checks.right(document, landscape, draft === null ? ['rule'] : ['draft']);
    this.checks.charge(checked, landscape, context);
    return this.checks.preview(checked, landscape, context);
  }
}

/** @throws RegistryError where more than one thing is to be tried at once. */
function checkOne(asked: Readonly<Record<'rule' | 'draft' | 'withdrawal', unknown>>): void {
  const [field, other] = (['withdrawal', 'draft', 'rule'] as const).filter((name) => asked[name] !== null);
  if (field === undefined || other === undefined) return;
  throw RegistryError.of('ARGUMENTS_EXCLUSIVE', [field], { field, other });
}

const KINDS: Readonly<Record<OutcomeChangeKind, (change: OutcomeChange) => boolean>> = {
  NEWLY_FAILING: isNewlyFailing,
  NEWLY_PASSING: isNewlyPassing,
  ANY: () => true,
};

/** A preview as the schema says it. */
@Resolver(() => RulePreviewType)
export class RulePreviewResolver {
  @ResolveField(() => ID, {
    description: 'Hash of the rule and of all that would change: whoever publishes the rule names what he looked at.',
  })
  hash({ hash }: SeenRulePreview): string {
    return hash;
  }

  @ResolveField(() => Int, { description: 'Revision of the landscape that it was worked out on.' })
  revision({ landscape }: SeenRulePreview): number {
    return landscape.revision;
  }

  @ResolveField(() => Int, { description: 'Number of elements that either version is asked about.' })
  subjects({ preview }: SeenRulePreview): number {
    return preview.subjects;
  }

  @ResolveField(() => Int, { description: 'Number of elements that would fail and do not.' })
  newlyFailing({ preview }: SeenRulePreview): number {
    return preview.changes.filter(isNewlyFailing).length;
  }

  @ResolveField(() => Int, { description: 'Number of elements that would pass and do not.' })
  newlyPassing({ preview }: SeenRulePreview): number {
    return preview.changes.filter(isNewlyPassing).length;
  }

  @ResolveField(() => [OutcomeTransitionType], {
    description: 'All subjects, by what is said and what would be said of them.',
  })
  transitions({ preview }: SeenRulePreview): readonly Transition[] {
    return preview.transitions;
  }

  @ResolveField(() => OutcomeChangeConnectionType, {
    description: 'Elements whose outcome would change, in the order in which they came.',
  })
  changes(
    @Parent() { preview, landscape, hash }: SeenRulePreview,
    @Args() { kind, ...page }: OutcomeChangeArgs,
  ): Page<OutcomeChangeType> {
    const wanted = preview.changes.filter(KINDS[kind]);
    const ordering = ageOrderingOf(landscape, ({ element }: OutcomeChange) => element);
    const cut = pageByPlace(wanted, ordering, page, () => ['ruleChanges', hash, kind]);
    return mapPage(cut, ({ element, agency, before, after }) => ({
      element: new SeenElement(landscape, element),
      agency: agencyOf(landscape, agency),
      before,
      after,
    }));
  }

  @ResolveField(() => [AgencyRulePreviewType], {
    description: 'Owners for whose subjects something would change, in order of their urns; unknown owners last.',
  })
  byAgency({ preview, landscape }: SeenRulePreview): AgencyRulePreviewType[] {
    return preview.byAgency.map(({ agency, ...counts }) => ({ ...counts, agency: agencyOf(landscape, agency) }));
  }

  @ResolveField(() => OrphanedWaiverConnectionType, {
    description: 'Waivers in force that cover failures, and would cover none, in the order of their ids.',
  })
  orphanedWaivers(
    @Parent() { orphaned, hash, landscape, today }: SeenRulePreview,
    @Args() page: PageArgs,
  ): Page<OrphanedWaiverType> {
    const cut = pageByPlace(orphaned, WAIVER_ORDER, page, () => ['orphanedWaivers', hash]);
    return mapPage(cut, ({ waiver, failing }) => ({ waiver: seenWaiver(waiver, landscape, today) ?? null, failing }));
  }
}

const WAIVER_ORDER = orderedBy<SeenRulePreview['orphaned'][number]>(({ waiver }) => waiver.id);

function agencyOf(landscape: LandscapeView, agency: Element | null): SeenElement | null {
  return agency === null ? null : new SeenElement(landscape, agency);
}
