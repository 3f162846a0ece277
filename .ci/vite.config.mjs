import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** The licence of the font goes where the font goes; those of the libraries Vite collects itself. */
const fontLicence = {
  name: 'font-licence',
  generateBundle() {
    const source = readFileSync('node_modules/@fontsource/be-vietnam-pro/LICENSE', 'utf8');
    this.emitFile({ type: 'asset', fileName: 'assets/be-vietnam-pro-licence.txt', source });
  },
};

/** Packs once what would else be packed for every reader. */
const packedFiles = {
  name: 'packed-files',
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /[.](js|css)$/.test(file))) {
      writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), { level: 9 }));
    }
  },
};

/** The desk: files with their hash in their name, which browsers may keep, and one page that names them. */
export default defineConfig({
  root: 'src/web/desk',
  base: '/desk/',
  publicDir: false,
  plugins: [fontLicence, packedFiles],
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: '../../../dist/src/web/desk',
    emptyOutDir: true,
    target: 'es2022',
    // Every file stands by itself: nothing is written into the page that the content policy would refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'assets/licences.md' },
    reportCompressedSize: false,
  },
  server: { proxy: { '/graphql': 'http://localhost:3000' } },
});
