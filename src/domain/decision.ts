import type { Change } from './change';
import type { ConnectorSettings } from './connector';
import type { Doubts, Federated } from './doubts';
import type { EmailTurns } from './email-turns';
import type { Foreign } from './foreign';
import type { AccountId, GroupId, SourceGroupId, SourceUserId } from './identity';
import type { AccountLink } from './link';
import type { PersonOperation } from './plan';
import type { SourceUser } from './snapshot';

/** What a plan means for one person, before memberships are worked out. */
export interface Decision {
  readonly accountId?: AccountId;
  readonly operation: PersonOperation;
  readonly reason: string;
  readonly notes: readonly string[];
  /** Changes of the account itself. */
  readonly changes: readonly Change[];
  readonly memberships: Memberships;
  /** Held back because a read is in doubt, not because a setting says so. */
  readonly inDoubt: boolean;
  /** As in `PersonRow`. */
  readonly guest?: true;
}

export type Memberships =
  | { readonly kind: 'untouched' }
  /** Brought in line with the wanted groups; `listed` is what the directory shows. */
  | { readonly kind: 'align'; readonly wanted: readonly SourceGroupId[]; readonly listed: readonly GroupId[] }
  /** Taken out of every group that this connector fills and may empty. */
  | { readonly kind: 'leave'; readonly listed: readonly GroupId[] };

export interface PersonContext {
  readonly user: SourceUserId;
  readonly settings: ConnectorSettings;
  readonly doubts: Doubts;
  readonly federations: Federated;
  readonly foreign: Foreign;
  /** Whether the directory's list was complete. */
  readonly directoryComplete: boolean;
  /** Absent for somebody who is gone from the source. */
  readonly person?: SourceUser;
  /** Who else has or claims an address that the linked account shall get, as a sentence about both. */
  readonly describeTaken: (link: AccountLink, email: string) => string | undefined;
  readonly mayChangeEmail: EmailTurns;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function decide(
  operation: PersonOperation,
  reason: string,
  more: Partial<Omit<Decision, 'operation' | 'reason'>> = {},
): Decision {
  return { notes: [], changes: [], memberships: { kind: 'untouched' }, inDoubt: false, ...more, operation, reason };
}
