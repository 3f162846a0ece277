/**
 * Writes archives of the format ustar: the same files give the same bytes, whoever packs them, where and when. What does
 * not fit the format is refused and not written in one of its extensions, so that whoever verifies reads one kind of entry.
 */
const BLOCK = 512;
const NAME_LENGTH = 100;
const PREFIX_LENGTH = 155;

/**
 * @param {ReadonlyMap<string, { readonly bytes: Buffer, readonly isProgram?: boolean }>} files - by path
 * @param {number} time - when all of them were changed last, in seconds since 1970
 */
export function archiveOf(files, time) {
  const paths = [...files.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  const parts = paths.flatMap((path) => {
    const { bytes, isProgram } = files.get(path);
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    return [headerOf(path, { size: bytes.length, mode: isProgram === true ? 0o755 : 0o644, time }), bytes, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function headerOf(path, { size, mode, time }) {
  const { prefix, name } = splitOf(path);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write(octal(mode, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(time, 11), 136);
  // The sum is taken with blanks in its own place.
  header.fill(' ', 148, 156);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.write(prefix, 345);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\u0000`,
    148,
  );
  return header;
}

function octal(number, digits) {
  return number.toString(8).padStart(digits, '0');
}

/** Long paths are cut at a slash into the two places that a header has. */
function splitOf(path) {
  if (!/^[\x20-\x7e]+$/.test(path)) throw new Error(`Not a path of plain characters: ${path}`);
  if (path.length <= NAME_LENGTH) return { prefix: '', name: path };
  const cut = path.indexOf('/', path.length - NAME_LENGTH - 1);
  if (cut < 1 || cut > PREFIX_LENGTH) throw new Error(`Too long for the archive: ${path}`);
  return { prefix: path.slice(0, cut), name: path.slice(cut + 1) };
}
