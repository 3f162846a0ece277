import { execFile, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { archiveOf } from '../.ci/bundle/archive.mjs';
import { platformHere } from '../.ci/bundle/contents.mjs';

/** For what packs all packages on a loaded machine: milliseconds. */
const PACKING = 180_000;

const folder = mkdtempSync(join(tmpdir(), 'khung-bundle-'));
const keys = generateKeyPairSync('ed25519');
const [privateFile, publicFile] = [join(folder, 'key.pem'), join(folder, 'key.pub.pem')];
writeFileSync(privateFile, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
writeFileSync(publicFile, keys.publicKey.export({ type: 'spki', format: 'pem' }));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly told: string;
}

async function node(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const { NODE_OPTIONS: _workersOnly, KHUNG_SIGNING_KEY: _own, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { ...env, ...environment } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), told: `${stdout}${stderr}` }),
    );
  });
}

const pack = (args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ran> =>
  node(['.ci/bundle/bundle.mjs', ...args], environment);
const verify = (...args: readonly string[]): Promise<Ran> => node(['.ci/bundle/verify.mjs', ...args]);

describe('a bundle', () => {
  const [signed, unsigned] = [join(folder, 'signed'), join(folder, 'unsigned')];
  const installed = join(folder, 'installed');
  let archive: string;
  let home: string;
  let ran: Ran[];
  beforeAll(async () => {
    ran = await Promise.all([
      pack(['--output', signed], { KHUNG_SIGNING_KEY: privateFile }),
      pack(['--output', unsigned, '--unsigned'], { TZ: 'America/New_York', LC_ALL: 'C' }),
    ]);
    archive = join(signed, readdirSync(signed).find((name) => name.endsWith('.tar.gz')) ?? '');
    mkdirSync(installed);
    await new Promise((resolve) => execFile('tar', ['-xzf', archive, '-C', installed], resolve));
    home = join(installed, readdirSync(installed)[0] ?? '');
  }, PACKING);

  it('says what it is: its name, its platform, its key, and loudly that it is unsigned', () => {
    expect(ran.map(({ code }) => code)).toEqual([0, 0]);
    const { os, cpu, libc } = platformHere();
    const title = ['khung', JSON.parse(readFileSync('package.json', 'utf8')).version, os, cpu];
    const name = [...title, ...(libc === null ? [] : [libc])].join('-');
    expect(readdirSync(signed).toSorted()).toEqual([`${name}.tar.gz`, `${name}.tar.gz.sig`, 'verify.mjs']);
    expect(readdirSync(unsigned).toSorted()).toEqual([`${name}.unsigned.tar.gz`, 'verify.mjs']);
    const key = createHash('sha256').update(keys.publicKey.export({ type: 'spki', format: 'der' }));
    expect(ran[0]?.told).toContain(key.digest('hex'));
    expect(ran[0]?.told).not.toContain('UNSIGNED');
    expect(ran[1]?.told).toMatch(/GÓI KHÔNG CÓ CHỮ KÝ.*UNSIGNED/);
  });

  it('is the same to the byte whenever and wherever it is packed', () => {
    const sums = [archive, join(unsigned, readdirSync(unsigned)[0] ?? '')].map((file) =>
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    );
    expect(sums[0]).toBe(sums[1]);
  });

  it('is verified by what lies beside it', async () => {
    const { code, told } = await node([join(signed, 'verify.mjs'), archive, '--key', publicFile]);
    expect([code, told]).toEqual([0, expect.stringContaining('the signature fits')]);
  });

  it('holds what runs and nothing of development, as its list of components says', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { version: string; dev?: boolean }>;
    };
    const development = Object.keys(packages).filter((path) => packages[path]?.dev === true);
    expect(development).toEqual(expect.arrayContaining(['node_modules/oidc-provider', 'node_modules/jest']));
    expect(development.filter((path) => existsSync(join(home, path)))).toEqual([]);
    expect(existsSync(join(home, 'node_modules/typescript'))).toBe(false);
    const { components, metadata } = JSON.parse(readFileSync(join(home, 'sbom.cdx.json'), 'utf8')) as {
      components: { name: string; version: string }[];
      metadata: { component: { name: string } };
    };
    expect(metadata.component.name).toBe('khung');
    const there = packagesUnder(join(home, 'node_modules'));
    expect(new Set(components.map(({ name, version }) => `${name}@${version}`))).toEqual(new Set(there));
    expect(there).toEqual(expect.arrayContaining([`pg@${packages['node_modules/pg']?.version}`]));
  });

  it('is for real data unless told otherwise', async () => {
    const mode = (environment: NodeJS.ProcessEnv): Promise<Ran> =>
      node(
        [
          '-e',
          `require(${JSON.stringify(join(home, 'bin/khung'))}); console.log(process.env.KHUNG_MODE)`,
          '--',
          '--help',
        ],
        environment,
      );
    const [silent, told] = await Promise.all([mode({ KHUNG_MODE: '' }), mode({ KHUNG_MODE: 'development' })]);
    expect([silent.told.split('\n')[0], told.told.split('\n')[0]]).toEqual(['production', 'development']);
    expect(silent.told).toContain('verify-audit');
  });

  it(
    'runs where there is no registry and no npm, and answers the first question of its README',
    async () => {
      const data = join(folder, 'data');
      // No program is to be found, and the registry is a port where nobody listens.
      const offline = { PATH: '', npm_config_registry: 'http://127.0.0.1:1', KHUNG_DATA: data, PORT: '0' };
      const { NODE_OPTIONS: _workersOnly, DATABASE_URL: _server, ...rest } = process.env;
      const service = spawn(process.execPath, [join(home, 'bin/khung')], { cwd: home, env: { ...rest, ...offline } });
      try {
        let output = '';
        const port = await new Promise<string>((resolve, reject) => {
          const listen = (part: Buffer): void => {
            output += String(part);
            const [, found] = /http:\/\/localhost:(\d+)/.exec(output) ?? [];
            if (found !== undefined) resolve(found);
          };
          service.stdout.on('data', listen);
          service.stderr.on('data', listen);
          service.once('exit', () => reject(new Error(`The service ended: ${output}`)));
        });
        const readme = readFileSync(join(home, 'README.md'), 'utf8');
        const [, query = ''] = /<!-- query: impact -->\s+```graphql\n(.*?)```/s.exec(readme) ?? [];
        const [, answer = ''] = /<!-- answer: impact -->\s+```json\n(.*?)```/s.exec(readme) ?? [];
        const asked = await fetch(`http://127.0.0.1:${port}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query }),
        });
        expect(await asked.json()).toMatchObject({ data: JSON.parse(answer) });
        const audit = await node([join(home, 'bin/khung'), 'verify-audit', '--language', 'en'], offline);
        expect([audit.code, audit.told]).toEqual([0, expect.stringMatching(/audit log is whole/i)]);
      } finally {
        const gone = new Promise((resolve) => service.once('exit', resolve));
        service.kill('SIGTERM');
        await gone;
      }
    },
    PACKING,
  );
});

it('nobody signs by mistake: without a key there is no bundle', async () => {
  const output = join(folder, 'none');
  const none = await pack(['--output', output], {});
  expect(none).toMatchObject({ code: 1, told: expect.stringMatching(/Chưa có khóa ký.*no key to sign with/) });
  const wrong = await pack(['--output', output], { KHUNG_SIGNING_KEY: publicFile });
  expect(wrong).toMatchObject({ code: 1, told: expect.stringContaining('no private Ed25519 key') });
  expect(existsSync(output)).toBe(false);
});

/** The names and versions of the packages in a folder of packages. */
function packagesUnder(modules: string): string[] {
  const named = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((each) => `${name}/${each}`) : [name],
  );
  return named.flatMap((name) => {
    const at = join(modules, name);
    const { version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as { version: string };
    const own = join(at, 'node_modules');
    return [`${name}@${version}`, ...(existsSync(own) ? packagesUnder(own) : [])];
  });
}

type Files = Record<string, string>;

const ABOUT = { name: 'khung', version: '9.9.9', commit: null, node: '>=20.19.0', platform: platformHere() };
/** A bundle of few files, which differs from a real one in nothing that is verified. */
const SMALL: Files = { 'bundle.json': JSON.stringify(ABOUT), 'dist/service.js': 'start()\n', 'README.md': 'Khung\n' };

function sumsOf(files: Files): string {
  return Object.entries(files)
    .map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`)
    .join('');
}

/** An archive of these files, with the sums of others where they shall not fit. */
function tarOf(files: Files, summed: Files = files): Buffer {
  const placed = { ...files, SHA256SUMS: sumsOf(summed) };
  return archiveOf(
    new Map(Object.entries(placed).map(([path, text]) => [`khung/${path}`, { bytes: Buffer.from(text) }])),
    0,
  );
}

const bundleOf = (...of: Parameters<typeof tarOf>): Buffer => gzipSync(tarOf(...of));

/** The first header of an archive changed, with a sum that fits again. */
function reheaded(tar: Buffer, change: (header: Buffer) => void): Buffer {
  const header = tar.subarray(0, 512);
  change(header);
  header.fill(' ', 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\u0000`,
    148,
  );
  return gzipSync(tar);
}

function flipped(bytes: Buffer, at: number): Buffer {
  return Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));
}

function placed(archive: Buffer, key = keys.privateKey): string {
  const file = join(mkdtempSync(join(folder, 'placed-')), 'khung.tar.gz');
  writeFileSync(file, archive);
  writeFileSync(`${file}.sig`, sign(null, archive, key));
  return file;
}

describe('what verifies a bundle', () => {
  it('takes a sound one', async () => {
    const file = placed(bundleOf(SMALL));
    expect(await verify(file, '--key', publicFile)).toMatchObject({ code: 0 });
    const unsigned = await verify(file, '--unsigned');
    expect(unsigned).toMatchObject({ code: 0, told: expect.stringContaining('NO SIGNATURE WAS VERIFIED') });
  });

  const stranger = generateKeyPairSync('ed25519').privateKey;
  const { 'README.md': _left, ...without } = SMALL;
  const machine = (changed: object): Files => ({ ...SMALL, 'bundle.json': JSON.stringify({ ...ABOUT, ...changed }) });
  it.each<[string, () => string, string, string]>([
    ['of which one byte was changed', () => changedAfterSigning(), 'Chữ ký không khớp', 'another key has signed it'],
    [
      'that another key signed',
      () => placed(bundleOf(SMALL), stranger),
      'Chữ ký không khớp',
      'another key has signed it',
    ],
    ['whose signature is missing', () => unsignedFile(), 'thiếu chữ ký', 'signature of the bundle is missing'],
    ['that is cut off', () => placed(bundleOf(SMALL).subarray(0, -20)), 'bị cắt', 'damaged or cut off'],
    [
      'whose archive is cut off',
      () => placed(gzipSync(tarOf(SMALL).subarray(0, -1024))),
      'bị cắt',
      'damaged or cut off',
    ],
    [
      'without a file of its list',
      () => placed(bundleOf(without, SMALL)),
      'Thiếu tệp có trong danh sách',
      'missing. README.md',
    ],
    [
      'with a file beside its list',
      () => placed(bundleOf(SMALL, without)),
      'Có tệp ngoài danh sách',
      'beside the list. README.md',
    ],
    [
      'with a file that is not the listed one',
      () => placed(bundleOf({ ...SMALL, 'README.md': 'khung\n' }, SMALL)),
      'không đúng mã băm',
      'README.md',
    ],
    [
      'with a path to a folder above',
      () => placed(bundleOf({ '../../etc/passwd': '', ...SMALL })),
      'ra ngoài thư mục',
      'leaves the folder',
    ],
    [
      'with a path from the root',
      () => placed(reheaded(tarOf(SMALL), (header) => header.write('/', 0))),
      'ra ngoài thư mục',
      'leaves the folder',
    ],
    [
      'in a format that is read otherwise',
      () => placed(reheaded(tarOf(SMALL), (header) => header.write('ustar  ', 257))),
      'bị hỏng',
      'damaged',
    ],
    [
      'with a size that is none',
      () => placed(reheaded(tarOf(SMALL), (header) => header.write('-1', 124))),
      'bị hỏng',
      'damaged',
    ],
    [
      'with a link',
      () => placed(reheaded(tarOf(SMALL), (header) => header.write('2', 156))),
      'không phải tệp thường',
      'no plain file',
    ],
    [
      'for another platform',
      () => placed(bundleOf(machine({ platform: { os: 'plan9', cpu: 'mips', libc: null } }))),
      'Gói dành cho plan9-mips',
      'is for plan9-mips',
    ],
    ['for a newer Node', () => placed(bundleOf(machine({ node: '>=20.999.0' }))), 'Cần Node >=20.999.0', 'is needed'],
  ])('refuses one %s, in both languages', async (_what, file, vi, en) => {
    const { code, told } = await verify(file(), '--key', publicFile);
    expect([code, told.trimEnd().split('\n').length]).toEqual([1, 1]);
    expect(told).toContain(vi);
    expect(told).toMatch(new RegExp(en));
  });

  it('refuses what is no key, and to go without one unless that is said', async () => {
    const file = placed(bundleOf(SMALL));
    expect(await verify(file)).toMatchObject({ code: 1, told: expect.stringMatching(/Cần --key.*say --unsigned/) });
    expect(await verify(file, '--key', file)).toMatchObject({
      code: 1,
      told: expect.stringContaining('no public Ed25519 key'),
    });
  });

  it('refuses a changed byte wherever it is, also where nobody signed', async () => {
    const bytes = tarOf(SMALL);
    const of = (path: string): number => bytes.indexOf(SMALL[path] ?? '');
    for (const at of [0, of('README.md'), of('bundle.json') + 3, bytes.length - 1]) {
      const { code, told } = await verify(placed(gzipSync(flipped(bytes, at))), '--unsigned');
      expect([at, code, told]).toEqual([at, 1, expect.stringMatching(/ \/ /)]);
    }
  });

  function changedAfterSigning(): string {
    const file = placed(bundleOf(SMALL));
    const bytes = readFileSync(file);
    writeFileSync(file, flipped(bytes, Math.floor(bytes.length / 2)));
    return file;
  }

  function unsignedFile(): string {
    const file = placed(bundleOf(SMALL));
    rmSync(`${file}.sig`);
    return file;
  }
});
