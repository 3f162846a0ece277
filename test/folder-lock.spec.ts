import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FolderLocked, lockFolder, lockHolder } from '../src/runtime/folder-lock.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'khung-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The number of a process that has just ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('the lock of a data folder', () => {
  it('is held by who took it, until it is released', () => {
    expect(lockHolder(file)).toBeUndefined();
    const lock = lockFolder(file);
    expect(lockHolder(file)).toMatchObject({ pid: process.pid, port: null });
    expect(() => lockFolder(file)).toThrow(FolderLocked);
    lock.release();
    expect(lockHolder(file)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names the port once there is one', () => {
    const lock = lockFolder(file);
    lock.announce(4321);
    expect(lockHolder(file)).toMatchObject({ pid: process.pid, port: 4321 });
    expect(() => lockFolder(file)).toThrow(`in use by process ${process.pid} (${file})`);
    lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('is not taken from somebody else by a second release', () => {
    const lock = lockFolder(file);
    lock.release();
    const other = `${process.ppid}\n\n\n`;
    writeFileSync(file, other);
    lock.release();
    expect(readFileSync(file, 'utf8')).toBe(other);
  });

  it.each([
    ['an ended process', () => `${deadProcess()}\n1\n4321\n`],
    ['an ended process that wrote no begin', () => `${deadProcess()}\n\n\n`],
    ['an earlier process with the number of a living one', () => `${process.ppid}\n1\n4321\n`],
    ['nobody, since it is empty', () => ''],
    ['nobody, since it is cut off before the number', () => '\n'],
    ['nobody, since it holds something else', () => 'không phải khóa'],
    ['a whole group of processes, which is no holder', () => '-1\n\n\n'],
  ])('is taken over from %s', (_whom, text) => {
    writeFileSync(file, text());
    expect(lockHolder(file)).toBeUndefined();
    const lock = lockFolder(file);
    expect(lockHolder(file)?.pid).toBe(process.pid);
    expect(readdirSync(folder)).toEqual(['lock']);
    lock.release();
  });

  it('is taken over although a process was killed amid taking it over', () => {
    writeFileSync(file, `${deadProcess()}\n1\n\n`);
    writeFileSync(`${file}.next`, `${deadProcess()}\n1\n\n`);
    lockFolder(file).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is left to a living process that is taking it over', () => {
    const text = `${deadProcess()}\n1\n\n`;
    writeFileSync(file, text);
    writeFileSync(`${file}.next`, `${process.ppid}\n\n\n`);
    expect(() => lockFolder(file)).toThrow(`in use by process ${process.ppid}`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('has no port where its third line is no number', () => {
    writeFileSync(file, `${process.ppid}\n\nabc\n`);
    expect(lockHolder(file)).toEqual({ pid: process.ppid, began: '', port: null });
  });
});

const ROUNDS = 40;
const RACERS = 6;

/** Waits for the moment of each round, tries the lock of that round, and keeps what it got until its input ends. */
const RACER = `
  const [module, folder, rounds] = process.argv.slice(1);
  const { lockFolder } = await import(module);
  process.stdout.write('ready\\n');
  process.stdin.setEncoding('utf8');
  process.stdin.once('data', (start) => {
    const won = [];
    const faults = [];
    for (let round = 0; round < Number(rounds); round += 1) {
      while (Date.now() < Number(start) + round * 15);
      try {
        lockFolder(folder + '/lock-' + round);
        won.push(round);
      } catch (error) {
        if (error.name !== 'FolderLocked') faults.push(String(error));
      }
    }
    process.stdout.write(JSON.stringify({ won, faults }) + '\\n');
  });
`;

interface Racer {
  readonly go: (start: number) => Promise<{ won: number[]; faults: string[] }>;
  readonly end: () => Promise<void>;
}

async function racer(): Promise<Racer> {
  const module = pathToFileURL(join(import.meta.dirname, '../dist/src/runtime/folder-lock.js')).href;
  const args = ['--input-type=module', '-e', RACER, module, folder, String(ROUNDS)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdout.setEncoding('utf8');
  await once(child.stdout, 'data');
  return {
    go: async (start) => {
      child.stdin.write(String(start));
      const [answer] = await once(child.stdout, 'data');
      return JSON.parse(String(answer));
    },
    end: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

describe('several processes that want one lock at once', () => {
  it.each([
    ['free', undefined],
    ['of a dead process', '4194304\n1\n\n'],
    ['empty', ''],
  ])('where it is %s, are all told so but one', async (_state, text) => {
    if (text !== undefined) {
      for (let round = 0; round < ROUNDS; round += 1) writeFileSync(join(folder, `lock-${round}`), text);
    }
    const racers = await Promise.all(Array.from({ length: RACERS }, racer));
    const results = await Promise.all(racers.map(({ go }) => go(Date.now() + 300)));
    await Promise.all(racers.map(({ end }) => end()));
    expect(results.flatMap(({ faults }) => faults)).toEqual([]);
    const won = results.flatMap((result) => result.won).toSorted((one, other) => one - other);
    expect(won).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
  });
});
