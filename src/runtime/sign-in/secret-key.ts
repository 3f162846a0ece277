import { randomBytes } from 'node:crypto';
import { RegistryError } from '../../core/errors.js';
import { ConfigWrong, SECRET_KEY_BYTES, dataPaths } from '../config.js';
import type { Config } from '../config.js';
import { secretFile } from '../secret-file.js';
import { SealedBox } from './sealed-box.js';

/** What the secrets of second factors are kept as. */
export const SECOND_FACTOR = 'second factor';

/**
 * The key that secrets of people are kept under: the configured one, else, where the service is tried out on a folder, the
 * one in it, made when it is needed first. Where there is none no secret can be kept: a key that goes with the process would
 * take them with it.
 */
export class SecretKey {
  constructor(private readonly config: Config) {}

  get isThere(): boolean {
    const { secretKey, isProduction, databaseUrl } = this.config;
    return secretKey !== undefined || (!isProduction && databaseUrl === undefined);
  }

  /** What is kept for a purpose. @throws RegistryError SECRET_KEY_MISSING. */
  boxFor(purpose: string): SealedBox {
    if (!this.isThere) throw RegistryError.of('SECRET_KEY_MISSING');
    return new SealedBox(this.config.secretKey ?? keyIn(dataPaths(this.config).secretKey), purpose);
  }
}

function keyIn(file: string): Buffer {
  const text = secretFile(file, () => randomBytes(SECRET_KEY_BYTES).toString('base64'));
  const key = Buffer.from(text, 'base64');
  if (key.length === SECRET_KEY_BYTES) return key;
  throw new ConfigWrong(
    `Tệp khóa bí mật bị hỏng; xóa nó thì các tài khoản tại chỗ phải làm lại: ${file} / ` +
      `The file of the secret key is damaged; without it local accounts have to be made anew: ${file}`,
  );
}
