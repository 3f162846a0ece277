import base, { hasServer } from '../jest.config.js';

/** Long counts: `npm run soak`, and `SOAK=short npm run soak` for a shortened form. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/soak'],
  testMatch: ['**/*.soak.ts', ...(hasServer ? [] : ['!**/kill-server.soak.ts'])],
  testTimeout: 1_800_000,
};
