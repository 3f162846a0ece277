import { ASKED_FROM } from '../landscape/attribute.js';
import { CONFIDENCES, ELEMENT_KINDS } from '../landscape/model.js';
import { isRecord } from '../landscape/record-fields.js';
import { exampleGraph } from './example-graph.js';
import {
  facts,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  orElse,
  orNull,
  partialDate,
  someOf,
  text,
  urn,
  wholeNumber,
} from './shape.js';
import type { Shape, ShapeProblem } from './shape.js';
import { ENFORCEMENTS, FINDING_OUTCOMES, RULE_PACK_STATES, SEVERITIES, VERIFICATIONS } from './rule.js';
import type {
  Citation,
  EvidenceKind,
  FactQuestion,
  FindingOutcome,
  Rule,
  RuleCase,
  RuleExample,
  RulePack,
  RuleParameter,
  Text,
} from './rule.js';

const bilingual: Shape<Text> = objectOf<Text>({ vi: text, en: text });

const citation: Shape<Citation> = objectOf<Citation>({
  instrument: orNull(urn),
  article: orNull(text),
  text: bilingual,
  url: orNull(text),
  confidence: oneOf(CONFIDENCES),
  verification: oneOf(VERIFICATIONS),
  verifiedBy: orNull(text),
  verifiedOn: orNull(partialDate),
});

const example: Shape<RuleExample> = objectOf<RuleExample>({
  outcome: oneOf(FINDING_OUTCOMES),
  facts,
  graph: orNull(exampleGraph),
});

/** Messages by outcome; an outcome without a message is simply not there. */
const messages: Shape<RuleCase['messages']> = (value, path, problems) => {
  const byOutcome = mapOf(bilingual)(value, path, problems);
  const result: Partial<Record<FindingOutcome, Text>> = {};
  for (const [key, message] of Object.entries(byOutcome)) {
    result[oneOf(FINDING_OUTCOMES)(key, `${path}.${key}`, problems)] = message;
  }
  return result;
};

const ruleCase: Shape<RuleCase> = objectOf<RuleCase>({
  appliesTo: someOf(oneOf(ELEMENT_KINDS)),
  appliesWhen: orNull(text),
  expression: text,
  values: orElse(mapOf(text), {}),
  messages,
  examples: listOf(example),
});

const parameterValue: Shape<RuleParameter['value']> = (value, path, problems) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return value;
  return Array.isArray(value) ? listOf(text)(value, path, problems) : text(value, path, problems);
};

const parameterFields = { value: parameterValue, vi: text, en: text };
const dateFields = { value: partialDate, type: oneOf(['DATE']), vi: text, en: text };

/** What says of which type it is has to be of that type; all else is what it looks like. */
const parameter: Shape<RuleParameter> = (value, path, problems) =>
  isRecord(value) && value['type'] !== undefined
    ? objectOf<RuleParameter & { readonly type: 'DATE' }>(dateFields)(value, path, problems)
    : objectOf<Omit<RuleParameter, 'type'>>(parameterFields)(value, path, problems);

const evidenceKind: Shape<EvidenceKind> = objectOf<EvidenceKind>({
  vi: text,
  en: text,
  askedFrom: oneOf(ASKED_FROM),
  validityDays: orNull(wholeNumber),
});

const rule: Shape<Rule> = objectOf<Rule>({
  code: text,
  title: bilingual,
  severity: oneOf(SEVERITIES),
  enforcement: oneOf(ENFORCEMENTS),
  tier: wholeNumber,
  citations: someOf(citation),
  effectiveFrom: orNull(partialDate),
  effectiveTo: orNull(partialDate),
  regimes: orNull(listOf(text)),
  parameters: orElse(mapOf(parameter), {}),
  fixHint: bilingual,
  cases: someOf(ruleCase),
});

const rulePack: Shape<RulePack> = objectOf<RulePack>({
  code: text,
  version: text,
  title: bilingual,
  state: oneOf(RULE_PACK_STATES),
  effectiveFrom: orNull(partialDate),
  effectiveTo: orNull(partialDate),
  questions: mapOf(objectOf<FactQuestion>({ vi: text, en: text, askedFrom: oneOf(ASKED_FROM) })),
  evidence: orElse(mapOf(evidenceKind), {}),
  words: mapOf(bilingual),
  names: orElse(mapOf(bilingual), {}),
  given: orElse(listOf(text), []),
  rules: listOf(rule),
});

/**
 * Reads a rule pack out of a JSON document.
 * @returns the pack, and everywhere the document is not of a pack's shape; with problems the pack is not to be used.
 */
export function readRulePack(document: unknown): {
  readonly pack: RulePack;
  readonly problems: readonly ShapeProblem[];
} {
  const problems: ShapeProblem[] = [];
  return { pack: rulePack(document, '', problems), problems };
}

/** Reads one rule out of a JSON document, and says everywhere it is not of a rule's shape. */
export function readRule(document: unknown): { readonly rule: Rule; readonly problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = [];
  return { rule: rule(document, '', problems), problems };
}
