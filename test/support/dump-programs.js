import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/**
 * PostgreSQL's own programs for dumps: of Debian's packages the newest, else those on the path; undefined where there are
 * none that understand a server of this version.
 * @param {number} serverMajor
 * @returns {{ readonly dump: string, readonly restore: string } | undefined}
 */
export function dumpPrograms(serverMajor) {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  for (const folder of folders) {
    const [dump, restore] = [join(folder, 'pg_dump'), join(folder, 'pg_restore')];
    if (existsSync(dump) && existsSync(restore) && majorOf(dump) >= serverMajor) return { dump, restore };
  }
  return undefined;
}

function majorOf(program) {
  return Number(/\d+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0]);
}
