export type ProbeState = 'passed' | 'warning' | 'failed' | 'skipped';

/** One line of a connection test: what was tried and what was found. */
export interface Probe {
  readonly id: string;
  /** For example "Client accepted". */
  readonly title: string;
  readonly state: ProbeState;
  /** What was found and, when it failed, what to do next. */
  readonly message: string;
}
