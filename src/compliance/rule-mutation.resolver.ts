import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import {
  DisputeCitationInput,
  DraftRuleInput,
  PublishRuleInput,
  VerifyCitationInput,
  WithdrawRuleInput,
} from './rule-inputs.types.js';
import type { KeptRuleVersion } from './rule-pack.reader.js';
import type { SeenRulePreview } from './rule-preview.types.js';
import { DraftRulePayload, RuleVersionPayload } from './rule-version.types.js';
import { RuleReader } from './rule.reader.js';
import { RuleWriter } from './rule.writer.js';
import { CHECK_LOOKS } from './rule-check.reader.js';

/** What happens to rules. */
@Resolver()
export class RuleMutationResolver {
  constructor(
    private readonly writer: RuleWriter,
    private readonly drafts: RuleReader,
  ) {}

  @Mutation(() => DraftRulePayload, {
    description:
      'Keeps a rule that nothing is wrong with, for somebody else to publish; for the architecture office. It changes no finding.',
  })
  @Asks('rule.draft')
  async draftRule(
    @Args('input', { description: 'The rule.' }) input: DraftRuleInput,
    @Context() context: RequestContext,
  ): Promise<DraftRulePayload> {
    try {
      workOf(context).spend(CHECK_LOOKS);
      return { draft: await this.writer.draft(input, context), userErrors: [] };
    } catch (error) {
      return { draft: null, userErrors: userErrorsOf(error, context.language) };
    }
  }

  @Mutation(() => RuleVersionPayload, {
    description:
      'Puts a draft in use in the place of the rule of its code; for the administrator, who has looked at what it would do.',
  })
  @Asks('rule.publish')
  publishRule(
    @Args('input', { description: 'The draft, and the preview that was looked at.' }) input: PublishRuleInput,
    @Context() context: RequestContext,
  ): Promise<RuleVersionPayload> {
    return payload(context, (look) => {
      workOf(context).spend(CHECK_LOOKS);
      return this.writer.publish(input, context, { look, draftOf: (number) => this.drafts.draft(number) });
    });
  }

  @Mutation(() => RuleVersionPayload, {
    description:
      'Ends a rule: from a day on it is not asked. What was decided before stays; for the administrator, who has looked at ' +
      'what would not be said any more.',
  })
  @Asks('rule.publish')
  withdrawRule(
    @Args('input', { description: 'The rule, the day, and the preview that was looked at.' }) input: WithdrawRuleInput,
    @Context() context: RequestContext,
  ): Promise<RuleVersionPayload> {
    return payload(context, (look) => this.writer.withdraw(input, context, look));
  }

  @Mutation(() => RuleVersionPayload, {
    description:
      'Says by name that a citation was compared with the signed text, without which its rule may warn and not block; ' +
      'for whoever speaks for the city. Xác nhận đã đối chiếu căn cứ với bản đã ký.',
  })
  @Asks('citation.verify')
  verifyCitation(
    @Args('input', { description: 'The citation, and who has read the text.' }) input: VerifyCitationInput,
    @Context() context: RequestContext,
  ): Promise<RuleVersionPayload> {
    return payload(context, () => this.writer.verify(input, context));
  }

  @Mutation(() => RuleVersionPayload, {
    description:
      'Takes back that a citation was compared with the signed text, for a reason and by a paper: from then on its rule may ' +
      'warn and not block, until it is verified anew; for whoever speaks for the city. Bác việc đã đối chiếu căn cứ.',
  })
  @Asks('citation.dispute')
  disputeCitation(
    @Args('input', { description: 'The citation, and why it does not stand.' }) input: DisputeCitationInput,
    @Context() context: RequestContext,
  ): Promise<RuleVersionPayload> {
    return payload(context, () => this.writer.dispute(input, context));
  }
}

async function payload(
  { language }: RequestContext,
  write: (look: (preview: SeenRulePreview) => void) => Promise<KeptRuleVersion>,
): Promise<RuleVersionPayload> {
  let preview: SeenRulePreview | null = null;
  const look = (seen: SeenRulePreview): void => {
    preview = seen;
  };
  try {
    const version = await write(look);
    return { version, preview, userErrors: [] };
  } catch (error) {
    return { version: null, preview, userErrors: userErrorsOf(error, language) };
  }
}
