import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Element } from '../core/landscape/model.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import { ownerTable } from '../core/landscape/owner-table.js';
import { PROCUREMENT_STATES, placeOf, procuredProjects } from '../core/landscape/procurement.js';
import type { Procurement } from '../core/landscape/procurement.js';
import { askedCoverage } from '../registry/asked-coverage.reader.js';
import type { UnknownAttribute } from '../registry/asked-coverage.reader.js';
import { CoverageType } from '../registry/coverage.types.js';
import type { Coverage } from '../registry/coverage.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { Language } from '../runtime/messages.js';
import { mapPage, pageInOrder } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import { ProcurementArgs, ProcurementCheckConnectionType, ProcurementStateCountType } from './procurement.types.js';
import type { ProcurementCheckType, ProcurementPage } from './procurement.types.js';

/** What the question costs for each element, in looks at a record. */
const LOOKS = 2;
/** What whom to ask costs for each project that lacks something. */
const LOOKS_AT_MISSING = 5;

/** Which projects were procured, and whether they were checked against the architecture before. */
@Resolver(() => ProcurementCheckConnectionType)
export class ProcurementResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => ProcurementCheckConnectionType, {
    description:
      'Projects with a code of the national e-procurement system, those that were not checked against the architecture ' +
      'first, then in order of their making. A project of which nobody has told is not one that was not checked. ' +
      'For whoever may read findings.',
  })
  @Asks('findings.read')
  async procurementChecks(
    @Args() asked: ProcurementArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<ProcurementPage> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const { agency: urn = null, states = null } = asked;
    const all = procuredProjects(ownedBy(landscape, owningAgency(landscape, urn)), todayInVietnam());
    const listed = states === null ? all : all.filter(({ state }) => states.includes(state));
    const ordering = ageOrderingOf<Procurement>(landscape, ({ project }) => project, placeOf);
    const list = (): unknown => ['procurementChecks', urn, states, at.asOf, at.scenarioId];
    const page = pageInOrder(listed, ordering, asked, list);
    workOf(context).spend(LOOKS_AT_MISSING * page.nodes.length);
    const seen = mapPage(page, (each) => checkType(landscape, each, context.language));
    return Object.assign(seen, { landscape, all, listed });
  }

  @ResolveField(() => [ProcurementStateCountType], {
    description: 'How many projects of the agency, or of all, are in each state, whichever states are listed.',
  })
  counts(@Parent() { all }: ProcurementPage, @Context() context: RequestContext): ProcurementStateCountType[] {
    workOf(context).spend(all.length);
    return PROCUREMENT_STATES.map((state) => ({
      state,
      count: all.filter((each) => each.state === state).length,
    }));
  }

  @ResolveField(() => CoverageType, {
    description:
      'A lower bound at best, for nobody declares that all that was procured is registered; with what is missing of the ' +
      'whole list, and whom to ask.',
  })
  coverage(@Parent() { landscape, all, listed }: ProcurementPage, @Context() context: RequestContext): Coverage {
    workOf(context).spend(LOOKS_AT_MISSING * listed.length);
    const unknown = listed.flatMap((each) => unknownOf(landscape, each));
    return askedCoverage(landscape, { objectsKnown: all.length, unknown }, context.language);
  }
}

function* ownedBy(landscape: LandscapeView, agency: Element | undefined): Generator<Element> {
  const owners = ownerTable(landscape);
  for (const element of landscape.elements()) {
    if (agency === undefined || owners[element.seq] === agency.seq) yield element;
  }
}

/** What one may not read is not asked of one either. */
function unknownOf(landscape: LandscapeView, { project, missing }: Procurement): UnknownAttribute[] {
  const readable = missing.filter((key) => landscape.mayReadValuesOf(key));
  return readable.map((key) => ({ element: project, key }));
}

function checkType(landscape: LandscapeView, procurement: Procurement, language: Language): ProcurementCheckType {
  const { project, state, codes, tenderedOn, checkedOn } = procurement;
  const unknown = unknownOf(landscape, procurement);
  const { missing } = askedCoverage(landscape, { objectsKnown: 1, unknown }, language);
  return { project: new SeenElement(landscape, project), state, tenderCodes: codes, tenderedOn, checkedOn, missing };
}
