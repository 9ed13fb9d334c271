import { closingLines } from '../../dev/tooling/closing-reporter.cjs';

const unit = { displayName: { name: 'unit' }, numPassingTests: 3, numFailingTests: 0 };
const browser = { displayName: { name: 'browser' }, numPassingTests: 1, numFailingTests: 1 };
const unloadable = { displayName: { name: 'browser' }, numPassingTests: 0, numFailingTests: 0, testExecError: {} };
const none = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('the closing lines of a test run', () => {
  it('name the suites, the programs that ran, and the counts', () => {
    const results = { ...none, numPassedTests: 3, testResults: [unit] };
    expect(closingLines(results, ['Chromium 140.0', 'Keycloak 26.7.3'], '24.1.0')).toEqual([
      'unit: 3 tests passed (files: 1)',
      'ran on: Node 24.1.0, Chromium 140.0, Keycloak 26.7.3',
      '3 passed, 0 failed',
    ]);
  });

  it('count a suite that could not be loaded as a failure', () => {
    const results = {
      ...none,
      numPassedTests: 4,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 1,
      testResults: [unit, browser, unloadable],
    };
    expect(closingLines(results, [], '24.1.0')).toEqual([
      'unit: 3 tests passed (files: 1)',
      'browser: 1 tests passed, 2 failed (files: 2)',
      'ran on: Node 24.1.0',
      'not started: Keycloak',
      'not started: Chromium',
      '4 passed, 2 failed',
    ]);
  });

  it('tell what was skipped', () => {
    const results = { ...none, numPassedTests: 3, numPendingTests: 1, numTodoTests: 1, testResults: [unit] };
    expect(closingLines(results, [], '24.1.0').at(-1)).toBe('3 passed, 0 failed, 2 skipped');
  });
});
