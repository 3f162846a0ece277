/** What a bundle holds: the service as it is built, and what it needs of other people's packages. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Somebody has to mend something before there can be a bundle; the message says what, in Vietnamese and English. */
export class BundleRefused extends Error {}

/** Declarations and maps are read by compilers and debuggers, and are half of all files. */
const NOT_FOR_RUNNING = /\.(map|tsbuildinfo|d\.[cm]?ts)$/;

/** The system, processor and C library that this process runs on, in npm's words. */
export function platformHere() {
  const { os, cpu } = { os: process.platform, cpu: process.arch };
  if (os !== 'linux') return { os, cpu, libc: null };
  return { os, cpu, libc: process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}

/**
 * The packages that the service needs, as the lock file says them and without what is of use for development alone.
 * @throws BundleRefused where one is not installed as the lock file says.
 */
export function productionPackages(root, platform) {
  const { packages } = readJson(join(root, 'package-lock.json'));
  const needed = Object.entries(packages).filter(
    ([path, { dev, devOptional, link }]) => path !== '' && !dev && !devOptional && !link,
  );
  return needed.filter(([path, entry]) => {
    if (!isFor(platform, entry)) return false;
    const file = join(root, path, 'package.json');
    const installed = existsSync(file) ? readJson(file).version : undefined;
    if (installed === entry.version) return true;
    throw new BundleRefused(
      `${path}: cần bản ${entry.version}, đang có ${installed ?? 'không'}; hãy chạy npm ci. / ` +
        `${entry.version} is needed and ${installed ?? 'none'} is installed; run npm ci.`,
    );
  });
}

function isFor({ os, cpu, libc }, entry) {
  const fits = (allowed, here) => allowed === undefined || here === null || allowed.includes(here);
  return fits(entry.os, os) && fits(entry.cpu, cpu) && fits(entry.libc, libc);
}

/** The files of the packages, by path. */
export function packageFiles(root, packages) {
  // What lies under a package's own node_modules is listed by itself.
  return packages.flatMap(([path]) => filesUnder(root, path, (name) => name === 'node_modules'));
}

/** What was built, without what is left of sources that are no more. */
export function builtFiles(root) {
  const built = ['dist/src', 'dist/migrations'].flatMap((folder) => filesUnder(root, folder));
  const isOfSource = (path) => {
    const source = relative('dist', path);
    return existsSync(join(root, source)) || existsSync(join(root, source.replace(/\.js$/, '.ts')));
  };
  const files = built.filter(isOfSource);
  if (files.includes('dist/src/cli.js')) return files;
  throw new BundleRefused('Chưa có bản dựng: hãy chạy npm run build. / Nothing is built: run npm run build.');
}

function filesUnder(root, folder, isLeftOut = () => false) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return isLeftOut(entry.name) ? [] : filesUnder(root, path, isLeftOut);
    if (entry.isFile()) return NOT_FOR_RUNNING.test(entry.name) ? [] : [path];
    throw new BundleRefused(`${path}: không phải tệp thường. / is no plain file.`);
  });
}

/** The package and its lock file as they are installed: with what runs, and nothing that builds or tests. */
export function installedPackage(root, packages) {
  const { name, version, description, license, type, engines, dependencies } = readJson(join(root, 'package.json'));
  const bin = { khung: 'bin/khung' };
  const scripts = { start: 'node bin/khung serve', khung: 'node bin/khung' };
  const own = { name, version, description, license, private: true, type, engines, bin };
  const { lockfileVersion } = readJson(join(root, 'package-lock.json'));
  const entry = { name, version, license, dependencies, bin, engines };
  return {
    manifest: { ...own, scripts, dependencies },
    lock: { name, version, lockfileVersion, requires: true, packages: { '': entry, ...Object.fromEntries(packages) } },
  };
}

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
