import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { ask, commitUntilKilled, freshFolder, run, serve } from '../support/process.js';

const ROUNDS = process.env['SOAK'] === 'short' ? 3 : 20;

it(`${ROUNDS} kills amid commits lose nothing that was acknowledged`, async () => {
  const folder = freshFolder();
  let acknowledged = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const service = await serve(folder);
    const { landscape } = await ask<{ landscape: { revision: number } }>(service, '{ landscape { revision } }');
    expect(landscape.revision).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = await commitUntilKilled(service, `vong-${round}`, round * 17);
    expect(acknowledged).toBeGreaterThanOrEqual(landscape.revision + 10);
  }
  const file = join(folder, 'saved.gz');
  expect((await run(folder, 'backup', file)).code).toBe(0);
  const lines = gunzipSync(readFileSync(file)).toString().split('\n');
  const logged = lines.filter((line) => line.startsWith('change_set '));
  expect(logged.length).toBeGreaterThanOrEqual(acknowledged);
  expect(lines.find((line) => line.startsWith('landscape_head '))).toContain(`"revision": ${logged.length},`);
  rmSync(folder, { recursive: true, force: true });
});
