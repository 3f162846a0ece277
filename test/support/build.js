import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Specs that start the command line run what is built: it is built anew before the suite. */
export default function build() {
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' });
  const script = fileURLToPath(new URL('make-template.js', import.meta.url));
  const { file, database } = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }));
  // Workers inherit them.
  process.env.KHUNG_TEST_TEMPLATE = file;
  process.env.KHUNG_TEST_TEMPLATE_DATABASE = database ?? '';
}
