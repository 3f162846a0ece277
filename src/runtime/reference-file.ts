import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

/**
 * A rule pack of the reference packs, as one document. Its rules stand in files of their own, a chapter each: `rules`
 * names them, beside the pack, in the order in which the rules are told.
 */
export function readReferenceRulePack(path: string): unknown {
  // The file is our own; what comes out of it is checked as one document.
  const { rules, ...pack } = readReferenceJson(path) as { readonly rules: readonly string[] };
  const chapters = rules.map((chapter) => readReferenceJson(join(dirname(path), chapter)));
  return { ...pack, rules: chapters.flat() };
}
