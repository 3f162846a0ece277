import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Asks } from '../../runtime/access-action.js';
import { userErrorsOf } from '../../runtime/registry-error.filter.js';
import type { RequestContext } from '../../runtime/request-context.js';
import { LocalAccounts } from '../../runtime/sign-in/local-accounts.js';
import type { OpenedAccount } from '../../runtime/sign-in/local-accounts.js';
import { CreateLocalAccountInput, LocalAccountInput, LocalAccountPayload } from './local-account.types.js';

/** The accounts of people whom no issuer knows. */
@Resolver()
export class LocalAccountResolver {
  constructor(private readonly accounts: LocalAccounts) {}

  @Mutation(() => LocalAccountPayload, {
    description: 'Makes an account for somebody whom no issuer knows; the owner sets it up. Tạo tài khoản tại chỗ.',
  })
  @Asks('people.manage')
  createLocalAccount(
    @Args('input', { description: 'For whom.' }) { person, userName, dryRun }: CreateLocalAccountInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<LocalAccountPayload> {
    return payload(language, () => this.accounts.make(person, userName, actor, dryRun));
  }

  @Mutation(() => LocalAccountPayload, {
    description:
      'Has the owner set password and second factor anew: the old ones, and all sessions, end now. Thiết lập lại tài khoản.',
  })
  @Asks('people.manage')
  resetLocalAccount(
    @Args('input', { description: 'Whose.' }) { person, dryRun }: LocalAccountInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<LocalAccountPayload> {
    return payload(language, () => this.accounts.reset(person, actor, dryRun));
  }

  @Mutation(() => LocalAccountPayload, {
    description: 'Lets nobody in by an account any more, and ends all sessions. Khóa tài khoản tại chỗ.',
  })
  @Asks('people.manage')
  disableLocalAccount(
    @Args('input', { description: 'Whose.' }) { person, dryRun }: LocalAccountInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<LocalAccountPayload> {
    return payload(language, async () => ({
      account: await this.accounts.disable(person, actor, dryRun),
      code: null,
    }));
  }
}

async function payload(
  language: RequestContext['language'],
  work: () => Promise<OpenedAccount>,
): Promise<LocalAccountPayload> {
  try {
    const { account, code } = await work();
    const { person, userName, passwordHash, disabledAt, enrolmentUntil } = account;
    return {
      account: { person, userName, isSetUp: passwordHash !== null, disabledAt: disabledAt?.toISOString() ?? null },
      enrolment:
        code === null || enrolmentUntil === null
          ? null
          : { path: `/sign-in/enrol?code=${code}`, until: enrolmentUntil.toISOString() },
      userErrors: [],
    };
  } catch (error) {
    return { account: null, enrolment: null, userErrors: userErrorsOf(error, language) };
  }
}
