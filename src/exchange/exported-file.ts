import { createHash } from 'node:crypto';
import { StreamableFile } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import type { IssuedPapers } from '../runtime/audit/issued-papers.js';
import type { TableFormat } from './table.writer.js';

const TYPES: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** A list, and what it is called without the ending. */
export interface NamedFile {
  readonly bytes: Buffer;
  readonly name: string;
  readonly format: TableFormat;
}

/** A list as the file that is answered. */
export function exportedFile({ bytes, name, format }: NamedFile): StreamableFile {
  return new StreamableFile(bytes, {
    type: TYPES[format],
    disposition: `attachment; filename="${fileName({ name, format })}"`,
    length: bytes.length,
  });
}

/** The same of what is in the registry: that it leaves is on record, with the hash of the file. */
export async function recordedFile(file: NamedFile, actor: Actor, papers: IssuedPapers): Promise<StreamableFile> {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await papers.record(actor, { subject: fileName(file), payload: { sha256, size: file.bytes.length } });
  return exportedFile(file);
}

function fileName({ name, format }: Pick<NamedFile, 'name' | 'format'>): string {
  return `khung-${name}.${format}`;
}
