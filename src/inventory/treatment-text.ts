import type { Text } from '../core/policy/rule.js';
import type { TreatmentEvidence, TreatmentFact, TreatmentPolicy } from '../core/policy/treatment.js';
import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';

/** So many are named in a sentence; it says how many more there are. */
const NAMES_MAXIMUM = 3;
const UNKNOWN_DATE: Text = { vi: 'chưa rõ ngày', en: 'on a day not known' };
const MORE: Text = { vi: ' và {count} đối tượng khác', en: ' and {count} more' };

function inLanguage({ vi, en }: Text, language: Language): string {
  return language === 'VI' ? vi : en;
}

/** A piece of evidence as a sentence. What a rule says is said by its finding. */
export function evidenceSentence(
  { sign, elements, count, date }: TreatmentEvidence,
  policy: TreatmentPolicy,
  language: Language,
): string {
  const named = elements.slice(0, NAMES_MAXIMUM).map(({ name }) => `"${name}"`);
  const rest = elements.length === 0 ? 0 : count - named.length;
  const more = rest > 0 ? fillTemplate(inLanguage(MORE, language), { count: rest }) : '';
  const values = {
    names: `${named.join(', ')}${more}`,
    count,
    date: date ?? inLanguage(UNKNOWN_DATE, language),
  };
  return fillTemplate(inLanguage(policy.signs[sign], language), values);
}

/** The question that fills a missing fact: that of its attribute, or the one of the policy; null where there is none. */
export function factQuestion(
  field: TreatmentFact,
  { keepNeeds }: TreatmentPolicy,
  { definitions, language }: { readonly definitions: AttributeDefinitions; readonly language: Language },
): string | null {
  const definition = definitions.get(field);
  if (definition !== undefined) return language === 'VI' ? definition.questionVi : definition.questionEn;
  const question = keepNeeds[field];
  return question === undefined ? null : inLanguage(question, language);
}
