/**
 * What the flow needs from the world. The flow owns these interfaces; adapters implement them.
 *
 * A *reading* is plain data that can be stored between two invocations: it goes on where it stopped.
 * A *fence* is the right of one invocation to write for a run; whoever comes later has a higher one and the older is refused.
 */
import type { Connector, ConnectorSettings } from '../domain/connector';
import type { FederationNames } from '../domain/federation-name';
import type { ConnectorId, RunId, SourceGroupId, SourceUserId } from '../domain/identity';
import type { ConnectorMemory } from '../domain/memory';
import type { Progress, Run } from '../domain/run';
import type { MembershipExtent, SourceSnapshot } from '../domain/snapshot';
import type { SeenAttribute } from '../domain/survey';
import type { Directory } from './directory-port';
import type { LinkStore } from './link-ports';

export type { LinkStore };
export type { Directory, Invitation, InvitationOutcome, InvitedAccount } from './directory-port';
export type { EmailChange, ProfileOutcome, Refusal, WriteOutcome } from './write-outcome';

/** What is left of an invocation: outbound calls and time. Readings stop by themselves when little is left. */
export interface Budget {
  callsLeft(): number;
  /** Milliseconds. */
  timeLeft(): number;
  /** Counts one call; throws `OutOfBudget` when none is left. */
  spend(): void;
}

/** Thrown by `Budget.spend`: the step ends at its last checkpoint and goes on in another invocation. */
export class OutOfBudget extends Error {
  override readonly name = 'OutOfBudget';
}

export type Reading<Snapshot> =
  /** `state` is plain JSON that only the adapter understands. */
  | { readonly kind: 'reading'; readonly state: unknown; readonly progress: Progress }
  | { readonly kind: 'read'; readonly snapshot: Snapshot };

/** The Keycloak side of a connector, for one invocation. Methods throw `SourceError`. */
export interface Source {
  /**
   * Goes on with `reading` (or starts) until it ends or the budget is nearly used.
   * `report` is called now and then with what has been read so far.
   */
  read(
    reading: Reading<SourceSnapshot> | undefined,
    report: (progress: Progress) => Promise<void>,
  ): Promise<Reading<SourceSnapshot>>;
  /** Whether single reads say twice that the user does not exist. Two calls for each user. */
  confirmAbsent(user: SourceUserId): Promise<boolean>;
  /** The groups that the person's own record names, in any order; `undefined` when Keycloak does not know the person any more. */
  readGroupsOf(user: SourceUserId): Promise<readonly SourceGroupId[] | undefined>;
  /** Names of user federations by id, as far as the client may read them. One call; never throws. */
  readFederationNames(): Promise<FederationNames>;
  /** Custom attributes of people that the realm declares or that some people have. Two calls; never throws. */
  readAttributes(): Promise<readonly SeenAttribute[]>;
  /** What the person's own record shows; `undefined` when Keycloak does not know the person any more. */
  readState(user: SourceUserId): Promise<'enabled' | 'disabled' | undefined>;
}

/** The right to write for a run: as long as run and lease still have these fences. */
export interface Fence {
  readonly runId: RunId;
  readonly runFence: number;
  readonly lease?: Lease;
}

/** A step that one invocation may work on. */
export interface Claim {
  readonly run: Run;
  readonly fence: Fence;
  /** The invocation before this one never gave the step back: it was killed, or it still hangs. */
  readonly stale: boolean;
}

export interface RunStore {
  /** Keeps the record with the settings that this run works with. Creating it twice is as good as once. */
  create(run: Run, settings: ConnectorSettings): Promise<void>;
  load(id: RunId): Promise<Run | undefined>;
  loadSettings(id: RunId): Promise<ConnectorSettings | undefined>;
  /** Newest first, without surveys. */
  list(limit: number, connector?: ConnectorId): Promise<readonly Run[]>;
  /** Runs that have not ended, held ones included. */
  listOpen(): Promise<readonly Run[]>;
  /** Of several contenders one gets the step; `undefined` when somebody works on it, or it has passed, or the run rests. */
  claim(id: RunId, step: number, now: number, until: number): Promise<Claim | undefined>;
  /** Saves the record while run and lease still have these fences; throws `FenceLost` otherwise. */
  save(run: Run, fence: Fence): Promise<void>;
  /** Remembers a wish to cancel, whoever works on the run. */
  requestCancel(id: RunId, by: string): Promise<void>;
  cancelRequested(id: RunId): Promise<string | undefined>;
  /** Shows progress and life beside the record: no condition, no step, and no error when storage fails. */
  beat(id: RunId, now: number, progress: Progress): Promise<void>;
}

/** Large plain data of a run (readings, snapshots, plans, report parts), compressed and cut to the storage's sizes. */
export interface WorkStore {
  save(name: string, value: unknown, fence: Fence): Promise<void>;
  /** The type is the caller's promise: it names what the same version of the app saved under this name. */
  load<Value>(run: RunId, name: string): Promise<Value | undefined>;
  /** Forgets these, whether or not they are there. */
  delete(run: RunId, names: readonly string[]): Promise<void>;
}

export interface MemoryStore {
  load(connector: ConnectorId): Promise<ConnectorMemory>;
  save(connector: ConnectorId, memory: ConnectorMemory, fence: Fence): Promise<void>;
  /** The last start that the schedule asked for. */
  loadScheduledStart(connector: ConnectorId): Promise<ScheduledStart | undefined>;
  /** Puts a new start in the place of `before`; `false` when another trigger was first. */
  claimScheduledStart(
    connector: ConnectorId,
    before: ScheduledStart | undefined,
    start: ScheduledStart,
  ): Promise<boolean>;
}

/** A start by the schedule, with the run that was chosen for it: whoever is cut off behind the claim leaves a name to go on with. */
export interface ScheduledStart {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly runId: RunId;
}

export interface Lease {
  readonly key: string;
  readonly holder: RunId;
  readonly fence: number;
  readonly until: number;
}

export interface LeaseStore {
  load(key: string): Promise<Lease | undefined>;
  /** Takes or renews; `undefined` while another run has it. `renewed`: nobody else had it since. */
  take(
    key: string,
    run: RunId,
    now: number,
    until: number,
  ): Promise<{ readonly lease: Lease; readonly renewed: boolean } | undefined>;
  /** Gives it back, if the run still has it. */
  release(key: string, run: RunId): Promise<void>;
}

export interface StepEvent {
  readonly runId: RunId;
  readonly step: number;
}

export interface Queue {
  /** At least once, in any order, after at least `delaySeconds`. */
  push(event: StepEvent, delaySeconds?: number): Promise<void>;
}

export interface ConnectorStore {
  list(): Promise<readonly Connector[]>;
  load(id: ConnectorId): Promise<Connector | undefined>;
  /** Replaces the revision before; `false` when somebody else saved meanwhile. */
  save(connector: Connector): Promise<boolean>;
}

export interface Log {
  /** Words and numbers without personal data. */
  info(message: string, data?: Readonly<Record<string, string | number | boolean>>): void;
  error(message: string, data?: Readonly<Record<string, string | number | boolean>>): void;
}

/** Everything a step of a run works with; made anew for each invocation. */
export interface World {
  readonly now: () => number;
  readonly newId: () => string;
  readonly runs: RunStore;
  readonly work: WorkStore;
  readonly links: LinkStore;
  readonly memory: MemoryStore;
  readonly leases: LeaseStore;
  readonly queue: Queue;
  readonly connectors: ConnectorStore;
  readonly log: Log;
  /** Opens the source of a connector with the secret from secret storage; `extent`: whose memberships its reading brings. */
  openSource(
    connector: Connector,
    settings: ConnectorSettings,
    budget: Budget,
    extent: MembershipExtent,
  ): Promise<Source>;
  hasDirectory(): Promise<boolean>;
  /** Opens the directory with the stored key; throws `DirectoryError` `not-configured` when there is none. */
  openDirectory(budget: Budget): Promise<Directory>;
}
