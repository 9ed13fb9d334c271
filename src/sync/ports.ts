/**
 * What the flow needs from the world. The flow owns these interfaces; adapters implement them.
 *
 * A *reading* is plain data that can be stored between two invocations: it goes on where it stopped.
 * A *fence* is the right of one invocation to write for a run; whoever comes later has a higher one and the older is refused.
 */
import type { Connector, ConnectorSettings, ProductAccess } from '../domain/connector';
import type { FederationNames } from '../domain/federation-name';
import type {
  AccountId,
  ConnectorId,
  DirectoryRef,
  GroupId,
  RunId,
  SourceGroupId,
  SourceUserId,
} from '../domain/identity';
import type { Profile } from '../domain/mapping';
import type { ConnectorMemory } from '../domain/memory';
import type { Progress, Run } from '../domain/run';
import type { DirectoryAccount, DirectorySnapshot, GroupMark, SourceSnapshot } from '../domain/snapshot';
import type { LinkStore } from './link-ports';
import type { EmailChange, ProfileOutcome, Refusal, WriteOutcome } from './write-outcome';

export type { EmailChange, LinkStore, ProfileOutcome, Refusal, WriteOutcome };

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
  /** What the person's own record shows; `undefined` when Keycloak does not know the person any more. */
  readState(user: SourceUserId): Promise<'enabled' | 'disabled' | undefined>;
}

export interface Invitation {
  /** At most 25 people with the same groups and access. */
  readonly emails: readonly string[];
  readonly groups: readonly GroupId[];
  readonly access: readonly ProductAccess[];
  readonly notify: boolean;
}

export interface InvitedAccount {
  readonly email: string;
  readonly accountId: AccountId;
}

export interface InvitationOutcome {
  readonly email: string;
  readonly account: { readonly kind: 'invited'; readonly accountId: AccountId } | Refusal;
  /** One for each group of the invitation; empty when the person was not invited. */
  readonly groups: readonly { readonly groupId: GroupId; readonly outcome: WriteOutcome }[];
}

/** The Atlassian side, for one invocation. Methods throw `DirectoryError` for what concerns the whole run. */
export interface Directory {
  readonly ref: DirectoryRef;
  read(
    reading: Reading<DirectorySnapshot> | undefined,
    report: (progress: Progress) => Promise<void>,
  ): Promise<Reading<DirectorySnapshot>>;
  /** Accounts of the whole organization that have one of these addresses, whether or not they are in the directory. */
  lookUp(emails: readonly string[]): Promise<readonly DirectoryAccount[]>;
  /**
   * Invites; `save` is awaited with every account id of an answer before anything else happens.
   * After a time-out it searches first and never invites an address twice.
   */
  invite(
    invitation: Invitation,
    save: (invited: readonly InvitedAccount[]) => Promise<void>,
  ): Promise<readonly InvitationOutcome[]>;
  /** Creates a group with our mark in its description. A group that exists already is refused (`exists`), unless it carries this very mark. */
  createGroup(name: string, mark: GroupMark): Promise<WriteOutcome>;
  /** Ids of groups by exact name (any case), waiting with patience for groups created a moment ago; missing ones are left out. */
  findGroups(names: readonly string[]): Promise<ReadonlyMap<string, GroupId>>;
  addMember(group: GroupId, account: AccountId): Promise<WriteOutcome>;
  removeMember(group: GroupId, account: AccountId): Promise<WriteOutcome>;
  suspend(account: AccountId): Promise<WriteOutcome>;
  restore(account: AccountId): Promise<WriteOutcome>;
  /** An account that was restored a moment ago, with patience until it shows as active; `undefined` when it does not. */
  readRestored(account: AccountId): Promise<DirectoryAccount | undefined>;
  removeAccount(account: AccountId): Promise<WriteOutcome>;
  /** Writes these attributes of a managed account, an empty text clears; asks first which of them may be written. */
  updateProfile(account: AccountId, profile: Profile): Promise<ProfileOutcome>;
  /** Changes the address of a managed account, if it is still the one before: the person is signed out everywhere. */
  updateEmail(account: AccountId, addresses: EmailChange): Promise<WriteOutcome>;
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
  /** Opens the source of a connector with the secret from secret storage. */
  openSource(connector: Connector, settings: ConnectorSettings, budget: Budget): Promise<Source>;
  hasDirectory(): Promise<boolean>;
  /** Opens the directory with the stored key; throws `DirectoryError` `not-configured` when there is none. */
  openDirectory(budget: Budget): Promise<Directory>;
}
