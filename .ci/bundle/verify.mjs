/**
 * Verifies a bundle of Khung before anything of it is unpacked; Node alone is needed:
 * `node verify.mjs ARCHIVE --key PUBLIC_KEY.pem`, or `--unsigned` for a bundle that nobody signed.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
/** Programs read the places of a header otherwise where another format is named. */
const MAGIC = 'ustar\u000000';
/** More than this a bundle never unpacks to: bytes. */
const UNPACKED_MAXIMUM = 2 ** 30;
const SUMS = 'SHA256SUMS';
const TOLD = 5;

class Refused extends Error {}

function read(file, vi, en) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Refused(`${file}: ${vi} / ${en} (${error.code})`);
  }
}

function publicKey(file) {
  const text = read(file, 'không mở được khóa công khai.', 'the public key can not be opened.');
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, as every file that holds no such key.
  }
  throw new Refused(`${file}: không phải khóa công khai Ed25519 (PEM). / is no public Ed25519 key (PEM).`);
}

function verifySignature(archive, file, keyFile) {
  const key = publicKey(keyFile);
  const signature = read(`${file}.sig`, 'thiếu chữ ký của gói.', 'the signature of the bundle is missing.');
  if (verify(null, archive, key, signature)) return;
  throw new Refused(
    'Chữ ký không khớp: gói đã bị sửa, hoặc do một khóa khác ký. / ' +
      'The signature does not fit: the bundle was changed, or another key has signed it.',
  );
}

function unpacked(archive) {
  try {
    return gunzipSync(archive, { maxOutputLength: UNPACKED_MAXIMUM });
  } catch {
    throw new Refused('Gói bị hỏng hoặc bị cắt. / The bundle is damaged or cut off.');
  }
}

function textAt(header, from, length) {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end < 0 ? length : end);
}

/** Octal digits; NaN where something else stands there. */
function numberAt(header, from, length) {
  const text = textAt(header, from, length);
  return /^[0-7]+ ?$/.test(text) ? Number.parseInt(text, 8) : NaN;
}

/** Plain files alone, each once, none of them outside of the folder; anything else is nothing that a bundle has. */
function pathOf(header, seen) {
  const prefix = textAt(header, 345, 155);
  const path = `${prefix === '' ? '' : `${prefix}/`}${textAt(header, 0, 100)}`;
  if (textAt(header, 156, 1) !== '0') {
    throw new Refused(`${path}: không phải tệp thường. / is no plain file.`);
  }
  const parts = path.split('/');
  const leaves = parts.length < 2 || /[\\:\p{Cc}]/u.test(path) || parts.some((part) => ['', '.', '..'].includes(part));
  if (leaves) throw new Refused(`${path}: đường dẫn ra ngoài thư mục. / the path leaves the folder.`);
  if (seen.has(path)) throw new Refused(`${path}: có hai lần. / is there twice.`);
  return path;
}

/** The files of an archive, by path. */
function filesOf(tar) {
  const files = new Map();
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) {
      if (tar.subarray(at).every((byte) => byte === 0)) return files;
      break;
    }
    const blank = Buffer.from(header).fill(' ', 148, 156);
    const sum = blank.reduce((total, byte) => total + byte, 0);
    const size = numberAt(header, 124, 12);
    const isSound = header.toString('latin1', 257, 265) === MAGIC && numberAt(header, 148, 8) === sum;
    if (!isSound || !(at + BLOCK + size <= tar.length)) break;
    files.set(pathOf(header, files), tar.subarray(at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Refused('Gói bị hỏng hoặc bị cắt. / The bundle is damaged or cut off.');
}

/** The files without the one folder that all of them lie in. */
function inOneFolder(files) {
  const folders = new Set(Array.from(files.keys(), (path) => path.slice(0, path.indexOf('/'))));
  if (folders.size !== 1) throw new Refused('Gói phải là một thư mục. / The bundle must be one folder.');
  return new Map(Array.from(files, ([path, bytes]) => [path.slice(path.indexOf('/') + 1), bytes]));
}

function refuseSome(paths, vi, en) {
  if (paths.length === 0) return;
  const more = paths.length > TOLD ? `, … (${paths.length})` : '';
  throw new Refused(`${vi} / ${en} ${paths.slice(0, TOLD).join(', ')}${more}`);
}

function verifySums(files) {
  const list = files.get(SUMS);
  if (list === undefined) throw new Refused(`Thiếu ${SUMS}. / ${SUMS} is missing.`);
  const lines = list.toString('utf8').trimEnd().split('\n');
  const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  const digest = (path) => createHash('sha256').update(files.get(path)).digest('hex');
  const listed = [...sums.keys()];
  refuseSome(
    listed.filter((path) => !files.has(path)),
    'Thiếu tệp có trong danh sách:',
    'Files of the list are missing:',
  );
  refuseSome(
    [...files.keys()].filter((path) => path !== SUMS && !sums.has(path)),
    'Có tệp ngoài danh sách:',
    'Files are beside the list:',
  );
  refuseSome(
    listed.filter((path) => digest(path) !== sums.get(path)),
    'Tệp không đúng mã băm:',
    'Files have not the sum that is listed:',
  );
}

/** As a bundle names it. */
function platformHere() {
  const isGnu = process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime !== undefined;
  const libc = process.platform === 'linux' ? [isGnu ? 'glibc' : 'musl'] : [];
  return [process.platform, process.arch, ...libc].join('-');
}

function verifyMachine({ platform, node }) {
  const built = [platform.os, platform.cpu, ...(platform.libc === null ? [] : [platform.libc])].join('-');
  const here = platformHere();
  if (built !== here) {
    throw new Refused(
      `Gói dành cho ${built}, máy này là ${here}. / The bundle is for ${built}, and this machine is ${here}.`,
    );
  }
  const [wanted, running] = [node, process.versions.node].map((version) => version.match(/\d+/g).map(Number));
  const differs = wanted.findIndex((part, at) => part !== running[at]);
  if (differs >= 0 && running[differs] < wanted[differs]) {
    throw new Refused(
      `Cần Node ${node}, máy này có ${process.versions.node}. / Node ${node} is needed; here is ${process.versions.node}.`,
    );
  }
}

function aboutOf(files) {
  const about = files.get('bundle.json');
  if (about === undefined) throw new Refused('Thiếu bundle.json. / bundle.json is missing.');
  return JSON.parse(about.toString('utf8'));
}

function verifyBundle(file, { key, unsigned }) {
  const archive = read(file, 'không mở được gói.', 'the bundle can not be opened.');
  if (key !== undefined) verifySignature(archive, file, key);
  else if (!unsigned) {
    throw new Refused(
      'Cần --key KHÓA_CÔNG_KHAI.pem, hoặc nói rõ --unsigned. / Give --key PUBLIC_KEY.pem, or say --unsigned.',
    );
  }
  const files = inOneFolder(filesOf(unpacked(archive)));
  verifySums(files);
  const about = aboutOf(files);
  verifyMachine(about);
  if (key === undefined) {
    console.error('CẢNH BÁO: KHÔNG KIỂM CHỮ KÝ, không ai bảo đảm nội dung. / WARNING: NO SIGNATURE WAS VERIFIED.');
  }
  const signed = key === undefined ? '' : ', đúng chữ ký / the signature fits';
  console.log(`Đạt / verified: ${about.name} ${about.version} (${about.commit}), ${files.size} tệp / files${signed}.`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, unsigned: { type: 'boolean', default: false } },
});
try {
  if (positionals.length !== 1) throw new Refused('node verify.mjs ARCHIVE --key PUBLIC_KEY.pem');
  verifyBundle(positionals[0], values);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
