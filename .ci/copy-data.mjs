/** The compiler carries only TypeScript: what is read at run time goes beside it. */
import { cpSync } from 'node:fs';

for (const folder of ['reference', 'web']) cpSync(`src/${folder}`, `dist/src/${folder}`, { recursive: true });
