import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayUseScenario } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import { ATTESTED, RECORD_STATES, goneSince, withoutFlows } from '../core/landscape/attestation.js';
import type { AttestedRecord } from '../core/landscape/attestation.js';
import { ageOrdering, ageOrderingOf } from '../core/landscape/order.js';
import { orderedBy } from '../core/ordering.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { ScenarioConnectionType, ScenarioType } from '../registry/scenario.types.js';
import { AgencyType } from '../registry/element.types.js';
import { SeenElement, seenByUrn } from '../registry/seen.types.js';
import { PAGE_MAXIMUM, PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar, DateTimeScalar, UrnScalar } from '../runtime/scalars.js';
import { AttestInput } from './attestation-inputs.types.js';
import { AttestationReader } from './attestation.reader.js';
import {
  AttestPayload,
  AttestationConnectionType,
  AttestationPageType,
  AttestationProgressType,
  AttestationRecordConnectionType,
  AttestationType,
  AttestedElementConnectionType,
} from './attestation.types.js';
import type { AttestationRecordType, SeenAttestation, SeenAttestationPage } from './attestation.types.js';
import { AttestationWriter } from './attestation.writer.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { QualityReader } from './quality.reader.js';
import { WantedFactType } from './quality.types.js';

/** What finding out where records stand costs for each element, in looks at a record. */
const LOOKS = 10;
/** The same of walking to all that needs it. */
const LOOKS_AT_DEPENDENTS = 50;

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
  async attestationPage(
    @Args('agency', {
      type: () => UrnScalar,
      nullable: true,
      description: "The agency; an officer's own by default, and no other for him.",
    })
    asked: string | null | undefined,
    @Context() context: RequestContext,
  ): Promise<SeenAttestationPage> {
    const { actor } = context;
    const urn = asked ?? (actor.kind === 'OFFICER' ? actor.agency : null);
    if (actor.kind !== 'PUBLIC' && urn === null)
      throw RegistryError.of('VALUE_MISSING', ['agency'], { field: 'agency' });
    if (!mayUseScenario(actor, urn)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'attestationPage' });
    const landscape = await this.landscapes.forWork(context, {}, LOOKS);
    const agency = owningAgency(landscape, urn);
    if (agency === undefined) throw RegistryError.of('VALUE_MISSING', ['agency'], { field: 'agency' });
    return { landscape, agency, answers: await this.reader.answers(agency.urn) };
  }

  @ResolveField(() => AgencyType, { description: 'The agency.' })
  agency({ landscape, agency }: SeenAttestationPage): SeenElement {
    return new SeenElement(landscape, agency);
  }

  @ResolveField(() => [AttestationProgressType], {
    description: 'How far it is with each open campaign that asks it, the newest first.',
  })
  async campaigns(
    @Parent() page: SeenAttestationPage,
    @Context() context: RequestContext,
  ): Promise<AttestationProgressType[]> {
    const campaigns = await this.asking(page);
    workOf(context).spend(LOOKS * campaigns.length * this.reader.recordsOf(page.landscape, page.agency).length);
    const { answers } = page;
    return campaigns.map((campaign) => this.reader.progress(page, campaign, { answers, actor: context.actor }));
  }

  @ResolveField(() => AttestationRecordConnectionType, {
    description:
      'Its records, those to confirm first, then those whose correction waits. Confirmed is what was confirmed since the ' +
      'newest open campaign that asks it; where none does, what was confirmed not long ago.',
  })
  async records(@Parent() page: SeenAttestationPage, @Args() asked: PageArgs): Promise<Page<AttestationRecordType>> {
    const { landscape, agency, answers } = page;
    const [newest] = await this.asking(page);
    const records = this.reader.records(page, answers, newest?.openedOn ?? null);
    const ordering = ageOrderingOf<AttestationRecordType>(
      landscape,
      ({ element }) => element,
      ({ state }) => RECORD_STATES.indexOf(state),
    );
    return pageByPlace(records, ordering, asked, () => ['attestationRecords', agency.urn]);
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'When it declared its list complete; null: that something is not on it means nothing.',
  })
  inventoryDeclaredCompleteOn({ agency: { attributes } }: SeenAttestationPage): string | null {
    const on = attributes[ATTESTED.inventoryComplete];
    return typeof on === 'string' ? on : null;
  }

  @ResolveField(() => Int, {
    description: 'Number of its records whose flows were not declared complete: that none is recorded means nothing.',
  })
  withoutDeclaredFlows({ landscape, agency }: SeenAttestationPage): number {
    return withoutFlows(landscape, this.reader.recordsOf(landscape, agency));
  }

  @ResolveField(() => [WantedFactType], { description: 'The missing facts that are worth the most.' })
  worthAsking(
    @Parent() { landscape, agency }: SeenAttestationPage,
    @Args('first', { type: () => Int, defaultValue: 5, description: 'How many.' }) first: number,
    @Context() context: RequestContext,
  ): WantedFactType[] {
    if (first < 0 || first > PAGE_MAXIMUM) {
      const params = { field: 'first', value: first, minimum: 0, maximum: PAGE_MAXIMUM };
      throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['first'], params);
    }
    workOf(context).spend(LOOKS_AT_DEPENDENTS * this.reader.recordsOf(landscape, agency).length);
    return this.qualities.worthAsking(landscape, agency, first).map(({ element, fact, worth, dependents }) => ({
      fact: this.qualities.missingFact(landscape, element, fact, context.language),
      worth,
      dependentCount: dependents,
    }));
  }

  @ResolveField(() => ScenarioConnectionType, {
    description: 'Its corrections that wait to be merged, those that came first first.',
  })
  corrections(@Parent() { agency, answers }: SeenAttestationPage, @Args() asked: PageArgs): Page<ScenarioRow> {
    const waiting = answers.waiting.get(agency.urn) ?? [];
    return pageByPlace(waiting, BY_BEGINNING, asked, () => ['corrections', agency.urn]);
  }

  @ResolveField(() => AttestationConnectionType, { description: 'What it has said so far, the newest first.' })
  attestations(
    @Parent() { landscape, agency, answers }: SeenAttestationPage,
    @Args() asked: PageArgs,
  ): Page<SeenAttestation> {
    const said = answers.rows.map((row) => ({ landscape, row }));
    return pageByPlace(said, NEWEST_FIRST, asked, () => ['attestations', agency.urn]);
  }

  /** The open campaigns that ask an agency, the newest first. */
  private async asking({ landscape, agency }: SeenAttestationPage): ReturnType<AttestationReader['campaigns']> {
    if (goneSince(landscape, agency) !== undefined) return [];
    const open = (await this.reader.campaigns()).filter(({ closed }) => !closed);
    return open.filter((campaign) =>
      this.reader.agenciesAsked(landscape, campaign).some(({ seq }) => seq === agency.seq),
    );
  }
}

const BY_BEGINNING = orderedBy<ScenarioRow>(
  ({ createdAt }) => createdAt.getTime(),
  ({ id }) => id,
);
const NEWEST_FIRST = orderedBy<SeenAttestation>(({ row }) => -row.number);

/** What an agency said once. */
@Resolver(() => AttestationType)
export class AttestationResolver {
  constructor(private readonly reader: AttestationReader) {}

  @ResolveField(() => Int, { description: 'Its number among those of all agencies, from 1 without gaps.' })
  number({ row }: SeenAttestation): number {
    return row.number;
  }

  @ResolveField(() => AgencyType, { nullable: true, description: 'The agency; null where it is not seen any more.' })
  agency({ landscape, row }: SeenAttestation): SeenElement | null {
    return seenByUrn(landscape, row.agency);
  }

  @ResolveField(() => DateScalar, { description: 'The day of which it was said.' })
  on({ row }: SeenAttestation): string {
    return row.on;
  }

  @ResolveField(() => AttestedElementConnectionType, {
    description: 'The records that it confirmed, as far as they are there and the caller sees them.',
  })
  confirmed(@Parent() seen: SeenAttestation, @Args() page: PageArgs): Page<SeenElement> {
    return elementsPage(seen, { name: 'confirmed', records: seen.row.confirmed }, page);
  }

  @ResolveField(() => AttestedElementConnectionType, {
    description: 'The records whose flows it declared complete, as far as they are there and the caller sees them.',
  })
  flowsComplete(@Parent() seen: SeenAttestation, @Args() page: PageArgs): Page<SeenElement> {
    return elementsPage(seen, { name: 'flowsComplete', records: seen.row.flowsComplete }, page);
  }

  @ResolveField(() => Boolean, { description: 'Whether it declared its list complete.' })
  inventoryComplete({ row }: SeenAttestation): boolean {
    return row.inventoryComplete;
  }

  @ResolveField(() => Int, { description: 'The revision of the landscape of which it was said.' })
  baseRevision({ row }: SeenAttestation): number {
    return row.baseRevision;
  }

  @ResolveField(() => Int, { nullable: true, description: 'The revision that it made; null where it only corrects.' })
  revision({ row }: SeenAttestation): number | null {
    return row.revision;
  }

  @ResolveField(() => ScenarioType, { nullable: true, description: 'Its corrections; null where it has none.' })
  async scenario({ row: { scenario } }: SeenAttestation): Promise<ScenarioRow | null> {
    return scenario === null ? null : ((await this.reader.scenariosOf([scenario]))[0] ?? null);
  }

  @ResolveField(() => String, { description: 'Who said it: officer or administrator.' })
  author({ row }: SeenAttestation): string {
    return row.author;
  }

  @ResolveField(() => String, { nullable: true, description: 'What else it said.' })
  note({ row }: SeenAttestation): string | null {
    return row.note;
  }

  @ResolveField(() => DateTimeScalar, { description: "When it was recorded, by the database's clock." })
  at({ row }: SeenAttestation): string {
    return row.at.toISOString();
  }
}

interface Spoken {
  readonly name: string;
  readonly records: readonly AttestedRecord[];
}

function elementsPage(
  { landscape, row }: SeenAttestation,
  { name, records }: Spoken,
  page: PageRequest,
): Page<SeenElement> {
  const elements = records.flatMap(({ urn }) => landscape.elementByUrn(urn) ?? []);
  const cut = pageByPlace(elements, ageOrdering(landscape), page, () => [name, row.number]);
  return mapPage(cut, (element) => new SeenElement(landscape, element));
}

/** Records what agencies say. */
@Resolver()
export class AttestResolver {
  constructor(
    private readonly writer: AttestationWriter,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Mutation(() => AttestPayload, {
    description:
      'Records what an agency says of its own records: what is right, what is complete, what is to be corrected. The ' +
      "first two are written to the landscape in its officer's name, the last waits as a scenario.",
  })
  async attest(
    @Args('input', { description: 'What the agency says.' }) input: AttestInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<Omit<AttestPayload, 'scenario'> & { readonly scenario: ScenarioRow | null }> {
    try {
      const { row, scenario, operations, revision } = await this.writer.attest(input, actor);
      const attestation = row === null ? null : { landscape: await this.landscapes.read(actor), row };
      return { attestation, scenario, operations, revision, userErrors: [] };
    } catch (error) {
      const userErrors = userErrorsOf(error, language);
      return { attestation: null, scenario: null, operations: [], revision: null, userErrors };
    }
  }
}
