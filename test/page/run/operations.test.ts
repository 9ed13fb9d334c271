import { sourceGroupId, sourceUserId, accountId } from '../../../src/domain/identity';
import type { PersonOperation } from '../../../src/domain/plan';
import type { ReportedChange, ReportRow } from '../../../src/domain/report';
import { countOperations, filterRows } from '../../../static/admin/src/run/operations';

const change = (kind: string, text: string, outcome?: ReportedChange['outcome']): ReportedChange => ({
  kind,
  text,
  reason: 'because',
  ...(outcome === undefined ? {} : { outcome }),
});

const person = (name: string, operation: PersonOperation, changes: readonly ReportedChange[] = []): ReportRow => ({
  kind: 'person',
  row: {
    user: sourceUserId(name),
    accountId: accountId(`account of ${name}`),
    name,
    email: `${name.toLowerCase()}@example.com`,
    operation,
    reason: 'because',
    notes: [],
    changes: changes.map((_, index) => index),
  },
  changes,
});

const group: ReportRow = {
  kind: 'group',
  row: {
    group: sourceGroupId('g'),
    name: 'sales',
    path: '/emea/sales',
    operation: 'created',
    reason: 'new',
    notes: [],
    grantsAccess: [],
    added: 2,
    removed: 0,
  },
  changes: [change('create-group', 'Create sales', 'refused')],
};

const ada = person('Ada', 'added', [
  change('invite', 'Invite', 'done'),
  change('add-member', 'Add to sales', 'refused'),
]);
const bo = person('Bo', 'deactivated', [
  change('add-member', 'Add to design', 'done'),
  change('remove-member', 'Remove from sales', 'done'),
  change('suspend', 'Deactivate', 'done'),
]);
const cy = person('Cy', 'not-modified');
const rows = [ada, bo, cy, group];

const namesOf = (found: readonly ReportRow[]) => found.map(({ row }) => row.name);

describe('counts of a result', () => {
  it('count people by operation and failure; what nobody asked about shows only when it happened', () => {
    expect(countOperations(rows, 'person').map(({ filter, count }) => [filter, count])).toEqual([
      ['added', 1],
      ['updated', 0],
      ['deactivated', 1],
      ['not-modified', 1],
      ['filtered', 0],
      ['failed', 1],
    ]);
  });

  it('count groups by themselves', () => {
    const shown = countOperations(rows, 'group').filter(({ count }) => count > 0);
    expect(shown.map(({ filter, text }) => [filter, text])).toEqual([
      ['created', 'Created'],
      ['failed', 'Failed'],
    ]);
  });

  it('say nothing of failures before anything was applied', () => {
    const plan = countOperations([person('Ada', 'added', [change('invite', 'Invite')])], 'person');
    expect(plan.map(({ filter }) => filter)).not.toContain('failed');
  });
});

describe('filter and search', () => {
  it.each([
    ['everything of a kind', 'person', undefined, '', ['Ada', 'Bo', 'Cy']],
    ['one operation', 'person', 'deactivated', '', ['Bo']],
    ['what failed', 'person', 'failed', '', ['Ada']],
    ['part of an e-mail', 'person', undefined, 'CY@', ['Cy']],
    ['a group in the changes', 'person', undefined, 'from sales', ['Bo']],
    ['filter and search together', 'person', 'added', 'bo', []],
    ['a path', 'group', undefined, 'emea', ['sales']],
  ] as const)('%s', (_, kind, filter, search, names) => {
    expect(namesOf(filterRows(rows, kind, filter, search))).toEqual(names);
  });
});
