// One configuration, three projects: fast tests, tests on a real Keycloak server, tests in a real browser.
const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.tsx?$': ['ts-jest', { diagnostics: false, tsconfig: 'tsconfig.check.json' }] },
  modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/static/.*/dist/'],
};

// One real Keycloak for all test files of a run, whichever of these projects they belong to.
const realServer = {
  globalSetup: '<rootDir>/test/integration/setup.ts',
  globalTeardown: '<rootDir>/test/integration/teardown.ts',
};

module.exports = {
  reporters: ['default', '<rootDir>/dev/tooling/closing-reporter.cjs'],
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/test/integration/', '/test/browser/', '/test/tooling/'],
    },
    { ...base, displayName: 'tooling', testMatch: ['<rootDir>/test/tooling/**/*.test.ts'] },
    {
      ...base,
      displayName: 'integration',
      ...realServer,
      testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
    },
    { ...base, displayName: 'browser', ...realServer, testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
  ],
};
