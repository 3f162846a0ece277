import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import { FindingType } from '../compliance/compliance.types.js';
import type { SeenFinding } from '../compliance/compliance.types.js';
import { isTreated } from '../core/policy/treatment.js';
import type { TreatmentOption } from '../core/policy/treatment.js';
import { LegalReferenceType } from '../registry/accountability.types.js';
import { CoverageType } from '../registry/coverage.types.js';
import type { Coverage } from '../registry/coverage.types.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { SeenElement, seenByUrn } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar } from '../runtime/scalars.js';
import { TreatmentListReader, seenTreatment } from './treatment-list.reader.js';
import type { TreatmentListPage } from './treatment-list.reader.js';
import { TreatmentListArgs } from './treatment-list.types.js';
import { TreatmentReader } from './treatment.reader.js';
import {
  TreatmentConnectionType,
  TreatmentCountType,
  TreatmentEvidenceType,
  TreatmentOptionEnum,
  TreatmentType,
} from './treatment.types.js';
import type { SeenEvidence, SeenTreatment } from './treatment.types.js';

/** What finding what the list is of costs for each element, in looks at a record; proposals are counted beside it. */
const LOOKS = 20;

/** What becomes of an element. */
@Resolver(() => ElementType)
export class ElementTreatmentResolver {
  constructor(
    private readonly treatments: TreatmentReader,
    private readonly access: FindingsAccess,
  ) {}

  @ResolveField(() => TreatmentType, {
    nullable: true,
    description:
      'What becomes of it; null for what is not a system, platform, database, service or infrastructure, and, with an ' +
      'error, for whoever may not read findings.',
  })
  async treatment(@Parent() element: SeenElement, @Context() context: RequestContext): Promise<SeenTreatment | null> {
    if (!isTreated(element)) return null;
    this.access.require(context.actor);
    const { landscape } = element;
    const proposal = await this.treatments.of(landscape, element, { work: workOf(context), context });
    return seenTreatment(landscape, element, proposal);
  }
}

/** The fields of a treatment. */
@Resolver(() => TreatmentType)
export class TreatmentResolver {
  constructor(private readonly treatments: TreatmentReader) {}

  @ResolveField(() => ElementType, { description: 'What is treated.' })
  element({ element }: SeenTreatment): SeenElement {
    return element;
  }

  @ResolveField(() => TreatmentOptionEnum, {
    description:
      'What is proposed by all that is known; KEEP only where everything is known that could speak against it.',
  })
  proposed({ proposal }: SeenTreatment): TreatmentOption {
    return proposal.proposed;
  }

  @ResolveField(() => [String], {
    description: 'Why, in the language of the request: what speaks for the answer, and what is to be minded.',
  })
  because(@Parent() { proposal }: SeenTreatment, @Context() { language }: RequestContext): string[] {
    return proposal.evidence.map((each) => this.treatments.sentence(each, language));
  }

  @ResolveField(() => [TreatmentEvidenceType], { description: 'The same, piece by piece, with what each rests on.' })
  evidence({ element: { landscape }, proposal }: SeenTreatment): SeenEvidence[] {
    return proposal.evidence.map((evidence) => ({ ...evidence, landscape }));
  }

  @ResolveField(() => CoverageType, {
    description: 'How far the proposal can be trusted, which facts are missing, and whom to ask.',
  })
  coverage(@Parent() { element, proposal }: SeenTreatment, @Context() { language }: RequestContext): Coverage {
    return { ...this.treatments.coverage(element.landscape, [proposal], language), attestedOn: null };
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'The first day on which something ends that it stands on: support, a contract, a phase.',
  })
  dueOn({ proposal }: SeenTreatment): string | null {
    return proposal.dueOn;
  }

  @ResolveField(() => Int, {
    description: 'Number of those alive that need it directly and stand in the way of its end.',
  })
  dependentCount({ proposal }: SeenTreatment): number {
    return proposal.dependents;
  }
}

/** What a person decided. */
@Resolver(() => TreatmentType)
export class TreatmentDecisionFieldResolver {
  @ResolveField(() => TreatmentOptionEnum, { nullable: true, description: 'What was decided; null: nothing yet.' })
  decided({ decision }: SeenTreatment): TreatmentOption | null {
    return decision.option;
  }

  @ResolveField(() => String, { nullable: true, description: 'Name of the agency that decided.' })
  decidedBy({ element, decision }: SeenTreatment): string | null {
    return seenByUrn(element.landscape, decision.decidedBy)?.name ?? null;
  }

  @ResolveField(() => AgencyType, { nullable: true, description: 'The agency that decided.' })
  decidedByAgency({ element, decision }: SeenTreatment): SeenElement | null {
    return seenByUrn(element.landscape, decision.decidedBy);
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'When it was decided.' })
  decidedOn({ decision }: SeenTreatment): string | null {
    return decision.decidedOn;
  }

  @ResolveField(() => LegalReferenceType, { nullable: true, description: 'The document on which the decision rests.' })
  legalBasis({ element, decision }: SeenTreatment): LegalReferenceType | null {
    const legislation = seenByUrn(element.landscape, decision.legalBasis);
    return legislation === null ? null : { legislation, article: decision.legalNote, note: null, relation: null };
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Its number or article, or a paper on which the decision rests and that is not in the registry.',
  })
  legalNote({ decision }: SeenTreatment): string | null {
    return decision.legalNote;
  }

  @ResolveField(() => ElementType, { nullable: true, description: 'What takes its place.' })
  successor({ element, decision }: SeenTreatment): SeenElement | null {
    return seenByUrn(element.landscape, decision.successor);
  }

  @ResolveField(() => [ElementType], { description: 'What it is merged or reorganised with by the decision.' })
  withElements({ element, decision }: SeenTreatment): SeenElement[] {
    return decision.withElements.flatMap((urn) => seenByUrn(element.landscape, urn) ?? []);
  }
}

/** The fields of a piece of evidence. */
@Resolver(() => TreatmentEvidenceType)
export class TreatmentEvidenceResolver {
  constructor(private readonly treatments: TreatmentReader) {}

  @ResolveField(() => [ElementType], { description: 'What it rests on, the first where there are very many.' })
  elements({ elements, landscape }: SeenEvidence): SeenElement[] {
    return elements.map((each) => new SeenElement(landscape, each));
  }

  @ResolveField(() => FindingType, {
    nullable: true,
    description: 'RULE_FAILED, RULE_OPEN: what the rule says, with its clause and the facts it lacks.',
  })
  finding({ finding, landscape }: SeenEvidence): SeenFinding | null {
    return finding === null ? null : { ...finding, landscape };
  }

  @ResolveField(() => String, { description: 'It as a sentence, in Vietnamese.' })
  sentenceVi(evidence: SeenEvidence): string {
    return this.treatments.sentence(evidence, 'VI');
  }

  @ResolveField(() => String, { description: 'It as a sentence, in English.' })
  sentenceEn(evidence: SeenEvidence): string {
    return this.treatments.sentence(evidence, 'EN');
  }
}

/** What becomes of the things of an agency. */
@Resolver(() => TreatmentConnectionType)
export class TreatmentListResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly lists: TreatmentListReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => TreatmentConnectionType, {
    description:
      'What becomes of each system, platform, database, service and infrastructure of an agency, or of all: proposed by ' +
      'what is known, decided by people, with what is missing and whom to ask. For whoever may read findings.',
  })
  @Asks('findings.read')
  @Costs(50_000)
  async treatments(
    @Args() asked: TreatmentListArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<TreatmentListPage> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    return this.lists.page(landscape, asked, { work: workOf(context), context, of: [at.asOf, at.scenarioId] });
  }

  @ResolveField(() => [TreatmentCountType], { description: 'How many of the whole list have each answer.' })
  counts(page: TreatmentListPage): Promise<TreatmentCountType[]> {
    return this.lists.counts(page);
  }

  @ResolveField(() => CoverageType, { description: 'Whether the list of things is whole, and who has yet to say so.' })
  coverage(@Parent() page: TreatmentListPage, @Context() context: RequestContext): Coverage {
    return this.lists.coverage(page, context);
  }

  @ResolveField(() => CoverageType, {
    description: 'Which facts are missing for every thing of the whole list to have an answer, and whom to ask.',
  })
  evidenceCoverage(@Parent() page: TreatmentListPage, @Context() { language }: RequestContext): Promise<Coverage> {
    return this.lists.evidenceCoverage(page, language);
  }
}
