import { specsWithoutServer } from './support/on-a-server.js';

/** Whether a server is named: what can not differ there was run, or is run, without it. */
export const hasServer = (process.env.TEST_DATABASE_URL ?? '') !== '';

/**
 * Each worker runs its files in one process, as plain Node runs modules: what a file imports was read, and is fast, since
 * the file before. Nothing is mocked and nothing global is changed, so nothing has to be kept apart.
 */
export default {
  rootDir: '..',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(hasServer ? specsWithoutServer() : [])],
  runner: 'jest-light-runner',
  globalSetup: '<rootDir>/test/support/build.js',
  setupFiles: ['<rootDir>/test/support/property-seed.js'],
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limits.js'],
  transform: {},
  maxWorkers: 2,
  testTimeout: 60000,
};
