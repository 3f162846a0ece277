/**
 * Names of the signals a score is made of. The list is that of the vocabulary; a model weighs those it knows, and a
 * signal that nobody can compute for a pair is left out, never counted as disagreement.
 */
export const MATCH_SIGNAL_NAMES = [
  'NAME',
  'PURPOSE_TEXT',
  'FUNCTION_TEXT',
  'CAPABILITY',
  'DATA_OBJECT',
  'PLATFORM',
  'USER_GROUP',
  'PROCEDURE_CODE',
  'TENDER_CODE',
  'TECHNOLOGY',
  'BUDGET',
  'PERIOD',
  'WORK_TYPE',
  'AGENCY',
  'GRAPH_NEIGHBOURHOOD',
  'EMBEDDING',
] as const;
export type MatchSignalName = (typeof MATCH_SIGNAL_NAMES)[number];

/** What is measured on a pair of a component and an element, before any weighing. */
export interface PairFeatures {
  /** Cosine of the names, best of all names and aliases, 0 to 1. */
  readonly name: number;
  /** Part of the component's description that the element's text says too, 0 to 1; undefined without a description. */
  readonly description: number | undefined;
  /** Part of the project's title and objective that the element's text says too, 0 to 1. */
  readonly purpose: number | undefined;
  /** Likeness of the capabilities, 0 to 1; undefined where either side names none. */
  readonly capability: number | undefined;
  /** Both names name capabilities, and no capability of one side is among those of the other. */
  readonly capabilityConflict: boolean;
  /** The proposal cites a code (tender, project) by which the element is registered. */
  readonly citedCode: boolean;
  /** The agency owns the element; undefined where either is unknown. */
  readonly sameAgency: boolean | undefined;
}

/** A model turns features into contributions to the log-odds of "the same need". Versioned: each answer names it. */
export interface MatchModel {
  readonly version: string;
  /** Log-odds before any signal. */
  readonly baseline: number;
  /** Weight of the likeness of names, where both sides' capabilities are known, and where they are not. */
  readonly name: { readonly covered: number; readonly uncovered: number };
  readonly description: number;
  readonly purpose: number;
  readonly capability: number;
  readonly capabilityConflict: number;
  readonly citedCode: number;
  readonly sameAgency: number;
  /** Scores from which a pair is a candidate, an overlap, a duplicate. */
  readonly thresholds: { readonly listed: number; readonly overlap: number; readonly duplicate: number };
}

/**
 * First model, set by hand and not calibrated: the likeness of capabilities decides where the catalogue covers both
 * sides, otherwise names must agree nearly word for word; texts and agency only shift a doubtful pair. A score is a
 * rank with a threshold, not yet a probability that was checked against decisions of reviewers.
 */
export const HAND_SET_MODEL: MatchModel = {
  version: 'hand-set-1',
  baseline: -3.6,
  name: { covered: 3, uncovered: 6 },
  description: 1.2,
  purpose: 0.8,
  capability: 4.4,
  capabilityConflict: -2.5,
  citedCode: 5,
  sameAgency: 0.3,
  thresholds: { listed: 0.3, overlap: 0.5, duplicate: 0.75 },
};

/** A signal and its contribution to the log-odds. */
export interface WeighedSignal {
  readonly name: MatchSignalName;
  readonly contribution: number;
}

function times(weight: number, value: number | undefined): number | undefined {
  return value === undefined ? undefined : weight * value;
}

/** Contributions by signal, in the order of the names. Their sum and the baseline are the log-odds. */
export function weigh(features: PairFeatures, model: MatchModel): WeighedSignal[] {
  const covered = features.capability !== undefined || features.capabilityConflict;
  const nameWeight = covered ? model.name.covered : model.name.uncovered;
  const signals: WeighedSignal[] = [{ name: 'NAME', contribution: nameWeight * features.name }];
  const add = (name: MatchSignalName, contribution: number | undefined): void => {
    if (contribution !== undefined) signals.push({ name, contribution });
  };
  add('PURPOSE_TEXT', times(model.purpose, features.purpose));
  add('FUNCTION_TEXT', times(model.description, features.description));
  add(
    'CAPABILITY',
    features.capabilityConflict ? model.capabilityConflict : times(model.capability, features.capability),
  );
  add('TENDER_CODE', features.citedCode ? model.citedCode : undefined);
  add('AGENCY', features.sameAgency === true ? model.sameAgency : undefined);
  return signals;
}

/** The log-odds of weighed signals. */
export function logOddsOf(signals: readonly WeighedSignal[], model: MatchModel): number {
  return signals.reduce((sum, signal) => sum + signal.contribution, model.baseline);
}

/** The logistic function: log-odds to a score between 0 and 1. */
export function scoreOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
