import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { earliestDay } from '../core/landscape/calendar-day.js';
import type { Element } from '../core/landscape/model.js';
import { elementOrdering } from '../core/landscape/order.js';
import { ownerTable } from '../core/landscape/owner-table.js';
import type { Ordering, SortKey, SortValue } from '../core/ordering.js';
import { decisionOf } from '../core/policy/treatment-decision.js';
import { TREATMENT_OPTIONS, isTreated } from '../core/policy/treatment.js';
import type { TreatmentOption, TreatmentProposal } from '../core/policy/treatment.js';
import { ElementListReader } from '../registry/element-list.reader.js';
import type { Coverage } from '../registry/coverage.types.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import type { Language } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import { mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { TreatmentListArgs } from './treatment-list.types.js';
import { TreatmentReader } from './treatment.reader.js';
import type { TreatmentRequest } from './treatment.reader.js';
import type { SeenTreatment, TreatmentCountType } from './treatment.types.js';

/** A page of treatments, and the whole list it was cut from. */
export interface TreatmentListPage extends Page<SeenTreatment> {
  readonly landscape: LandscapeView;
  readonly elements: readonly Element[];
  /** Seqs of the agencies whose things alone are on the list; undefined for all. */
  readonly owners: ReadonlySet<number> | undefined;
  /** What is proposed for each of the elements; the work of the request is drawn on once, whoever asks. */
  readonly proposals: () => Promise<readonly TreatmentProposal[]>;
}

/** What else a page depends on. */
interface PageSetting extends TreatmentRequest {
  /** What else makes the list this one: its cursors are good for no other. JSON. */
  readonly of: unknown;
}

type ProposalOf = (element: Element) => TreatmentProposal;

/** What becomes of the things of an agency, or of all there are: as lists. */
@Injectable()
export class TreatmentListReader {
  constructor(
    private readonly treatments: TreatmentReader,
    private readonly lists: ElementListReader,
  ) {}

  /**
   * A page of treatments. Only those of the page are worked out, unless the filter or the order asks for all.
   * @throws RegistryError for an agency that is none, a page that can not be, or WORK_EXHAUSTED.
   */
  async page(
    landscape: LandscapeView,
    asked: TreatmentListArgs,
    { of, ...request }: PageSetting,
  ): Promise<TreatmentListPage> {
    const { agency: urn = null, proposed = null, decided = null, orderBy } = asked;
    const agency = owningAgency(landscape, urn);
    let elements = thingsOf(landscape, agency).filter((each) => isDecided(landscape, each, decided));
    const takesAll = proposed !== null || orderBy === 'URGENCY';
    const proposalOf = takesAll ? await this.lookup(landscape, elements, request) : undefined;
    if (proposed !== null)
      elements = elements.filter((each) => proposed.some((o) => o === proposalOf?.(each).proposed));
    const ordering = this.orderingOf(landscape, orderBy, proposalOf);
    const list = (): unknown => ['treatments', urn, proposed, decided, orderBy, of];
    const page = pageByPlace(elements, ordering, asked, list);
    const shown = proposalOf ?? (await this.lookup(landscape, page.nodes, request));
    const seen = mapPage(page, (element) => seenTreatment(landscape, element, shown(element)));
    const owners = agency === undefined ? undefined : new Set([agency.seq]);
    const proposals = once(async () => {
      if (proposalOf !== undefined) return elements.map(proposalOf);
      return this.treatments.ofAll(landscape, elements, request);
    });
    return Object.assign(seen, { landscape, elements, owners, proposals });
  }

  /** How many of a whole list have each answer, in the order of the answers. */
  async counts({ landscape, elements, ...page }: TreatmentListPage): Promise<TreatmentCountType[]> {
    const proposals = await page.proposals();
    const decisions = elements.map((element) => decisionOf(landscape, element).option ?? 'UNDECIDED');
    return TREATMENT_OPTIONS.map((option) => ({
      option,
      proposed: proposals.filter((each) => each.proposed === option).length,
      decided: decisions.filter((each) => each === option).length,
    }));
  }

  /** Whether the list of things is whole. */
  coverage({ landscape, owners }: TreatmentListPage, context: RequestContext): Coverage {
    return this.lists.coverage(landscape, context, owners);
  }

  /** What would have to be known for every thing of a whole list to have an answer. */
  async evidenceCoverage({ landscape, ...page }: TreatmentListPage, language: Language): Promise<Coverage> {
    return { ...this.treatments.coverage(landscape, await page.proposals(), language), attestedOn: null };
  }

  private async lookup(
    landscape: LandscapeView,
    elements: readonly Element[],
    request: TreatmentRequest,
  ): Promise<ProposalOf> {
    const proposals = await this.treatments.ofAll(landscape, elements, request);
    const bySeq = new Map(elements.map(({ seq }, at) => [seq, proposals[at]]));
    return ({ urn, seq }) => {
      const proposal = bySeq.get(seq);
      if (proposal === undefined) throw new Error(`Nothing was worked out for ${urn}.`);
      return proposal;
    };
  }

  private orderingOf(
    landscape: LandscapeView,
    orderBy: TreatmentListArgs['orderBy'],
    proposalOf: ProposalOf | undefined,
  ): Ordering<Element> {
    if (orderBy === 'NAME') return elementOrdering([{ field: 'NAME', direction: 'ASC' }], { landscape });
    const byAge = elementOrdering([], { landscape });
    if (proposalOf === undefined) return byAge;
    const ranks: readonly TreatmentOption[] = [...this.treatments.policy.precedence, 'UNDECIDED', 'KEEP'];
    const keys = [
      plainKey((element) => Number(decisionOf(landscape, element).option !== null)),
      plainKey((element) => firstDay(proposalOf(element))),
      plainKey((element) => ranks.indexOf(proposalOf(element).proposed)),
    ];
    return { ...byAge, keys };
  }
}

/** Works out what is asked for when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** The treatment of an element as an answer shows it. */
export function seenTreatment(landscape: LandscapeView, element: Element, proposal: TreatmentProposal): SeenTreatment {
  return { element: new SeenElement(landscape, element), proposal, decision: decisionOf(landscape, element) };
}

/** What is treated and owned by an agency, or by anybody or nobody where none is named; in order of seq. */
function thingsOf(landscape: LandscapeView, agency: Element | undefined): Element[] {
  const owners = ownerTable(landscape);
  const isAsked = ({ seq }: Element): boolean => agency === undefined || owners[seq] === agency.seq;
  return Array.from(landscape.elements()).filter((element) => isTreated(element) && isAsked(element));
}

function isDecided(landscape: LandscapeView, element: Element, decided: TreatmentListArgs['decided']): boolean {
  if (decided === null || decided === undefined) return true;
  return decided.includes(decisionOf(landscape, element).option ?? 'UNDECIDED');
}

function firstDay({ dueOn }: TreatmentProposal): SortValue {
  return dueOn === null ? null : earliestDay(dueOn);
}

/** Compared as it is, upward, the unknown last. */
function plainKey(valueOf: (element: Element) => SortValue): SortKey<Element> {
  return { valueOf, keyOf: valueOf, keyOfValue: (value) => value, direction: 'ASC', nulls: 'LAST' };
}
