import { Slots } from './slots.js';

/** Work that goes on until it is told to end. */
function openWork(): { readonly work: () => Promise<void>; readonly end: () => void; begun: number } {
  const ends: (() => void)[] = [];
  const open = {
    begun: 0,
    work: (): Promise<void> => {
      open.begun += 1;
      return new Promise<void>((end) => ends.push(end));
    },
    end: () => ends.shift()?.(),
  };
  return open;
}

describe('whoever asks without end', () => {
  it('has some of it wait, is refused the rest, and leaves room for others', async () => {
    const slots = new Slots({ running: 3, runningOfOne: 2, waiting: 4, waitingOfOne: 2 });
    const [flood, honest] = [openWork(), openWork()];
    const asked = Array.from({ length: 6 }, () => slots.during('10.0.0.1', flood.work));
    const refused = asked.slice(4).map((each) => expect(each).rejects.toThrow('BUSY'));
    const other = slots.during('10.0.0.2', honest.work);
    await Promise.all(refused);
    expect([flood.begun, honest.begun]).toEqual([2, 1]);
    honest.end();
    await other;
    // What became free is of others: the flood has all that one may have.
    expect(flood.begun).toBe(2);
    for (const each of asked.slice(0, 4)) {
      flood.end();
      await each;
    }
    expect(flood.begun).toBe(4);
  });

  it('is let in again once it has ended, also where it failed', async () => {
    const slots = new Slots({ running: 1, runningOfOne: 1, waiting: 1, waitingOfOne: 1 });
    const failed = slots.during('10.0.0.1', () => Promise.reject(new Error('wrong')));
    const waited = slots.during('10.0.0.2', () => Promise.resolve('done'));
    await expect(slots.during('10.0.0.3', () => Promise.resolve('too many'))).rejects.toThrow('BUSY');
    await expect(failed).rejects.toThrow('wrong');
    expect(await waited).toBe('done');
    expect(await slots.during('10.0.0.1', () => Promise.resolve('again'))).toBe('again');
  });
});
