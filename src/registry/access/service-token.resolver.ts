import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { may, notPermitted } from '../../core/access/decide.js';
import { ROLES } from '../../core/access/policy.js';
import { RegistryError, issue } from '../../core/errors.js';
import type { Issue } from '../../core/errors.js';
import type { LandscapeView } from '../../core/access/view.js';
import { isWritableText } from '../../core/landscape/record-fields.js';
import { orderedBy } from '../../core/ordering.js';
import { Asks } from '../../runtime/access-action.js';
import type { ServiceTokenRow } from '../../runtime/identity/service-token.entity.js';
import { ServiceTokens } from '../../runtime/identity/service-tokens.js';
import type { TokenScope } from '../../runtime/identity/service-tokens.js';
import { PageArgs, mapPage, pageByPlace } from '../../runtime/page.js';
import type { Page } from '../../runtime/page.js';
import { userErrorsOf } from '../../runtime/registry-error.filter.js';
import type { RequestContext } from '../../runtime/request-context.js';
import { LandscapeReader } from '../landscape.reader.js';
import { scopeIssues } from './role-scope.js';
import {
  IssueServiceTokenInput,
  IssueServiceTokenPayload,
  RevokeServiceTokenInput,
  RevokeServiceTokenPayload,
  ServiceTokenConnectionType,
} from './service-token.types.js';
import type { ServiceTokenType } from './service-token.types.js';

type Shown = ServiceTokenRow & { readonly lastUsedOn?: string | null; readonly requests?: number };

const ORDERING = orderedBy<Shown>(
  ({ issuedAt }) => -issuedAt.getTime(),
  ({ id }) => id,
);

/** Tokens of dashboards and other systems. */
@Resolver()
export class ServiceTokenResolver {
  constructor(
    private readonly tokens: ServiceTokens,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Query(() => ServiceTokenConnectionType, {
    description: 'Tokens of dashboards and other systems, the newest first; those that have ended too. Mã truy cập.',
  })
  @Asks('token.manage')
  async serviceTokens(@Args() page: PageArgs, @Context() { actor }: RequestContext): Promise<Page<ServiceTokenType>> {
    const tokens = await this.tokens.list(actor);
    return mapPage(
      pageByPlace<Shown>(tokens, ORDERING, page, () => ['serviceTokens']),
      shown,
    );
  }

  @Mutation(() => IssueServiceTokenPayload, {
    description: 'Issues a token, which is told this once. Cấp mã truy cập dịch vụ.',
  })
  @Asks('token.manage')
  async issueServiceToken(
    @Args('input', { description: 'What it opens, and for how long.' }) input: IssueServiceTokenInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<IssueServiceTokenPayload> {
    try {
      if (!may(actor, 'token.manage')) throw notPermitted('issueServiceToken');
      const scope = scopeOf(input, await this.landscapes.read(actor));
      const { row, token } = await this.tokens.issue(scope, input, actor);
      return { serviceToken: shown(row), token, userErrors: [] };
    } catch (error) {
      return { serviceToken: null, token: null, userErrors: userErrorsOf(error, language) };
    }
  }

  @Mutation(() => RevokeServiceTokenPayload, {
    description: 'Ends a token: it opens nothing any more. Thu hồi mã truy cập dịch vụ.',
  })
  @Asks('token.manage')
  async revokeServiceToken(
    @Args('input', { description: 'Which.' }) { token, dryRun }: RevokeServiceTokenInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<RevokeServiceTokenPayload> {
    try {
      return { serviceToken: shown(await this.tokens.revoke(token, actor, dryRun)), userErrors: [] };
    } catch (error) {
      return { serviceToken: null, userErrors: userErrorsOf(error, language) };
    }
  }
}

/** @throws RegistryError with everything that is wrong. */
function scopeOf(input: IssueServiceTokenInput, landscape: LandscapeView): TokenScope {
  const { label, role, agency = null, grants, documents = null, readOnly, days } = input;
  if (role === 'ADMINISTRATOR') {
    const allowed = ROLES.filter((each) => each !== role).join(', ');
    throw RegistryError.of('VALUE_NOT_ALLOWED', ['role'], { field: 'role', value: role, allowed });
  }
  const issues: Issue[] = [...scopeIssues(landscape, role, agency)];
  if (!isWritableText(label) || label.trim() === '') {
    issues.push(issue('VALUE_OF_WRONG_TYPE', ['label'], { field: 'label', expected: 'text' }));
  }
  if (role === 'PUBLIC' && grants.length > 0) {
    issues.push(issue('VALUE_NOT_ALLOWED', ['grants'], { field: 'grants', value: grants.join(', '), allowed: '[]' }));
  }
  for (const [at, urn] of grants.entries()) {
    if (landscape.elementByUrn(urn) === undefined) issues.push(issue('URN_UNKNOWN', ['grants', `${at}`], { urn }));
  }
  const [first, ...others] = issues;
  if (first !== undefined) throw new RegistryError([first, ...others]);
  return { label: label.trim(), role, agency, grants, documents, readOnly, days };
}

function shown({ issuedAt, expiresAt, revokedAt, ...row }: Shown): ServiceTokenType {
  const { id, label, role, agency, grants, documents, readOnly, issuedBy, lastUsedOn = null, requests = 0 } = row;
  return {
    id,
    label,
    role,
    agencyUrn: agency,
    grants,
    documents,
    readOnly,
    issuedBy,
    lastUsedOn,
    requests,
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
