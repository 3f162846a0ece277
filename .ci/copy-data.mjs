/** The compiler carries only TypeScript: what is read at run time goes beside it. The desk is built, not copied. */
import { cpSync } from 'node:fs';

for (const folder of ['reference', 'web']) {
  cpSync(`src/${folder}`, `dist/src/${folder}`, {
    recursive: true,
    filter: (file) => !file.startsWith('src/web/desk'),
  });
}
