import type { EntityManager } from 'typeorm';
import { RegistryError } from '../core/errors.js';
import { OPEN_STATES, STATES_FOR } from '../core/landscape/scenario-state.js';
import type { ScenarioAction } from '../core/landscape/scenario-state.js';
import type { ScenarioTarget } from './scenario-requests.js';
import { ScenarioRow } from './scenario.entity.js';

/** Most scenarios of one agency that are open at once. */
export const OPEN_SCENARIOS_MAXIMUM = 200;

/** Locks a scenario that must be as the caller saw it. */
export async function lockExpected(
  manager: EntityManager,
  target: ScenarioTarget,
  action: ScenarioAction,
): Promise<ScenarioRow> {
  const { id } = target;
  const row = await manager.findOne(ScenarioRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (row === null) throw RegistryError.of('SCENARIO_UNKNOWN', ['id'], { id });
  checkExpected(row, target, action);
  return row;
}

/** Writes changes of a row that is locked. */
export function writeLocked(
  manager: EntityManager,
  locked: ScenarioRow,
  changes: Partial<ScenarioRow>,
): Promise<ScenarioRow> {
  return manager.save(Object.assign(new ScenarioRow(), locked, changes, { version: locked.version + 1 }));
}

/** @throws RegistryError SCENARIO_VERSION_STALE, SCENARIO_STATE */
export function checkExpected({ version, state }: ScenarioRow, target: ScenarioTarget, action: ScenarioAction): void {
  if (version !== target.expectedVersion) {
    const params = { expected: target.expectedVersion, actual: version };
    throw RegistryError.of('SCENARIO_VERSION_STALE', ['expectedVersion'], params);
  }
  const allowed = STATES_FOR[action];
  if (!allowed.includes(state)) {
    throw RegistryError.of('SCENARIO_STATE', ['id'], { state, allowed: allowed.join(', ') });
  }
}

/** Counts under a lock on the open ones, so that two that begin at once can not both take the last place. */
export async function checkRoom(manager: EntityManager, agency: string | null): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtext('scenario'))`);
  const counted: { count: number }[] = await manager.query(
    `select count(*)::integer as count from scenario where agency is not distinct from $1 and state = any($2)`,
    [agency, OPEN_STATES],
  );
  const open = counted[0]?.count ?? 0;
  if (open < OPEN_SCENARIOS_MAXIMUM) return;
  const params = { field: 'scenarios', limit: OPEN_SCENARIOS_MAXIMUM, actual: open + 1 };
  throw RegistryError.of('LIMIT_EXCEEDED', ['agency'], params);
}
