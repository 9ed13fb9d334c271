import type { ChangeKind } from '../../../../src/domain/change';
import type { PlanCounts } from '../../../../src/domain/plan';
import type { PlanSelection } from '../../../../src/domain/selection';
import type { Run } from '../../../../src/domain/run';
import { countOf } from '../moments';

export interface Stage {
  readonly title: string;
  readonly says: string;
  readonly selection: PlanSelection;
  readonly count: number;
  /** What it comes to, for example `12 accounts adopted`. */
  readonly counts: readonly string[];
}

const removals: readonly ChangeKind[] = ['remove-member', 'suspend', 'remove-account'];

/** The first full run in three steps. */
export function computeStages({ changes }: PlanCounts): readonly Stage[] {
  // A run of an older version has no count of kinds that came later: it is not above zero either.
  const tell = (words: readonly (readonly [ChangeKind, string, string?])[]) =>
    words.flatMap(([kind, one, many]) => (changes[kind] > 0 ? [countOf(changes[kind], one, many)] : []));
  const sum = (kinds: readonly ChangeKind[]) =>
    kinds.reduce((total, kind) => (changes[kind] > 0 ? total + changes[kind] : total), 0);
  return [
    {
      title: 'Link only',
      says: 'Writes nothing to Atlassian: existing accounts and groups are linked.',
      selection: { kind: 'links' },
      count: sum(['adopt-account', 'adopt-group']),
      counts: tell([
        ['adopt-account', 'account to link', 'accounts to link'],
        ['adopt-group', 'group to link', 'groups to link'],
      ]),
    },
    {
      title: 'Additions',
      says: 'Invites people, updates accounts, creates groups, adds memberships. Nobody loses anything.',
      selection: { kind: 'additions' },
      count: sum(['invite', 'restore', 'update-profile', 'update-email', 'create-group', 'add-member']),
      counts: tell([
        ['invite', 'person to invite', 'people to invite'],
        ['restore', 'account to reactivate', 'accounts to reactivate'],
        ['update-profile', 'profile to update', 'profiles to update'],
        ['update-email', 'e-mail address to change', 'e-mail addresses to change'],
        ['create-group', 'group to create', 'groups to create'],
        ['add-member', 'membership to add', 'memberships to add'],
      ]),
    },
    {
      title: 'Removals',
      says: 'Takes away what Keycloak no longer gives.',
      selection: { kind: 'part', kinds: removals },
      count: sum(removals),
      counts: tell([
        ['remove-member', 'membership to remove', 'memberships to remove'],
        ['suspend', 'account to deactivate', 'accounts to deactivate'],
        ['remove-account', 'account to remove', 'accounts to remove'],
      ]),
    },
  ];
}

/** The newest run that applied this step of a plan, if any. */
export function findStageRun<Known extends Pick<Run, 'startedAt' | 'approval'>>(
  { selection }: Stage,
  applied: readonly Known[],
): Known | undefined {
  const wanted = JSON.stringify(selection);
  return applied
    .filter(({ approval }) => JSON.stringify(approval?.selection ?? { kind: 'all' }) === wanted)
    .toSorted((left, right) => right.startedAt - left.startedAt)[0];
}
