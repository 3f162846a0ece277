import { text as readText } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { RegistryError } from '../core/errors.js';

/**
 * Bounds of what a workbook may become when it is unpacked. The sizes that the archive states are counted before a byte is
 * unpacked, and an entry that holds more than it states ends its reading with an error: a bomb is never unpacked.
 */
const UNPACKED_MAXIMUM = 400 * 1024 * 1024;
const ENTRY_MAXIMUM = 2_000;

/** First bytes of the container that old Excel files and workbooks with a password have in common. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/** The parts of a workbook's file, by their paths in it. */
export class XlsxArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /**
   * @throws RegistryError FILE_LEGACY for an old or encrypted workbook, FILE_DAMAGED for what is no archive,
   *   LIMIT_EXCEEDED for what unpacks to more than a workbook may hold.
   */
  static async open(bytes: Buffer, unpackedMaximum = UNPACKED_MAXIMUM): Promise<XlsxArchive> {
    if (COMPOUND_FILE.every((byte, at) => bytes[at] === byte)) throw RegistryError.of('FILE_LEGACY');
    return readable(async () => {
      const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
      const entries = new Map<string, Entry>();
      let unpacked = 0;
      for await (const entry of zip.eachEntry()) {
        unpacked += entry.uncompressedSize;
        if (unpacked > unpackedMaximum) throw tooLarge('bytes', unpackedMaximum, unpacked);
        if (entries.size >= ENTRY_MAXIMUM) throw tooLarge('entries', ENTRY_MAXIMUM, zip.entryCount);
        if (entry.isEncrypted()) throw RegistryError.of('FILE_LEGACY');
        entries.set(entry.fileName, entry);
      }
      return new XlsxArchive(zip, entries);
    });
  }

  get paths(): Iterable<string> {
    return this.entries.keys();
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  /** The whole of a part; undefined where there is none. */
  async text(path: string): Promise<string | undefined> {
    const stream = await this.stream(path);
    return stream === undefined ? undefined : readable(() => readText(stream));
  }

  /** The bytes of a part as they are unpacked; undefined where there is none. */
  async stream(path: string): Promise<Readable | undefined> {
    const entry = this.entries.get(path);
    return entry === undefined ? undefined : readable(() => this.zip.openReadStreamPromise(entry));
  }

  close(): void {
    this.zip.close();
  }
}

/** Runs what reads bytes that somebody sent: what its libraries throw says that they are damaged. Our own bugs stay bugs. */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RegistryError || error instanceof TypeError || error instanceof RangeError) throw error;
    const detail = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    throw new RegistryError([{ reason: 'FILE_DAMAGED', path: [], params: { detail } }], { cause: error });
  }
}

function tooLarge(field: string, limit: number, actual: number): RegistryError {
  return RegistryError.of('LIMIT_EXCEEDED', ['file'], { field, limit, actual });
}
