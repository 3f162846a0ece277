import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { MatchSignalName } from '../core/similarity/match-signal.js';
import { ForwardPageArgs, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import { CASE_ORDERING } from './duplicate-case.reader.js';
import type { SeenCase } from './duplicate-case.reader.js';
import { DuplicateCaseConnectionType, DuplicateCaseType } from './duplicate-case.types.js';
import { DuplicateAnswerType, DuplicateCandidateType, MatchSignalNameEnum } from './duplicates.types.js';
import type { MaybeRegisteredAnswer, MaybeRegisteredCandidate } from './registered-answer.js';

/** What people made of a candidate. */
@Resolver(() => DuplicateCandidateType)
export class CandidateCaseResolver {
  @ResolveField(() => DuplicateCaseType, {
    nullable: true,
    description:
      'What people made of the pair; null where nobody opened a case that the caller sees, and for a draft, which is not ' +
      'registered.',
  })
  case(candidate: MaybeRegisteredCandidate): SeenCase | null {
    return candidate.case ?? null;
  }

  @ResolveField(() => [MatchSignalNameEnum], {
    description:
      'The pair was dismissed, and is told again because these signals have moved since; empty where it was not dismissed, ' +
      'and where only the band is another one than `case.band`.',
  })
  changedSinceDismissal(candidate: MaybeRegisteredCandidate): readonly MatchSignalName[] {
    return candidate.changedSinceDismissal ?? [];
  }
}

/** What people dismissed of what would be in an answer. */
@Resolver(() => DuplicateAnswerType)
export class DismissedCasesResolver {
  @ResolveField(() => DuplicateCaseConnectionType, {
    description:
      'Pairs that people dismissed and that stand as they stood then: left out of candidates, bands, advice and conditions, ' +
      'and never hidden. None for a draft, and for whoever may not read findings.',
  })
  dismissed(@Parent() { dismissed = [] }: MaybeRegisteredAnswer, @Args() page: ForwardPageArgs): Page<SeenCase> {
    return pageByPlace(dismissed, CASE_ORDERING, page, () => ['dismissed']);
  }
}
