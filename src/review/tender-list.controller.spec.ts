import { ListsAtOnce } from './lists-at-once.js';
import { dispositionOf } from './tender-list.controller.js';

const ANYBODY = { kind: 'PUBLIC' } as const;
const OFFICE = { kind: 'ARCHITECT' } as const;

describe('lists that are answered at once', () => {
  it('are so many and no more, and one that ends, well or not, makes room', async () => {
    const lists = new ListsAtOnce();
    let end: (value: string) => void = () => undefined;
    const first = lists.during(ANYBODY, () => new Promise<string>((resolve) => (end = resolve)));
    const third = lists.during(ANYBODY, () => lists.during(ANYBODY, () => Promise.resolve('third')));
    await expect(third).rejects.toThrow('BUSY');
    end('first');
    await expect(first).resolves.toBe('first');
    await expect(lists.during(ANYBODY, () => Promise.reject(new RangeError('fourth')))).rejects.toThrow('fourth');
    await expect(lists.during(ANYBODY, () => Promise.resolve('fifth'))).resolves.toBe('fifth');
  });

  it('of whoever has no token leave a place to those that have one', async () => {
    const lists = new ListsAtOnce();
    const within = (work: () => Promise<string>) =>
      lists.during(ANYBODY, () => lists.during(ANYBODY, () => lists.during(OFFICE, work)));
    await expect(within(() => Promise.resolve('office'))).resolves.toBe('office');
    await expect(within(() => lists.during(OFFICE, () => Promise.resolve('another')))).rejects.toThrow('BUSY');
    await expect(within(() => lists.during(ANYBODY, () => Promise.resolve('another')))).rejects.toThrow('BUSY');
  });
});

describe('the name of the answer', () => {
  it.each([
    ['gói thầu.xlsx', "filename*=UTF-8''g%C3%B3i%20th%E1%BA%A7u-khung.csv"],
    ['../../etc/passwd', "filename*=UTF-8''passwd-khung.csv"],
    ['C:\\tệp\\a.b.csv', "filename*=UTF-8''a.b-khung.csv"],
    ["a'(b)*\r\nSet-Cookie: x.csv", "filename*=UTF-8''a%27%28b%29%2ASet-Cookie%3A%20x-khung.csv"],
    ['\ud800.csv', undefined],
    ['', undefined],
    [undefined, undefined],
    [['a', 'b'], undefined],
  ])('is made of that of the file: %j', (fileName, expected) => {
    const plain = 'attachment; filename="khung-tender-answer.csv"';
    expect(dispositionOf(fileName, 'csv')).toBe(expected === undefined ? plain : `${plain}; ${expected}`);
  });

  it('is no longer than names of files are', () => {
    expect(dispositionOf(`${'😀'.repeat(5000)}.csv`, 'xlsx').length).toBeLessThan(2_000);
  });
});
