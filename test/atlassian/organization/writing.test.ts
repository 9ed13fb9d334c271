import { hostileDoubts, kindDoubts } from '../../../dev/atlassian/doubts';
import { describeMark } from '../../../src/domain/group-mark';
import { accountId, connectorId, groupId, sourceGroupId } from '../../../src/domain/identity';
import type { WriteOutcome } from '../../../src/sync/ports';
import { openOrganization } from '../../../src/atlassian/organization/open-organization';
import { doubtCases, openStage, type Stage } from './stage';

let stage: Stage;
afterEach(async () => {
  await stage.stop();
});

const mark = { connectorId: connectorId('c1'), sourceGroupId: sourceGroupId('k1') };
const other = { connectorId: connectorId('c1'), sourceGroupId: sourceGroupId('k2') };
const told = (outcome: WriteOutcome) => (outcome.kind === 'refused' ? outcome.code : outcome.kind);

describe.each(doubtCases)('with %s answers', (_name, doubts) => {
  beforeEach(async () => {
    stage = await openStage({ doubts: { ...doubts, managementAccess: 'present' } });
    stage.organization.addGroup({ name: 'A' });
    stage.organization.addAccount({ email: 'ada@example.com' });
  });
  afterEach(() => {
    expect(stage.violations()).toEqual([]);
  });

  describe('creating a group', () => {
    it('makes it with our mark, and finds it with patience', async () => {
      const directory = stage.open();
      expect(await directory.createGroup('New', mark)).toEqual({ kind: 'done' });
      expect(stage.organization.group('New')?.description).toBe(describeMark(mark));
      const found = await directory.findGroups(['new', 'A', 'Nowhere']);
      expect(Object.fromEntries(found)).toEqual({ new: stage.groupOf('New'), A: stage.groupOf('A') });
    });

    it('twice is done already, even before reads show the first', async () => {
      const directory = stage.open();
      await directory.createGroup('New', mark);
      expect(await directory.createGroup('New', mark)).toEqual({ kind: 'already' });
    });

    it.each([
      ['of another Keycloak group', describeMark(other)],
      ['of nobody', 'People wrote this'],
    ])('refuses a name that is taken by a group %s', async (_who, description) => {
      stage.organization.addGroup({ name: 'Taken', description });
      const outcome = await stage.open().createGroup('taken', mark);
      expect(told(outcome)).toBe('exists');
      expect(stage.organization.group('Taken')?.description).toBe(description);
    });

    it.each([
      ['was made', 'reset after write', 1],
      ['was made, with an error', 'status after write', 1],
      ['was not made', 'reset', 2],
    ] as const)('after no answer, when it %s, ends with one group', async (_what, kind, posts) => {
      stage.atlassian.faults.plan({ method: 'POST', path: /\/groups$/, fault: { kind, status: 502 } });
      const outcome = await stage.open().createGroup('New', mark);
      expect(['done', 'already']).toContain(outcome.kind);
      expect(stage.organization.group('New')?.description).toBe(describeMark(mark));
      expect(stage.atlassian.traffic.count(/\/groups$/, 'POST')).toBe(posts);
    });
  });

  describe('memberships', () => {
    it('adds and removes; what is so already is as good', async () => {
      const directory = stage.open();
      const [group, ada] = [stage.groupOf('A'), stage.accountOf('ada@example.com')];
      expect([await directory.addMember(group, ada), await directory.addMember(group, ada)]).toEqual([
        { kind: 'done' },
        { kind: 'already' },
      ]);
      expect(stage.organization.members('A')).toEqual(['ada@example.com']);
      expect([await directory.removeMember(group, ada), await directory.removeMember(group, ada)]).toEqual([
        { kind: 'done' },
        { kind: 'already' },
      ]);
      expect(stage.organization.members('A')).toEqual([]);
    });

    it('are sent again after no answer', async () => {
      const directory = stage.open();
      const [group, ada] = [stage.groupOf('A'), stage.accountOf('ada@example.com')];
      stage.atlassian.faults.plan({ path: '/memberships', fault: { kind: 'reset after write' } });
      expect((await directory.addMember(group, ada)).kind).toBe('already');
      stage.atlassian.faults.plan({ path: '/memberships', fault: { kind: 'status after write', status: 503 } });
      expect((await directory.removeMember(group, ada)).kind).toBe('already');
    });

    it('tells a full licence from a member', async () => {
      stage.organization.addGroup({ name: 'Paid', grants: [{ product: 'jira', role: 'atlassian/user' }] });
      stage.organization.setUserLimit('jira', 0);
      const outcome = await stage.open().addMember(stage.groupOf('Paid'), stage.accountOf('ada@example.com'));
      expect(told(outcome)).toBe('licence-limit');
    });

    it.each([
      ['synced from elsewhere', { externalSynced: true }, 'synced-group'],
      [
        'closed to the key',
        { managementAccess: { readable: true, modifiable: false, deletable: false } },
        'not-modifiable',
      ],
    ])('refuses a group that is %s, with its reason', async (_what, options, code) => {
      stage.organization.addGroup({ name: 'Theirs', members: ['ada@example.com'], ...options });
      const [group, ada] = [stage.groupOf('Theirs'), stage.accountOf('ada@example.com')];
      const directory = stage.open();
      expect([told(await directory.addMember(group, ada)), told(await directory.removeMember(group, ada))]).toEqual([
        code,
        code,
      ]);
    });

    it('of a group that is gone are refused, not done', async () => {
      const gone = groupId('00000000-0000-4000-8000-000000000000');
      const ada = stage.accountOf('ada@example.com');
      const directory = stage.open();
      expect([told(await directory.addMember(gone, ada)), told(await directory.removeMember(gone, ada))]).toEqual([
        'not-found',
        'not-found',
      ]);
    });
  });

  describe('the state of an account', () => {
    it('suspends and restores; what is so already is as good', async () => {
      const directory = stage.open();
      const ada = stage.accountOf('ada@example.com');
      expect([(await directory.suspend(ada)).kind, (await directory.suspend(ada)).kind]).toEqual(['done', 'already']);
      expect(stage.organization.snapshot().accounts[0]?.directories).toEqual({ 'Example Directory': 'suspended' });
      stage.organization.settle();
      expect([(await directory.restore(ada)).kind, (await directory.restore(ada)).kind]).toEqual([
        'done',
        doubts === kindDoubts ? 'done' : 'already',
      ]);
      expect(stage.organization.snapshot().accounts[0]?.directories).toEqual({ 'Example Directory': 'active' });
    });

    it('suspends in this directory alone', async () => {
      await stage.stop();
      stage = await openStage({ doubts, directories: ['Main', 'Second'] });
      stage.organization.addAccount({ email: 'both@example.com', directories: ['Main', 'Second'] });
      const directory = stage.open();
      const both = stage.accountOf('both@example.com');
      expect([(await directory.suspend(both)).kind, (await directory.suspend(both)).kind]).toEqual(['done', 'already']);
      expect(stage.organization.snapshot().accounts[0]?.directories).toEqual({ Main: 'suspended', Second: 'active' });
    });

    it.each(['suspend', 'removeAccount'] as const)('%s leaves protected accounts alone', async (act) => {
      stage.organization.addAccount({ email: 'root@example.com', platformRoles: ['atlassian/site-admin'] });
      stage.organization.addAccount({ email: 'scim@example.com', managementSource: 'synced' });
      const directory = stage.open();
      const outcomes = [
        await directory[act](stage.accountOf('root@example.com')),
        await directory[act](stage.accountOf('scim@example.com')),
      ];
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(['refused', 'refused']);
      expect(stage.atlassian.traffic.writes()).toEqual([]);
    });

    it('removes from the directory; gone is as good', async () => {
      const directory = stage.open();
      const ada = stage.accountOf('ada@example.com');
      expect([(await directory.removeAccount(ada)).kind, (await directory.removeAccount(ada)).kind]).toEqual([
        'done',
        'already',
      ]);
      expect(stage.organization.snapshot().accounts[0]?.directories).toEqual({});
    });

    it('encodes account ids', async () => {
      await stage.open().suspend(accountId('557058:a|b/c?d'));
      expect(stage.atlassian.traffic.count('/users/557058%3Aa%7Cb%2Fc%3Fd/suspend')).toBe(1);
      stage.atlassian.traffic.clear();
    });
  });
});

it('says plainly that there is no licence for a person to come back', async () => {
  stage = await openStage({ doubts: { ...hostileDoubts, managementAccess: 'present' } });
  stage.organization.addGroup({ name: 'Paid', grants: [{ product: 'jira', role: 'atlassian/user' }] });
  stage.organization.addAccount({ email: 'ada@example.com', status: 'suspended', groups: ['Paid'] });
  stage.organization.setUserLimit('jira', 0);
  expect(await stage.open().restore(stage.accountOf('ada@example.com'))).toMatchObject({
    code: 'licence-limit',
    message: expect.stringContaining('Add licences') as unknown,
  });
});

it('believes a 409 that says already, without another call', async () => {
  stage = await openStage();
  stage.organization.addGroup({ name: 'A' });
  stage.organization.addAccount({ email: 'ada@example.com', groups: ['A'] });
  const outcome = await stage.open().addMember(stage.groupOf('A'), stage.accountOf('ada@example.com'));
  expect([outcome.kind, stage.atlassian.traffic.all.length]).toEqual(['already', 1]);
});

it('reads a member back when a 409 says nothing', async () => {
  stage = await openStage();
  stage.organization.addGroup({ name: 'A' });
  stage.organization.addAccount({ email: 'ada@example.com', groups: ['A'] });
  stage.organization.addAccount({ email: 'bob@example.com' });
  const silent = { kind: 'status', status: 409 } as const;
  stage.atlassian.faults.plan({ path: '/memberships', times: 2, fault: silent });
  const directory = stage.open();
  const group = stage.groupOf('A');
  expect([
    told(await directory.addMember(group, stage.accountOf('ada@example.com'))),
    told(await directory.addMember(group, stage.accountOf('bob@example.com'))),
  ]).toEqual(['already', 'licence-limit']);
});

it('calls a 403 of a group that may be written forbidden, and never shows a body', async () => {
  stage = await openStage();
  stage.organization.addGroup({ name: 'A' });
  stage.organization.addAccount({ email: 'ada@example.com' });
  const body = { errors: [{ code: 'ADMIN-UAM-403-1', title: 'raw text' }] };
  stage.atlassian.faults.plan({ path: '/memberships', fault: { kind: 'status', status: 403, body } });
  const outcome = await stage.open().addMember(stage.groupOf('A'), stage.accountOf('ada@example.com'));
  expect(told(outcome)).toBe('forbidden');
  expect(JSON.stringify(outcome)).not.toContain('raw text');
});

it('ends the run when the key is refused in the middle of writing', async () => {
  stage = await openStage();
  stage.organization.addGroup({ name: 'A' });
  stage.organization.addAccount({ email: 'ada@example.com' });
  stage.organization.changeKey('organization-key', 'revoked');
  const adding = stage.open().addMember(stage.groupOf('A'), stage.accountOf('ada@example.com'));
  await expect(adding).rejects.toMatchObject({ code: 'key-refused', fate: 'stop' });
});

it.each(['', '-'])('is never opened for the directory "%s"', async (directoryId) => {
  stage = await openStage();
  const ref = { orgId: stage.organization.id, directoryId };
  const { http, key } = stage;
  const open = () =>
    openOrganization({ ref, key, http, budget: stage.openBudget(), now: () => 0, sleep: () => Promise.resolve() });
  expect(open).toThrow('No Atlassian organization and directory are chosen');
});
