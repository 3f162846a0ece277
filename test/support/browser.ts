import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** No sandbox, since tests may run as root; nothing that speaks to other hosts. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error where this machine has no Chromium: a browser test that did not run must not look like one that passed. */
export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  const executablePath = (given === undefined || given === '' ? PLACES : [given]).find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(`No Chromium found at ${given ?? PLACES.join(', ')}. Install one or set CHROMIUM_PATH.`);
  }
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}
