import { draw } from '../../../test/support/drawn-landscape.js';
import { element, relation } from '../../../test/support/landscapes.js';
import { ownerOf, targetsOf } from './landscape.js';
import { LandscapeSnapshot } from './snapshot.js';

describe('the other ends of an element', () => {
  const { landscape, at, name } = draw(
    [
      'kho',
      'kho DEPENDS_ON nen',
      'kho DEPENDS_ON mang',
      'kho RUNS_ON may',
      'khac DEPENDS_ON kho',
      'kho DEPENDS_ON nen',
    ],
    { mang: { name: 'Mạng' } },
  );

  it('are those of its own relations of one kind, by number, once for each relation', () => {
    const targets = targetsOf(landscape, at('kho').seq, 'DEPENDS_ON');
    expect(targets.map(({ seq }) => name(seq))).toEqual(['nen', 'nen', 'mang']);
    expect(targetsOf(landscape, at('kho').seq, 'RUNS_ON')).toEqual([at('may')]);
  });

  it('are none where there is no such relation, or no such element', () => {
    expect(targetsOf(landscape, at('kho').seq, 'PART_OF')).toEqual([]);
    expect(targetsOf(landscape, 999, 'DEPENDS_ON')).toEqual([]);
  });

  it('leave out what is not there', () => {
    const dangling = LandscapeSnapshot.of([element(1)], [relation(1, [1, 2])]);
    expect(targetsOf(dangling, 1, 'DEPENDS_ON')).toEqual([]);
  });
});

describe('the owner of an element', () => {
  const { landscape, at } = draw(['kho OWNED_BY ubnd', 'kho OWNED_BY so', 'kho OPERATED_BY trung-tam', 'trang']);

  it.each([
    ['kho', 'ubnd'],
    ['trang', undefined],
    ['ubnd', undefined],
  ])('of %s is %s', (id, owner) => {
    expect(ownerOf(landscape, at(id).seq)?.name).toBe(owner);
  });
});
