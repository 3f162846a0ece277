import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Specs that start the command line run what is built: it is built anew before the suite. */
export default function build({ testTimeout }) {
  const { NODE_OPTIONS: _workersOnly, ...env } = process.env;
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit', env });
  const script = fileURLToPath(new URL('make-template.js', import.meta.url));
  const { file, folder, database } = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8', env }));
  // Workers inherit them.
  process.env.KHUNG_TEST_TEMPLATE = file;
  process.env.KHUNG_TEST_TEMPLATE_FOLDER = folder;
  process.env.KHUNG_TEST_TIMEOUT = String(testTimeout);
  process.env.KHUNG_TEST_TEMPLATE_DATABASE = database ?? '';
}
