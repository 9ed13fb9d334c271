import type { ProductAccess } from '../domain/connector';
import type { AccountId, DirectoryRef, GroupId } from '../domain/identity';
import type { Profile } from '../domain/mapping';
import type { Progress } from '../domain/run';
import type { DirectoryAccount, DirectorySnapshot, GroupMark } from '../domain/snapshot';
import type { Reading } from './ports';
import type { EmailChange, ProfileOutcome, Refusal, WriteOutcome } from './write-outcome';

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
