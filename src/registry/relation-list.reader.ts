import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { numberAt } from '../core/number-at.js';
import type { Ordering } from '../core/ordering.js';
import type { RelationFilter } from '../core/landscape/filter.js';
import { relationsSelection, selectRelations } from '../core/landscape/filter-select.js';
import type { RelationsOf } from '../core/landscape/filter-select.js';
import type { RevisionAt } from '../core/landscape/filter-compile.js';
import { filterIssue, unseenRelationFilterIssue } from '../core/landscape/filter-size.js';
import type { Relation } from '../core/landscape/model.js';
import { relationOrdering, relationsOfOrdering } from '../core/landscape/order.js';
import type { WorkBudget } from '../core/work-budget.js';
import { PageFromEnd, mapPage, pageByPlace } from '../runtime/page.js';
import type { OrderedList, Page, PageRequest } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { LandscapeHistory } from './landscape.history.js';
import { SeenRelation, seenRelationAt } from './seen.types.js';
import type { SeenElement } from './seen.types.js';

export interface RelationListRequest {
  readonly filter?: RelationFilter | null | undefined;
  readonly page: PageRequest;
  readonly context: RequestContext;
  /** What else makes the list this one: its cursors are good for no other. JSON. */
  readonly of?: unknown;
}

export type RelationsOfRequest = Omit<RelationListRequest, 'of'>;

/** A filter made ready for one landscape. */
interface Selection {
  readonly landscape: LandscapeView;
  readonly relationsOf: RelationsOf;
}

/** A page of relations, and the whole list it was cut from. */
export interface RelationListPage extends Page<SeenRelation> {
  readonly whole: { readonly landscape: LandscapeView; readonly items: readonly Relation[] };
}

/** Lists of relations of a view: filtered, in pages, the oldest first. */
@Injectable()
export class RelationListReader {
  /**
   * Filters made ready, of each request: one filter of a query is asked of the relations of thousands of elements. They
   * draw on its work, so what is worked out a second time has its own.
   */
  private readonly selections = new WeakMap<WorkBudget, WeakMap<RelationFilter, Selection>>();

  constructor(private readonly history: LandscapeHistory) {}

  /** @throws RegistryError for a filter or a page that can not be. */
  async page(landscape: LandscapeView, request: RelationListRequest): Promise<RelationListPage> {
    const filter = request.filter ?? {};
    const wrong = unseenRelationFilterIssue(filter, landscape.definitions.byKey, ['filter']);
    if (wrong !== undefined) throw new RegistryError([wrong]);
    const revisionAt = await this.history.revisionsAt(filter, landscape);
    const items = selectRelations(landscape, filter, revisionAt, workOf(request.context));
    const list = (): unknown => ['relations', filter, request.of];
    return seen(landscape, items, pageByPlace(items, relationOrdering(landscape), request.page, list));
  }

  /**
   * The relations of one element, seen from it: outgoing before incoming, then by kind and by age. What is wrong with a
   * filter or a page is always told by a promise: graphql-js leaves those of the elements before to themselves where one
   * of a list throws at once, and nobody would hear what they fail with.
   */
  pageOf(element: SeenElement, request: RelationsOfRequest): RelationListPage | Promise<RelationListPage> {
    try {
      return this.selected(element, request);
    } catch (error) {
      return failed(error);
    }
  }

  /** @throws RegistryError for a filter or a page that can not be. */
  private selected(element: SeenElement, request: RelationsOfRequest): RelationListPage | Promise<RelationListPage> {
    const { landscape } = element;
    const { page, context } = request;
    const filter = request.filter ?? NO_FILTER;
    const work = workOf(context);
    const known = this.selections.get(work)?.get(filter);
    if (known?.landscape === landscape) return pageOfElement(element, { filter, page, ...known });
    const wrong = filterIssue(filter, landscape.definitions.byKey, ['filter']);
    if (wrong !== undefined) throw new RegistryError([wrong]);
    const select = (revisionAt: RevisionAt): RelationListPage => {
      const relationsOf = relationsSelection(landscape, filter, revisionAt, work);
      const selection = { landscape, relationsOf };
      const ofRequest = this.selections.get(work) ?? new WeakMap<RelationFilter, Selection>();
      this.selections.set(work, ofRequest.set(filter, selection));
      return pageOfElement(element, { filter, page, ...selection });
    };
    const revisionAt = this.history.revisionsAt(filter, landscape);
    // A list of elements asks this of each of them: only what has to wait is waited for.
    return revisionAt instanceof Promise ? revisionAt.then(select) : select(revisionAt);
  }
}

const NO_FILTER: RelationFilter = {};

async function failed(error: unknown): Promise<never> {
  throw error;
}

interface RelationsOfElement {
  readonly filter: RelationFilter;
  readonly page: PageRequest;
  readonly relationsOf: RelationsOf;
}

function pageOfElement(element: SeenElement, { filter, page, relationsOf }: RelationsOfElement): RelationListPage {
  const whole = new ElementRelations(element, filter, relationsOf(element.seq));
  if (PageFromEnd.isAskedFor(page)) return new PageFromEnd<SeenRelation, ElementRelations>(whole, page);
  const { landscape, items } = whole;
  return seen(
    landscape,
    items,
    pageByPlace(items, whole.ordering(), page, () => whole.list()),
  );
}

/** The relations of an element that satisfy a filter, looked up as they are asked for. */
class ElementRelations implements OrderedList<SeenRelation> {
  constructor(
    private readonly element: SeenElement,
    private readonly filter: RelationFilter,
    private readonly seqs: readonly number[],
  ) {}

  get landscape(): LandscapeView {
    return this.element.landscape;
  }
  get items(): readonly Relation[] {
    return this.seqs.map((_seq, index) => this.itemAt(index));
  }
  get length(): number {
    return this.seqs.length;
  }
  itemAt(index: number): SeenRelation {
    return seenRelationAt(this.element.landscape, numberAt(this.seqs, index));
  }
  ordering(): Ordering<Relation> {
    return relationsOfOrdering(this.element.landscape, this.element.seq);
  }
  list(): unknown {
    return ['relations of', this.element.urn, this.filter];
  }
}

function seen(landscape: LandscapeView, items: readonly Relation[], found: Page<Relation>): RelationListPage {
  const page = mapPage(found, (relation) => new SeenRelation(landscape, relation));
  return Object.assign(page, { whole: { landscape, items } });
}
