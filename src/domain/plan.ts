import type { Change } from './change';
import type { AccountId, GroupId, SourceGroupId, SourceUserId } from './identity';
import type { Returning } from './returning';
import type { ProductSeats } from './seats';
import type { Removals } from './snapshot';

/** What a run means for one person; each person in scope and each linked person has exactly one. */
export type PersonOperation =
  | 'added' // invited
  | 'adopted' // an existing account is linked
  | 'updated' // memberships change
  | 'reactivated'
  | 'deactivated'
  | 'removed'
  | 'leaving' // gone or out of scope, and keeps everything until the grace period is over
  | 'not-modified'
  | 'filtered' // not in scope, or not to be created
  | 'frozen' // linked, but the wish cannot be computed: nothing changes
  | 'waiting' // invited, not visible in the directory yet
  | 'blocked-by-hand' // somebody else suspended or removed the account
  | 'conflict' // must be confirmed by an administrator: nothing changes
  | 'protected'
  | 'held-back'; // would be deprovisioned, but removals are withheld, an outage is suspected, or cleanup keeps it

export interface PersonRow {
  readonly user: SourceUserId;
  readonly accountId?: AccountId;
  readonly name: string;
  readonly email?: string;
  readonly operation: PersonOperation;
  /** One sentence: why. */
  readonly reason: string;
  /** Things the directory cannot set, or that an administrator should know; sentences. */
  readonly notes: readonly string[];
  /** Indexes into `Plan.changes`. */
  readonly changes: readonly number[];
  /** The linked account is another connector's, or nobody's any more: an administrator may hand it over to this one. */
  readonly guest?: true;
  /** On a conflict that an administrator may confirm: the account that is probably this person's. */
  readonly candidate?: Candidate;
}

/** An account that fits a person, but is not proven to be theirs. */
export interface Candidate {
  readonly accountId: AccountId;
  readonly name: string;
  readonly email?: string;
  readonly why: 'unproven-email' | 'relink';
  /** Whether everything that both sides say about the person agrees. */
  readonly agrees: boolean;
}

export type GroupOperation =
  'created' | 'adopted' | 'updated' | 'not-modified' | 'filtered' | 'conflict' | 'orphaned' | 'protected';

export interface GroupRow {
  readonly group: SourceGroupId;
  readonly groupId?: GroupId;
  readonly name: string;
  readonly path: string;
  readonly operation: GroupOperation;
  readonly reason: string;
  readonly notes: readonly string[];
  readonly grantsAccess: readonly string[];
  /** Everybody is put into it, and no group of Keycloak fills it. */
  readonly assigned?: true;
  readonly added: number;
  readonly removed: number;
}

export interface PlanCounts {
  readonly people: Readonly<Record<PersonOperation, number>>;
  readonly groups: Readonly<Record<GroupOperation, number>>;
  readonly changes: Readonly<Record<Change['kind'], number>>;
}

/** The ordered changes that turn the directory into the desired state. Plain data; nothing in it is a wish to be computed later. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly people: readonly PersonRow[];
  readonly groups: readonly GroupRow[];
  readonly counts: PlanCounts;
  /** Whether something was left out because a read was not beyond doubt, with reasons. */
  readonly removals: Removals;
  /** Sentences about the whole run: outages, unreadable federations, groups that wait for a click. */
  readonly notes: readonly string[];
  /** What the guards measure shares against. */
  readonly base: PlanBase;
}

/** Sizes before the plan, of what is managed and active by any connector of the directory. */
export interface PlanBase {
  /** The issuer that the links were made for, where another one was read. */
  readonly linkedIssuer?: string;
  readonly accounts: number;
  readonly memberships: number;
  /** Active members of each linked group in the directory, linked or not, by Keycloak group id. */
  readonly groupMembers: Readonly<Record<string, number>>;
  /** Accounts that lose their last group with product access by the plan. */
  readonly losingAccess: readonly AccountId[];
  /** Accounts that gain and lose each product by the plan. */
  readonly seats: readonly ProductSeats[];
  /** Indexes of changes that touch a protected account or group; anything but none is a fault of the planner. */
  readonly protectedChanges: readonly number[];
  /** How much is left out because a read is in doubt: people and memberships. */
  readonly inDoubt: number;
  /** Absent where nobody comes back by a wish of Keycloak's: in an undo. */
  readonly returning?: Returning;
}

/** A limit that the plan goes over, with a sentence for the administrator. */
export interface Violation {
  readonly guard: string;
  readonly found: number;
  readonly limit: number;
  readonly message: string;
}

// A plan cannot be applied before the guards have seen it: only `guards.ts` and `approval.ts` make these two.
declare const guarded: unique symbol;
declare const cleared: unique symbol;

export interface GuardedPlan {
  readonly [guarded]: true;
  readonly plan: Plan;
  readonly violations: readonly Violation[];
}

/** What may be applied: within all limits, or inside what an administrator approved. */
export interface ClearedPlan {
  readonly [cleared]: true;
  readonly changes: readonly Change[];
  /** Changes of the approved plan that are no longer needed, and new ones that nobody approved; by `changeKey`. */
  readonly skipped: { readonly noLongerNeeded: readonly Change[]; readonly notApproved: readonly Change[] };
}
