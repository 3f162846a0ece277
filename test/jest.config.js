/**
 * What can not differ on a server: the core knows no database, and these hold the embedded one whatever the rest runs on.
 * Where a server is named they were run, or are run, without it.
 */
const WITHOUT_SERVER = ['<rootDir>/src/core/', '<rootDir>/test/process.spec.ts', '<rootDir>/test/folder-lock.spec.ts'];
const hasServer = (process.env.TEST_DATABASE_URL ?? '') !== '';

/** Native ES modules: Nest 12 cannot be required by Jest on Node 20. */
export default {
  rootDir: '..',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(hasServer ? WITHOUT_SERVER : [])],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/build.js',
  setupFiles: ['<rootDir>/test/support/property-seed.js'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  maxWorkers: 2,
  testTimeout: 60000,
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/core/**/*.ts', '!src/**/*.spec.ts'],
  coverageDirectory: 'coverage',
};
