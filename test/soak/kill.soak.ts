import { rmSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ask, commitSystem, freshFolder, serve } from '../support/process.js';

const ROUNDS = process.env['SOAK'] === 'short' ? 3 : 20;

it(`${ROUNDS} kills amid commits lose nothing that was acknowledged`, async () => {
  const folder = freshFolder();
  let acknowledged = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const service = await serve(folder);
    const { landscape } = await ask<{ landscape: { revision: number } }>(service, '{ landscape { revision } }');
    expect(landscape.revision).toBeGreaterThanOrEqual(acknowledged);
    const killed = new Promise((resolve) => setTimeout(resolve, 50 + round * 17)).then(() => service.end('SIGKILL'));
    for (let index = 0; ; index += 1) {
      try {
        acknowledged = await commitSystem(service, `vong-${round}-${index}`);
      } catch {
        // The process is gone; this one was not acknowledged.
        break;
      }
    }
    await killed;
  }
  expect(acknowledged).toBeGreaterThan(ROUNDS);
  rmSync(folder, { recursive: true, force: true });
});
