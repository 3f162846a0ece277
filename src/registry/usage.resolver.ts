import { Args, Context, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LIFECYCLE_PHASES } from '../core/landscape/model.js';
import type { LifecyclePhase } from '../core/landscape/model.js';
import { PageArgs } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { numberOf, textOf } from '../core/landscape/attribute-values.js';
import { AgencyType, ContractType, OperatedElementType } from './element.types.js';
import { RelationType } from './relation.types.js';
import { seenAt, seenByUrn } from './seen.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';
import { UsageReader } from './usage.reader.js';
import { SystemUsageConnectionType, SystemUsageType } from './usage.types.js';
import { LifecyclePhaseEnum } from './vocabulary.types.js';

/** The fields of a usage, read from its USES relation. */
@Resolver(() => SystemUsageType)
export class SystemUsageResolver {
  @ResolveField(() => ID, { description: 'The urn of the USES relation.' })
  id({ urn }: SeenRelation): string {
    return urn;
  }

  @ResolveField(() => OperatedElementType, { description: 'What is used.' })
  system({ landscape, target }: SeenRelation): SeenElement {
    return seenAt(landscape, target);
  }

  @ResolveField(() => AgencyType, { description: 'Who uses it.' })
  agency({ landscape, source }: SeenRelation): SeenElement {
    return seenAt(landscape, source);
  }

  @ResolveField(() => String, { nullable: true, description: 'What the agency calls it; null where nobody has told.' })
  localName(usage: SeenRelation): string | null {
    return textOf(usage, 'localName');
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'How many people of the agency use it; null where nobody has told.',
  })
  userCount(usage: SeenRelation): number | null {
    return numberOf(usage, 'userCount');
  }

  @ResolveField(() => ContractType, {
    nullable: true,
    description: 'The contract under which it is used, if one is known.',
  })
  contract(usage: SeenRelation): SeenElement | null {
    return seenByUrn(usage.landscape, textOf(usage, 'contract'));
  }

  @ResolveField(() => LifecyclePhaseEnum, { description: 'In which phase the use is at the agency.' })
  phase(usage: SeenRelation): LifecyclePhase {
    const told = textOf(usage, 'usagePhase');
    return LIFECYCLE_PHASES.find((phase) => phase === told) ?? 'UNKNOWN';
  }

  @ResolveField(() => RelationType, { description: 'The USES relation itself, with its sources and history.' })
  relation(usage: SeenRelation): SeenRelation {
    return usage;
  }
}

/** Who uses what is run. */
@Resolver(() => OperatedElementType)
export class OperatedUsageResolver {
  constructor(private readonly usage: UsageReader) {}

  @ResolveField(() => SystemUsageConnectionType, { description: 'What agencies do with it, in order of their making.' })
  usages(
    @Parent() system: SeenElement,
    @Args() page: PageArgs,
    @Context() context: RequestContext,
  ): Page<SeenRelation> {
    return this.usage.of(system, page, workOf(context));
  }
}

/** What an agency uses. */
@Resolver(() => AgencyType)
export class AgencyUsageResolver {
  constructor(private readonly usage: UsageReader) {}

  @ResolveField(() => SystemUsageConnectionType, {
    description: 'What it does with shared systems and platforms, in order of their making.',
  })
  uses(@Parent() agency: SeenElement, @Args() page: PageArgs, @Context() context: RequestContext): Page<SeenRelation> {
    return this.usage.by(agency, page, workOf(context));
  }
}

/** What is used under a contract. */
@Resolver(() => ContractType)
export class ContractUsageResolver {
  constructor(private readonly usage: UsageReader) {}

  @ResolveField(() => SystemUsageConnectionType, {
    description: 'What agencies use under it, in order of their making.',
  })
  usages(
    @Parent() contract: SeenElement,
    @Args() page: PageArgs,
    @Context() context: RequestContext,
  ): Page<SeenRelation> {
    return this.usage.under(contract, page, workOf(context));
  }
}
