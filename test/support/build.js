import { execFileSync } from 'node:child_process';

/** Specs that start the command line run what is built: it is built anew before the suite. */
export default function build() {
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' });
}
