import type { AccountId, GroupId, SourceGroupId, SourceUserId } from './identity';
import type { Change, ChangeKind } from './change';
import type { PersonOperation } from './plan';
import type { AccountStatus } from './snapshot';

/** The answer of *Explain a user*. Plain data; every sentence is for people. */
export type Explanation = ExplanationHead &
  (
    | { readonly kind: 'nobody'; readonly message: string }
    | { readonly kind: 'several'; readonly choices: readonly PersonChoice[] }
    | { readonly kind: 'person'; readonly person: ExplainedPerson }
  );

export interface ExplanationHead {
  /** What was looked for. */
  readonly asked: string;
  /** Epoch milliseconds of the reading of Keycloak. */
  readonly readAt: number;
  /** How many people Keycloak has. */
  readonly peopleRead: number;
}

/** Somebody whom the search found. */
export interface PersonChoice {
  readonly user: SourceUserId;
  readonly name: string;
  /** Absent for a person who is gone from Keycloak. */
  readonly username?: string;
  readonly email?: string;
  /** `gone`: known by a link alone. */
  readonly state: 'enabled' | 'disabled' | 'gone';
}

export interface ExplainedPerson extends PersonChoice {
  /** The operation of the person's row in the plan; `not-concerned`: neither in scope nor linked, so without a row. */
  readonly operation: PersonOperation | 'not-concerned';
  readonly reason: string;
  readonly notes: readonly string[];
  /** As in the person's row. */
  readonly guest?: true;
  readonly steps: readonly ExplainStep[];
  /** The person's changes, as the plan has them. */
  readonly changes: readonly Change[];
  /** Groups that the plan creates or links and that these changes need. */
  readonly needs: readonly Change[];
}

/** How a step went: `passed` leads on, `attention` leads on with a word of warning, `stopped` is why nothing more happens. */
export type StepMark = 'passed' | 'attention' | 'stopped' | 'idle';

interface StepHead {
  readonly mark: StepMark;
  readonly sentence: string;
}

/** The way of a person through a plan, in this order. */
export type ExplainStep =
  | (StepHead & { readonly kind: 'found'; readonly facts: readonly Fact[] })
  | (StepHead & { readonly kind: 'scope'; readonly through: readonly ScopeGroup[] })
  | (StepHead & { readonly kind: 'match'; readonly account?: ExplainedAccount })
  | (StepHead & { readonly kind: 'mapping'; readonly attributes: readonly MappedAttribute[] })
  | (StepHead & {
      readonly kind: 'groups';
      readonly groups: readonly ExplainedGroup[];
      /** How many other groups the account is in that this connector does not fill. */
      readonly others: number;
    })
  | (StepHead & { readonly kind: 'changes'; readonly changes: readonly ExplainedChange[] })
  | (StepHead & { readonly kind: 'guards'; readonly guards: readonly ExplainedGuard[] });

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A membership that puts the person in scope. */
export interface ScopeGroup {
  readonly path: string;
  /** The required group above it; absent when it is a required one itself. */
  readonly below?: string;
}

export interface ExplainedAccount {
  readonly id: AccountId;
  readonly name?: string;
  readonly email?: string;
  /** Absent when Atlassian does not show the account. */
  readonly status?: AccountStatus;
  readonly link?: { readonly origin: 'invited' | 'adopted'; readonly at: number };
}

/** One attribute: Keycloak's values, what they are mapped to, and what Atlassian has now. */
export interface MappedAttribute {
  readonly attribute: string;
  readonly from: readonly Fact[];
  /** Absent when the mapping gives nothing. */
  readonly to?: string;
  readonly now?: string;
}

export interface ExplainedGroup {
  readonly group: SourceGroupId;
  /** Keycloak's path; absent for a group that is gone from Keycloak. */
  readonly path?: string;
  /** The Atlassian group that it fills. */
  readonly target?: { readonly name: string; readonly groupId?: GroupId; readonly isNew: boolean };
  readonly membership: 'added' | 'kept' | 'removed' | 'not-synced' | 'unchanged';
  readonly sentence: string;
}

export interface ExplainedChange {
  readonly kind: ChangeKind;
  readonly text: string;
  readonly reason: string;
}

/** A limit that the plan of everybody goes over. */
export interface ExplainedGuard {
  readonly guard: string;
  readonly message: string;
  /** Whether this person is among what it counts. */
  readonly counts: boolean;
}
