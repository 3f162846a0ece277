import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { impactAnalysis } from '../core/landscape/impact.js';
import type { ImpactOptions, ImpactedElement } from '../core/landscape/impact.js';
import type { Element } from '../core/landscape/model.js';
import type { NeedKind } from '../core/landscape/need-kinds.js';
import { shortestPaths } from '../core/landscape/paths.js';
import type { PathOptions, PathStep } from '../core/landscape/paths.js';
import type { MissingStructureFact, StructureCoverage } from '../core/landscape/structure-coverage.js';
import type { WorkBudget } from '../core/work-budget.js';
import type { Language } from '../runtime/messages.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import type { Coverage, MissingFact } from './coverage.types.js';
import type { RelationPathType } from './graph.types.js';
import type { ImpactAnswer, ImpactArgs, ImpactedElementType } from './impact.types.js';
import type { LandscapeArgs } from './landscape-args.types.js';
import type { PathAnswer, PathArgs } from './path.types.js';
import { SeenElement, seenAt, seenRelationAt } from './seen.types.js';

/** What is asked; a value that is absent or null is not asked for. */
export type ImpactRequest = Followed<Omit<ImpactArgs, 'from' | keyof LandscapeArgs>>;
export type PathRequest = Followed<Omit<PathArgs, 'from' | 'to' | keyof LandscapeArgs>>;

/** With the kinds of relation to follow for those that were named, which may carry no need. */
type Followed<T> = Omit<T, 'relationKinds'> & { readonly relationKinds?: readonly NeedKind[] | undefined };

/** In which language an answer is told, and what its work is taken from. */
export interface WorkSetting {
  readonly language: Language;
  readonly work: WorkBudget;
}

const QUESTIONS: Readonly<Record<'STRENGTH' | 'TYPE' | 'LAYER', Readonly<Record<Language, string>>>> = {
  STRENGTH: {
    VI: 'Bên cần có ngừng hoạt động khi bên được cần ngừng không, hay chỉ suy giảm?',
    EN: 'Does the one stop when the other stops, or does it only work worse?',
  },
  LAYER: {
    VI: 'Đối tượng thuộc lớp nào trong bốn lớp của khung kiến trúc?',
    EN: 'In which of the four layers of the framework does it stand?',
  },
  TYPE: { VI: 'Hai bên liên quan với nhau như thế nào?', EN: 'In which way are the two linked?' },
};

/** Walks of the graph, with the elements and relations behind their numbers. */
@Injectable()
export class GraphReader {
  constructor(private readonly definitions: AttributeDefinitionReader) {}

  impact(
    landscape: LandscapeView,
    origin: Element,
    request: ImpactRequest,
    { language, work }: WorkSetting,
  ): ImpactAnswer {
    const impact = impactAnalysis(landscape, origin, { ...optionsOf(request), work });
    const coverage = (): Coverage => this.coverageOf(landscape, impact.coverage, impact.totalCount + 1, language);
    return {
      landscape,
      impact,
      origin: new SeenElement(landscape, origin),
      direction: request.direction,
      revision: landscape.revision,
      totalCount: impact.totalCount,
      truncated: impact.truncated,
      truncationReason: impact.truncationReason,
      untriedCount: impact.untried,
      get untypedCount() {
        return impact.untyped;
      },
      get coverage() {
        return coverage();
      },
    };
  }

  paths(
    landscape: LandscapeView,
    [from, to]: readonly [from: Element, to: Element],
    request: PathRequest,
    { language, work }: WorkSetting,
  ): PathAnswer {
    const found = shortestPaths(landscape, from, to, { ...pathOptionsOf(request), work });
    const coverage = (): Coverage => {
      const known = found.coverage;
      return this.coverageOf(landscape, known, known.examined, language);
    };
    return {
      direction: request.direction,
      revision: landscape.revision,
      paths: found.paths.map((steps) => pathOf(landscape, steps)),
      truncated: found.truncated,
      truncationReason: found.truncationReason,
      get coverage() {
        return coverage();
      },
    };
  }

  /**
   * How far an answer goes, as people are told it: in a view of a part at best a lower bound.
   * @param objectsKnown - number of the objects it was sought among.
   */
  coverageOf(
    landscape: LandscapeView,
    { verdict, missing, unfollowed }: StructureCoverage,
    objectsKnown: number,
    language: Language,
  ): Coverage {
    return {
      verdict: landscape.isPartial && verdict === 'COMPLETE' ? 'LOWER_BOUND' : verdict,
      objectsKnown,
      missing: missing.map((fact) => this.describe(landscape, fact, language)),
      unfollowed,
      attestedOn: null,
    };
  }

  /** What is missing, as people are asked for it. */
  private describe(landscape: LandscapeView, fact: MissingStructureFact, language: Language): MissingFact {
    const askedFrom = fact.askedFrom === null ? null : seenAt(landscape, fact.askedFrom);
    if ('element' in fact) {
      const element = seenAt(landscape, fact.element);
      if (fact.kind === 'LAYER') {
        return { field: 'layer', question: QUESTIONS.LAYER[language], element, relation: null, askedFrom };
      }
      const definition = this.definitions.all.get('flowsDeclaredCompleteOn');
      const question = (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? null;
      return { field: 'flowsDeclaredCompleteOn', question, element, relation: null, askedFrom };
    }
    const relation = seenRelationAt(landscape, fact.relation);
    const field = fact.kind === 'STRENGTH' ? 'strength' : 'kind';
    return { field, question: QUESTIONS[fact.kind][language], element: null, relation, askedFrom };
  }
}

function optionsOf({ direction, relationKinds, kinds, collapse, minStrength, maxDepth }: ImpactRequest): ImpactOptions {
  return {
    direction,
    ...(relationKinds !== undefined && { relationKinds }),
    ...(kinds != null && { kinds }),
    ...(collapse != null && { collapse }),
    ...(minStrength != null && { minStrength }),
    ...(maxDepth != null && { maxDepth }),
  };
}

function pathOptionsOf({ k, direction, relationKinds, maxDepth }: PathRequest): PathOptions {
  return { k, direction, ...(relationKinds !== undefined && { relationKinds }), ...(maxDepth != null && { maxDepth }) };
}

/** One impacted element with what stands behind its numbers. */
export function impactedOf(landscape: LandscapeView, item: ImpactedElement): ImpactedElementType {
  return {
    element: seenAt(landscape, item.element),
    depth: item.depth,
    severity: item.severity,
    survivesByRedundancy: item.survivesByRedundancy,
    get explanation() {
      return pathOf(landscape, item.explanation);
    },
    get collapsed() {
      const collapsed = item.collapsed?.map(({ from, to, steps }) => ({
        from: seenAt(landscape, from),
        to: seenAt(landscape, to),
        path: pathOf(landscape, steps),
      }));
      return collapsed ?? null;
    },
  };
}

/** A walked path with its relations and elements. */
export function pathOf(landscape: LandscapeView, steps: readonly PathStep[]): RelationPathType {
  return {
    steps: steps.map(({ relation, traversedForward, from, to }) => ({
      relation: seenRelationAt(landscape, relation),
      traversedForward,
      from: seenAt(landscape, from),
      to: seenAt(landscape, to),
    })),
  };
}
