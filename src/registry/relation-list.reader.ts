import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { RelationFilter } from '../core/landscape/filter.js';
import { selectRelations, selectRelationsOf } from '../core/landscape/filter-select.js';
import type { RevisionAt } from '../core/landscape/filter-compile.js';
import { filterIssue, unseenRelationFilterIssue } from '../core/landscape/filter-size.js';
import type { Relation } from '../core/landscape/model.js';
import { relationOrdering, relationsOfOrdering } from '../core/landscape/order.js';
import { mapPage, pageByPlace } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import { LandscapeHistory } from './landscape.history.js';
import { SeenRelation } from './seen.types.js';
import type { SeenElement } from './seen.types.js';

export interface RelationListRequest {
  readonly filter?: RelationFilter | null | undefined;
  readonly page: PageRequest;
  /** What else makes the list this one: its cursors are good for no other. JSON. */
  readonly of?: unknown;
}

/** A page of relations, and the whole list it was cut from. */
export interface RelationListPage extends Page<SeenRelation> {
  readonly whole: { readonly landscape: LandscapeView; readonly items: readonly Relation[] };
}

/** Lists of relations of a view: filtered, in pages, the oldest first. */
@Injectable()
export class RelationListReader {
  constructor(private readonly history: LandscapeHistory) {}

  /** @throws RegistryError for a filter or a page that can not be. */
  async page(landscape: LandscapeView, request: RelationListRequest): Promise<RelationListPage> {
    const filter = request.filter ?? {};
    const wrong = unseenRelationFilterIssue(filter, landscape.definitions.byKey, ['filter']);
    if (wrong !== undefined) throw new RegistryError([wrong]);
    const revisionAt = await this.history.revisionsAt(filter, landscape);
    const items = selectRelations(landscape, filter, revisionAt);
    const list = (): unknown => ['relations', filter, request.of];
    return seen(landscape, items, pageByPlace(items, relationOrdering(landscape), request.page, list));
  }

  /**
   * The relations of one element, seen from it: outgoing before incoming, then by kind and by age.
   * @throws RegistryError for a filter or a page that can not be.
   */
  pageOf(
    { landscape, seq, urn }: SeenElement,
    request: RelationListRequest,
  ): RelationListPage | Promise<RelationListPage> {
    const filter = request.filter ?? {};
    const wrong = filterIssue(filter, landscape.definitions.byKey, ['filter']);
    if (wrong !== undefined) throw new RegistryError([wrong]);
    const page = (revisionAt: RevisionAt): RelationListPage => {
      const items = selectRelationsOf(landscape, seq, filter, revisionAt);
      const list = (): unknown => ['relations of', urn, filter];
      return seen(landscape, items, pageByPlace(items, relationsOfOrdering(landscape, seq), request.page, list));
    };
    const revisionAt = this.history.revisionsAt(filter, landscape);
    // A list of elements asks this of each of them: only what has to wait is waited for.
    return revisionAt instanceof Promise ? revisionAt.then(page) : page(revisionAt);
  }
}

function seen(landscape: LandscapeView, items: readonly Relation[], found: Page<Relation>): RelationListPage {
  const page = mapPage(found, (relation) => new SeenRelation(landscape, relation));
  return Object.assign(page, { whole: { landscape, items } });
}
