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
  return { text, holder: { pid: Number(pid), began, port: port === '' ? null : Number(port) } };
}

/**
 * Takes the lock of a data folder.
 *
 * The lock file is born complete (written aside, then linked to its name, which fails where the name is taken), so
 * nobody reads half of it. A dead holder's file is moved aside first; who moves a file that is not the one he read
 * puts it back and has lost.
 * @throws FolderLocked where a living process holds it.
 */
export function lockFolder(file: string): FolderLock {
  const own = { pid: process.pid, began: beganAt(process.pid), port: null };
  const aside = `${file}.${process.pid}`;
  const write = (port: number | null): void => writeFileSync(aside, `${own.pid}\n${own.began}\n${port ?? ''}\n`);
  write(null);
  try {
    const held = readLock(file);
    if (held !== undefined) {
      if (isAlive(held.holder)) throw new FolderLocked(file, held.holder);
      removeDead(file, held.text);
    }
    claim(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
  return {
    announce: (port) => {
      write(port);
      renameSync(aside, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

function claim(aside: string, file: string): void {
  try {
    linkSync(aside, file);
  } catch (error) {
    const held = readLock(file);
    if (held !== undefined) throw new FolderLocked(file, held.holder);
    throw error;
  }
}

function removeDead(file: string, deadText: string): void {
  const moved = `${file}.dead.${process.pid}`;
  renameSync(file, moved);
  const found = readLock(moved);
  if (found !== undefined && found.text !== deadText) claim(moved, file);
  rmSync(moved, { force: true });
  if (found !== undefined && found.text !== deadText) throw new FolderLocked(file, found.holder);
}
