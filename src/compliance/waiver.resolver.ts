import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { allElements } from '../core/landscape/filter-select.js';
import { Asks } from '../runtime/access-action.js';
import type { Actor } from '../core/access/actor.js';
import { may } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import { daysUntil } from '../core/landscape/calendar-day.js';
import { ageOrdering } from '../core/landscape/order.js';
import { orderedBy } from '../core/ordering.js';
import type { Rule } from '../core/policy/rule.js';
import { scopeOf } from '../core/policy/waiver-cover.js';
import { AgencyType } from '../registry/element.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { SeenElement, seenByUrn } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import { RuleType } from './compliance.types.js';
import { inLanguage } from './finding-text.js';
import { FindingsReader } from './findings.reader.js';
import { RulePackReader } from './rule-pack.reader.js';
import { WaiverListArgs } from './waiver-inputs.types.js';
import { WaiverReader, seenWaiver } from './waiver.reader.js';
import {
  WaiverConnectionType,
  WaiverEventType,
  WaiverPolicyType,
  WaiverStateEnum,
  WaiverSubjectConnectionType,
  WaiverType,
} from './waiver.types.js';
import type { SeenWaiver, WaiverOrder } from './waiver.types.js';

/** What judging one subject of a waiver by its rule costs, in looks at a record. */
const LOOKS = 50;

/** The ledger of waivers, for whoever may read findings. */
@Resolver(() => WaiverType)
export class WaiverListResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly waiverReader: WaiverReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => WaiverConnectionType, {
    description:
      'Waivers with their age, renewals and whether they still cover something that fails. Waivers whose agency, or all ' +
      'of whose subjects, the caller does not see are neither listed nor counted. For whoever may read findings.',
  })
  @Asks('findings.read')
  async waivers(@Args() asked: WaiverListArgs, @Context() context: RequestContext): Promise<Page<SeenWaiver>> {
    const { rule = null, agency: urn = null, state = null, expiringWithinDays: days = null, orderBy } = asked;
    const all = await this.seen(context);
    const [{ landscape } = { landscape: await this.landscapes.forRequest(context) }] = all;
    const agency = owningAgency(landscape, urn);
    checkDays(days);
    const listed = all.filter(({ waiver: { terms }, status, today }) => {
      if (agency !== undefined && terms.agency !== agency.urn) return false;
      if (rule !== null && !rule.includes(terms.rule)) return false;
      if (state !== null && !state.includes(status.state)) return false;
      return days === null || (status.state === 'IN_FORCE' && daysUntil(status.validTo, today) <= days);
    });
    workOf(context).spend(all.length);
    return pageByPlace(listed, ORDERINGS[orderBy], asked, () => ['waivers', rule, urn, state, days, orderBy]);
  }

  @Query(() => WaiverType, {
    nullable: true,
    description: 'One waiver; null where none that the caller sees has the id. For whoever may read findings.',
  })
  @Asks('findings.read')
  async waiver(
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Context() context: RequestContext,
  ): Promise<SeenWaiver | null> {
    return (await this.seen(context)).find(({ waiver }) => waiver.id === id) ?? null;
  }

  @Query(() => WaiverPolicyType, { description: 'How long and how often a rule may be waived.' })
  @Asks('reference.read')
  waiverPolicy(@Context() { language }: RequestContext): WaiverPolicyType {
    const { maximumDays, maximumRenewals, source } = this.waiverReader.policy;
    return { maximumDays, maximumRenewals, source: inLanguage(source, language) };
  }

  /** All waivers that the caller sees. */
  private async seen(context: RequestContext): Promise<SeenWaiver[]> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forRequest(context);
    const today = todayInVietnam();
    return (await this.waiverReader.forRequest(context)).flatMap((each) => seenWaiver(each, landscape, today) ?? []);
  }
}

const ORDERINGS = {
  AGE: orderedBy<SeenWaiver>(({ waiver }) => waiver.events[0].at.toISOString(), idOf),
  EXPIRY: orderedBy<SeenWaiver>(({ status }) => status.validTo, idOf),
} satisfies Record<WaiverOrder, unknown>;

function idOf({ waiver }: SeenWaiver): string {
  return waiver.id;
}

function checkDays(days: number | null): void {
  if (days === null || days >= 0) return;
  const field = 'expiringWithinDays';
  throw RegistryError.of('VALUE_OUT_OF_BOUNDS', [field], { field, value: days, minimum: 0, maximum: 2 ** 31 - 1 });
}

/** A waiver as the schema says it. */
@Resolver(() => WaiverType)
export class WaiverResolver {
  constructor(
    private readonly packs: RulePackReader,
    private readonly findings: FindingsReader,
  ) {}

  @ResolveField(() => ID, { description: 'Its id.' })
  id({ waiver }: SeenWaiver): string {
    return waiver.id;
  }

  @ResolveField(() => WaiverStateEnum, { description: 'Where it stands today.' })
  state({ status }: SeenWaiver): SeenWaiver['status']['state'] {
    return status.state;
  }

  @ResolveField(() => RuleType, { nullable: true, description: 'The rule; null where the pack in use has it no more.' })
  rule({ waiver: { terms } }: SeenWaiver): Rule | null {
    return this.packs.checked.pack.rules.find(({ code }) => code === terms.rule) ?? null;
  }

  @ResolveField(() => String, { description: 'Code of the rule.' })
  ruleCode({ waiver }: SeenWaiver): string {
    return waiver.terms.rule;
  }

  @ResolveField(() => String, { description: 'Code and version of the pack that the rule was read in.' })
  rulePack({ waiver }: SeenWaiver): string {
    return waiver.pack;
  }

  @ResolveField(() => AgencyType, { nullable: true, description: 'The agency that asked.' })
  agency({ landscape, waiver }: SeenWaiver): SeenElement | null {
    return seenByUrn(landscape, waiver.terms.agency);
  }

  @ResolveField(() => Boolean, { description: 'Whether it is for all that the agency owns.' })
  wholeAgency({ waiver }: SeenWaiver): boolean {
    return waiver.terms.subjects === null;
  }

  @ResolveField(() => WaiverSubjectConnectionType, {
    description:
      'What it names, as far as it is there and the caller sees it; nothing where it is for the whole agency.',
  })
  subjects(@Parent() { landscape, waiver }: SeenWaiver, @Args() page: PageArgs): Page<SeenElement> {
    const elements = (waiver.terms.subjects ?? []).flatMap((urn) => landscape.elementByUrn(urn) ?? []);
    const cut = pageByPlace(elements, ageOrdering(landscape), page, () => ['waiverSubjects', waiver.id]);
    return mapPage(cut, (element) => new SeenElement(landscape, element));
  }

  @ResolveField(() => DateScalar, { description: 'The day it was asked for.' })
  requestedOn({ waiver: { events } }: SeenWaiver): string {
    return events[0].on;
  }

  @ResolveField(() => Int, { description: 'Days since it was asked for.' })
  ageDays({ waiver: { events }, today }: SeenWaiver): number {
    return daysUntil(today, events[0].on);
  }

  @ResolveField(() => DateScalar, { description: 'First day.' })
  validFrom({ waiver }: SeenWaiver): string {
    return waiver.terms.validFrom;
  }

  @ResolveField(() => DateScalar, { description: 'Last day, with what it was renewed by.' })
  validTo({ status }: SeenWaiver): string {
    return status.validTo;
  }

  @ResolveField(() => Int, { description: 'Days that are left to the last one; negative when it is over.' })
  daysLeft({ status, today }: SeenWaiver): number {
    return daysUntil(status.validTo, today);
  }

  @ResolveField(() => Int, { description: 'How often it was renewed.' })
  renewals({ status }: SeenWaiver): number {
    return status.renewals;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What is done meanwhile; null also for whoever may not read the reasons.',
  })
  @Asks('waiver.grounds')
  compensatingMeasure(@Parent() { waiver }: SeenWaiver, @Context() { actor }: RequestContext): string | null {
    return may(actor, 'waiver.grounds', { agency: waiver.terms.agency }) ? waiver.terms.compensatingMeasure : null;
  }

  @ResolveField(() => WaiverEventType, {
    nullable: true,
    description: 'Its approval or denial; null while nobody has decided.',
  })
  decision(@Parent() { waiver, status }: SeenWaiver, @Context() { actor }: RequestContext): WaiverEventType | null {
    return eventsOf(waiver, actor).find((_, at) => waiver.events[at] === status.decision) ?? null;
  }

  @ResolveField(() => [WaiverEventType], { description: 'All that happened to it, in order.' })
  events(@Parent() { waiver }: SeenWaiver, @Context() { actor }: RequestContext): WaiverEventType[] {
    return eventsOf(waiver, actor);
  }

  @ResolveField(() => Int, {
    description: 'Number of findings that fail today in its scope, as far as the caller sees them, in force or not.',
  })
  failingCount(@Parent() seen: SeenWaiver, @Context() context: RequestContext): Promise<number> {
    return this.failing(seen, context);
  }

  @ResolveField(() => Boolean, { description: 'Whether it is in force, and nothing in its scope fails.' })
  async isIdle(@Parent() seen: SeenWaiver, @Context() context: RequestContext): Promise<boolean> {
    return seen.status.state === 'IN_FORCE' && (await this.failing(seen, context)) === 0;
  }

  private async failing({ waiver, landscape, today }: SeenWaiver, context: RequestContext): Promise<number> {
    const { terms } = waiver;
    const elements = scopeOf(landscape, terms);
    workOf(context).spend(LOOKS * elements.length + (terms.subjects === null ? allElements(landscape).length : 0));
    const evidence = await this.findings.evidence(landscape, today, context);
    const asked = { code: terms.rule, evidence };
    return elements.filter((element) => this.findings.outcome(landscape, element, asked) === 'FAIL').length;
  }
}

function eventsOf({ events, terms }: SeenWaiver['waiver'], actor: Actor): WaiverEventType[] {
  const isOpen = may(actor, 'waiver.grounds', { agency: terms.agency });
  return events.map(({ kind, on, by, validTo, reason, document, at }) => ({
    kind,
    on,
    by,
    validTo,
    reason: isOpen ? reason : null,
    document: isOpen ? document : null,
    at: at.toISOString(),
  }));
}
