import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the reference packs lie: beside this folder, in the sources as in the build. */
const REFERENCE = join(import.meta.dirname, '..', 'reference');

/** The text of a file of the reference packs, for example `national/attributes.json`. */
export function readReferenceText(path: string): string {
  return readFileSync(join(REFERENCE, path), 'utf8');
}

/** A JSON file of the reference packs. The caller says and checks what it holds. */
export function readReferenceJson(path: string): unknown {
  return JSON.parse(readReferenceText(path));
}
