import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode } from './error-code.js';

/** Who holds a data folder, as the lock file says it. */
export interface LockHolder {
  readonly pid: number;
  /** When the process began, in the system's own ticks; tells it from a later process with the same number. */
  readonly began: string;
  /** Port of its HTTP service; null while it serves none. */
  readonly port: number | null;
}

/** Another process has the folder open. Two processes on one embedded database lose data without an error. */
export class FolderLocked extends Error {
  override readonly name = 'FolderLocked';
  constructor(
    readonly file: string,
    readonly holder: LockHolder,
  ) {
    super(`The data folder is in use by process ${holder.pid} (${file}).`);
  }
}

export interface FolderLock {
  /** Tells other commands where the service answers. */
  announce(port: number): void;
  release(): void;
}

/** Begin of a process in clock ticks since boot (field 22 of proc's stat); empty where the system has no such file. */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // Not Linux, or no such process: the number of the process alone decides.
    return '';
  }
}

function isAlive({ pid, began }: LockHolder): boolean {
  // Signalling 0 or less asks about whole groups of processes: a file cut off by a power failure would never be dead.
  if (!(Number.isInteger(pid) && pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (errorCode(error) !== 'EPERM') return false;
  }
  const now = beganAt(pid);
  return began === '' || now === '' || began === now;
}

/** Who holds the lock; undefined where nobody does, or where its holder has died. */
export function lockHolder(file: string): LockHolder | undefined {
  const held = readLock(file);
  return held !== undefined && isAlive(held.holder) ? held.holder : undefined;
}

function readLock(file: string): { readonly text: string; readonly holder: LockHolder } | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const [pid = '', began = '', port = ''] = text.split('\n');
  return { text, holder: { pid: Number(pid), began, port: /^\d+$/.test(port) ? Number(port) : null } };
}

/**
 * Takes the lock of a data folder.
 * @throws FolderLocked where a living process holds it.
 */
export function lockFolder(file: string): FolderLock {
  const began = beganAt(process.pid);
  const lockText = (port: number | null): string => `${process.pid}\n${began}\n${port ?? ''}\n`;
  claim(file, lockText(null));
  return {
    announce: (port) => {
      const aside = asideOf(file);
      writeFileSync(aside, lockText(port));
      renameSync(aside, file);
    },
    release: () => {
      const holder = readLock(file)?.holder;
      // A second release must not take the lock from whoever has it by then.
      if (holder?.pid === process.pid && holder.began === began) rmSync(file);
    },
  };
}

/** Where this process writes a lock file before it gets its name. */
function asideOf(file: string): string {
  return `${file}.${process.pid}`;
}

/**
 * Makes a lock file ours, for as long as this process lives.
 *
 * It is born complete: written aside, then linked to its name, which fails where the name is taken; so nobody reads half
 * of it. A dead holder's file is replaced in one step, so that the name is never free in between. Only who holds the
 * lock `.next` beside it may replace it: of two that found it dead, the second looks again and sees the first.
 * @throws FolderLocked where a living process holds it or is taking it over.
 */
function claim(file: string, text: string): void {
  const aside = asideOf(file);
  writeFileSync(aside, text);
  try {
    while (!isLinked(aside, file)) {
      const held = readLock(file);
      if (held === undefined) continue;
      if (isAlive(held.holder)) throw new FolderLocked(file, held.holder);
      if (replaceDead(file, held.text, text)) return;
    }
  } finally {
    rmSync(aside, { force: true });
  }
}

function isLinked(aside: string, file: string): boolean {
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** False where the file is no longer the dead one. */
function replaceDead(file: string, deadText: string, text: string): boolean {
  const next = `${file}.next`;
  claim(next, text);
  try {
    if (readLock(file)?.text !== deadText) return false;
    renameSync(asideOf(file), file);
    return true;
  } finally {
    rmSync(next);
  }
}
