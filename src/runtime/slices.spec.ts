import { SharedSlices, inSlices } from './slices.js';

function* busy(milliseconds: number): Generator<void, string> {
  for (const end = performance.now() + milliseconds; performance.now() < end;) yield;
  return 'done';
}

describe('work in slices', () => {
  it('gives its result, and lets others go on in between', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await inSlices(busy(100))).toBe('done');
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('fails as the work does', async () => {
    const failing = (function* (): Generator<void, string> {
      yield;
      throw new RangeError('no more');
    })();
    await expect(inSlices(failing)).rejects.toThrow('no more');
  });
});

describe('works that share slices', () => {
  it('have them one after the other, so that a short one does not wait for a long one', async () => {
    const shared = new SharedSlices();
    const ended: string[] = [];
    const long = shared.run(busy(150)).then(() => ended.push('long'));
    const short = shared.run(busy(1)).then(() => ended.push('short'));
    await Promise.all([long, short]);
    expect(ended).toEqual(['short', 'long']);
    expect(await shared.run(busy(1))).toBe('done');
  });

  it('fail each for itself', async () => {
    const shared = new SharedSlices();
    const failing = (function* (): Generator<void, string> {
      yield;
      throw new RangeError('no more');
    })();
    const [failed, other] = await Promise.allSettled([shared.run(failing), shared.run(busy(20))]);
    expect([failed.status, other]).toEqual(['rejected', { status: 'fulfilled', value: 'done' }]);
  });
});
