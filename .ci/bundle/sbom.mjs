/** The list of components of a bundle, as npm writes it of the packages in it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ARGUMENTS = ['sbom', '--package-lock-only', '--omit', 'dev', '--sbom-format', 'cyclonedx', '--offline'];

/**
 * npm is shown a package and a lock file that know no development: of the ones as they are it leaves out whatever
 * development needs as well. What it draws at random or reads from a clock or a folder is put right, so that one commit has
 * one list.
 */
export function sbomOf({ manifest, lock }, time) {
  const folder = mkdtempSync(join(tmpdir(), 'khung-sbom-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    // A script run by npm inherits where its package is, and npm would look there.
    const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
    const options = { cwd: folder, env: Object.fromEntries(kept), encoding: 'utf8', maxBuffer: 2 ** 28 };
    return settled(
      JSON.parse(execFileSync('npm', [...ARGUMENTS, '--sbom-type', 'application'], options)),
      manifest,
      time,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function settled({ serialNumber: _drawn, metadata, ...sbom }, { name }, time) {
  const component = { ...metadata.component, name };
  const timestamp = new Date(time * 1000).toISOString();
  const content = { ...sbom, metadata: { ...metadata, timestamp, component } };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  // A UUID of version 8: made by a rule of one's own.
  const [a, b, c, d, e] = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(13, 16),
    digest.slice(17, 20),
    digest.slice(20, 32),
  ];
  return { ...content, serialNumber: `urn:uuid:${a}-${b}-8${c}-8${d}-${e}` };
}
