import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError, issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { elementMatches, filterIssue } from '../core/landscape/filter.js';
import type { ElementFilter } from '../core/landscape/filter.js';
import type { Element } from '../core/landscape/model.js';
import { searchIndex } from '../core/landscape/search.js';
import type { SearchIndex } from '../core/landscape/search.js';
import type { Language } from '../runtime/messages.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import type { Coverage } from './coverage.types.js';
import type { ElementOrderField } from './filter.types.js';
import { inventoryCoverage } from './inventory-coverage.js';

export interface ElementOrder {
  readonly field: ElementOrderField;
  readonly direction: 'ASC' | 'DESC';
}

export interface ElementListRequest {
  readonly filter?: ElementFilter | null | undefined;
  readonly search?: string | null | undefined;
  readonly orderBy?: readonly ElementOrder[] | null | undefined;
}

/** Longest text that is searched for, characters. */
const SEARCH_MAXIMUM = 500;

function searchIssue(search: string): Issue | undefined {
  if (search.length <= SEARCH_MAXIMUM) return undefined;
  return issue('LIMIT_EXCEEDED', ['search'], { field: 'search', limit: SEARCH_MAXIMUM, actual: search.length });
}

const VIETNAMESE = new Intl.Collator('vi', { numeric: true });

/** Lists of elements of a view: filtered, searched, ordered. */
@Injectable()
export class ElementListReader {
  /** A search index is made once for a view and goes with it. */
  private readonly indexes = new WeakMap<LandscapeView, SearchIndex>();

  constructor(private readonly definitions: AttributeDefinitionReader) {}

  /** Whole lists; without an order a search gives the best hits first, anything else goes by age. */
  list(landscape: LandscapeView, { filter, search, orderBy }: ElementListRequest): Element[] {
    const tooLarge = filterIssue(filter ?? {}, ['filter']) ?? searchIssue(search ?? '');
    if (tooLarge !== undefined) throw new RegistryError([tooLarge]);
    const text = search?.trim() ?? '';
    const candidates = text === '' ? Array.from(landscape.elements()) : this.hits(landscape, text);
    const found = candidates.filter((element) => elementMatches(landscape, filter ?? {}, element));
    const rank = new Map(found.map(({ seq }, index) => [seq, index]));
    const comparisons = (orderBy ?? []).map((order) => comparison(order, rank));
    if (comparisons.length === 0) return found;
    return found.toSorted((a, b) => {
      for (const compare of comparisons) {
        const difference = compare(a, b);
        if (difference !== 0) return difference;
      }
      return a.seq - b.seq;
    });
  }

  coverage(landscape: LandscapeView, language: Language): Coverage {
    const definition = this.definitions.all.get('inventoryDeclaredCompleteOn');
    return inventoryCoverage(landscape, (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? null);
  }

  private hits(landscape: LandscapeView, text: string): Element[] {
    let index = this.indexes.get(landscape);
    if (index === undefined) {
      index = searchIndex(landscape);
      this.indexes.set(landscape, index);
    }
    return index.search(text).flatMap((seq) => landscape.elementAt(seq) ?? []);
  }
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
