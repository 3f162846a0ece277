import { OPEN_STATES, SCENARIO_STATES, STATES_FOR, stateAfterChange } from './scenario-state.js';
import type { ScenarioState } from './scenario-state.js';

describe('the state of a scenario', () => {
  it.each<[ScenarioState, boolean, boolean | undefined, ScenarioState]>([
    ['DRAFT', true, undefined, 'DRAFT'],
    ['READY', true, undefined, 'DRAFT'],
    ['READY', false, undefined, 'READY'],
    ['REBASE_NEEDED', true, undefined, 'REBASE_NEEDED'],
    ['REBASE_NEEDED', true, true, 'READY'],
    ['DRAFT', false, true, 'READY'],
    ['READY', true, true, 'READY'],
    ['READY', false, false, 'DRAFT'],
  ])('after a change of %s (operations %s, ready %s) is %s', (state, operations, ready, expected) => {
    expect(stateAfterChange(state, { operations, ready })).toBe(expected);
  });

  it('says what may be done: nothing ends twice, and only what was merged is undone', () => {
    const may = (state: ScenarioState): string[] =>
      Object.entries(STATES_FOR).flatMap(([action, states]) => (states.includes(state) ? action : []));
    expect(may('READY')).toEqual(['CHANGE', 'REBASE', 'PREVIEW_MERGE', 'MERGE', 'ARCHIVE']);
    expect(may('DRAFT')).toEqual(may('REBASE_NEEDED'));
    expect(may('DRAFT')).toEqual(['CHANGE', 'REBASE', 'PREVIEW_MERGE', 'ARCHIVE']);
    expect(may('MERGED')).toEqual(['REVERT']);
    expect([may('REVERTED'), may('ARCHIVED')]).toEqual([[], []]);
    expect(SCENARIO_STATES.filter((state) => may(state).includes('CHANGE'))).toEqual(OPEN_STATES);
  });
});
