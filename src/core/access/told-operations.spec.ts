import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import type { Operation } from '../landscape/operation.js';
import { ADMINISTRATOR, PUBLIC } from './actor.js';
import type { Actor } from './actor.js';
import { toldOperations } from './told-operations.js';
import { LandscapeView } from './view.js';

const HIDDEN = urnOf('e3');
const BASE = landscapeOf(
  [element(1), element(2), element(3, { visibility: 'RESTRICTED' })],
  [relation(1, [1, 2]), relation(2, [1, 3])],
);
/** Where the second element was hidden too. */
const LATER = landscapeOf(
  [element(1), element(2, { visibility: 'AGENCY' }), element(3, { visibility: 'RESTRICTED' })],
  [],
);

const added = (value: object): Operation => ({ op: 'ADD', urn: urnOf('moi'), value });
const system = { kind: 'SYSTEM', name: 'Mới' };

function told(operations: readonly Operation[], actor: Actor = PUBLIC, landscapes = [BASE]): number {
  const views = landscapes.map((each) => LandscapeView.of(each, actor));
  return toldOperations(operations, views).length;
}

describe('what is told of operations', () => {
  it.each<[string, Operation]>([
    ['a change', { op: 'UPDATE', urn: HIDDEN, path: 'name', value: 'Tên khác' }],
    ['a removal', { op: 'REMOVE', urn: HIDDEN }],
    ['a change of a relation to it', { op: 'UPDATE', urn: urnOf('r2'), path: 'strength', value: 'HARD' }],
    ['a relation to it', added({ kind: 'DEPENDS_ON', source: urnOf('e1'), target: HIDDEN })],
    ['a value that names it', { op: 'UPDATE', urn: urnOf('e1'), path: 'attributes.treatmentSuccessor', value: HIDDEN }],
    [
      'a list that names it',
      { op: 'UPDATE', urn: urnOf('e1'), path: 'attributes.reuses', value: [urnOf('e2'), HIDDEN] },
    ],
    ['a record that names it', added({ ...system, responsibilities: [{ role: 'INFORMED', agency: HIDDEN }] })],
  ])('is nothing of what is hidden: %s', (_name, operation) => {
    expect(told([operation])).toBe(0);
    expect(told([operation], ADMINISTRATOR)).toBe(1);
  });

  it('is all that speaks of what is seen, and of what only the operations make', () => {
    expect(
      told([
        { op: 'UPDATE', urn: urnOf('e1'), path: 'name', value: 'Tên khác' },
        { op: 'REMOVE', urn: urnOf('r1') },
        added({ ...system, attributes: { statusText: 'Đang chạy' } }),
        { op: 'ADD', urn: urnOf('moi.1'), value: { kind: 'DEPENDS_ON', source: urnOf('moi'), target: urnOf('e2') } },
      ]),
    ).toBe(4);
  });

  it('is nothing of what is hidden in either of the landscapes', () => {
    const named: Operation = { op: 'UPDATE', urn: urnOf('e2'), path: 'name', value: 'Tên khác' };
    expect(told([named])).toBe(1);
    expect(told([named], PUBLIC, [BASE, LATER])).toBe(0);
  });
});
