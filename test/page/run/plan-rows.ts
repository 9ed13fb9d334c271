import type { Change } from '../../../src/domain/change';
import { describeChange } from '../../../src/domain/describe-change';
import { accountId, groupId, sourceGroupId, sourceUserId } from '../../../src/domain/identity';
import type { ReportRow, ReportedChange } from '../../../src/domain/report';
import type { ChangeOutcome } from '../../../src/domain/run';

const person = (name: string) => ({ user: sourceUserId(name), accountId: accountId(`account of ${name}`), reason: '' });
const staff = { group: sourceGroupId('staff'), groupName: 'staff' };
const fresh = { group: sourceGroupId('fresh'), groupName: 'fresh' };

/** A plan with one change of nearly every kind: fresh is created, nina is new, sue is suspended, staff gives access. */
export const planned: readonly Change[] = [
  { kind: 'create-group', group: fresh.group, name: 'fresh', reason: '' },
  { kind: 'adopt-account', email: 'amy@example.com', ...person('amy') },
  { kind: 'invite', user: sourceUserId('nina'), email: 'nina@example.com', displayName: 'Nina', reason: '' },
  { kind: 'add-member', user: sourceUserId('nina'), reason: '', ...fresh },
  { kind: 'add-member', user: sourceUserId('amy'), reason: '', ...staff },
  { kind: 'add-member', user: sourceUserId('amy'), reason: '', ...fresh },
  { kind: 'remove-member', groupId: groupId('s'), ...person('bob'), ...staff },
  { kind: 'remove-member', groupId: groupId('s'), ...person('sue'), ...staff },
  { kind: 'suspend', evidence: 'listed', ...person('sue') },
];

/** Updates that may come with it: of Amy, whose account is adopted, and of Ida, who gets another address. */
export const updates: readonly Change[] = [
  { kind: 'update-profile', fields: { displayName: { before: 'Amy', after: 'Amy Adams' } }, ...person('amy') },
  { kind: 'update-email', before: 'ida@example.com', after: 'ida.new@example.com', ...person('ida') },
];

/** The report of that plan, with the same outcome for every change when there is one; `more` are further changes of it. */
export function makePlanRows(outcome?: ChangeOutcome, more: readonly Change[] = []): readonly ReportRow[] {
  const all = [...planned, ...more];
  const report = (change: Change): ReportedChange => ({
    text: describeChange(change),
    kind: change.kind,
    reason: change.reason,
    ...('group' in change ? { group: change.group } : {}),
    ...(outcome === undefined ? {} : { outcome }),
  });
  const people = ['sue', 'bob', 'amy', 'nina', 'ida'].map((user): ReportRow => {
    const changes = all.filter((change) => 'user' in change && change.user === sourceUserId(user));
    const row = {
      user: sourceUserId(user),
      name: user,
      operation: 'updated',
      reason: '',
      notes: [],
      changes: [],
    } as const;
    return { kind: 'person', row, changes: changes.map(report) };
  });
  const groups = [staff, fresh].map(({ group, groupName }): ReportRow => {
    const changes = all.filter((change) => !('user' in change) && change.group === group);
    return {
      kind: 'group',
      row: {
        group,
        name: groupName,
        path: `/${groupName}`,
        operation: 'updated',
        reason: '',
        notes: [],
        grantsAccess: groupName === 'staff' ? ['Jira'] : [],
        added: 1,
        removed: 0,
      },
      changes: changes.map(report),
    };
  });
  return [...people, ...groups];
}
