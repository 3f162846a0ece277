import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import type { Operation } from '../landscape/operation.js';
import { ADMINISTRATOR, PUBLIC } from './actor.js';
import type { Actor } from './actor.js';
import { proposedOn } from './proposed.js';
import type { Proposed } from './proposed.js';
import { LandscapeView } from './view.js';

const HIDDEN = 3;
const BASE = landscapeOf(
  [element(1), element(2), element(HIDDEN, { visibility: 'RESTRICTED' })],
  [relation(1, [1, 2]), relation(2, [1, HIDDEN])],
);

function proposed(operations: readonly Operation[], actor: Actor = PUBLIC): Proposed {
  const outcome = proposedOn(LandscapeView.of(BASE, actor), operations);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.proposed;
}

const NEW: Operation = {
  op: 'ADD',
  urn: 'urn:khung:moi',
  value: { kind: 'SYSTEM', name: 'Mới', visibility: 'RESTRICTED' },
};
const JOINED: Operation = {
  op: 'ADD',
  urn: 'urn:khung:moi.1',
  value: { kind: 'DEPENDS_ON', source: 'urn:khung:moi', target: 'urn:khung:e1' },
};
const neighbours = ({ after }: Pick<Proposed, 'after'>, urn: string): string[] => {
  const found: string[] = [];
  const note = (_kind: string, other: number): number => found.push(after.elementAt(other)?.urn ?? 'nobody');
  const seq = after.elementByUrn(urn)?.seq ?? -1;
  after.forEachOutgoing(seq, note);
  after.forEachIncoming(seq, note);
  return found;
};

describe('what operations make of a view', () => {
  it('holds what they add, whatever its class, and what was seen before', () => {
    const { after, before } = proposed([NEW, JOINED]);
    expect(after.elementByUrn('urn:khung:moi')).toMatchObject({ name: 'Mới' });
    expect(neighbours({ after }, 'urn:khung:e1')).toEqual([urnOf('e2'), 'urn:khung:moi']);
    expect(before.elementByUrn('urn:khung:moi')).toBeUndefined();
    expect(after.isCommitted).toBe(false);
  });

  it('shows nothing that was hidden, and hides nothing from who sees everything', () => {
    const { after } = proposed([NEW, JOINED]);
    expect(after.elementAt(HIDDEN)).toBeUndefined();
    expect([...after.elements()].map(({ urn }) => urn)).toEqual([urnOf('e1'), urnOf('e2'), 'urn:khung:moi']);
    expect(neighbours(proposed([NEW, JOINED], ADMINISTRATOR), 'urn:khung:e1')).toContain(urnOf('e3'));
  });

  it('is planned on what is seen: what only hidden things stand against is no refusal', () => {
    const { after, changed } = proposed([
      { op: 'REMOVE', urn: urnOf('r1') },
      { op: 'REMOVE', urn: urnOf('e1') },
    ]);
    expect(after.elementByUrn(urnOf('e1'))).toBeUndefined();
    expect(changed.relations).toMatchObject([{ before: { urn: urnOf('r1') }, after: undefined }]);
    expect(proposedOn(LandscapeView.of(BASE, ADMINISTRATOR), [{ op: 'REMOVE', urn: urnOf('e1') }])).toHaveProperty(
      'issues',
    );
  });

  it('names the targets of operations and the ends of what they add, and nothing else', () => {
    const named = (operations: readonly Operation[]): string[] => [...proposed(operations).named];
    expect(named([NEW, JOINED])).toEqual(['urn:khung:moi', 'urn:khung:moi.1', 'urn:khung:e1']);
    expect(named([{ op: 'REMOVE', urn: urnOf('r1') }])).toEqual([urnOf('r1')]);
    expect(named([{ op: 'UPDATE', urn: urnOf('e2'), path: 'name', value: 'Tên khác' }])).toEqual([urnOf('e2')]);
  });
});
