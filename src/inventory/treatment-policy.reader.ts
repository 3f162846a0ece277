import { TREATMENT_OPTIONS, TREATMENT_SIGNS } from '../core/policy/treatment.js';
import type { TreatmentOption, TreatmentPolicy } from '../core/policy/treatment.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'national/treatments.json';
const RULES_FILE = 'hcmc/treatment-rules.json';

/**
 * How signs are weighed, from the reference data.
 * @throws Error where they are not what they must be: that is our mistake, and must not wait for a question to be found.
 */
export function readTreatmentPolicy(): TreatmentPolicy {
  const policy = readReferenceJson(FILE) as Omit<TreatmentPolicy, 'rules'>;
  const rules = readReferenceJson(RULES_FILE) as Readonly<Record<string, TreatmentOption>>;
  const wrong = problemsOf({ ...policy, rules });
  if (wrong.length > 0) throw new Error(`${FILE}, ${RULES_FILE}: ${wrong.join('; ')}`);
  return { ...policy, rules };
}

/** What is wrong with a policy; nothing where it can be used. */
export function problemsOf({ precedence, signs, rules }: TreatmentPolicy): string[] {
  const spokenFor = [...Object.values(rules), ...Object.values(signs).flatMap(({ option }) => option ?? [])];
  const unranked = spokenFor.filter((option) => option !== 'UNDECIDED' && !precedence.includes(option));
  return [
    ...[...precedence, ...spokenFor].filter((option) => !isOption(option)).map((option) => `${option} is no answer`),
    ...new Set(unranked.map((option) => `${option} has no place in the precedence`)),
    ...(signs.RULE_OPEN?.option === 'UNDECIDED' ? [] : ['RULE_OPEN has to speak for UNDECIDED']),
    ...TREATMENT_SIGNS.filter((sign) => signs[sign] === undefined).map((sign) => `${sign} says nothing`),
  ];
}

function isOption(option: unknown): boolean {
  return TREATMENT_OPTIONS.some((each) => each === option);
}
