import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Specs that start the command line run what is built: it is built anew before the suite. */
export default function build() {
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' });
  const script = fileURLToPath(new URL('make-template.js', import.meta.url));
  // Workers inherit it.
  process.env.KHUNG_TEST_TEMPLATE = execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim();
}
