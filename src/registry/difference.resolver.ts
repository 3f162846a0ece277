import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { Costs } from '../runtime/answer-cost.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { countDifference } from '../core/landscape/difference-count.js';
import { differenceBetween } from '../core/landscape/difference.js';
import type { RecordDifference, TableDifference } from '../core/landscape/difference.js';
import type { PartialDate } from '../core/landscape/model.js';
import { orderedBy } from '../core/ordering.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import {
  DifferenceCountType,
  ElementDifferenceConnectionType,
  ElementKindDifferenceType,
  LandscapeDifferenceType,
  OwnerDifferenceType,
  RelationDifferenceConnectionType,
  RelationKindDifferenceType,
} from './difference.types.js';
import type {
  DifferenceWay,
  ElementDifferenceType,
  RelationDifferenceType,
  SeenDifference,
} from './difference.types.js';
import { AsOfInput } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { SeenElement, SeenRelation } from './seen.types.js';

/** What comparing costs for each element of each landscape, in looks at a record. */
const LOOKS = 10;

/** What changed between two landscapes. */
@Resolver(() => LandscapeDifferenceType)
export class DifferenceResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @Query(() => LandscapeDifferenceType, {
    description:
      'What changed between two landscapes: two revisions, two moments, two days. Without a day on either side all that is recorded is compared. With `validOn` on one side the other is that of today, so that both leave out what does not hold on their day: relations that began or ended between the days, and elements that began, are added or removed, and elements in another phase are changed.',
  })
  @Asks('landscape.read')
  @Costs(5_000)
  async landscapeDifference(
    @Args('from', { type: () => AsOfInput, description: 'The earlier landscape.' }) from: AsOfInput,
    @Args('to', {
      type: () => AsOfInput,
      nullable: true,
      description: 'The later landscape; the newest, and today, by default.',
    })
    to: AsOfInput | null,
    @Context() context: RequestContext,
  ): Promise<SeenDifference> {
    const [fromDay, toDay] = daysOf(from, to);
    const before = await this.read(context, 'from', onDay(from, fromDay));
    const after = await this.read(context, 'to', onDay(to, toDay));
    return {
      before,
      after,
      fromDay,
      toDay,
      fromRevision: before.revision,
      toRevision: after.revision,
      difference: differenceBetween(before, after),
    };
  }

  private async read(context: RequestContext, argument: string, asOf: AsOfInput): Promise<LandscapeView> {
    try {
      return await this.landscapes.forWork(context, { asOf }, LOOKS);
    } catch (error) {
      if (error instanceof RegistryError) throw placedIn(argument, error);
      throw error;
    }
  }

  @ResolveField(() => ElementDifferenceConnectionType, { description: 'The elements in which they differ.' })
  elements(
    @Parent() { before, after, difference }: SeenDifference,
    @Args() page: PageArgs,
    @Context() context: RequestContext,
  ): Page<ElementDifferenceType> {
    workOf(context).spend(LOOKS * changesIn(difference.elements));
    return mapPage(pageOf(difference.elements, page, 'elements'), ({ way, item }) => ({
      urn: item.urn,
      way,
      fields: item.fields,
      phase: item.phase ?? null,
      before: item.before === undefined ? null : new SeenElement(before, item.before),
      after: item.after === undefined ? null : new SeenElement(after, item.after),
    }));
  }

  @ResolveField(() => RelationDifferenceConnectionType, { description: 'The relations in which they differ.' })
  relations(
    @Parent() { before, after, difference }: SeenDifference,
    @Args() page: PageArgs,
    @Context() context: RequestContext,
  ): Page<RelationDifferenceType> {
    workOf(context).spend(LOOKS * changesIn(difference.relations));
    return mapPage(pageOf(difference.relations, page, 'relations'), ({ way, item }) => ({
      urn: item.urn,
      way,
      fields: item.fields,
      before: item.before === undefined ? null : new SeenRelation(before, item.before),
      after: item.after === undefined ? null : new SeenRelation(after, item.after),
    }));
  }

  @ResolveField(() => DifferenceCountType, { description: 'How many elements differ.' })
  elementCount({ difference }: SeenDifference): DifferenceCountType {
    return countDifference(difference).elements;
  }

  @ResolveField(() => DifferenceCountType, { description: 'How many relations differ.' })
  relationCount({ difference }: SeenDifference): DifferenceCountType {
    return countDifference(difference).relations;
  }

  @ResolveField(() => [ElementKindDifferenceType], { description: 'How many elements of each kind differ.' })
  byElementKind({ difference }: SeenDifference): readonly ElementKindDifferenceType[] {
    return countDifference(difference).byElementKind;
  }

  @ResolveField(() => [RelationKindDifferenceType], { description: 'How many relations of each kind differ.' })
  byRelationKind({ difference }: SeenDifference): readonly RelationKindDifferenceType[] {
    return countDifference(difference).byRelationKind;
  }

  @ResolveField(() => [OwnerDifferenceType], { description: 'How many elements of each owner differ.' })
  byOwner({ before, after, difference }: SeenDifference): OwnerDifferenceType[] {
    return countDifference(difference).byOwner.map(({ owner, ...counts }) => {
      const side = owner !== undefined && after.elementAt(owner.seq) === owner ? after : before;
      return { ...counts, owner: owner === undefined ? null : new SeenElement(side, owner) };
    });
  }
}

/** How many objects of a table differ. */
function changesIn({ added, removed, changed }: SeenDifference['difference']['elements' | 'relations']): number {
  return added.length + removed.length + changed.length;
}

/** The same error, with the argument that stands here for `asOf` on the way to what is wrong. */
function placedIn(argument: string, { issues: [first, ...others] }: RegistryError): RegistryError {
  const placed = (each: Issue): Issue => ({
    ...each,
    path: each.path.map((step, at) => (at === 0 && step === 'asOf' ? argument : step)),
  });
  return new RegistryError([placed(first), ...others.map(placed)]);
}

function onDay(asOf: AsOfInput | null | undefined, validOn: PartialDate | null): AsOfInput {
  return { revision: asOf?.revision ?? null, knownAt: asOf?.knownAt ?? null, validOn };
}

/**
 * The days of the two sides. One that names none is that of today as soon as the other names one: were it all that is
 * recorded, what the other leaves out for its day would look as if it had been added or removed.
 */
function daysOf(
  { validOn: from }: AsOfInput,
  to: AsOfInput | null | undefined,
): readonly [PartialDate | null, PartialDate | null] {
  const [one, other] = [from ?? null, to?.validOn ?? null];
  if (one === null && other === null) return [null, null];
  const today = todayInVietnam();
  return [one ?? today, other ?? today];
}

/** In the order in which they are listed. */
const WAYS: readonly DifferenceWay[] = ['ADDED', 'REMOVED', 'CHANGED'];

interface Entry<T> {
  readonly way: DifferenceWay;
  readonly item: RecordDifference<T>;
}

function pageOf<T>({ added, removed, changed }: TableDifference<T>, page: PageArgs, table: string): Page<Entry<T>> {
  const entries = (way: DifferenceWay, items: readonly RecordDifference<T>[]): Entry<T>[] =>
    items.map((item) => ({ way, item }));
  const all = [...entries('ADDED', added), ...entries('REMOVED', removed), ...entries('CHANGED', changed)];
  const ordering = orderedBy<Entry<T>>(
    ({ way }) => WAYS.indexOf(way),
    ({ item }) => item.urn,
  );
  return pageInOrder(all, ordering, page, () => ['difference', table]);
}
