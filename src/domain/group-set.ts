import type { SourceGroupId } from './identity';

/** A test of one Keycloak group. Expressions are RE2, unanchored; case counts. */
export interface GroupRule {
  readonly of: 'name' | 'path';
  readonly test: 'exact' | 'prefix' | 'regex';
  readonly text: string;
}

/** Keycloak groups chosen by id or by rule: what either names. */
export interface GroupSet {
  readonly groupIds: readonly SourceGroupId[];
  readonly rules: readonly GroupRule[];
}

export const noGroups: GroupSet = { groupIds: [], rules: [] };
