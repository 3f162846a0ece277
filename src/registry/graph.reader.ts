import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { impactAnalysis } from '../core/landscape/impact.js';
import type { Impact, ImpactDirection, ImpactOptions, MissingImpactFact } from '../core/landscape/impact.js';
import type { Element, ElementKind, RelationKind } from '../core/landscape/model.js';
import type { PathStep } from '../core/landscape/paths.js';
import type { Language } from '../runtime/messages.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import type { Coverage, MissingFact } from './coverage.types.js';
import type { ImpactAnswer, RelationPathType } from './graph.types.js';
import { SeenElement, seenAt, seenRelationAt } from './seen.types.js';

export interface ImpactRequest {
  readonly direction: ImpactDirection;
  readonly relationKinds?: readonly RelationKind[] | null | undefined;
  readonly kinds?: readonly ElementKind[] | null | undefined;
  readonly maxDepth?: number | null | undefined;
  readonly language: Language;
}

const QUESTIONS: Readonly<Record<'STRENGTH' | 'TYPE', Readonly<Record<Language, string>>>> = {
  STRENGTH: {
    VI: 'Bên cần có ngừng hoạt động khi bên được cần ngừng không, hay chỉ suy giảm?',
    EN: 'Does the one stop when the other stops, or does it only work worse?',
  },
  TYPE: { VI: 'Hai bên liên quan với nhau như thế nào?', EN: 'In which way are the two linked?' },
};

/** Walks of the graph, with the elements and relations behind their numbers. */
@Injectable()
export class GraphReader {
  constructor(private readonly definitions: AttributeDefinitionReader) {}

  impact(landscape: LandscapeView, origin: Element, request: ImpactRequest): ImpactAnswer {
    const result = impactAnalysis(landscape, origin, optionsOf(request));
    const coverage = (): Coverage => this.coverageOf(landscape, result, request.language);
    return {
      origin: new SeenElement(landscape, origin),
      direction: request.direction,
      revision: landscape.revision,
      items: result.impacted.map((item) => ({
        element: seenAt(landscape, item.element),
        depth: item.depth,
        severity: item.severity,
        get explanation() {
          return pathOf(landscape, item.explanation);
        },
      })),
      totalCount: result.totalCount,
      truncated: result.truncated,
      truncationReason: result.truncationReason,
      get untypedCount() {
        return result.untyped;
      },
      get coverage() {
        return coverage();
      },
    };
  }

  private coverageOf(landscape: LandscapeView, { coverage, totalCount }: Impact, language: Language): Coverage {
    const { verdict, missing } = coverage;
    return {
      verdict: landscape.isPartial && verdict === 'COMPLETE' ? 'LOWER_BOUND' : verdict,
      objectsKnown: totalCount + 1,
      missing: missing.map((fact) => this.describe(landscape, fact, language)),
      attestedOn: null,
    };
  }

  private describe(landscape: LandscapeView, fact: MissingImpactFact, language: Language): MissingFact {
    const askedFrom = fact.askedFrom === null ? null : seenAt(landscape, fact.askedFrom);
    if (fact.kind === 'FLOWS') {
      const definition = this.definitions.all.get('flowsDeclaredCompleteOn');
      const question = (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? null;
      const element = seenAt(landscape, fact.element);
      return { field: 'flowsDeclaredCompleteOn', question, element, relation: null, askedFrom };
    }
    const relation = seenRelationAt(landscape, fact.relation);
    const field = fact.kind === 'STRENGTH' ? 'strength' : 'kind';
    return { field, question: QUESTIONS[fact.kind][language], element: null, relation, askedFrom };
  }
}

function optionsOf({ direction, relationKinds, kinds, maxDepth }: ImpactRequest): ImpactOptions {
  return {
    direction,
    ...(relationKinds != null && { relationKinds }),
    ...(kinds != null && { kinds }),
    ...(maxDepth != null && { maxDepth }),
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
