import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** Random for each text, as long as the cipher wants it. */
const START_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps texts so that only the holder of the key reads them, and that nobody changes them. */
export class SealedBox {
  private readonly key: Buffer;

  /**
   * @param master - 32 bytes.
   * @param purpose - what is kept; boxes of different purposes can not read each other.
   */
  constructor(master: Buffer, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', master, '', `khung ${purpose}`, KEY_BYTES));
  }

  /** @param owner - whose it is: a text that is put into another's place is not opened there. */
  seal(text: string, owner: string): string {
    const start = randomBytes(START_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, start, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(owner));
    const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([start, cipher.getAuthTag(), hidden]).toString('base64url');
  }

  /** The text; undefined where it was sealed under another key, for another owner, or changed. */
  open(sealed: string, owner: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < START_BYTES + TAG_BYTES) return undefined;
    const start = bytes.subarray(0, START_BYTES);
    const decipher = createDecipheriv(CIPHER, this.key, start, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(bytes.subarray(START_BYTES, START_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(START_BYTES + TAG_BYTES), undefined, 'utf8');
    return finished(decipher) ? text : undefined;
  }
}

/** Whether everything is as it was sealed; the cipher says so by an error. */
function finished(decipher: { final(): Buffer }): boolean {
  try {
    decipher.final();
    return true;
  } catch {
    return false;
  }
}
