import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { may, notPermitted } from '../core/access/decide.js';
import { orderedBy } from '../core/ordering.js';
import type { Rule } from '../core/policy/rule.js';
import type { RuleCheck, RuleProblem } from '../core/policy/rule-check.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { ruleProblemMessage } from '../runtime/rule-messages.js';
import { PageArgs, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar, DateTimeScalar, JsonScalar } from '../runtime/scalars.js';
import { RuleType } from './compliance.types.js';
import { CHECK_LOOKS, RuleCheckReader } from './rule-check.reader.js';
import type { RuleEventRow } from './rule-event.entity.js';
import { RuleVersionArgs } from './rule-inputs.types.js';
import { RulePackReader } from './rule-pack.reader.js';
import type { KeptRuleVersion } from './rule-pack.reader.js';
import {
  RuleCheckType,
  RuleDraftConnectionType,
  RuleDraftType,
  RuleProblemType,
  RuleVersionConnectionType,
  RuleVersionType,
} from './rule-version.types.js';
import { RuleReader } from './rule.reader.js';

/** Most problems that a check tells one by one; it says how many there are. */
const PROBLEMS_MAXIMUM = 100;

const VERSION_ORDER = orderedBy<KeptRuleVersion>(({ row }) => row?.number ?? 0);
const DRAFT_ORDER = orderedBy<RuleEventRow>(({ number }) => number);

/** Versions and drafts of rules, and the check of one that somebody writes. */
@Resolver()
export class RuleListResolver {
  constructor(
    private readonly packs: RulePackReader,
    private readonly drafts: RuleReader,
    private readonly checks: RuleCheckReader,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Query(() => RuleVersionConnectionType, {
    description: 'All versions of a rule, the first one first, each as it stood when the next took its place.',
  })
  @Asks('reference.read')
  async ruleVersions(@Args() { code, ...page }: RuleVersionArgs): Promise<Page<KeptRuleVersion>> {
    await this.landscapes.look();
    return pageByPlace(this.packs.versionsOf(code), VERSION_ORDER, page, () => ['ruleVersions', code]);
  }

  @Query(() => RuleDraftConnectionType, {
    description: 'What is drafted of rules and not published; for whoever speaks for the city.',
  })
  @Asks('rule.drafts')
  async ruleDrafts(@Args() page: PageArgs, @Context() { actor }: RequestContext): Promise<Page<RuleEventRow>> {
    if (!may(actor, 'rule.drafts')) throw notPermitted('ruleDrafts');
    await this.landscapes.look();
    return pageByPlace(await this.drafts.drafts(), DRAFT_ORDER, page, () => ['ruleDrafts']);
  }

  @Query(() => RuleCheckType, {
    description:
      'Everything that is wrong with a rule, each at its place, with what it costs, what it reads and what its examples ' +
      'give; nothing is kept. For whoever speaks for the city.',
  })
  @Asks('rule.drafts')
  async checkRule(
    @Args('rule', { type: () => JsonScalar, description: 'The rule as JSON; up to 65,536 characters.' }) rule: unknown,
    @Context() context: RequestContext,
  ): Promise<RuleCheckType> {
    if (!may(context.actor, 'rule.drafts')) throw notPermitted('checkRule');
    workOf(context).spend(CHECK_LOOKS);
    return checkType(this.checks.check(rule, await this.landscapes.forRequest(context)));
  }
}

function checkType({ checked, problems, expressions, examples }: RuleCheck): RuleCheckType {
  return {
    isRight: checked !== undefined,
    problemCount: problems.length,
    // Their sentences are made problem by problem, by the resolver of problems.
    problems: problems.slice(0, PROBLEMS_MAXIMUM),
    expressions,
    examples,
  };
}

/** A problem as people and programs read it. */
@Resolver(() => RuleProblemType)
export class RuleProblemResolver {
  @ResolveField(() => Int, {
    nullable: true,
    description: 'Line in the expression, from 1; null where it is in none.',
  })
  line({ at }: RuleProblem): number | null {
    return at?.line ?? null;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'Column in the line, from 1; null where it is in no expression.',
  })
  column({ at }: RuleProblem): number | null {
    return at?.column ?? null;
  }

  @ResolveField(() => String, { description: 'The sentence in Vietnamese, with what was probably meant.' })
  messageVi(problem: RuleProblem): string {
    return ruleProblemMessage(problem, 'VI');
  }

  @ResolveField(() => String, { description: 'The sentence in English, with what was probably meant.' })
  messageEn(problem: RuleProblem): string {
    return ruleProblemMessage(problem, 'EN');
  }
}

/** A version as the schema says it. */
@Resolver(() => RuleVersionType)
export class RuleVersionResolver {
  @ResolveField(() => String, {
    description:
      'Number of its publication; the version of the pack that it came with, where it was not published here.',
  })
  version({ version }: KeptRuleVersion): string {
    return version.version;
  }

  @ResolveField(() => RuleType, {
    description: 'The rule, as it stands or stood when the next version took its place.',
  })
  rule({ version }: KeptRuleVersion): Rule {
    return version.rule;
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'Day of publication; null where it came with the pack.',
  })
  publishedOn({ version }: KeptRuleVersion): string | null {
    return version.publishedOn;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'As whom it was published; null where it came with the pack.',
  })
  publishedBy({ row }: KeptRuleVersion): string | null {
    return row?.author ?? null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The version whose place it took; null where there was none.',
  })
  replaces({ row }: KeptRuleVersion): string | null {
    return row?.replaces ?? null;
  }

  @ResolveField(() => ID, { nullable: true, description: 'Hash of the rule as its author wrote it.' })
  hash({ row }: KeptRuleVersion): string | null {
    return row?.hash ?? null;
  }

  @ResolveField(() => ID, {
    nullable: true,
    description: 'Hash of the preview that was looked at before it was published.',
  })
  previewHash({ row }: KeptRuleVersion): string | null {
    return row?.previewHash ?? null;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'Revision of the landscape for which that preview held.',
  })
  previewRevision({ row }: KeptRuleVersion): number | null {
    return row?.previewRevision ?? null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Why it was published; for whoever speaks for the city.',
  })
  reason(@Parent() { row }: KeptRuleVersion, @Context() { actor }: RequestContext): string | null {
    return may(actor, 'rule.drafts') ? (row?.reason ?? null) : null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The paper that this rests on; for whoever speaks for the city.',
  })
  document(@Parent() { row }: KeptRuleVersion, @Context() { actor }: RequestContext): string | null {
    return may(actor, 'rule.drafts') ? (row?.document ?? null) : null;
  }
}

/** A draft as the schema says it. */
@Resolver(() => RuleDraftType)
export class RuleDraftResolver {
  constructor(private readonly packs: RulePackReader) {}

  @ResolveField(() => Boolean, {
    description: 'Whether another version is in use by now, so that it has to be drafted again.',
  })
  isStale({ code, replaces }: RuleEventRow): boolean {
    return (this.packs.inUse.versions.get(code)?.version ?? null) !== replaces;
  }

  @ResolveField(() => DateScalar, { description: 'Day on which it was drafted.' })
  draftedOn({ on }: RuleEventRow): string {
    return on;
  }

  @ResolveField(() => String, { description: 'As whom.' })
  draftedBy({ author }: RuleEventRow): string {
    return author;
  }

  @ResolveField(() => DateTimeScalar, { description: "When it was recorded, by the database's clock." })
  at({ at }: RuleEventRow): string {
    return at.toISOString();
  }
}
