import { Args, Context, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import { CONTRACT_DUTIES, contractEnds } from '../core/landscape/contract-ends.js';
import type { ContractEnd } from '../core/landscape/contract-ends.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DateScalar, MoneyScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import { askedCoverage } from './asked-coverage.reader.js';
import { numberOf, textOf, truthOf } from '../core/landscape/attribute-values.js';
import { ContractEndConnectionType } from './contract.types.js';
import type { SeenContractEnd } from './contract.types.js';
import type { Coverage } from './coverage.types.js';
import { ContractType } from './element.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { SeenElement } from './seen.types.js';
import { checkedDays } from './days-ahead.js';

/** What the question costs for each element, in looks at a record. */
const LOOKS = 5;

/** Contracts: what they oblige to, and which end soon. */
@Resolver(() => ContractType)
export class ContractResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => String, { nullable: true, description: 'Who provides; null where nobody has told.' })
  provider(contract: SeenElement): string | null {
    return textOf(contract, 'provider');
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'From when it runs, as far as known.' })
  startsOn(contract: SeenElement): string | null {
    return textOf(contract, 'startsOn');
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'When it ends, as far as known.' })
  endsOn(contract: SeenElement): string | null {
    return textOf(contract, 'endsOn');
  }

  @ResolveField(() => MoneyScalar, { nullable: true, description: 'What it is worth.' })
  value(contract: SeenElement): number | null {
    return numberOf(contract, 'contractValueVnd');
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Whether all data are handed over at its end; null where nobody has told.',
  })
  dataHandover(contract: SeenElement): boolean | null {
    return truthOf(contract, 'dataHandover');
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Whether the source code is handed over; null where nobody has told.',
  })
  sourceCodeHandover(contract: SeenElement): boolean | null {
    return truthOf(contract, 'sourceCodeHandover');
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Whether it lays down who answers for network security; null where nobody has told.',
  })
  securityDuties(contract: SeenElement): boolean | null {
    return truthOf(contract, 'securityDuties');
  }

  @Query(() => ContractEndConnectionType, {
    description:
      'Contracts that may end within some days, what ends first first. One of which nobody has told when it ends is ' +
      'not in the list: it is a missing fact of the coverage.',
  })
  @Asks('landscape.read')
  async contractsEnding(
    @Args('within', { type: () => Int, defaultValue: 90, description: 'How many days ahead.' }) within: number,
    @Args('dutiesOpen', {
      type: () => Boolean,
      defaultValue: true,
      description: 'Only those of which a duty was not agreed, or nobody has told whether it was.',
    })
    dutiesOpen: boolean,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenContractEnd> & { coverage: Coverage }> {
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const found = contractEnds(landscape, landscape.day ?? todayInVietnam(), checkedDays(within, 'within'));
    const ending = found.ending.filter(
      ({ notAgreed, unknownDuties }) => !dutiesOpen || notAgreed.length + unknownDuties.length > 0,
    );
    const unknown = [
      ...found.unknownEnd.map((element) => ({ element, key: 'endsOn' })),
      ...ending.flatMap(({ contract: element, unknownDuties }) =>
        unknownDuties.map((duty) => ({ element, key: CONTRACT_DUTIES[duty] })),
      ),
    ];
    const coverage = askedCoverage(landscape, { objectsKnown: found.contracts, unknown }, context.language);
    const ordering = ageOrderingOf<ContractEnd>(
      landscape,
      ({ contract }) => contract,
      ({ daysLeft }) => daysLeft,
    );
    const items = pageByPlace(ending, ordering, page, () => ['contractsEnding', within, dutiesOpen]);
    const seen = mapPage(items, (end) => ({ ...end, contract: new SeenElement(landscape, end.contract) }));
    return { ...seen, coverage };
  }
}
