import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import { isOwnField } from '../core/landscape/data-quality.js';
import type { QualityFact, QualityPolicy } from '../core/landscape/data-quality.js';
import { isElementKind } from '../core/landscape/model.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import type { Language } from '../runtime/messages.js';

const FILE = 'national/data-quality.json';

/**
 * What should be known of elements, from the reference data.
 * @throws Error where it is not what it must be: that is our mistake, and must not wait for a question to be found.
 */
export function readQualityPolicy(definitions: AttributeDefinitions): QualityPolicy {
  const policy = readReferenceJson(FILE) as QualityPolicy;
  const wrong = policy.facts.flatMap((fact) => problemsOf(fact, definitions));
  if (wrong.length > 0) throw new Error(`${FILE}: ${wrong.join('; ')}`);
  return policy;
}

/** What is wrong with a fact that should be known; nothing where it can be asked. */
export function problemsOf(
  { field, weight, kinds, question }: QualityFact,
  definitions: AttributeDefinitions,
): string[] {
  const problems = kinds.some((kind) => !isElementKind(kind))
    ? [`${field}: ${kinds.join(', ')} are not all kinds`]
    : [];
  if (!(weight > 0)) problems.push(`${field}: ${weight} is no weight`);
  if (isOwnField(field)) return question === undefined ? [...problems, `${field}: nobody is asked`] : problems;
  const definition = definitions.get(field);
  if (definition === undefined) return [...problems, `${field} is no field`];
  const foreign = kinds.filter((kind) => !definition.appliesTo.includes(kind));
  return [...problems, ...foreign.map((kind) => `${field} is no attribute of ${kind}`)];
}

/** The question that fills a fact: that of its attribute, or its own; null where nobody may know of the attribute. */
export function questionOf(
  { field, question }: QualityFact,
  definitions: AttributeDefinitions,
  language: Language,
): string | null {
  if (question !== undefined) return language === 'VI' ? question.vi : question.en;
  const definition = definitions.get(field);
  return (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? null;
}
