import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError, issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { ElementFilter } from '../core/landscape/filter.js';
import { compileElementFilter } from '../core/landscape/filter-compile.js';
import type { RevisionAt } from '../core/landscape/filter-compile.js';
import { ownersConcerned } from '../core/landscape/filter-owners.js';
import { allElements, selectElements } from '../core/landscape/filter-select.js';
import { filterIssue } from '../core/landscape/filter-size.js';
import { looksOf } from '../core/landscape/filter-work.js';
import type { Element } from '../core/landscape/model.js';
import { elementOrdering, orderIssue } from '../core/landscape/order.js';
import type { ElementOrder } from '../core/landscape/order.js';
import { isWritableText } from '../core/landscape/record-fields.js';
import type { WorkBudget } from '../core/work-budget.js';
import { mapPage, pageByPlace } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import type { Coverage } from './coverage.types.js';
import { inventoryCoverage } from './inventory-coverage.js';
import { LandscapeHistory } from './landscape.history.js';
import { SearchReader } from './search.reader.js';
import type { FoundBySearch } from './search.reader.js';
import { SeenElement } from './seen.types.js';

export interface ElementListRequest {
  /** What the list is of, whatever it is filtered by. */
  readonly among?: Omit<ElementFilter, 'and'>;
  readonly filter?: ElementFilter | null | undefined;
  readonly search?: string | null | undefined;
  readonly orderBy?: readonly ElementOrder[] | null | undefined;
  readonly page: PageRequest;
  /** What the list is taken from. */
  readonly work: WorkBudget;
  /** What else makes the list this one: its cursors are good for no other. JSON. */
  readonly of?: unknown;
}

/** A whole list that a page was cut from. */
export interface WholeElementList {
  readonly landscape: LandscapeView;
  readonly items: readonly Element[];
  /** Seqs of the agencies whose elements alone can be on the list; undefined where any agency's can. */
  readonly owners: () => ReadonlySet<number> | undefined;
}

/** A page of elements, and the whole list it was cut from. */
export interface ElementListPage extends Page<SeenElement> {
  readonly edges: readonly { readonly cursor: string; readonly node: SeenElement; readonly search?: FoundBySearch }[];
  readonly whole: WholeElementList;
}

/** What was found, in no order, and the search that found it; undefined where nothing was searched for. */
interface FoundList {
  readonly items: readonly Element[];
  readonly search: FoundBySearch | undefined;
}

interface AskedList {
  readonly filter: ElementFilter;
  readonly text: string;
  readonly revisionAt: RevisionAt;
  readonly work: WorkBudget;
}

/** What a step of an order costs for each element, in looks at a record. */
const ORDERED = 8;

/** Lists of elements of a view: filtered, searched, ordered, in pages. */
@Injectable()
export class ElementListReader {
  constructor(
    private readonly definitions: AttributeDefinitionReader,
    private readonly searches: SearchReader,
    private readonly history: LandscapeHistory,
  ) {}

  /**
   * A page of a list. Without an order a search gives the best hits first, anything else goes by age.
   * @throws RegistryError for a filter, an order, a text or a page that can not be.
   */
  async page(landscape: LandscapeView, request: ElementListRequest): Promise<ElementListPage> {
    const { among, page, of, work } = request;
    const asked = request.filter ?? {};
    const filter = among === undefined ? asked : { ...among, and: [asked] };
    const text = request.search?.trim() ?? '';
    const orders = ordersOf(request.orderBy ?? [], text);
    const definitions = landscape.definitions.byKey;
    const wrong =
      filterIssue(asked, definitions, ['filter']) ??
      searchIssue(text) ??
      orderIssue(orders, { definitions, isSearched: text !== '' }, ['orderBy']);
    if (wrong !== undefined) throw new RegistryError([wrong]);
    const revisionAt = await this.history.revisionsAt(filter, landscape);
    const { items, search } = await this.find(landscape, { filter, text, revisionAt, work });
    const scores = search?.result.scores;
    const relevanceOf = (seq: number): number | null => (scores === undefined ? null : -(scores[seq] ?? 0));
    const ordering = elementOrdering(orders, { landscape, relevanceOf });
    work.spend(items.length * (1 + ORDERED * orders.length));
    const found = pageByPlace(items, ordering, page, () => ['elements', filter, text, orders, of]);
    const owners = (): ReadonlySet<number> | undefined => ownersConcerned(landscape, filter, revisionAt, work);
    return seenPage(found, { landscape, items, owners }, search);
  }

  /**
   * How whole a list is.
   * @param owners - seqs of the agencies whose elements alone can be on it; undefined where any agency's can.
   */
  coverage(landscape: LandscapeView, context: RequestContext, owners?: ReadonlySet<number>): Coverage {
    const { language } = context;
    workOf(context).spend(allElements(landscape).length);
    const definition = this.definitions.all.get('inventoryDeclaredCompleteOn');
    const question = (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? null;
    return inventoryCoverage(landscape, question, owners);
  }

  private async find(landscape: LandscapeView, { filter, text, revisionAt, work }: AskedList): Promise<FoundList> {
    if (text === '') return { items: selectElements(landscape, filter, revisionAt, work), search: undefined };
    const test = compileElementFilter(landscape, filter, revisionAt, work);
    const looks = looksOf(filter);
    const accepts = (element: Element): boolean => {
      work.spend(looks);
      return test(element);
    };
    const search = await this.searches.find(landscape, text, { field: 'search', accepts, work });
    return { items: search.result.documents.flatMap((seq) => landscape.elementAt(seq) ?? []), search };
  }
}

/** Nobody can have written such a text, so that whoever searches for one meant something else. */
function searchIssue(text: string): Issue | undefined {
  if (isWritableText(text)) return undefined;
  return issue('VALUE_OF_WRONG_TYPE', ['search'], { field: 'search', expected: 'text' });
}

function ordersOf(orders: readonly ElementOrder[], text: string): readonly ElementOrder[] {
  if (orders.length > 0 || text === '') return orders;
  return [{ field: 'RELEVANCE', direction: 'ASC' }];
}

function seenPage(page: Page<Element>, whole: WholeElementList, search: FoundBySearch | undefined): ElementListPage {
  const seen = mapPage(page, (element) => new SeenElement(whole.landscape, element));
  if (search === undefined) return Object.assign(seen, { whole });
  return { ...seen, edges: seen.edges.map((edge) => ({ ...edge, search })), whole };
}
