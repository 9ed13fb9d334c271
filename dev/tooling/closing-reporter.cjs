'use strict';
// The last lines of a test run: what ran, on what, and the counts. Plain JavaScript: Jest loads it as it is.
const fs = require('node:fs');
const path = require('node:path');

const ran = path.join(path.dirname(path.dirname(__dirname)), '.cache', 'ran.txt');

function readRan(file) {
  return fs.existsSync(file) ? [...new Set(fs.readFileSync(file, 'utf8').split('\n').filter(Boolean))].sort() : [];
}

/** The closing lines for Jest's own results. A suite that could not be loaded counts as one failure. */
function closingLines(results, programs, nodeVersion) {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  const suites = new Map();
  for (const { displayName, numPassingTests, numFailingTests, testExecError } of results.testResults) {
    const name = displayName?.name ?? 'tests';
    const counts = suites.get(name) ?? { files: 0, passed: 0, failed: 0 };
    counts.files += 1;
    counts.passed += numPassingTests;
    counts.failed += numFailingTests + (testExecError ? 1 : 0);
    suites.set(name, counts);
  }
  return [
    ...[...suites].map(([name, { files, ...counts }]) => {
      const failures = counts.failed > 0 ? `, ${counts.failed} failed` : '';
      return `${name}: ${counts.passed} tests passed${failures} (files: ${files})`;
    }),
    `ran on: ${[`Node ${nodeVersion}`, ...programs].join(', ')}`,
    ...['Keycloak', 'Chromium']
      .filter((program) => !programs.some((line) => line.startsWith(program)))
      .map((program) => `not started: ${program}`),
    `${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`,
  ];
}

module.exports = class ClosingReporter {
  onRunStart() {
    fs.rmSync(ran, { force: true });
  }

  onRunComplete(_contexts, results) {
    const lines = closingLines(results, readRan(ran), process.versions.node);
    // Jest's own summary comes after every reporter; these are the last lines of all.
    process.once('exit', () => console.log(`\n${lines.join('\n')}`));
  }
};

module.exports.closingLines = closingLines;
