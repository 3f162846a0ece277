import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { elementMatches, filterIssue } from '../core/landscape/filter.js';
import type { ElementFilter } from '../core/landscape/filter.js';
import type { Element } from '../core/landscape/model.js';
import { bestOf } from '../core/similarity/search.js';
import type { Language } from '../runtime/messages.js';
import { mapPage, paginate } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import type { Coverage } from './coverage.types.js';
import type { ElementOrderField } from './filter.types.js';
import { inventoryCoverage } from './inventory-coverage.js';
import { SearchReader } from './search.reader.js';
import type { FoundBySearch } from './search.reader.js';
import { SeenElement } from './seen.types.js';

export interface ElementOrder {
  readonly field: ElementOrderField;
  readonly direction: 'ASC' | 'DESC';
}

export interface ElementListRequest {
  readonly filter?: ElementFilter | null | undefined;
  readonly search?: string | null | undefined;
  readonly orderBy?: readonly ElementOrder[] | null | undefined;
}

/** A list, and the search that made it; undefined where nothing was searched for. */
interface FoundList {
  readonly elements: readonly Element[];
  readonly search: FoundBySearch | undefined;
}

/** A page of a list, and how whole the list is. */
export type ElementPage = Page<SeenElement> & {
  readonly edges: readonly { readonly cursor: string; readonly node: SeenElement; readonly search?: FoundBySearch }[];
  readonly coverage: Coverage;
};

const VIETNAMESE = new Intl.Collator('vi', { numeric: true });

/** Lists of elements of a view: filtered, searched, ordered. */
@Injectable()
export class ElementListReader {
  constructor(
    private readonly definitions: AttributeDefinitionReader,
    private readonly searches: SearchReader,
  ) {}

  /** One page of a list; without an order a search gives the best hits first, anything else goes by age. */
  async page(
    landscape: LandscapeView,
    request: ElementListRequest,
    page: PageRequest,
    language: Language,
  ): Promise<ElementPage> {
    const { elements, search } = await this.list(landscape, request);
    const found = mapPage(
      paginate(elements, page, ({ urn }) => urn),
      (element) => new SeenElement(landscape, element),
    );
    const edges = search === undefined ? found.edges : found.edges.map((edge) => ({ ...edge, search }));
    return { ...found, edges, coverage: this.coverage(landscape, language) };
  }

  private async list(landscape: LandscapeView, { filter, search, orderBy }: ElementListRequest): Promise<FoundList> {
    const tooLarge = filterIssue(filter ?? {}, ['filter']);
    if (tooLarge !== undefined) throw new RegistryError([tooLarge]);
    const accepts = (element: Element): boolean => elementMatches(landscape, filter ?? {}, element);
    const text = search?.trim() ?? '';
    const found = text === '' ? undefined : await this.searches.find(landscape, text, { field: 'search', accepts });
    const elements =
      found === undefined
        ? Array.from(landscape.elements()).filter(accepts)
        : bestOf(found.result, found.result.documents.length).flatMap((seq) => landscape.elementAt(seq) ?? []);
    return { elements: ordered(elements, orderBy ?? []), search: found };
  }

  coverage(landscape: LandscapeView, language: Language): Coverage {
    const definition = this.definitions.all.get('inventoryDeclaredCompleteOn');
    return inventoryCoverage(landscape, (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? null);
  }
}

function ordered(elements: readonly Element[], orderBy: readonly ElementOrder[]): readonly Element[] {
  if (orderBy.length === 0) return elements;
  const rank = new Map(elements.map(({ seq }, index) => [seq, index]));
  const comparisons = orderBy.map((order) => comparison(order, rank));
  return elements.toSorted((a, b) => {
    for (const compare of comparisons) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return a.seq - b.seq;
  });
}

type Comparison = (a: Element, b: Element) => number;

function comparison({ field, direction }: ElementOrder, rank: ReadonlyMap<number, number>): Comparison {
  const compare = COMPARISONS[field](rank);
  return direction === 'ASC' ? compare : (a, b) => compare(b, a);
}

const COMPARISONS: Readonly<Record<ElementOrderField, (rank: ReadonlyMap<number, number>) => Comparison>> = {
  NAME: () => (a, b) => VIETNAMESE.compare(a.name, b.name),
  CODE: () => (a, b) => (a.urn < b.urn ? -1 : Number(a.urn > b.urn)),
  CHANGED_AT: () => (a, b) => a.revision - b.revision,
  RELEVANCE: (rank) => (a, b) => (rank.get(a.seq) ?? 0) - (rank.get(b.seq) ?? 0),
};
