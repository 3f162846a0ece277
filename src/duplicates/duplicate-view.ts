import { ownerOf } from '../core/landscape/landscape.js';
import type { Landscape } from '../core/landscape/landscape.js';
import type { ComponentMatch, DuplicateAnswer, MissingDuplicateFact } from '../core/similarity/duplicate-answer.js';
import type { MissingFact } from '../registry/coverage.types.js';
import type { Language } from '../runtime/messages.js';
import type { ComponentMatchType, DuplicateAnswerView } from './duplicates.types.js';
import { conditionText, questionOf } from './duplicate-text.js';

/** Most candidates shown for one component; the answer counts the rest. */
export const CANDIDATES_SHOWN = 20;

/** An answer in the words of a language, with the objects behind its urns. */
export function viewOfAnswer(answer: DuplicateAnswer, landscape: Landscape, language: Language): DuplicateAnswerView {
  const { verdict, objectsKnown, missing } = answer.coverage;
  return {
    modelVersion: answer.modelVersion,
    byComponent: answer.byComponent.map((match) => viewOfMatch(match, language)),
    coverage: {
      verdict,
      objectsKnown,
      missing: missing.map((fact) => viewOfFact(fact, landscape, language)),
      attestedOn: null,
    },
  };
}

function viewOfMatch(match: ComponentMatch, language: Language): ComponentMatchType {
  const { component, suggestedCondition } = match;
  return {
    ...match,
    truncated: match.truncated || match.candidates.length > CANDIDATES_SHOWN,
    candidates: match.candidates
      .slice(0, CANDIDATES_SHOWN)
      .map((each) => ({ ...each, id: `${component.id}:${each.match.urn}` })),
    suggestedCondition:
      suggestedCondition === null ? null : conditionText(suggestedCondition, component.name, language),
  };
}

function viewOfFact({ element, field }: MissingDuplicateFact, landscape: Landscape, language: Language): MissingFact {
  const found = element === null ? undefined : landscape.elementByUrn(element);
  return {
    field,
    question: questionOf(field, language),
    element: found ?? null,
    relation: null,
    askedFrom: found === undefined ? null : (ownerOf(landscape, found.seq) ?? null),
  };
}
