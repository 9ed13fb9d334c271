import type { Connector, ConnectorSettings } from '../domain/connector';
import type { DirectoryRef } from '../domain/identity';
import { transitions, type Progress, type Run, type RunState } from '../domain/run';
import type { Budget, Directory, Fence, Source, World } from './ports';

/** What one phase of a run works with during one invocation. */
export interface Step {
  readonly world: World;
  readonly run: Run;
  readonly fence: Fence;
  readonly connector: Connector;
  readonly settings: ConnectorSettings;
  readonly budget: Budget;
  /** Shows progress, at most once in two seconds. */
  readonly report: (progress: Progress) => Promise<void>;
  /** Opened once an invocation. */
  readonly source: () => Promise<Source>;
  readonly directory: () => Promise<Directory>;
}

/** The record in its next state; a transition that the table in `domain/run` does not know is a bug. */
export function enter(run: Run, state: RunState, change: Partial<Run> = {}): Run {
  if (run.state !== state && !transitions[run.state].includes(state)) {
    throw new Error(`a run cannot go from ${run.state} to ${state}`);
  }
  return { ...run, ...change, state };
}

/** Names of what a run keeps beside its record. */
export const work = {
  sourceReading: 'source-reading',
  source: 'source',
  directoryReading: 'directory-reading',
  directory: 'directory',
  plan: 'plan',
  /** Changes that this run may still make: approved by an administrator, or left over from an interrupted apply. */
  approved: 'approved',
  cleared: 'cleared',
  /** Own groups of the people who would lose something, as far as Keycloak was asked. */
  ownGroups: 'own-groups',
  /** States of the disabled people who would lose something, as far as Keycloak was asked. */
  ownStates: 'own-states',
  batches: 'batches',
  /** Changes whose end nobody saw: they may have been done. */
  interrupted: 'interrupted',
  /** Addresses of invitations that may have been sent without an answer. */
  inviting: 'inviting',
  /** What the run itself did of its plan, for an undo; kept like the plan. */
  done: 'done',
  outcomes: (batch: number) => `outcomes-${batch}`,
  report: (part: number) => `report-${part}`,
  survey: 'survey',
  explanation: 'explanation',
  /** That the plan of the saved settings was begun, for comparison. */
  comparing: 'comparing',
} as const;

/** One run at a time for a connector, and one writing run at a time for a directory. */
export const connectorSlot = (connector: string): string => `slot:${connector}`;
export const directoryLease = (ref: DirectoryRef): string => `lease:${ref.orgId}:${ref.directoryId}`;
