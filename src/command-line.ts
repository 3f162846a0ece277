import { Option } from 'commander';
import { RegistryError } from './core/errors.js';
import { CommandFailed } from './list-commands.js';
import { RestoreRefused } from './runtime/backup.js';
import { ConfigWrong } from './runtime/config.js';
import { isDatabaseDown } from './runtime/database-errors.js';
import { errorCode } from './runtime/error-code.js';
import { FolderLocked } from './runtime/folder-lock.js';
import type { Language } from './runtime/messages.js';

/** The language in which a command answers: Vietnamese unless told. */
export function languageOption(): Option {
  return new Option('--language <language>', 'vi or en / ngôn ngữ')
    .default('VI')
    .argParser((value: string): Language => (value.toLowerCase().startsWith('en') ? 'EN' : 'VI'));
}

/** Codes of errors about a file that was named. */
const FILE_CODES: ReadonlySet<string> = new Set(['ENOENT', 'EACCES', 'EISDIR']);

/** Codes of errors that say themselves what is to be mended. */
const PLAIN_CODES: ReadonlySet<string> = new Set([
  'EADDRINUSE',
  'ENOSPC',
  // PostgreSQL: the password, the role and the database of the address.
  '28P01',
  '28000',
  '3D000',
]);

/** What an error of the system says with its code; undefined where that is not for the person at the keyboard. */
function explainCode(code: string, text: string): string | undefined {
  if (code.startsWith('Z_')) return 'Tệp nén bị hỏng hoặc bị cắt. / The compressed file is damaged or cut off.';
  if (FILE_CODES.has(code)) return `Không mở được tệp. / The file can not be opened. (${text})`;
  return PLAIN_CODES.has(code) ? text : undefined;
}

/** What made a command fail, for the person at the keyboard, in both languages; undefined where it is a bug. */
export async function explainFailure(error: unknown): Promise<string | undefined> {
  if (error instanceof RegistryError) {
    const { messageOf } = await import('./runtime/messages.js');
    return error.issues.map((each) => `${messageOf(each, 'VI')} / ${messageOf(each, 'EN')}`).join('\n');
  }
  if (error instanceof FolderLocked) {
    return `Thư mục dữ liệu đang được tiến trình ${error.holder.pid} sử dụng (${error.file}). / ${error.message}`;
  }
  if (error instanceof CommandFailed || error instanceof RestoreRefused || error instanceof ConfigWrong) {
    return error.message;
  }
  const told = explainCode(errorCode(error) ?? '', String(error));
  if (told !== undefined) return told;
  // What fetch throws where the connection is refused or breaks off.
  if (error instanceof TypeError && error.cause instanceof Error) {
    return `Dịch vụ không trả lời. / The service does not answer. (${error.cause.message})`;
  }
  return isDatabaseDown(error) ? explainFailure(RegistryError.of('DATABASE_UNAVAILABLE')) : undefined;
}
