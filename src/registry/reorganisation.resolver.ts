import { Args, Context, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { orderedBy } from '../core/ordering.js';
import { may, notPermitted } from '../core/access/decide.js';
import { RegistryError, issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { CONSEQUENCE_TYPES, OPERATIONS_OF } from '../core/landscape/reorganisation.js';
import type {
  Consequence,
  ConsequenceType,
  ReorganisationIntent,
  ReorganisationPlan,
} from '../core/landscape/reorganisation.js';
import { reorganise } from '../core/landscape/reorganise.js';
import { toUserError } from '../runtime/messages.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import { expectedError } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import type { CommitCompanion } from './change-set-batch.js';
import { ChangeSetWriter } from './change-set.writer.js';
import { LandscapeReader } from './landscape.reader.js';
import { questionText } from './reorganisation-text.js';
import {
  ConsequenceConnectionType,
  ConsequenceCountType,
  ConsequenceTypeEnum,
  ReorganisationPreviewType,
  ReorganiseAgenciesInput,
  ReorganiseAgenciesPayload,
} from './reorganisation.types.js';
import type {
  ReorganisationConsequenceType,
  ReorganisationIntentInput,
  ReorganisationPreview,
} from './reorganisation.types.js';
import { seenByUrn } from './seen.types.js';

/** Merging, dividing, renaming and founding agencies: worked out purely, then committed like any other change. */
@Resolver()
export class ReorganisationResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly changeSets: ChangeSetWriter,
    private readonly definitions: AttributeDefinitionReader,
  ) {}

  @Mutation(() => ReorganiseAgenciesPayload, {
    description:
      'Merges, divides, renames or founds agencies as one change set. The ended agencies stay and lead to their ' +
      'successors; what they had moves on the day, and the day before still answers with them.',
  })
  @Asks('landscape.change')
  async reorganiseAgencies(
    @Args('input', { description: 'What becomes of which agencies, and from when.' }) input: ReorganiseAgenciesInput,
    @Context() context: RequestContext,
  ): Promise<ReorganiseAgenciesPayload> {
    const order = new Order(input, this.definitions);
    try {
      if (!may(context.actor, 'landscape.change')) throw notPermitted('reorganiseAgencies');
      return await this.carryOut(order, context);
    } catch (error) {
      const expected = expectedError(error);
      if (expected === undefined) throw error;
      const userErrors = expected.issues.map((each) =>
        toUserError(atIntent(each, order.preview?.plan.intentOf ?? []), context.language),
      );
      return { preview: order.preview, changeSet: null, revision: null, userErrors };
    }
  }

  private async carryOut(order: Order, { actor }: RequestContext): Promise<ReorganiseAgenciesPayload> {
    const { reason, expectedRevision = null, dryRun } = order.input;
    const preview = order.planOn(await this.landscapes.read(actor));
    const request = { operations: preview.plan.operations, reason, source: 'USER', expectedRevision } as const;
    if (dryRun) {
      const { delta } = await this.changeSets.dryRun(request, actor);
      return { preview, changeSet: null, revision: delta.revision, userErrors: [] };
    }
    // What came to the agencies in the meantime moves too: it is worked out again when nobody else can commit.
    const companion: CommitCompanion = {
      decide: async (snapshot) => order.planOn(this.landscapes.seen(snapshot, actor)).plan.operations,
    };
    const committed = await this.changeSets.commit({ ...request, operations: [], companion }, actor);
    const landscape = await this.landscapes.read(actor);
    const changeSet = { ...committed, id: `${committed.revision}` };
    const done = { ...(order.preview ?? preview), landscape };
    return { preview: done, changeSet, revision: committed.revision, userErrors: [] };
  }
}

/** What is asked for, and what it came to on the landscape it was worked out on last. */
class Order {
  preview: ReorganisationPreview | null = null;

  constructor(
    readonly input: ReorganiseAgenciesInput,
    private readonly definitions: AttributeDefinitionReader,
  ) {}

  /** @throws RegistryError with every conflict. */
  planOn(landscape: ReorganisationPreview['landscape']): ReorganisationPreview {
    const { effectiveOn, legalBasis = null, confidence = null } = this.input;
    const intents = this.input.intents.map(intentOfInput);
    const definitions = this.definitions.all;
    const plan = reorganise(landscape, { intents, effectiveOn, legalBasis, confidence }, { definitions });
    this.preview = { plan, landscape, effectiveOn };
    const [first, ...rest] = plan.conflicts;
    if (first !== undefined) throw new RegistryError([first, ...rest]);
    return this.preview;
  }
}

/** What a reorganisation comes to, thing by thing. */
@Resolver(() => ReorganisationPreviewType)
export class ReorganisationPreviewResolver {
  @ResolveField(() => Int, { description: 'Number of operations of the change set.' })
  operationCount({ plan }: ReorganisationPreview): number {
    return plan.operations.length;
  }

  @ResolveField(() => [ConsequenceCountType], {
    description: 'Number of consequences of each type; their operations are those of the change set.',
  })
  counts({ plan }: ReorganisationPreview): ConsequenceCountType[] {
    return CONSEQUENCE_TYPES.map((type) => {
      const count = plan.consequences.filter((each) => each.type === type).length;
      return { type, count, operations: count * OPERATIONS_OF[type] };
    });
  }

  @ResolveField(() => ConsequenceConnectionType, { description: 'The consequences, in order of type.' })
  consequences(
    @Parent() preview: ReorganisationPreview,
    @Args('types', { type: () => [ConsequenceTypeEnum], nullable: true, description: 'Only these types.' })
    types: ConsequenceType[] | null,
    @Args() page: PageArgs,
    @Context() { language }: RequestContext,
  ): Page<ReorganisationConsequenceType> {
    const { consequences } = preview.plan;
    const numbered = consequences.map((consequence, position) => ({ consequence, position }));
    const wanted = types === null || types === undefined ? undefined : new Set(types);
    const listed = numbered.filter(({ consequence }) => wanted?.has(consequence.type) !== false);
    const founded = foundedNames(preview.plan);
    return mapPage(
      pageInOrder(listed, BY_POSITION, page, () => ['consequences', types]),
      ({ consequence }) => shown(preview.landscape, consequence, { language, founded }),
    );
  }
}

const BY_POSITION = orderedBy<{ readonly position: number }>(({ position }) => position);

function shown(
  landscape: ReorganisationPreview['landscape'],
  consequence: Consequence,
  { language, founded }: Pick<RequestContext, 'language'> & { readonly founded: ReadonlyMap<string, string> },
): ReorganisationConsequenceType {
  const { element, relation, begun, kind, question, askedFrom, concerned, from, to, ...rest } = consequence;
  const nameOf = (urn: string): string => landscape.elementByUrn(urn)?.name ?? founded.get(urn) ?? urn;
  return {
    ...rest,
    elementUrn: element,
    element: seenByUrn(landscape, element),
    relationUrn: relation,
    begunRelationUrn: begun,
    relationKind: kind,
    from: seenByUrn(landscape, from),
    to: seenByUrn(landscape, to),
    toUrn: to,
    questionCode: question,
    question: questionText(consequence, nameOf, language),
    askedFrom: seenByUrn(landscape, askedFrom),
    concerned: concerned.flatMap((urn) => seenByUrn(landscape, urn) ?? []),
  };
}

/** The names of the agencies that are only to be founded, by urn. */
function foundedNames({ consequences }: ReorganisationPlan): ReadonlyMap<string, string> {
  return new Map(
    consequences.flatMap(({ type, element, after }) =>
      type === 'FOUNDS' && typeof after === 'string' ? [[element, after] as const] : [],
    ),
  );
}

function intentOfInput({ found, merge, split, rename, transfer }: ReorganisationIntentInput): ReorganisationIntent {
  if (found !== undefined) {
    const { nameEn = null, level = null, partOf = null, ...rest } = found;
    return { kind: 'FOUND', ...rest, nameEn, level, partOf };
  }
  if (merge !== undefined) {
    const { into, from, formerLevel = null } = merge;
    return { kind: 'MERGE', into, from, formerLevel };
  }
  if (split !== undefined) {
    const { otherwise = null, formerLevel = null, ...rest } = split;
    return { kind: 'SPLIT', ...rest, otherwise, formerLevel };
  }
  if (rename !== undefined) {
    const { agency, name, nameEn } = rename;
    return { kind: 'RENAME', agency, name, nameEn };
  }
  if (transfer !== undefined) {
    const { what, to } = transfer;
    return { kind: 'TRANSFER', what, to };
  }
  // The schema lets nothing through that has none of them.
  throw new RangeError('an intent without a field');
}

/** What is wrong with an operation is wrong with the intent it comes from: its author wrote that. */
function atIntent(found: Issue, intentOf: readonly number[]): Issue {
  const [field, position] = found.path;
  if (field !== 'operations') return found;
  const intent = position === undefined ? undefined : intentOf[Number(position)];
  const path = intent === undefined ? ['intents'] : ['intents', `${intent}`];
  return issue(found.reason, path, found.params);
}
