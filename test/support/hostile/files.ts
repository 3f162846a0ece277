import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { ADMINISTRATOR } from './request.js';
import type { HostileRequest } from './request.js';

const REFUSED = { status: 400, code: 'VALIDATION' } as const;
const LIMIT = { status: 400, code: 'LIMIT_EXCEEDED' } as const;
/** The file was read; what is wrong with it stands in the report. */
const REPORTED = { status: 200, code: 'VALIDATION' } as const;

const CONTENT_TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';
const DIRECTORY = Buffer.from('PK\u0001\u0002');

function archived(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), path);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

function* blanks(megabytes: number): Generator<Buffer> {
  const part = Buffer.alloc(1024 * 1024, 0x20);
  for (let count = 0; count < megabytes; count += 1) yield part;
}

/** An archive that unpacks to so many megabytes of blanks. */
function bomb(megabytes: number): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(CONTENT_TYPES), '[Content_Types].xml');
  zip.addReadStream(Readable.from(blanks(megabytes)), 'xl/workbook.xml');
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** The same archive with another number, or name, in its directory. */
function forged(bytes: Buffer, change: (entry: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy.subarray(copy.indexOf(DIRECTORY)));
  return copy;
}

/** A name of the same length in place of one, wherever it stands. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

const LAUGHS = Array.from({ length: 12 }, (_, at) =>
  at === 0 ? '<!ENTITY a0 "ha">' : `<!ENTITY a${at} "${`&a${at - 1};`.repeat(10)}">`,
).join('');

function workbook(xml: string): Promise<Buffer> {
  return archived({ '[Content_Types].xml': CONTENT_TYPES, 'xl/workbook.xml': xml });
}

/** Archives that are not what they say. */
async function archives(): Promise<Readonly<Record<string, readonly [Buffer, typeof REFUSED | typeof LIMIT]>>> {
  const small = await archived({ 'xl/workbook.xml': Buffer.alloc(1024 * 1024) });
  const path = await archived({ 'xl/xx/xx/xx/xx/up.xml': '<a/>', 'xl/workbook.xml': '<a/>' });
  const many = Object.fromEntries(Array.from({ length: 2_100 }, (_, at) => [`xl/${at}.xml`, '']));
  return {
    'a bomb': [await bomb(410), LIMIT],
    'a bomb that is no XML': [await bomb(30), REFUSED],
    'a bomb that says it is small': [forged(small, (entry) => entry.writeUInt32LE(10, 24)), REFUSED],
    'a file that says it is large': [forged(small, (entry) => entry.writeUInt32LE(0xffff_fff0, 24)), LIMIT],
    'a file of thousands of files': [await archived(many), LIMIT],
    'an archive within an archive': [await archived({ 'xl/workbook.xml': small }), REFUSED],
    'a way out of the archive': [renamed(path, 'xl/xx/xx/xx/xx/', '../../../../../'), REFUSED],
    'a way from the root': [renamed(path, 'xl/xx/xx/xx/xx/', '/etc/xx/xx/xx/x'), REFUSED],
    'a part that is locked': [forged(small, (entry) => entry.writeUInt16LE(1, 8)), REFUSED],
    'a way of packing that is none': [forged(small, (entry) => entry.writeUInt16LE(99, 10)), REFUSED],
    'half of an archive': [small.subarray(0, small.length / 2), REFUSED],
    'an old workbook': [Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(4_096)]), REFUSED],
    'entities that multiply': [await workbook(`<!DOCTYPE a [${LAUGHS}]><workbook>&a11;</workbook>`), REFUSED],
    'an entity out of a file': [
      await workbook('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><workbook>&b;</workbook>'),
      REFUSED,
    ],
    'an entity from another host': [
      await workbook('<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:1/x"> %b;]><workbook/>'),
      REFUSED,
    ],
    'elements within elements': [await workbook(`<workbook>${'<a>'.repeat(300_000)}`), REFUSED],
  };
}

const TEXTS: Readonly<Record<string, readonly [string | Buffer, Pick<HostileRequest, 'status' | 'code'>]>> = {
  'columns without end': [`Mã,Tên${',x'.repeat(20_000)}\nx,y\n`, LIMIT],
  'a quotation that never ends': ['Mã,Tên\nx,"y\n'.padEnd(1_000_000, 'z'), REFUSED],
  'a cell of two megabytes': [`Mã,Tên\nx,${'y'.repeat(2_000_000)}\n`, { ...REPORTED, code: LIMIT.code }],
  'a page in place of a list': ['<html><script>alert(1)</script></html>', REPORTED],
  'a program': [Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001'), Buffer.alloc(2_000)]), REPORTED],
  'lines that were written in two ways': [
    Buffer.concat([Buffer.from('Mã;Tên\n'), Buffer.from([0x78, 0x3b, 0x4b, 0xff, 0xfe, 0x0a])]),
    REFUSED,
  ],
};

const PLACES = ['/imports?fileName=x&kind=SYSTEM', '/plan-lists', '/tender-lists'] as const;

/** Files that are sent to the places that take some. */
export async function hostileFiles(): Promise<readonly HostileRequest[]> {
  const headers = { ...ADMINISTRATOR, 'content-type': 'application/octet-stream', accept: 'application/json' };
  const sentTo = (path: string, name: string, body: Buffer): HostileRequest => ({
    name: `${name}, sent to ${path}`,
    path,
    headers,
    body,
    ...REFUSED,
  });
  const everywhere = Object.entries(await archives()).flatMap(([name, [body, expected]]) =>
    PLACES.map((path) => ({ ...sentTo(path, name, body), ...expected })),
  );
  const texts = Object.entries(TEXTS).map(([name, [body, expected]]) => ({
    ...sentTo(PLACES[0], name, Buffer.from(body)),
    ...expected,
  }));
  const options = [
    'kind=..%2f..%2fetc',
    'dryRun=__proto__',
    `reason=${'x'.repeat(300)}`,
    'fileName=a&fileName=b',
    'scenario=a%00b',
  ];
  const row = Buffer.from('Mã,Tên\nx,y\n');
  const orders = options.map((option) => ({
    ...sentTo(`/imports?${option}`, 'a list', row),
    ...(option.startsWith('reason') && LIMIT),
  }));
  return [...everywhere, ...texts, ...orders];
}
