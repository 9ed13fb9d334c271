interface FileResults {
  readonly displayName?: { readonly name: string };
  readonly numPassingTests: number;
  readonly numFailingTests: number;
  readonly testExecError?: unknown;
}

interface RunResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly FileResults[];
}

/** The last lines of a test run; the last of all is `N passed, N failed`. */
export declare function closingLines(
  results: RunResults,
  programs: readonly string[],
  nodeVersion: string,
): readonly string[];
