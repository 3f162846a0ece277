import { StreamableFile } from '@nestjs/common';
import type { TableFormat } from './table.writer.js';

const TYPES: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** A list as the file that is answered. */
export function exportedFile(bytes: Buffer, name: string, format: TableFormat): StreamableFile {
  return new StreamableFile(bytes, {
    type: TYPES[format],
    disposition: `attachment; filename="khung-${name}.${format}"`,
    length: bytes.length,
  });
}
