import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import type { Element, ElementKind, RelationKind } from '../core/landscape/model.js';
import type { NeedKind } from '../core/landscape/need-kinds.js';
import { ageOrderingOf } from '../core/landscape/order.js';
import type { StructureAnswer } from '../core/landscape/structure-coverage.js';
import { deadEnds } from '../core/landscape/structure-dead-ends.js';
import type { DeadEndKind } from '../core/landscape/structure-dead-ends.js';
import { layeringViolations } from '../core/landscape/structure-layering.js';
import type { LayeringPolicy, TwoTongues } from '../core/landscape/structure-layering.js';
import { CONNECTING_KINDS, orphans } from '../core/landscape/structure-orphans.js';
import { singlePointsOfFailure } from '../core/landscape/structure-single-points.js';
import { cycleCoverage, cycles } from '../core/landscape/structure.js';
import { orderedBy } from '../core/ordering.js';
import type { Ordering } from '../core/ordering.js';
import type { Language } from '../runtime/messages.js';
import { pageInOrder } from '../runtime/page.js';
import type { PageRequest } from '../runtime/page.js';
import { inSlices } from '../runtime/slices.js';
import type { Coverage } from './coverage.types.js';
import { GraphReader, pathOf } from './graph.reader.js';
import { LayeringReader } from './layering.reader.js';
import { SINGLE_POINT_ORDERING, deadEndOrdering, violationOrdering } from './structure-orderings.js';
import { seenAt, seenRelationAt } from './seen.types.js';
import type {
  ComponentAnswer,
  CycleAnswer,
  DeadEndType,
  LayeringPolicyType,
  LayeringViolationType,
  LossType,
  OrphanType,
  SinglePointAnswer,
  StructurePage,
} from './structure.types.js';

/** What every question about the structure is asked with. */
export interface StructureRequest {
  readonly page: PageRequest;
  readonly language: Language;
}

/** Questions about the structure of a whole landscape, with the elements and relations behind their numbers. */
@Injectable()
export class StructureReader {
  constructor(
    private readonly graph: GraphReader,
    private readonly layerings: LayeringReader,
  ) {}

  cycles(
    landscape: LandscapeView,
    relationKinds: readonly NeedKind[] | undefined,
    request: StructureRequest,
  ): StructurePage<CycleAnswer> {
    const items = cycles(landscape, relationKinds).map((found): CycleAnswer => {
      const first = seenAt(landscape, found.members[0] ?? -1);
      return {
        first,
        get steps() {
          return pathOf(landscape, found.cycle).steps;
        },
      };
    });
    return this.page(landscape, withItems(cycleCoverage(landscape, items.length, relationKinds), items), request, {
      list: ['cycles', relationKinds],
      ordering: orderedBy(({ first }) => first.urn),
      elementOf: ({ first }) => first,
    });
  }

  components(
    landscape: LandscapeView,
    relationKinds: readonly NeedKind[] | undefined,
    request: StructureRequest,
  ): StructurePage<ComponentAnswer> {
    const items = cycles(landscape, relationKinds).map((found): ComponentAnswer => {
      const { members } = found;
      const first = seenAt(landscape, members[0] ?? -1);
      return {
        first,
        key: first.urn,
        size: members.length,
        get members() {
          return members.map((seq) => seenAt(landscape, seq));
        },
        get cycle() {
          return pathOf(landscape, found.cycle);
        },
      };
    });
    return this.page(landscape, withItems(cycleCoverage(landscape, items.length, relationKinds), items), request, {
      list: ['stronglyConnectedComponents', relationKinds],
      ordering: orderedBy(({ key }) => key),
      elementOf: ({ first }) => first,
    });
  }

  layeringViolations(
    landscape: LandscapeView,
    request: StructureRequest,
  ): StructurePage<LayeringViolationType> & { readonly policy: LayeringPolicyType | null } {
    const policy = this.layerings.of(landscape);
    const answer: StructureAnswer<LayeringViolationType> =
      policy === null ? NOT_JUDGED : this.violationsOf(landscape, policy, request.language);
    return Object.assign(
      this.page(landscape, answer, request, {
        list: ['layeringViolations'],
        ordering: violationOrdering(landscape),
        elementOf: ({ needs }) => needs,
      }),
      { policy: policy === null ? null : policyIn(policy, request.language) },
    );
  }

  orphans(
    landscape: LandscapeView,
    kinds: readonly ElementKind[] | undefined,
    request: StructureRequest,
  ): StructurePage<OrphanType> & { readonly relationKinds: readonly RelationKind[] } {
    const answer = orphans(landscape, kinds === undefined ? {} : { kinds });
    const items = answer.items.map(({ element, ...rest }) => ({ element: seenAt(landscape, element), ...rest }));
    const page = this.page(landscape, withItems(answer, items), request, {
      list: ['orphans', kinds],
      ordering: ageOrderingOf(landscape, ({ element }) => element),
      elementOf: ({ element }) => element,
    });
    return Object.assign(page, { relationKinds: CONNECTING_KINDS });
  }

  deadEnds(
    landscape: LandscapeView,
    kinds: readonly DeadEndKind[] | undefined,
    request: StructureRequest,
  ): StructurePage<DeadEndType> {
    const answer = deadEnds(landscape, kinds);
    const items = answer.items.map(({ element, relations, ...rest }) => ({
      ...rest,
      element: seenAt(landscape, element),
      relations: relations.map((seq) => seenRelationAt(landscape, seq)),
    }));
    return this.page(landscape, withItems(answer, items), request, {
      list: ['deadEnds', kinds],
      ordering: deadEndOrdering(landscape),
      elementOf: ({ element }) => element,
    });
  }

  async singlePoints(
    landscape: LandscapeView,
    minimum: number,
    request: StructureRequest,
  ): Promise<StructurePage<SinglePointAnswer>> {
    const answer = await inSlices(singlePointsOfFailure(landscape, { minimum }));
    const items = answer.items.map((point): SinglePointAnswer => {
      const { reasons, lost, lostAtMost, separated, pieces } = point;
      return {
        element: seenAt(landscape, point.element),
        reasons,
        lost,
        lostAtMost,
        separated,
        pieces,
        get losses() {
          return point.losses.map((loss): LossType => ({
            element: seenAt(landscape, loss.element),
            lostOfGroup: loss.lostOfGroup,
            get explanation() {
              return pathOf(landscape, loss.explanation);
            },
          }));
        },
      };
    });
    return this.page(landscape, withItems(answer, items), request, {
      list: ['singlePointsOfFailure', minimum],
      ordering: SINGLE_POINT_ORDERING,
      elementOf: ({ element }) => element,
    });
  }

  private violationsOf(
    landscape: LandscapeView,
    policy: LayeringPolicy,
    language: Language,
  ): StructureAnswer<LayeringViolationType> {
    const answer = layeringViolations(landscape, policy);
    const items = answer.items.map(({ relation, needs, needed, needsLayer, neededLayer, rule }) => ({
      relation: seenRelationAt(landscape, relation),
      needs: seenAt(landscape, needs),
      needsLayer,
      needed: seenAt(landscape, needed),
      neededLayer,
      because: inTongue(rule.because, language),
    }));
    return withItems(answer, items);
  }

  private page<T>(
    landscape: LandscapeView,
    answer: StructureAnswer<T>,
    { page, language }: StructureRequest,
    { list, ordering, elementOf }: Listing<T>,
  ): StructurePage<T> {
    const coverage = (): Coverage => this.graph.coverageOf(landscape, answer.coverage, answer.examined, language);
    return {
      ...pageInOrder(answer.items, ordering, page, () => list),
      revision: landscape.revision,
      examined: answer.examined,
      whole: { landscape, items: answer.items.map(elementOf) },
      // Whom to ask is looked for where somebody wants to know.
      get coverage() {
        return coverage();
      },
    };
  }
}

/** What makes a list this one, the order it is in, and which element an item is counted as. */
interface Listing<T> {
  readonly list: unknown;
  readonly ordering: Ordering<T>;
  readonly elementOf: (item: T) => Element;
}

/** Without a policy nothing is looked at, and nothing can be said. */
const NOT_JUDGED: StructureAnswer<never> = {
  items: [],
  examined: 0,
  coverage: { verdict: 'UNKNOWN', missing: [], unfollowed: [] },
};

/** The same answer with other items for its own; what is worked out when it is read stays so. */
function withItems<T>(answer: Omit<StructureAnswer<unknown>, 'items'>, items: readonly T[]): StructureAnswer<T> {
  return {
    items,
    examined: answer.examined,
    get coverage() {
      return answer.coverage;
    },
  };
}

function inTongue({ vi, en }: TwoTongues, language: Language): string {
  return language === 'VI' ? vi : en;
}

function policyIn(
  { code, name, source, confidence, from, to }: LayeringPolicy,
  language: Language,
): LayeringPolicyType {
  return { code, name: inTongue(name, language), source: inTongue(source, language), confidence, from, to };
}
