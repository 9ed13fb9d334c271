import type { GroupOperation, PersonOperation } from '../../../../src/domain/plan';
import type { ReportRow } from '../../../../src/domain/report';

const people: readonly PersonOperation[] = [
  'adopted',
  'updated',
  'reactivated',
  'leaving',
  'not-modified',
  'frozen',
  'blocked-by-hand',
  'held-back',
];
const groups: readonly GroupOperation[] = ['adopted', 'updated', 'not-modified', 'orphaned'];

/** Whether a row is about an account or group that the connector is linked to, so that it can let go of it. */
export function isReleasable({ kind, row }: ReportRow): boolean {
  return kind === 'person'
    ? row.accountId !== undefined && people.includes(row.operation)
    : row.groupId !== undefined && row.assigned === undefined && groups.includes(row.operation);
}
