import base from '../jest.config.js';

/** The specs that need a browser on the machine; `npm test` needs none. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser.ts'],
  maxWorkers: 1,
};
