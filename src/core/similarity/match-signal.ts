/** Names of the signals a score is made of. A model weighs those it knows; the others wait for data to learn them from. */
export const MATCH_SIGNAL_NAMES = [
  'NAME',
  'PURPOSE_TEXT',
  'FUNCTION_TEXT',
  'CAPABILITY',
  'CAPABILITY_UNKNOWN',
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

/** A signal and its contribution to the log-odds. */
export interface WeighedSignal {
  readonly name: MatchSignalName;
  readonly contribution: number;
}
