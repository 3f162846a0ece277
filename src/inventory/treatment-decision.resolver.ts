import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { LandscapeView } from '../core/access/view.js';
import { may, notPermitted } from '../core/access/decide.js';
import { RegistryError, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Element } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { decisionIssues, decisionOperations, fieldOfAttribute } from '../core/policy/treatment-decision.js';
import { UNBOUNDED_WORK } from '../core/work-budget.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import type { CommitRequest } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { toUserError } from '../runtime/messages.js';
import { expectedError } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { todayInVietnam } from '../runtime/today.js';
import { DecideTreatmentInput, DecideTreatmentPayload } from './treatment-decision.types.js';
import { seenTreatment } from './treatment-list.reader.js';
import { TreatmentReader } from './treatment.reader.js';

/** Decisions on what becomes of things: checked, then committed like any other change. */
@Resolver()
export class TreatmentDecisionResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly changeSets: ChangeSetWriter,
    private readonly treatments: TreatmentReader,
  ) {}

  @Mutation(() => DecideTreatmentPayload, {
    description:
      'Records what a person decided to become of a thing, as a change set that can be reverted. An end while others ' +
      'need the thing has to be confirmed.',
  })
  @Asks('treatment.decide')
  async decideTreatment(
    @Args('input', { description: 'What was decided, by whom, and on what it rests.' }) input: DecideTreatmentInput,
    @Context() context: RequestContext,
  ): Promise<DecideTreatmentPayload> {
    const order = new Order(input);
    try {
      if (!may(context.actor, 'treatment.decide')) throw notPermitted('decideTreatment');
      return await this.carryOut(order, context);
    } catch (error) {
      const expected = expectedError(error);
      if (expected === undefined) throw error;
      const userErrors = expected.issues.map((each) => toUserError(order.atInput(each), context.language));
      return { treatment: null, changeSet: null, operations: [], userErrors };
    }
  }

  private async carryOut(order: Order, context: RequestContext): Promise<DecideTreatmentPayload> {
    const { actor } = context;
    const { reason, expectedRevision = null, dryRun } = order.input;
    const request: CommitRequest = { operations: [], reason, source: 'USER', expectedRevision };
    if (dryRun) {
      const operations = order.operationsOn(await this.landscapes.read(actor));
      const { log } = await this.changeSets.dryRun({ ...request, operations }, actor);
      return { treatment: null, changeSet: null, operations: log, userErrors: [] };
    }
    // What came to need the thing in the meantime counts too: it is judged when nobody else can commit.
    const companion: CommitRequest['companion'] = {
      decide: async (snapshot) => order.operationsOn(this.landscapes.seen(snapshot, actor)),
    };
    const committed = await this.changeSets.commit({ ...request, companion }, actor);
    const landscape = await this.landscapes.read(actor);
    const element = order.elementIn(landscape);
    const proposal = await this.treatments.of(landscape, element, { work: UNBOUNDED_WORK, context });
    const treatment = seenTreatment(landscape, element, proposal);
    const changeSet = { ...committed, id: `${committed.revision}` };
    return { treatment, changeSet, operations: committed.operations, userErrors: [] };
  }
}

/** What is asked for, and the operations that it came to on the landscape it was judged by last. */
class Order {
  private operations: readonly Operation[] = [];

  constructor(readonly input: DecideTreatmentInput) {}

  elementIn(landscape: LandscapeView): Element {
    const { element: urn } = this.input;
    const element = landscape.elementByUrn(urn);
    if (element === undefined) throw RegistryError.of('URN_UNKNOWN', ['element'], { urn });
    return element;
  }

  /** @throws RegistryError with everything that is wrong, or that nothing would change. */
  operationsOn(landscape: LandscapeView): readonly Operation[] {
    const element = this.elementIn(landscape);
    const { option, decidedBy, decidedOn, withElements, confirmed } = this.input;
    const { legalBasis = null, legalNote = null, successor = null } = this.input;
    const naming = { legalBasis, legalNote, successor, withElements };
    const decision = { option, decidedBy, decidedOn, confirmed, ...naming };
    refuse(decisionIssues(landscape, element, decision, todayInVietnam()));
    this.operations = decisionOperations(element, decision);
    if (this.operations.length === 0) throw RegistryError.of('NOTHING_TO_DO', [], {});
    return this.operations;
  }

  /** An issue at the field of the input that it is about: what the caller wrote are no operations. */
  atInput(found: Issue): Issue {
    const [first, index = '', ...below] = found.path;
    if (first !== 'operations') return found;
    const path = this.operations[Number(index)]?.path ?? '';
    const field = fieldOfAttribute(path.replace('attributes.', ''));
    const items = below.filter((each) => /^\d+$/.test(each));
    return { ...found, path: field === undefined ? [] : [field, ...items] };
  }
}
