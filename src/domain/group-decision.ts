import type { GroupMode } from './group-mode';
import type { SourceGroupId } from './identity';
import type { DirectoryGroup } from './snapshot';
import { describeUnseen } from './text-rules/invisible';

/**
 * Longer names are refused before they are sent; Atlassian states no maximum (facts/atlassian.md section 12). Counted in units of
 * UTF-16, with the prefix: an emoji counts as two or more, so that no count by characters is exceeded.
 */
export const longestName = 255;

/** Where the people of one Keycloak group go. Reasons are sentences. */
export type GroupDecision =
  /** Linked, or linked by this plan: memberships are synced. */
  | {
      readonly kind: 'target';
      readonly operation: 'not-modified' | 'adopted';
      readonly target: GroupTarget;
      readonly reason: string;
      readonly notes: readonly string[];
    }
  /** Created as soon as somebody needs it. */
  | { readonly kind: 'create'; readonly target: GroupTarget; readonly reason: string }
  | {
      readonly kind: 'none';
      readonly operation: 'filtered' | 'conflict' | 'orphaned' | 'protected';
      readonly name: string;
      readonly reason: string;
      readonly existing?: DirectoryGroup;
    };

export interface GroupTarget {
  readonly group: SourceGroupId;
  readonly name: string;
  /** Absent until the group is created. */
  readonly existing?: DirectoryGroup;
  readonly mode: GroupMode;
  /** Nobody is ever removed from it, whatever the mode. */
  readonly keeps?: true;
  readonly origin: 'created' | 'adopted';
}

/**
 * Why no group can be called so, a sentence; `undefined` where one can. Of two names that look alike because of a character that
 * nobody sees, only the plain one is taken.
 */
export function describeInvalidName(name: string): string | undefined {
  if (name.trim() === '') return 'The name that the group would get is empty.';
  if (name.trim().length > longestName)
    return `The name that the group would get is longer than ${longestName} characters.`;
  const unseen = describeUnseen(name);
  return unseen && `The name that the group would get holds ${unseen}: rename the group in Keycloak.`;
}

/** No target, with the Atlassian group that stands in the way. */
export function noGroup(
  operation: 'filtered' | 'conflict' | 'orphaned' | 'protected',
  name: string,
  reason: string,
  existing?: DirectoryGroup,
): GroupDecision {
  return { kind: 'none', operation, name, reason, ...(existing === undefined ? {} : { existing }) };
}
