import { at, element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { masterState, mastersOf } from './masters.js';
import type { MasterState } from './masters.js';
import type { Relation } from './model.js';

const scope = (masterScope: string): Partial<Relation> => ({ attributes: { masterScope } });

describe('who holds the original of data', () => {
  it.each<[string, Partial<Relation>[], string | null, MasterState]>([
    ['nobody', [], null, 'NONE'],
    ['somebody who has ceased to', [{ status: 'ENDED' }], null, 'NONE'],
    ['somebody until yesterday', [{ validTo: '2026-11-24' }], '2026-11-25', 'NONE'],
    ['somebody, whenever', [{ validTo: '2026-11-24' }], null, 'ONE'],
    ['somebody by a plan', [{ status: 'PLANNED' }], null, 'PLANNED'],
    ['one', [{ status: 'IN_USE' }], null, 'ONE'],
    ['one for a part', [scope('Quận 1')], null, 'BY_SCOPE'],
    ['several, each for a part', [scope('Quận 1'), scope('Quận 3')], null, 'BY_SCOPE'],
    ['two for one part', [scope('Quận 1'), scope('quận 1')], null, 'CONTESTED'],
    ['two for all there is', [{}, {}], null, 'CONTESTED'],
    ['two for all there is, one after the other', [{ validTo: '2025' }, { validFrom: '2026' }], '2026-11-25', 'ONE'],
  ])('%s', (_name, masters, day, expected) => {
    const list = masters.map((more, seq) => relation(seq, [1, 0], { kind: 'MASTERS', ...more }));
    const landscape = landscapeOf(
      [element(0, { kind: 'DATA_OBJECT' }), element(1)],
      [...list, relation(9, [1, 0], { kind: 'READS' })],
    );
    expect(masterState(landscape, at(landscape, 0), day)).toBe(expected);
    expect(mastersOf(landscape, at(landscape, 0))).toHaveLength(masters.length);
  });
});
