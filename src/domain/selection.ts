import { isDeprovision, type Change, type ChangeKind } from './change';

/** Which changes of a shown plan an administrator means. */
export type PlanSelection =
  | { readonly kind: 'all' }
  /** Links alone: nothing is written to Atlassian. */
  | { readonly kind: 'links' }
  /** Everything that takes no access away. */
  | { readonly kind: 'additions' }
  /** Changes of these kinds, and of these people or groups; what is left out does not narrow. Ids are those of Keycloak. */
  | {
      readonly kind: 'part';
      readonly kinds?: readonly ChangeKind[];
      readonly users?: readonly string[];
      readonly groups?: readonly string[];
    };

/** The chosen changes, in the order of the plan. A part chooses no more than it names: what these need is not added. */
export function selectChanges(changes: readonly Change[], selection: PlanSelection): readonly Change[] {
  switch (selection.kind) {
    case 'all':
      return changes;
    case 'links':
      return changes.filter(({ kind }) => kind === 'adopt-account' || kind === 'adopt-group');
    case 'additions':
      return changes.filter((change) => !isDeprovision(change));
    case 'part':
      return selectPart(changes, selection);
  }
}

function selectPart(
  changes: readonly Change[],
  { kinds, users, groups }: Extract<PlanSelection, { readonly kind: 'part' }>,
): readonly Change[] {
  const people = new Set(users);
  const places = new Set(groups);
  const isNamed = (change: Change): boolean =>
    (users === undefined && groups === undefined) ||
    ('user' in change && people.has(change.user)) ||
    ('group' in change && places.has(change.group));
  return changes.filter((change) => (kinds?.includes(change.kind) ?? true) && isNamed(change));
}
