import { StreamableFile } from '@nestjs/common';
import type { ListFormat } from './list.reader.js';

const TYPES: Readonly<Record<ListFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** A list as the file that is answered. */
export function exportedFile(bytes: Buffer, name: string, format: ListFormat): StreamableFile {
  return new StreamableFile(bytes, {
    type: TYPES[format],
    disposition: `attachment; filename="khung-${name}.${format}"`,
    length: bytes.length,
  });
}
