import * as v from 'valibot';
import type { AccountId, GroupId } from '../../domain/identity';
import type { DirectoryAccount } from '../../domain/snapshot';
import type { DirectoryCounts } from '../../domain/completeness';
import type { GroupAnswer } from './answers';
import type { Grants } from './group';
import type { Position } from './page';

/** What is read, in this order. */
export type Phase =
  | 'counts'
  | 'accounts'
  | 'groups'
  | 'administration'
  | 'roles'
  | 'cut-memberships'
  | 'elsewhere'
  | 'states'
  | 'recount';

/** What one step did to the reading. */
export type StepResult = 'more' | 'next-phase' | 'lost';

/** A reading between two invocations: plain JSON, changed in place while it is worked on. */
export interface ReadingState {
  readonly version: 1;
  /** 1 to 3. */
  attempt: number;
  /** Why earlier attempts were not complete. */
  reasons: readonly string[];
  phase: Phase;
  position?: Position | undefined;
  before: DirectoryCounts;
  after: DirectoryCounts;
  /** Other directories of the organization that the key may manage. */
  otherDirectories: readonly string[];
  accounts: DirectoryAccount[];
  groups: GroupAnswer[];
  grants: Record<GroupId, Grants>;
  /** Groups found by their administrative roles. */
  administration: GroupId[];
  pendingGroups: GroupId[];
  pendingAccounts: AccountId[];
}

export const maximumAttempts = 3;

export function startReading(attempt: number, reasons: readonly string[]): ReadingState {
  return {
    version: 1,
    attempt,
    reasons,
    phase: 'counts',
    before: { accounts: 0, groups: 0 },
    after: { accounts: 0, groups: 0 },
    otherDirectories: [],
    accounts: [],
    groups: [],
    grants: {},
    administration: [],
    pendingGroups: [],
    pendingAccounts: [],
  };
}

const ownSchema = v.looseObject({ version: v.literal(1), phase: v.string(), accounts: v.array(v.unknown()) });

/** A stored reading; `undefined` for one that another version of the app began: it is begun again. */
export function parseReading(state: unknown): ReadingState | undefined {
  // The version says who wrote it: this file, by the type above.
  return v.is(ownSchema, state) ? structuredClone(state as unknown as ReadingState) : undefined;
}
