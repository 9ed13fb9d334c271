import { kindDoubts } from '../../dev/atlassian/doubts';
import type { MappingRow } from '../../src/domain/mapping-row';
import { defaultSettings } from '../../src/domain/connector';
import { openFlow, type Flow } from './flow';
import { loadFirst, planned, readReport, statusOf } from './look';

let flow: Flow;
afterEach(() => flow.stop());

const essayRow = (otherwise: MappingRow['otherwise']): MappingRow => ({
  attribute: 'nickname',
  templates: ['${essay}'],
  values: { kind: 'first' },
  transformations: [],
  otherwise,
});

describe('an attribute value of 64 kB', () => {
  it.each(['leave-scope', 'leave-out', 'clear', 'ignore'] as const)(
    'lets the run go on, takes nothing (%s) and is told',
    async (otherwise) => {
      const users = { ...defaultSettings.users, emailDomains: ['example.com'] };
      flow = await openFlow({
        users: 6,
        groups: 2,
        settings: { users: { ...users, mapping: [...users.mapping, essayRow(otherwise)] } },
      });
      flow.realm.declaredAttributes = ['essay'];
      for (const user of flow.realm.users) user.attributes = { essay: ['short'] };
      await loadFirst(flow);
      const person = flow.person(0);
      person.attributes = { essay: ['x'.repeat(65_536)] };
      const run = await flow.run('full');
      expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
      expect(run.notes).toContain(
        'The attribute "essay" of 1 person is too long to be used: their values stay as they are, and nothing is taken from them for it.',
      );
      expect(statusOf(flow, person.email)).toBe('active');
    },
  );
});

describe('names of groups that Atlassian refuses for a reason that nobody documents', () => {
  it.each([1, 4, 9])('are refusals of these %s alone: all others are made and filled', async (count) => {
    flow = await openFlow({
      users: 20,
      groups: 12,
      atlassian: { ...kindDoubts, groupText: { ...kindDoubts.groupText, refusedCharacters: '/' } },
    });
    const refused = flow.realm.groups.slice(0, count);
    for (const group of refused) group.name = `${group.name}/odd`;
    const run = await flow.run('full');
    expect(run.state).toBe('finished');
    const changes = (await readReport(flow, run)).flatMap((row) => row.changes);
    const ids = new Set<string>(refused.map(({ id }) => id));
    const ended = changes.map(({ kind, group = '', outcome }) => [kind, ids.has(group) ? 'refused' : 'made', outcome]);
    // Only memberships of a group that was refused are not reached.
    expect(new Set(ended.filter(([, of]) => of === 'refused').map((each) => each.join()))).toEqual(
      new Set(['create-group,refused,refused', 'add-member,refused,not-reached']),
    );
    const others = ended.filter(([, of]) => of === 'made');
    expect(others.filter(([kind]) => kind === 'create-group').length).toBeGreaterThan(1);
    expect(others.filter(([, , outcome]) => outcome !== 'done')).toEqual([]);
    for (const { outcome, message } of changes) if (outcome === 'refused') expect(message).toMatch(/^[A-Z].*\.$/);
  });
});
