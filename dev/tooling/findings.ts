/** What a check has to say about the project. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface ExpectedWarning {
  readonly message: RegExp;
  readonly reason: string;
}

/** The only warnings that the checks let pass. Everything else fails them. */
export const expectedWarnings: readonly ExpectedWarning[] = [];

/** The findings that fail a check: every error, and every warning that is not expected. */
export function unexpected(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    ({ level, message }) => level === 'error' || !expectedWarnings.some((expected) => expected.message.test(message)),
  );
}

/** Prints the findings and sets the exit code of this command. */
export function reportFindings(check: string, findings: readonly Finding[]): void {
  const failing = unexpected(findings);
  for (const finding of findings) {
    const level = failing.includes(finding) ? finding.level : 'expected warning';
    console.log(`${finding.file}:${finding.line} ${level}: ${finding.message}`);
  }
  console.log(failing.length === 0 ? `${check}: nothing unexpected` : `${check}: ${failing.length} to mend`);
  if (failing.length > 0) process.exitCode = 1;
}
