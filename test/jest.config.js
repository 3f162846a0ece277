/**
 * What can not differ on a server: the core knows no database, and these hold the embedded one whatever the rest runs on.
 * Where a server is named they were run, or are run, without it.
 */
const WITHOUT_SERVER = ['<rootDir>/src/core/', '<rootDir>/test/process.spec.ts', '<rootDir>/test/folder-lock.spec.ts'];
const hasServer = (process.env.TEST_DATABASE_URL ?? '') !== '';

/**
 * Each worker runs its files in one process, as plain Node runs modules: what a file imports was read, and is fast, since
 * the file before. Nothing is mocked and nothing global is changed, so nothing has to be kept apart.
 */
export default {
  rootDir: '..',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(hasServer ? WITHOUT_SERVER : [])],
  runner: 'jest-light-runner',
  globalSetup: '<rootDir>/test/support/build.js',
  setupFiles: ['<rootDir>/test/support/property-seed.js'],
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limits.js'],
  transform: {},
  maxWorkers: 2,
  testTimeout: 60000,
};
