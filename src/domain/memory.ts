import type { LastWritten } from './another-writer';
import type { AccountId, GroupId, RunId, SourceGroupId } from './identity';
import type { Profile } from './mapping';

/** A confirmed write of the last minutes, laid over a directory that is slow to show it. */
export interface RecentWrite {
  readonly at: number;
  readonly kind:
    | 'invited'
    | 'member-added'
    | 'member-removed'
    | 'suspended'
    | 'restored'
    | 'removed'
    | 'group-created'
    | 'profile-updated'
    | 'email-updated';
  readonly accountId?: AccountId;
  readonly groupId?: GroupId;
  readonly email?: string;
  /** Of a created group. */
  readonly name?: string;
  /** What a profile says now, of the attributes that were written. */
  readonly fields?: Profile;
}

/** Accounts that one run deprovisioned, for the limit over seven days. */
export interface Deprovisioned {
  readonly at: number;
  /** A run that is cut off while it ends tells it a second time; it counts once. */
  readonly run?: RunId;
  readonly accounts: number;
}

/** What a connector remembers between runs, beside its links. */
export interface ConnectorMemory {
  /** Fingerprint of scope, matching, mapping and group rules of the last accepted full run; absent before the first. */
  readonly acceptedRules?: string;
  /** Issuer of the last accepted full run: from another one nothing is taken without approval. */
  readonly acceptedIssuer?: string;
  /** Groups that were *exact* when a run of them was accepted whole; strangers leave others only with an approval. */
  readonly acceptedExact?: readonly SourceGroupId[];
  readonly deprovisioned: readonly Deprovisioned[];
  readonly recent: readonly RecentWrite[];
  /** To notice another writer. */
  readonly lastWritten?: LastWritten;
}
