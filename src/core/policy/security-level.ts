import type { AttributeDefinitions } from '../landscape/attribute.js';
import { CONFIDENCES } from '../landscape/model.js';
import type { Confidence, PartialDate, Urn } from '../landscape/model.js';
import { compileRule, decide } from './compile.js';
import type { Compiled } from './compile.js';
import { VERIFICATIONS } from './rule.js';
import type { Text, Verification } from './rule.js';
import { listOf, objectOf, oneOf, orNull, text, urn, wholeNumber } from './shape.js';
import type { ShapeProblem } from './shape.js';
import { factTypesOf } from './subject.js';
import type { Facts } from './value.js';

/** One criterion by which law gives a security level. */
export interface LevelCriterion {
  readonly code: string;
  /** What is so where it matches. */
  readonly question: Text;
  /** In the language of rules. */
  readonly condition: string;
  /** The least level, 1 to 5, of what it matches. */
  readonly level: number;
  /** The highest that it may be, where more than recorded facts decides; null = it is `level`. */
  readonly mayReach: number | null;
  readonly instrument: Urn;
  readonly article: string;
  readonly confidence: Confidence;
  readonly verification: Verification;
}

/** A criterion that can be asked. */
interface AskedCriterion {
  readonly criterion: LevelCriterion;
  readonly condition: Compiled;
}

/** The criteria of all levels, ready to be asked. */
export type LevelTable = readonly AskedCriterion[];

/** The level that the criteria ask for, as far as the facts tell. */
export interface SuggestedLevel {
  /** The highest level of the criteria that match: it is at least this one. Null where none does. */
  readonly minimum: number | null;
  /** Whether no open fact, and no damage that a person has to judge, could raise it. */
  readonly isFinal: boolean;
  /** The criteria that match, the highest level first. */
  readonly because: readonly LevelCriterion[];
  /** Fields nobody has told that could raise the level, each once. */
  readonly missing: readonly string[];
}

const bilingual = objectOf<Text>({ vi: text, en: text });
const criterionShape = objectOf<LevelCriterion>({
  code: text,
  question: bilingual,
  condition: text,
  level: wholeNumber,
  mayReach: orNull(wholeNumber),
  instrument: urn,
  article: text,
  confidence: oneOf(CONFIDENCES),
  verification: oneOf(VERIFICATIONS),
});
const tableShape = objectOf<{ readonly source: Text; readonly rows: readonly LevelCriterion[] }>({
  source: bilingual,
  rows: listOf(criterionShape),
});

/**
 * Reads the criteria out of a JSON document.
 * @returns the table, and everywhere the document is wrong: its shape, or a condition that the facts of systems have no
 *   meaning for. With problems the table is not to be used.
 */
export function readLevelTable(
  document: unknown,
  definitions: AttributeDefinitions,
): { readonly table: LevelTable; readonly problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = [];
  const { rows } = tableShape(document, '', problems);
  // All kinds that are run have the attributes that the criteria ask for.
  const types = factTypesOf('SYSTEM', definitions);
  const table = rows.flatMap((criterion, index): AskedCriterion[] => {
    const result = compileRule(criterion.condition, types);
    if ('compiled' in result) return [{ criterion, condition: result.compiled }];
    problems.push(
      ...result.problems.map(({ reason }) => ({ path: `rows[${index}].condition`, expected: `no ${reason}` })),
    );
    return [];
  });
  return { table, problems };
}

/**
 * The level that the criteria ask of what has some facts: the highest one of those that match. What is not known matches
 * nothing, and so the level is a lower bound as long as something open could raise it.
 */
export function suggestLevel(table: LevelTable, facts: Facts, today: PartialDate): SuggestedLevel {
  const answers = table.map(({ criterion, condition }) => ({ criterion, ...decide(condition, facts, today) }));
  const because = answers
    .filter(({ outcome }) => outcome === 'TRUE')
    .map(({ criterion }) => criterion)
    .toSorted((a, b) => b.level - a.level);
  const minimum = because[0]?.level ?? null;
  const couldRaise = answers.filter(
    ({ outcome, criterion }) => outcome !== 'TRUE' && outcome !== 'FALSE' && reachOf(criterion) > (minimum ?? 0),
  );
  const missing = couldRaise.flatMap(({ missing: paths }) => paths.map(({ field }) => field));
  const isJudged = because.some((criterion) => reachOf(criterion) > (minimum ?? 0));
  return { minimum, isFinal: couldRaise.length === 0 && !isJudged, because, missing: [...new Set(missing)] };
}

function reachOf({ level, mayReach }: LevelCriterion): number {
  return mayReach ?? level;
}
