import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const TESTS = join(ROOT, 'test');
/** The door of the suite to a server. */
const DOOR = join(TESTS, 'support/database.ts');
/** Whoever reads this goes there by himself. */
const NAME = 'TEST_DATABASE_URL';

/** Whether a file, or one that it imports, comes to the server; what is imported of the service never leads there. */
function reaches(file, seen = new Set()) {
  if (file === DOOR) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = Array.from(text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)\.js'/g), ([, path]) =>
    resolve(dirname(file), `${path}.ts`),
  );
  return text.includes(NAME) || imports.some((each) => each.startsWith(TESTS) && reaches(each, seen));
}

/** The specs for which a server can change nothing, since they never come to one; as patterns of their paths. */
export function specsWithoutServer() {
  return ['src', 'test']
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((path) => join(ROOT, folder, path)))
    .filter((path) => path.endsWith('.spec.ts') && !reaches(path))
    .map((path) => `^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
