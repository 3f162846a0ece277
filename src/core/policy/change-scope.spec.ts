import { element, relation, urnOf } from '../../../test/support/landscapes.js';
import { PUBLIC } from '../access/actor.js';
import { proposedOn } from '../access/proposed.js';
import { LandscapeView } from '../access/view.js';
import { RegistryError } from '../errors.js';
import { finished } from '../finished.js';
import type { Element, Relation, RelationKind } from '../landscape/model.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import type { Change } from '../landscape/snapshot.js';
import { UNBOUNDED_WORK, WorkBudget } from '../work-budget.js';
import { MET_MAXIMUM, changeScope } from './change-scope.js';
import type { ChangeScope } from './change-scope.js';

const changes = <T extends Element | Relation>(records: readonly T[]): Change<T>[] =>
  records.map((after) => ({ seq: after.seq, urn: after.urn, after }));

/** The scope of a change of the first system, which other elements are joined to in their order. */
function scopeAround(
  others: readonly Element[],
  ways: readonly RelationKind[] = [],
  work: WorkBudget = UNBOUNDED_WORK,
): ChangeScope {
  const joined = others.map(({ seq }) => relation(seq, [1, seq], { kind: 'USES' }));
  const records = { elements: changes([element(1), ...others]), relations: changes(joined) };
  const base = LandscapeSnapshot.empty().with({ revision: 1, at: '2026-01-01T00:00:00.000Z', ...records });
  const operations = [{ op: 'UPDATE' as const, urn: urnOf('e1'), path: 'name', value: 'Khác' }];
  const outcome = proposedOn(LandscapeView.of(base.settled(), PUBLIC), operations);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  const setting = { kinds: new Set(['SYSTEM'] as const), ways: new Set(ways), listed: new Set<never>() };
  return finished(changeScope(outcome.proposed, { ...setting, onlyAdded: false, work }));
}

describe('how far is walked', () => {
  const databases = Array.from({ length: MET_MAXIMUM + 10 }, (_, at) => element(10 + at, { kind: 'DATABASE' }));
  const last = element(10 + databases.length);

  it('is to an end, also where no rule is asked of what is met', () => {
    const none = scopeAround(databases);
    expect([none.concerned.size, none.truncated]).toEqual([1, false]);
    expect(scopeAround([...databases, last]).truncated).toBe(true);
    expect(scopeAround(databases.slice(0, 100), ['USES']).truncated).toBe(false);
    expect(scopeAround(databases, ['USES']).truncated).toBe(true);
  });

  it('is paid for by each relation, before anything is judged', () => {
    expect(() => scopeAround(databases, [], new WorkBudget(1))).toThrow(RegistryError);
  });
});
