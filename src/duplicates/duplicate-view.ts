import { ownerOf } from '../core/landscape/landscape.js';
import type { LandscapeView } from '../core/access/view.js';
import type { ComponentMatch, DuplicateAnswer, MissingDuplicateFact } from '../core/similarity/duplicate-answer.js';
import { ATTESTED } from '../core/landscape/attestation.js';
import { inventoriesBehind } from '../core/similarity/inventories-behind.js';
import type { InventoryBehind } from '../core/similarity/inventories-behind.js';
import { missingAttribute } from '../registry/asked-coverage.reader.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { SeenElement, seenByUrn } from '../registry/seen.types.js';
import type { Language } from '../runtime/messages.js';
import type { Asked, ComponentMatchType, DuplicateAnswerView } from './duplicates.types.js';
import { conditionText, questionOf } from './duplicate-text.js';

/** Most candidates shown for one component; the answer counts the rest. */
export const CANDIDATES_SHOWN = 20;

/**
 * An answer in the words of a language, with the objects behind its urns.
 * @param functionsSeen - how many functions the texts of the proposal seem to name; worked out where a question tells it.
 */
export function viewOfAnswer(
  answer: DuplicateAnswer,
  landscape: LandscapeView,
  language: Language,
  functionsSeen: () => number,
): DuplicateAnswerView {
  const { verdict, objectsKnown, missing } = answer.coverage;
  const inventories = inventoriesBehind(landscape, answer);
  const undeclared = inventories.filter(({ declaredOn }) => declaredOn === null);
  const asked = { proposal: answer.proposal, otherNames: answer.otherNames, landscape };
  return {
    asked,
    modelVersion: answer.modelVersion,
    byComponent: answer.byComponent.map((match) => viewOfMatch(match, asked, language)),
    coverage: {
      verdict,
      objectsKnown,
      missing: [
        ...missing.map((fact) => viewOfFact(fact, landscape, language, functionsSeen)),
        ...undeclared.map(({ agency }) =>
          missingAttribute(landscape, { element: agency, key: ATTESTED.inventoryComplete }, language),
        ),
      ],
      attestedOn: undeclared.length === 0 ? oldestOf(inventories) : null,
    },
  };
}

function oldestOf(inventories: readonly InventoryBehind[]): string | null {
  return inventories.flatMap(({ declaredOn }) => declaredOn ?? []).toSorted()[0] ?? null;
}

function viewOfMatch(match: ComponentMatch, asked: Asked, language: Language): ComponentMatchType {
  const { component, suggestedCondition } = match;
  const { landscape } = asked;
  return {
    ...match,
    asked,
    candidates: match.candidates.map((each) => ({
      ...each,
      asked,
      component,
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
  functionsSeen: () => number,
): MissingFact {
  const found = seenByUrn(landscape, element);
  const owner = found === null ? undefined : ownerOf(landscape, found.seq);
  return {
    field,
    // Asked for by few, and reading a proposal for functions takes as long as reading it.
    get question() {
      return questionOf(field, language, field === 'components' ? functionsSeen() : 0);
    },
    element: found,
    relation: null,
    askedFrom: owner === undefined ? null : new SeenElement(landscape, owner),
  };
}
