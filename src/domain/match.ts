import type { AccountId, SourceUserId } from './identity';
import type { AccountLink } from './link';
import type { Candidate } from './plan';
import type { DirectoryAccount } from './snapshot';

/** Which account a person of the source has, or may get. Reasons are sentences. */
export type Match =
  | { readonly kind: 'linked'; readonly link: AccountLink; readonly account?: DirectoryAccount }
  | {
      readonly kind: 'adopt';
      readonly account: DirectoryAccount;
      readonly reason: string;
      /** The link of this person, who is gone, goes over to the one who is matched. */
      readonly relinks?: SourceUserId;
      /** The account is suspended, by this connector. */
      readonly suspendedAt?: number;
      /** The account belongs to another connector. */
      readonly guest?: true;
    }
  | { readonly kind: 'invite'; readonly reason: string }
  | {
      readonly kind: 'none';
      readonly operation: NoMatch;
      readonly reason: string;
      readonly account?: AccountId;
      readonly candidate?: Candidate;
    };

export type NoMatch = 'conflict' | 'protected' | 'blocked-by-hand' | 'filtered' | 'waiting';

/** No match, with the account that stands in the way. */
export function none(
  operation: NoMatch,
  reason: string,
  owner?: { readonly accountId: AccountId } | { readonly id: AccountId },
  candidate?: Candidate,
): Match {
  return {
    kind: 'none',
    operation,
    reason,
    ...(owner === undefined ? {} : { account: 'id' in owner ? owner.id : owner.accountId }),
    ...(candidate === undefined ? {} : { candidate }),
  };
}
