import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { Actor } from '../core/access/actor.js';
import { may } from '../core/access/decide.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { daysUntil, isCalendarDay } from '../core/landscape/calendar-day.js';
import type { PartialDate } from '../core/landscape/model.js';
import { orderedBy } from '../core/ordering.js';
import { askedEvidence, evidenceReadBy } from '../core/policy/evidence-kinds.js';
import type { AskedEvidence } from '../core/policy/evidence-kinds.js';
import type { EvidenceState, EvidenceVerdict } from '../core/policy/evidence.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { seenByUrn } from '../registry/seen.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import { FindingType, RulePackType } from './compliance.types.js';
import type { SeenFinding } from './compliance.types.js';
import { EvidenceFilterInput, EvidenceListArgs } from './evidence-inputs.types.js';
import { EvidenceReader, seenEvidence } from './evidence.reader.js';
import {
  EvidenceConnectionType,
  EvidenceEventType,
  EvidenceFileType,
  EvidenceKindType,
  EvidenceStateEnum,
  EvidenceType,
  EvidenceVerdictEnum,
} from './evidence.types.js';
import type { SeenEvidence } from './evidence.types.js';
import { inLanguage } from './finding-text.js';
import { RulePackReader } from './rule-pack.reader.js';

/** The ledger of evidence, for whoever may read findings. */
@Resolver(() => EvidenceType)
export class EvidenceListResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly reader: EvidenceReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => EvidenceConnectionType, {
    description:
      'Evidence, what was submitted first first. That of which the caller does not see the subject or the agency is neither ' +
      'listed nor counted. For whoever may read findings.',
  })
  @Asks('findings.read')
  async evidence(
    @Args() { filter, ...page }: EvidenceListArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenEvidence>> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forRequest(context);
    const all = await this.reader.forRequest(context);
    const today = todayInVietnam();
    const isAsked = evidenceFilter(filter ?? {}, landscape);
    const seen = all.flatMap((each) => seenEvidence(each, landscape, today) ?? []);
    // Of what is seen: answers tell how much work they took, and so would tell how much there is.
    workOf(context).spend(seen.length);
    return pageByPlace(seen.filter(isAsked), ORDERING, page, () => ['evidence', filter]);
  }
}

const ORDERING = orderedBy<SeenEvidence>(
  ({ evidence }) => evidence.events[0].at.toISOString(),
  ({ evidence }) => evidence.id,
);

/** @throws RegistryError for an agency that is none, and a day that is no whole one. */
function evidenceFilter(asked: EvidenceFilterInput, landscape: LandscapeView): (seen: SeenEvidence) => boolean {
  const { subject = null, kind = null, state = null, expiringBefore = null } = asked;
  const agency = owningAgency(landscape, asked.agency);
  if (expiringBefore !== null && !isCalendarDay(expiringBefore)) {
    const field = 'expiringBefore';
    throw RegistryError.of('VALUE_OF_WRONG_TYPE', ['filter', field], { field, expected: 'YYYY-MM-DD' });
  }
  return ({ evidence: { terms }, status }) => {
    if (agency !== undefined && terms.agency !== agency.urn) return false;
    if (subject !== null && !subject.includes(terms.subject)) return false;
    if (kind !== null && !kind.includes(terms.kind)) return false;
    if (state !== null && !state.includes(status.state)) return false;
    return expiringBefore === null || endsBefore(status, expiringBefore);
  };
}

function endsBefore({ state, decision }: SeenEvidence['status'], day: PartialDate): boolean {
  const validTo = decision?.judgement?.validTo ?? null;
  return (state === 'IN_FORCE' || state === 'NOT_YET_IN_FORCE') && validTo !== null && validTo < day;
}

/** The kinds of evidence that the rules ask for; law is public. */
@Resolver(() => RulePackType)
export class RulePackEvidenceResolver {
  constructor(private readonly packs: RulePackReader) {}

  @ResolveField(() => [EvidenceKindType], { description: 'What its rules ask to be shown.' })
  evidence(): AskedEvidence[] {
    return [...askedEvidence(this.packs.checked).values()];
  }
}

/** A kind of evidence as the schema says it. */
@Resolver(() => EvidenceKindType)
export class EvidenceKindResolver {
  @ResolveField(() => String, { description: 'The question for it, in the language of the request.' })
  question(@Parent() kind: AskedEvidence, @Context() { language }: RequestContext): string {
    return inLanguage(kind, language);
  }
}

/** What counts for a finding. */
@Resolver(() => FindingType)
export class FindingEvidenceResolver {
  constructor(
    private readonly packs: RulePackReader,
    private readonly reader: EvidenceReader,
  ) {}

  @ResolveField(() => [EvidenceType], {
    description:
      'The evidence in force today by which it was judged, at most one piece of each kind that its rule asks for.',
  })
  async evidence(
    @Parent() { rule, subject, landscape }: SeenFinding,
    @Context() context: RequestContext,
  ): Promise<SeenEvidence[]> {
    const element = subject === null ? undefined : landscape.elementByUrn(subject);
    const asking = this.packs.checked.rules.find((each) => each.rule.code === rule.code);
    const read = element && asking?.cases.get(element.kind);
    if (element === undefined || read === undefined) return [];
    const kinds = evidenceReadBy(read);
    // Of what no rule asks evidence for nobody looks for it.
    if (kinds.length === 0) return [];
    const today = todayInVietnam();
    const cover = await this.reader.cover(landscape, today, context);
    const counting = new Set(kinds.map((kind) => cover.ofSubject(element.urn, kind)?.id));
    const all = await this.reader.forRequest(context);
    return all.flatMap((each) => (counting.has(each.id) ? (seenEvidence(each, landscape, today) ?? []) : []));
  }
}

/** A piece of evidence as the schema says it. */
@Resolver(() => EvidenceType)
export class EvidenceResolver {
  constructor(private readonly packs: RulePackReader) {}

  @ResolveField(() => ID, { description: 'Its id.' })
  id({ evidence }: SeenEvidence): string {
    return evidence.id;
  }

  @ResolveField(() => EvidenceStateEnum, { description: 'Where it stands today.' })
  state({ status }: SeenEvidence): EvidenceState {
    return status.state;
  }

  @ResolveField(() => ElementType, { nullable: true, description: 'What it speaks of.' })
  subject({ landscape, evidence }: SeenEvidence): SeenElement | null {
    return seenByUrn(landscape, evidence.terms.subject);
  }

  @ResolveField(() => EvidenceKindType, {
    nullable: true,
    description: 'Its kind; null where the pack in use has it no more.',
  })
  kind({ evidence }: SeenEvidence): AskedEvidence | null {
    return askedEvidence(this.packs.checked).get(evidence.terms.kind) ?? null;
  }

  @ResolveField(() => String, { description: 'Id of its kind.' })
  kindId({ evidence }: SeenEvidence): string {
    return evidence.terms.kind;
  }

  @ResolveField(() => String, { description: 'Code and version of the pack that its kind was read in.' })
  rulePack({ evidence }: SeenEvidence): string {
    return evidence.pack;
  }

  @ResolveField(() => AgencyType, { nullable: true, description: 'The agency that submitted it.' })
  agency({ landscape, evidence }: SeenEvidence): SeenElement | null {
    return seenByUrn(landscape, evidence.terms.agency);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Where it is; null where it says no place, and for whoever is neither of the agency that submitted it nor speaks for ' +
      'the city.',
  })
  @Asks('evidence.content')
  link(@Parent() { evidence }: SeenEvidence, @Context() { actor }: RequestContext): string | null {
    return isOpen(evidence, actor) ? evidence.terms.link : null;
  }

  @ResolveField(() => EvidenceFileType, {
    nullable: true,
    description: 'Which file it is; null where it is none, and also where `link` is kept back.',
  })
  @Asks('evidence.content')
  file(@Parent() { evidence }: SeenEvidence, @Context() { actor }: RequestContext): EvidenceFileType | null {
    return isOpen(evidence, actor) ? evidence.terms.file : null;
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'The day of the document; null where it has none.' })
  documentedOn({ evidence }: SeenEvidence): string | null {
    return evidence.terms.documentedOn;
  }

  @ResolveField(() => DateScalar, { description: 'The day it was submitted.' })
  submittedOn({ evidence }: SeenEvidence): string {
    return evidence.events[0].on;
  }

  @ResolveField(() => EvidenceVerdictEnum, {
    nullable: true,
    description: 'What it was found to show; null if not accepted.',
  })
  verdict({ status }: SeenEvidence): EvidenceVerdict | null {
    return status.decision?.judgement?.verdict ?? null;
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'The first day that it counts; null if not accepted.',
  })
  validFrom({ status }: SeenEvidence): string | null {
    return status.decision?.judgement?.validFrom ?? null;
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'The last day that it counts; null if not accepted, and where it counts for good.',
  })
  validTo({ status }: SeenEvidence): string | null {
    return status.decision?.judgement?.validTo ?? null;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'Days that are left to the last one; negative when it is over; null where there is no last day.',
  })
  daysLeft({ status, today }: SeenEvidence): number | null {
    const validTo = status.decision?.judgement?.validTo ?? null;
    return validTo === null ? null : daysUntil(validTo, today);
  }

  @ResolveField(() => [EvidenceEventType], { description: 'All that happened to it, in order.' })
  events(@Parent() { evidence }: SeenEvidence, @Context() { actor }: RequestContext): EvidenceEventType[] {
    const open = isOpen(evidence, actor);
    return evidence.events.map(({ kind, on, by, reason, judgement, at }) => ({
      kind,
      on,
      by,
      verdict: judgement?.verdict ?? null,
      reason: open ? reason : null,
      at: at.toISOString(),
    }));
  }
}

function isOpen({ terms }: SeenEvidence['evidence'], actor: Actor): boolean {
  return may(actor, 'evidence.content', { agency: terms.agency });
}
