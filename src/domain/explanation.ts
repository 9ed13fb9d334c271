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
  | (StepHead & {
      readonly kind: 'scope';
      readonly through: readonly ScopeGroup[];
      /** Where all required groups are needed: the paths and rules that the person is in no group of. */
      readonly lacking?: readonly string[];
    })
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

/** A membership that puts the person in scope, or out of it. */
export interface ScopeGroup {
  readonly path: string;
  /** The chosen group above it; absent when it is a chosen one itself. */
  readonly below?: string;
  /** The rule that names the group; absent when it was picked. */
  readonly rule?: string;
  /** It is an excepted group, or lies below one. */
  readonly excludes?: true;
}

export interface ExplainedAccount {
  readonly id: AccountId;
  readonly name?: string;
  readonly email?: string;
  /** Absent when Atlassian does not show the account. */
  readonly status?: AccountStatus;
  readonly link?: { readonly origin: 'invited' | 'adopted'; readonly at: number };
}

/** One row of the mapping: Keycloak's values, what becomes of them step by step, and what Atlassian has now. */
export interface MappedAttribute {
  readonly attribute: string;
  readonly from: readonly Fact[];
  /** What the row begins with; absent where no value is there. */
  readonly before?: string;
  readonly steps: readonly TransformationStep[];
  /** Why the row gives nothing, or passes on to another row; a sentence. */
  readonly sentence?: string;
  /** Absent when the row gives nothing. */
  readonly to?: string;
  readonly now?: string;
}

/** A transformation in words, with what it gives; absent where nothing of what it looks for was there. */
export interface TransformationStep {
  readonly transformation: string;
  readonly after?: string;
}

export interface ExplainedGroup {
  readonly group: SourceGroupId;
  /** Keycloak's path; absent for a group that is gone from Keycloak, or that is always assigned. */
  readonly path?: string;
  readonly assigned?: true;
  /** The Atlassian group that it fills. */
  readonly target?: { readonly name: string; readonly groupId?: GroupId; readonly isNew: boolean };
  readonly membership: 'added' | 'kept' | 'removed' | 'not-synced' | 'unchanged';
  readonly sentence: string;
  /** The rule or choice of the settings that includes the group or leaves it out; absent where all groups are synced. */
  readonly because?: string;
  /** How the settings name the group in Atlassian; absent where it keeps its name. A linked group keeps the name that it has. */
  readonly naming?: { readonly before: string; readonly steps: readonly TransformationStep[]; readonly after: string };
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
