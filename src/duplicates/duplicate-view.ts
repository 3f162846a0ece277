import { ownerOf } from '../core/landscape/landscape.js';
import type { LandscapeView } from '../core/access/view.js';
import type { ComponentMatch, DuplicateAnswer, MissingDuplicateFact } from '../core/similarity/duplicate-answer.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { SeenElement, seenByUrn } from '../registry/seen.types.js';
import type { Language } from '../runtime/messages.js';
import type { ComponentMatchType, DuplicateAnswerView } from './duplicates.types.js';
import { conditionText, questionOf } from './duplicate-text.js';

/** Most candidates shown for one component; the answer counts the rest. */
export const CANDIDATES_SHOWN = 20;

/** An answer in the words of a language, with the objects behind its urns. */
export function viewOfAnswer(
  answer: DuplicateAnswer,
  landscape: LandscapeView,
  language: Language,
): DuplicateAnswerView {
  const { verdict, objectsKnown, missing } = answer.coverage;
  return {
    modelVersion: answer.modelVersion,
    byComponent: answer.byComponent.map((match) => viewOfMatch(match, landscape, language)),
    coverage: {
      verdict,
      objectsKnown,
      missing: missing.map((fact) => viewOfFact(fact, landscape, language)),
      attestedOn: null,
    },
  };
}

function viewOfMatch(match: ComponentMatch, landscape: LandscapeView, language: Language): ComponentMatchType {
  const { component, suggestedCondition } = match;
  return {
    ...match,
    candidates: match.candidates.map((each) => ({
      ...each,
      id: `${component.id}:${each.match.urn}`,
      match: new SeenElement(landscape, each.match),
    })),
    suggestedCondition:
      suggestedCondition === null ? null : conditionText(suggestedCondition, component.name, language),
  };
}

function viewOfFact(
  { element, field }: MissingDuplicateFact,
  landscape: LandscapeView,
  language: Language,
): MissingFact {
  const found = seenByUrn(landscape, element);
  const owner = found === null ? undefined : ownerOf(landscape, found.seq);
  return {
    field,
    question: questionOf(field, language),
    element: found,
    relation: null,
    askedFrom: owner === undefined ? null : new SeenElement(landscape, owner),
  };
}
