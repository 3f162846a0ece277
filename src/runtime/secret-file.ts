import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode } from './error-code.js';

/**
 * The text of a file that only the owner of the data folder may read; made where it is not there.
 * @param make - what stands in a new one.
 */
export function secretFile(path: string, make: () => string): string {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, make(), { mode: 0o600 });
  try {
    // Gets its name when it is complete: nobody may take an empty file for the secret.
    linkSync(aside, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
  return readFileSync(path, 'utf8').trim();
}
