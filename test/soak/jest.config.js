import base from '../jest.config.js';

/** Long counts: `npm run soak`, and `SOAK=short npm run soak` for a shortened form. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/soak'],
  testMatch: ['**/*.soak.ts'],
  testTimeout: 1_800_000,
  maxWorkers: 1,
};
