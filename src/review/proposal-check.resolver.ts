import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ChangeFindingConnectionType } from '../compliance/change-findings.types.js';
import type { SeenChangeFinding } from '../compliance/change-findings.types.js';
import { orderedBy } from '../core/ordering.js';
import { evidenceNeeded } from '../core/policy/evidence-awaited.js';
import { ForwardPageArgs, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { AwaitedEvidenceConnectionType } from './awaited-evidence.types.js';
import type { PlacedEvidence } from './awaited-evidence.types.js';
import { ProposalCheckType } from './review.types.js';

/** What it costs to tell one item of a list, with its sentences: in looks at a record. */
const TOLD_LOOKS = 400;

const BY_PLACE = orderedBy<{ readonly place: number }>(({ place }) => place);

/** The lists of a check that grow with what is proposed. */
@Resolver(() => ProposalCheckType)
export class ProposalCheckResolver {
  @ResolveField(() => ChangeFindingConnectionType, {
    description:
      'What its operations do to what rules say of the landscape: what is introduced first, which counts in the verdict as ' +
      '`findings` do, then older debt and what is mended, which do not. What failed before and still does is introduced where ' +
      'it fails for more: for an item of a list, a way or a condition that it did not fail for. A single value of the element ' +
      'that was not right and still is not, is older debt, whatever it is now. ' +
      'Looked at are the elements that the operations name, the ends of relations that they change or remove, and at most 200 ' +
      'more: what is joined to an element that they change, what exchanges data with one whose owner they change, the projects ' +
      'that name one as operator, and what is led to by the relations that a rule follows. Rules about projects are not asked ' +
      'of a project that the operations add: `findings` are on that. Whoever may not read findings is told those on what is added.',
  })
  changeFindings(
    @Parent() check: ProposalCheckType,
    @Args() page: ForwardPageArgs,
    @Context() context: RequestContext,
  ): Page<SeenChangeFinding> {
    return pageOf(check.changes, page, { check, name: 'changeFindings', context });
  }

  @ResolveField(() => AwaitedEvidenceConnectionType, {
    description:
      'Evidence that rules need of the proposal and of what it adds. A proposal has no record and so no evidence: what needs it ' +
      'stays open, and it is submitted once the project and its systems are on record.',
  })
  evidenceAwaited(
    @Parent() check: ProposalCheckType,
    @Args() page: ForwardPageArgs,
    @Context() context: RequestContext,
  ): Page<PlacedEvidence> {
    const added = check.changes.filter(({ isAdded }) => isAdded).map(({ finding }) => finding);
    workOf(context).spend(added.length);
    const needed = evidenceNeeded([...check.findings, ...added]).map((each, place) => ({ ...each, place }));
    return pageOf(needed, page, { check, name: 'evidenceAwaited', context });
  }
}

/** Where a list stands. */
interface ListPlace {
  readonly check: ProposalCheckType;
  readonly name: string;
  readonly context: RequestContext;
}

/** A page of a list whose cursors hold for the same proposal on the same revision. */
function pageOf<T extends { readonly place: number }>(
  items: readonly T[],
  page: ForwardPageArgs,
  { check, name, context }: ListPlace,
): Page<T> {
  const { proposal, revision } = check;
  const found = pageInOrder(items, BY_PLACE, page, () => [name, revision, proposal]);
  workOf(context).spend(TOLD_LOOKS * found.nodes.length);
  return found;
}
