import * as fc from 'fast-check';
import { OwnedCache } from './owned-cache.js';

describe('a cache of what hangs on owners', () => {
  it('keeps what was used last, as far as it fits together, whoever owns it', () => {
    const step = fc.record({
      owner: fc.nat(2),
      key: fc.constantFrom('a', 'b', 'c'),
      bytes: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), step), { maxLength: 40 }), (steps) => {
        const owners = [{}, {}, {}];
        const cache = new OwnedCache<number>(100);
        // What is kept, the oldest first.
        let kept: { owner: number; key: string; bytes: number; value: number }[] = [];
        for (const [value, [isRead, { owner, key, bytes }]] of steps.entries()) {
          const found = kept.find((each) => each.owner === owner && each.key === key);
          const others = kept.filter((each) => each !== found);
          const place = owners[owner] ?? {};
          if (isRead) {
            expect(cache.get(place, key)).toBe(found?.value);
            if (found !== undefined) kept = [...others, found];
            continue;
          }
          cache.set(place, key, value, bytes);
          kept = [...others, { owner, key, bytes, value }];
          const sum = (): number => kept.reduce((all, each) => all + each.bytes, 0);
          while (sum() > 100 && kept.length > 1) kept = kept.slice(1);
        }
        for (const [at, owner] of owners.entries()) {
          const values = kept.filter((each) => each.owner === at).map((each) => each.value);
          expect(new Set(cache.of(owner))).toEqual(new Set(values));
        }
      }),
    );
  });

  it('counts once what several hold together, as long as one of them is kept', () => {
    const cache = new OwnedCache<string>(100);
    const owner = {};
    const set = (key: string, own: number, by?: object): void => {
      cache.set(owner, key, key, by === undefined ? own : { own, shared: { by, bytes: 60 } });
    };
    const [one, other] = [{}, {}];
    for (const key of ['a', 'b', 'c', 'c']) set(key, 10, one);
    expect([...cache.of(owner)]).toEqual(['a', 'b', 'c']);
    set('d', 20);
    expect([...cache.of(owner)]).toEqual(['b', 'c', 'd']);
    // With the first of the two that are left nothing goes of what they hold together, with the last all of it.
    set('e', 20);
    expect([...cache.of(owner)]).toEqual(['d', 'e']);
    set('f', 10, other);
    expect([...cache.of(owner)]).toEqual(['e', 'f']);
  });

  it('keeps the last one even where it is too large', () => {
    const cache = new OwnedCache<string>(10);
    const owner = {};
    cache.set(owner, 'small', 'a', 5);
    cache.set(owner, 'large', 'b', 50);
    expect([cache.get(owner, 'small'), cache.get(owner, 'large'), cache.get({}, 'large')]).toEqual([
      undefined,
      'b',
      undefined,
    ]);
  });

  it('tells owners apart by number', () => {
    const cache = new OwnedCache<string>(10);
    const [one, other] = [{}, {}];
    expect(cache.numberOf(one)).toBe(cache.numberOf(one));
    expect(cache.numberOf(one)).not.toBe(cache.numberOf(other));
  });
});
