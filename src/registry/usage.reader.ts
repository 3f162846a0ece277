import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import type { WorkBudget } from '../core/work-budget.js';
import { pageByPlace } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import { relationOrdering } from '../core/landscape/order.js';
import { textOf } from '../core/landscape/attribute-values.js';
import { seenRelationAt } from './seen.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';

/** What agencies do with shared systems: their USES relations, in order of their making. */
@Injectable()
export class UsageReader {
  /** Of each contract, by its urn, the usages under it: made once for a view. */
  private readonly byContract = new WeakMap<LandscapeView, ReadonlyMap<string, readonly number[]>>();

  /** What agencies do with an element. */
  of({ landscape, seq }: SeenElement, page: PageRequest, work: WorkBudget): Page<SeenRelation> {
    const found: number[] = [];
    landscape.forEachIncoming(seq, (kind, _agency, relation) => {
      if (kind === 'USES') found.push(relation);
    });
    work.spend(found.length);
    return pageOf(landscape, found, page);
  }

  /** What an agency does with elements. */
  by({ landscape, seq }: SeenElement, page: PageRequest, work: WorkBudget): Page<SeenRelation> {
    const found: number[] = [];
    landscape.forEachOutgoing(seq, (kind, _system, relation) => {
      if (kind === 'USES') found.push(relation);
    });
    work.spend(found.length);
    return pageOf(landscape, found, page);
  }

  /** What is used under a contract. */
  under({ landscape, urn }: SeenElement, page: PageRequest, work: WorkBudget): Page<SeenRelation> {
    const found = this.contractsOf(landscape).get(urn) ?? [];
    work.spend(found.length);
    return pageOf(landscape, found, page);
  }

  private contractsOf(landscape: LandscapeView): ReadonlyMap<string, readonly number[]> {
    const known = this.byContract.get(landscape);
    if (known !== undefined) return known;
    const found = new Map<string, number[]>();
    for (const relation of landscape.relations()) {
      const contract = relation.kind === 'USES' ? textOf(relation, 'contract') : null;
      if (contract === null) continue;
      const usages = found.get(contract);
      if (usages === undefined) found.set(contract, [relation.seq]);
      else usages.push(relation.seq);
    }
    this.byContract.set(landscape, found);
    return found;
  }
}

function pageOf(landscape: LandscapeView, relations: readonly number[], page: PageRequest): Page<SeenRelation> {
  const usages = relations.map((seq) => seenRelationAt(landscape, seq));
  return pageByPlace(usages, relationOrdering(landscape), page, () => ['usages']);
}
