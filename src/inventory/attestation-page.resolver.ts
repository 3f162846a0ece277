import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { agencyOf } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import { ATTESTED, RECORD_STATES, withoutFlows } from '../core/landscape/attestation.js';
import { allElements } from '../core/landscape/filter-select.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import { orderedBy } from '../core/ordering.js';
import { AgencyType } from '../registry/element.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { ScenarioConnectionType } from '../registry/scenario.types.js';
import { SeenElement } from '../registry/seen.types.js';
import { PAGE_MAXIMUM, PageArgs, pageByPlace, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';
import { AttestationPage } from './attestation-page.js';
import { AttestationReader, correctedBy } from './attestation.reader.js';
import {
  AttestationConnectionType,
  AttestationPageType,
  AttestationProgressType,
  AttestationRecordConnectionType,
} from './attestation.types.js';
import type { AttestationRecordType, SeenAttestation } from './attestation.types.js';
import { QualityReader } from './quality.reader.js';
import { WantedFactType } from './quality.types.js';

/** What a walk to all that needs a record costs, in looks at a record. */
const LOOKS_AT_DEPENDENTS = 50;
/** What putting a record on a page costs that was worked out before. */
const LOOKS_AT_ORDER = 5;
/** What finding all that an agency owns costs for each element. */
const LOOKS_AT_OWNER = 10;

/** What an agency has to confirm, on one page. */
@Resolver(() => AttestationPageType)
export class AttestationPageResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly reader: AttestationReader,
    private readonly qualities: QualityReader,
  ) {}

  @Query(() => AttestationPageType, {
    description:
      'What an agency is asked to confirm of its own records, and what it has said: for its officers, and for who speaks ' +
      'for the city.',
  })
  @Asks('attestation.read')
  async attestationPage(
    @Args('agency', {
      type: () => UrnScalar,
      nullable: true,
      description: "The agency; an officer's own by default, and no other for him.",
    })
    asked: string | null | undefined,
    @Context() context: RequestContext,
  ): Promise<AttestationPage> {
    const { actor } = context;
    const urn = asked ?? agencyOf(actor);
    if (actor.kind !== 'PUBLIC' && urn === null)
      throw RegistryError.of('VALUE_MISSING', ['agency'], { field: 'agency' });
    if (!may(actor, 'attestation.read', { agency: urn })) throw notPermitted('attestationPage');
    const landscape = await this.landscapes.forWork(context, {}, LOOKS_AT_OWNER);
    const agency = owningAgency(landscape, urn);
    if (agency === undefined) throw RegistryError.of('VALUE_MISSING', ['agency'], { field: 'agency' });
    const waiting = await this.reader.waiting([agency.urn]);
    const seen = { landscape, agency };
    const answers = { ...(await this.reader.marks([seen])), corrected: correctedBy(landscape, waiting) };
    return new AttestationPage(seen, answers, waiting, this.reader);
  }

  @ResolveField(() => AgencyType, { description: 'The agency.' })
  agency({ seen: { landscape, agency } }: AttestationPage): SeenElement {
    return new SeenElement(landscape, agency);
  }

  @ResolveField(() => [AttestationProgressType], {
    description: 'How far it is with each open campaign that asks it, the newest first.',
  })
  async campaigns(
    @Parent() page: AttestationPage,
    @Context() context: RequestContext,
  ): Promise<AttestationProgressType[]> {
    const { seen, answers } = page;
    return (await page.asking()).map((campaign) => {
      const records = page.records(campaign.openedOn, workOf(context));
      workOf(context).spend(LOOKS_AT_ORDER * records.length);
      return this.reader.progress(seen, campaign, { answers, records, mayReadCorrections: true });
    });
  }

  @ResolveField(() => AttestationRecordConnectionType, {
    description:
      'Its records, those to confirm first, then those whose correction waits. Confirmed is what it confirmed by an ' +
      'attestation since the newest open campaign that asks it; where none does, what was confirmed not long ago.',
  })
  async records(
    @Parent() page: AttestationPage,
    @Args() asked: PageArgs,
    @Context() context: RequestContext,
  ): Promise<Page<AttestationRecordType>> {
    const { landscape, agency } = page.seen;
    const [newest] = await page.asking();
    const records = page.records(newest?.openedOn ?? null, workOf(context));
    workOf(context).spend(LOOKS_AT_ORDER * records.length);
    const ordering = ageOrderingOf<AttestationRecordType>(
      landscape,
      ({ element }) => element,
      ({ state }) => RECORD_STATES.indexOf(state),
    );
    const inOrder = RECORD_STATES.flatMap((state) => records.filter((each) => each.state === state));
    return pageInOrder(inOrder, ordering, asked, () => ['attestationRecords', agency.urn]);
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'When it declared its list complete; null: that something is not on it means nothing.',
  })
  inventoryDeclaredCompleteOn({ seen: { agency } }: AttestationPage): string | null {
    const on = agency.attributes[ATTESTED.inventoryComplete];
    return typeof on === 'string' ? on : null;
  }

  @ResolveField(() => Int, {
    description: 'Number of its records whose flows were not declared complete: that none is recorded means nothing.',
  })
  withoutDeclaredFlows({ seen }: AttestationPage): number {
    return withoutFlows(seen.landscape, this.reader.recordsOf(seen));
  }

  @ResolveField(() => [WantedFactType], { description: 'The missing facts that are worth the most.' })
  worthAsking(
    @Parent() { seen }: AttestationPage,
    @Args('first', { type: () => Int, defaultValue: 5, description: 'How many.' }) first: number,
    @Context() context: RequestContext,
  ): WantedFactType[] {
    if (first < 0 || first > PAGE_MAXIMUM) {
      const params = { field: 'first', value: first, minimum: 0, maximum: PAGE_MAXIMUM };
      throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['first'], params);
    }
    const { landscape, agency } = seen;
    const work = workOf(context);
    work.spend(allElements(landscape).length + LOOKS_AT_DEPENDENTS * this.reader.recordsOf(seen).length);
    return this.qualities.worthAsking(landscape, agency, first).map(({ element, fact, worth, dependents }) => ({
      fact: this.qualities.missingFact(landscape, element, fact, context.language),
      worth,
      dependentCount: dependents,
    }));
  }

  @ResolveField(() => ScenarioConnectionType, {
    description: 'Its corrections that wait to be merged, those that came first first.',
  })
  corrections(@Parent() { seen, waiting }: AttestationPage, @Args() asked: PageArgs): Page<ScenarioRow> {
    return pageByPlace(waiting, BY_BEGINNING, asked, () => ['corrections', seen.agency.urn]);
  }

  @ResolveField(() => AttestationConnectionType, { description: 'What it has said so far, the newest first.' })
  async attestations(@Parent() page: AttestationPage, @Args() asked: PageArgs): Promise<Page<SeenAttestation>> {
    const { landscape, agency } = page.seen;
    const said = (await page.rows()).map((row) => ({ landscape, row }));
    return pageByPlace(said, NEWEST_FIRST, asked, () => ['attestations', agency.urn]);
  }
}

const BY_BEGINNING = orderedBy<ScenarioRow>(
  ({ createdAt }) => createdAt.getTime(),
  ({ id }) => id,
);
const NEWEST_FIRST = orderedBy<SeenAttestation>(({ row }) => -row.number);
