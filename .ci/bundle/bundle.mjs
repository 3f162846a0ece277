/**
 * Packs the service, as it is built, and all it needs into one signed archive: `node bundle.mjs [--output FOLDER] [--unsigned]`.
 * KHUNG_SIGNING_KEY names the file of a private Ed25519 key (PEM).
 */
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { archiveOf } from './archive.mjs';
import {
  BundleRefused,
  builtFiles,
  installedPackage,
  packageFiles,
  platformHere,
  productionPackages,
} from './contents.mjs';
import { sbomOf } from './sbom.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
/** Of what a bundle is made. */
const SOURCES = ['src', 'migrations', '.ci', 'package.json', 'package-lock.json', 'tsconfig.json', '*.md', 'LICENSE'];
const PAPERS = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'LICENSE'];

function git(...args) {
  try {
    const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', args, options).trim();
  } catch {
    // No repository here, or no git: the bundle says that it does not know.
    return null;
  }
}

/** What the sources are: the commit, and whether they were changed since. */
function sourceHere() {
  const status = git('status', '--porcelain', '--', ...SOURCES);
  const [commit, seconds] = git('log', '-1', '--format=%H %ct')?.split(' ') ?? [null, '0'];
  return {
    commit,
    isChanged: status === null ? null : status !== '',
    time: Number(process.env.SOURCE_DATE_EPOCH ?? seconds),
  };
}

/** The key that signs. @throws BundleRefused where there is none, unless that is meant. */
function signingKey(isUnsigned) {
  const file = process.env.KHUNG_SIGNING_KEY;
  if (isUnsigned) return undefined;
  if (file === undefined || file === '') {
    throw new BundleRefused(
      'Chưa có khóa ký: đặt KHUNG_SIGNING_KEY là tệp khóa riêng Ed25519 (PEM), hoặc nói rõ --unsigned. / ' +
        'There is no key to sign with: set KHUNG_SIGNING_KEY to the file of a private Ed25519 key (PEM), or say --unsigned.',
    );
  }
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw notAKey(file, error);
  }
  throw notAKey(file);
}

function notAKey(file, cause) {
  const text = `KHUNG_SIGNING_KEY=${file}: không đọc được khóa riêng Ed25519 (PEM). / no private Ed25519 key (PEM) can be read.`;
  return new BundleRefused(text, { cause });
}

function json(value) {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** All files of a bundle by their paths in it, but for the list of their sums. */
function contents({ packages, installed, about, time }) {
  const copied = [...PAPERS, ...builtFiles(ROOT), ...packageFiles(ROOT, packages)];
  const files = new Map(copied.map((path) => [path, { bytes: readFileSync(join(ROOT, path)) }]));
  files.set('bin/khung', { bytes: readFileSync(join(import.meta.dirname, 'launcher.cjs')), isProgram: true });
  // The launcher is not a module, so that any Node takes it without an ending.
  files.set('bin/package.json', { bytes: json({ type: 'commonjs' }) });
  files.set('package.json', { bytes: json(installed.manifest) });
  files.set('package-lock.json', { bytes: json(installed.lock) });
  files.set('bundle.json', { bytes: json(about) });
  files.set('sbom.cdx.json', { bytes: json(sbomOf(installed, time)) });
  return files;
}

function sumsOf(files) {
  const lines = [...files].map(([path, { bytes }]) => [path, `${sha256(bytes)}  ${path}\n`]);
  return Buffer.from(
    lines
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, line]) => line)
      .join(''),
  );
}

/** Packs everything; the result is the archive and what it is called. */
function pack() {
  const platform = platformHere();
  const packages = productionPackages(ROOT, platform);
  const installed = installedPackage(ROOT, packages);
  const { name, version, engines } = installed.manifest;
  const { time, commit, isChanged } = sourceHere();
  const about = { name, version, commit, isChanged, node: engines.node, platform };
  const files = contents({ packages, installed, about, time });
  files.set('SHA256SUMS', { bytes: sumsOf(files) });
  const title = [name, version, ...Object.values(platform).filter((part) => part !== null)].join('-');
  const placed = new Map(Array.from(files, ([path, file]) => [`${title}/${path}`, file]));
  return { title, about, count: files.size, archive: gzipSync(archiveOf(placed, time)) };
}

function write(output, { isUnsigned, key }) {
  const { title, about, count, archive } = pack();
  const file = join(output, `${title}${isUnsigned ? '.unsigned' : ''}.tar.gz`);
  mkdirSync(output, { recursive: true });
  rmSync(`${file}.sig`, { force: true });
  writeFileSync(file, archive);
  cpSync(join(import.meta.dirname, 'verify.mjs'), join(output, 'verify.mjs'));
  console.log(`${file}\n  ${count} tệp / files, ${archive.length} byte, SHA-256 ${sha256(archive)}`);
  if (about.isChanged !== false) {
    console.error(
      'CẢNH BÁO: mã nguồn không đúng như một bản đã ghi. / WARNING: the sources are not those of a commit.',
    );
  }
  if (key === undefined) {
    console.error(
      'CẢNH BÁO: GÓI KHÔNG CÓ CHỮ KÝ, không ai bảo đảm nội dung. / WARNING: UNSIGNED, nobody vouches for it.',
    );
    return;
  }
  writeFileSync(`${file}.sig`, sign(null, archive, key));
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  console.log(`  Chữ ký / signature ${file}.sig\n  Khóa / key SHA-256 ${sha256(spki)}`);
}

const { values } = parseArgs({
  options: { output: { type: 'string', default: join(ROOT, 'bundle') }, unsigned: { type: 'boolean', default: false } },
});
try {
  write(resolve(values.output), { isUnsigned: values.unsigned, key: signingKey(values.unsigned) });
} catch (error) {
  if (!(error instanceof BundleRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
