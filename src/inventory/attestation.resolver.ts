import { Args, Context, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { ageOrdering } from '../core/landscape/order.js';
import { AgencyType } from '../registry/element.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { operationsPage } from '../registry/scenario-operation.reader.js';
import { ScenarioReader } from '../registry/scenario.reader.js';
import type { ScenarioRow } from '../registry/scenario.reader.js';
import { ScenarioOperationConnectionType, ScenarioType } from '../registry/scenario.types.js';
import type { ScenarioOperationType } from '../registry/scenario.types.js';
import { SeenElement, seenByUrn } from '../registry/seen.types.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DateScalar, DateTimeScalar } from '../runtime/scalars.js';
import { AttestInput } from './attestation-inputs.types.js';
import { AttestationReader } from './attestation.reader.js';
import { AttestPayload, AttestationType, AttestedElementConnectionType } from './attestation.types.js';
import type { SeenAttestation } from './attestation.types.js';
import { AttestationWriter } from './attestation.writer.js';

/** What an agency said once. */
@Resolver(() => AttestationType)
export class AttestationResolver {
  constructor(
    private readonly reader: AttestationReader,
    private readonly scenarios: ScenarioReader,
  ) {}

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
    return elementsPage(seen, { name: 'confirmed', urns: seen.row.confirmed.map(({ urn }) => urn) }, page);
  }

  @ResolveField(() => AttestedElementConnectionType, {
    description: 'The records whose flows it declared complete, as far as they are there and the caller sees them.',
  })
  flowsComplete(@Parent() seen: SeenAttestation, @Args() page: PageArgs): Page<SeenElement> {
    return elementsPage(seen, { name: 'flowsComplete', urns: seen.row.flowsComplete }, page);
  }

  @ResolveField(() => Boolean, { description: 'Whether it declared its list complete.' })
  inventoryComplete({ row }: SeenAttestation): boolean {
    return row.inventoryComplete;
  }

  @ResolveField(() => Int, { description: 'The revision of the landscape of which it was said.' })
  baseRevision({ row }: SeenAttestation): number {
    return row.baseRevision;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'The revision that it made; null where it only corrects, and takes back nothing.',
  })
  revision({ row }: SeenAttestation): number | null {
    return row.revision;
  }

  @ResolveField(() => ScenarioOperationConnectionType, {
    description: 'What it said to be wrong, as steps, in order: those that speak of nothing hidden from the caller.',
  })
  async corrections(
    @Parent() { row }: SeenAttestation,
    @Args() page: PageArgs,
    @Context() { actor }: RequestContext,
  ): Promise<Page<ScenarioOperationType>> {
    const { baseRevision, corrections: operations } = row;
    return operationsPage(await this.scenarios.told({ baseRevision, operations }, actor), page, () => [
      'said',
      row.number,
    ]);
  }

  @ResolveField(() => ScenarioType, {
    nullable: true,
    description: 'The scenario that its corrections became, as that is now; null where it has none.',
  })
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
  readonly urns: readonly string[];
}

function elementsPage(
  { landscape, row }: SeenAttestation,
  { name, urns }: Spoken,
  page: PageRequest,
): Page<SeenElement> {
  const elements = urns.flatMap((urn) => landscape.elementByUrn(urn) ?? []);
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
  @Asks('attestation.give')
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
