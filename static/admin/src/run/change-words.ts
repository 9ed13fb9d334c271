import type { ChangeKind } from '../../../../src/domain/change';
import { countOf, formatCount } from '../moments';
import type { ChosenPart } from './choice';
import type { LossCounts } from './losses';

/** Each kind of change as an administrator chooses it. */
export const kindWords: Readonly<Record<ChangeKind, string>> = {
  'adopt-group': 'Adopt groups',
  'create-group': 'Create groups',
  'adopt-account': 'Adopt accounts',
  restore: 'Reactivate accounts',
  'update-profile': 'Update profiles',
  'update-email': 'Change e-mail addresses',
  invite: 'Invite people',
  'add-member': 'Add memberships',
  'remove-member': 'Remove memberships',
  suspend: 'Deactivate accounts',
  'remove-account': 'Remove accounts',
};

/** Who loses what, for example `3 people lose access, 2 lose a group that gives access`. */
export function describeLosses({ access, 'access-group': groups, membership }: LossCounts): string {
  const parts: string[] = [];
  const lose = (count: number) => (count === 1 ? 'loses' : 'lose');
  const who = (count: number) => (parts.length === 0 ? countOf(count, 'person', 'people') : formatCount(count));
  if (access > 0) parts.push(`${who(access)} ${lose(access)} access`);
  if (groups > 0) parts.push(`${who(groups)} ${lose(groups)} a group that gives access`);
  if (membership > 0) parts.push(`${who(membership)} ${lose(membership)} memberships`);
  return parts.length === 0 ? 'nobody loses anything' : parts.join(', ');
}

/** A choice in one line, for example `12 of 40 changes chosen: 3 people lose access`. */
export function describeChoice({ chosen, total, losses }: ChosenPart): string {
  const line = `${formatCount(chosen)} of ${countOf(total, 'change')} chosen`;
  return chosen === 0 ? line : `${line}: ${describeLosses(losses)}`;
}
