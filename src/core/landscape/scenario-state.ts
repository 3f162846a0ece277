export const SCENARIO_STATES = ['DRAFT', 'READY', 'REBASE_NEEDED', 'MERGED', 'REVERTED', 'ARCHIVED'] as const;
/**
 * Where a scenario stands.
 *
 * - DRAFT: its author works on it.
 * - READY: its author calls it finished; it may be merged.
 * - REBASE_NEEDED: it was ready, and the landscape went another way.
 * - MERGED: it is part of the landscape.
 * - REVERTED: it was merged, and that was undone.
 * - ARCHIVED: it was given up, and is kept to be read.
 */
export type ScenarioState = (typeof SCENARIO_STATES)[number];

/** The states in which a scenario is still to be decided. */
export const OPEN_STATES: readonly ScenarioState[] = ['DRAFT', 'READY', 'REBASE_NEEDED'];

export type ScenarioAction = 'CHANGE' | 'REBASE' | 'PREVIEW_MERGE' | 'MERGE' | 'REVERT' | 'ARCHIVE';

/** The states in which a scenario may be dealt with in a way. */
export const STATES_FOR: Readonly<Record<ScenarioAction, readonly ScenarioState[]>> = {
  CHANGE: OPEN_STATES,
  REBASE: OPEN_STATES,
  PREVIEW_MERGE: OPEN_STATES,
  MERGE: ['READY'],
  REVERT: ['MERGED'],
  ARCHIVE: OPEN_STATES,
};

/**
 * The state after an author changed an open scenario.
 * @param change - whether its operations changed, and whether the author calls it finished (undefined: says nothing).
 */
export function stateAfterChange(
  state: ScenarioState,
  { operations, ready }: { readonly operations: boolean; readonly ready: boolean | undefined },
): ScenarioState {
  if (ready !== undefined) return ready ? 'READY' : 'DRAFT';
  // What was called finished was another scenario.
  return operations && state === 'READY' ? 'DRAFT' : state;
}
