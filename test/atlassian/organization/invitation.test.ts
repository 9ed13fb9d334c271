import { hostileDoubts, kindDoubts } from '../../../dev/atlassian/doubts';
import { connectorId, sourceGroupId } from '../../../src/domain/identity';
import type { Invitation } from '../../../src/sync/ports';
import { createSaver, doubtCases, openStage, type Stage } from './stage';

let stage: Stage;
afterEach(async () => {
  await stage.stop();
});

const emails = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@example.com`);

function invitation(people: readonly string[], groups: readonly string[]): Invitation {
  return {
    emails: people,
    groups: groups.map((name) => stage.groupOf(name)),
    access: [{ resource: stage.organization.resource('jira'), role: 'atlassian/user' }],
    notify: false,
  };
}

const invites = () => stage.atlassian.traffic.count('/users/invite');

describe.each(doubtCases)('with %s answers', (_name, doubts) => {
  beforeEach(async () => {
    // What a person sees before accepting decides nothing here; people who stay hidden have their own test.
    stage = await openStage({ doubts: { ...doubts, acceptance: 'not needed', rateLimit: kindDoubts.rateLimit } });
    stage.organization.addGroup({ name: 'A' });
    stage.organization.addGroup({ name: 'B' });
  });

  it('invites 25 people into two groups with two calls, and saves every id first', async () => {
    const { saved, save } = createSaver();
    const membersWhenSaved: number[] = [];
    const people = emails(25);
    const outcomes = await stage.open().invite(invitation(people, ['A', 'B']), async (invited) => {
      membersWhenSaved.push(stage.atlassian.traffic.count('/memberships'));
      await save(invited);
    });
    expect(outcomes).toEqual(
      people.map((email) => ({
        email,
        account: { kind: 'invited', accountId: stage.accountOf(email) },
        groups: ['A', 'B'].map((name) => ({ groupId: stage.groupOf(name), outcome: { kind: 'done' } })),
      })),
    );
    expect(saved).toEqual(people.map((email) => ({ email, accountId: stage.accountOf(email) })));
    expect(membersWhenSaved).toEqual([0]);
    expect(stage.organization.members('A')).toHaveLength(25);
    expect(stage.atlassian.traffic.all).toHaveLength(2);
    expect(stage.violations()).toEqual([]);
  });

  it('never sends an address that the directory shows, and tells who may not be taken', async () => {
    stage.organization.addAccount({ email: 'p0@example.com', groups: ['A'] });
    stage.organization.addAccount({ email: 'p1@example.com', status: 'suspended' });
    stage.organization.addAccount({ email: 'p2@example.com', platformRoles: ['atlassian/org-admin'] });
    stage.organization.addAccount({ email: 'p3@example.com', managementSource: 'synced' });
    const { saved, save } = createSaver();
    const outcomes = await stage.open().invite(invitation(emails(5), ['A', 'B']), save);
    const told = outcomes.map(({ account, groups }) => [
      account.kind === 'refused' ? account.code : account.kind,
      groups.map(({ outcome }) => outcome.kind),
    ]);
    expect(told).toEqual([
      ['invited', ['already', 'done']],
      ['known-address', []],
      ['known-address', []],
      ['known-address', []],
      ['invited', ['done', 'done']],
    ]);
    expect(saved.map(({ email }) => email)).toEqual(['p0@example.com', 'p4@example.com']);
    const sent = stage.atlassian.traffic.all.filter(({ path }) => path.endsWith('/users/invite'));
    expect(sent.map(({ body }) => body)).toMatchObject([{ emails: ['p4@example.com'] }]);
    expect(stage.violations()).toEqual([]);
  });

  it('attributes a partly failed invitation person by person and group by group', async () => {
    stage.organization.addGroup({ name: 'Synced', externalSynced: true });
    stage.organization.refuseInvitation('p1@example.com', 'License limit reached');
    stage.organization.refuseInvitation('p2@example.com', 'Blocked by p2@example.com');
    const { saved, save } = createSaver();
    const outcomes = await stage.open().invite(invitation(emails(3), ['A', 'Synced']), save);
    const told = outcomes.map(({ account, groups }) => [
      account.kind === 'refused' ? account.code : account.kind,
      groups.map(({ outcome }) => (outcome.kind === 'refused' ? outcome.code : outcome.kind)),
    ]);
    expect(told).toEqual([
      ['invited', ['done', 'synced-group']],
      ['licence-limit', []],
      ['not-invited', []],
    ]);
    expect(saved.map(({ email }) => email)).toEqual(['p0@example.com']);
    expect(JSON.stringify(outcomes)).not.toContain('Blocked by');
    expect(stage.violations()).toEqual([]);
  });

  it('saves nothing of a known account of which the whole invitation failed', async () => {
    stage.organization.addAccount({ email: 'p0@example.com', directories: [], accountStatus: 'inactive' });
    const { saved, save } = createSaver();
    const [outcome] = await stage.open().invite(invitation(emails(1), ['A']), save);
    expect([outcome?.account, saved]).toEqual([expect.objectContaining({ code: 'not-invited' }), []]);
  });

  it('counts whoever entered the directory as invited, although every group failed', async () => {
    stage.organization.addGroup({ name: 'Synced', externalSynced: true });
    const { saved, save } = createSaver();
    const [outcome] = await stage.open().invite({ ...invitation(emails(1), ['Synced']), access: [] }, save);
    const entered = Object.keys(stage.organization.account('p0@example.com')?.directories ?? {}).length > 0;
    expect(entered).toBe(doubts.inviteWithoutRules === 'first directory');
    expect(outcome).toMatchObject(
      entered
        ? { account: { kind: 'invited' }, groups: [{ outcome: { code: 'synced-group' } }] }
        : { account: { code: 'not-invited' }, groups: [] },
    );
    expect(saved).toHaveLength(entered ? 1 : 0);
  });

  it('keeps those for whom there was room when the user limit is reached', async () => {
    stage.organization.setUserLimit('jira', 2);
    const { saved, save } = createSaver();
    const outcomes = await stage.open().invite(invitation(emails(4), ['A']), save);
    const inside = outcomes.filter(({ account }) => account.kind === 'invited').map(({ email }) => email);
    expect(inside).toEqual(stage.organization.members('A'));
    expect(saved.map(({ email }) => email)).toEqual(inside);
    const refused = outcomes.filter(({ account }) => account.kind === 'refused');
    expect(refused.map(({ account }) => account)).toEqual(
      refused.map(() => expect.objectContaining({ code: 'licence-limit' }) as unknown),
    );
    expect(refused).toHaveLength(4 - inside.length);
    expect(invites()).toBe(1);
  });

  it.each(['reset after write', 'status after write'] as const)(
    'after no answer (%s) searches first and invites nobody twice',
    async (kind) => {
      stage.atlassian.faults.plan({ path: '/users/invite', fault: { kind, status: 502 } });
      const { saved, save } = createSaver();
      const outcomes = await stage.open().invite(invitation(emails(3), ['A']), save);
      expect(outcomes.map(({ account }) => account.kind)).toEqual(['invited', 'invited', 'invited']);
      expect(saved.map(({ accountId }) => accountId)).toEqual(emails(3).map((email) => stage.accountOf(email)));
      expect(stage.organization.members('A')).toHaveLength(3);
      expect(invites()).toBe(1);
    },
  );

  it('sends again, once, who is missing after no answer', async () => {
    stage.atlassian.faults.plan({ path: '/users/invite', fault: { kind: 'reset' } });
    const { saved, save } = createSaver();
    const outcomes = await stage.open().invite(invitation(emails(3), ['A']), save);
    expect(outcomes.map(({ account }) => account.kind)).toEqual(['invited', 'invited', 'invited']);
    expect([saved.length, invites()]).toEqual([3, 2]);
  });

  it('an invocation that died after the invitation finds the people and saves them', async () => {
    const dying = stage.open().invite(invitation(emails(3), ['A']), () => Promise.reject(new Error('killed')));
    await expect(dying).rejects.toThrow('killed');
    stage.organization.settle();
    const { saved, save } = createSaver();
    const outcomes = await stage.open().invite(invitation(emails(3), ['A']), save);
    expect(outcomes.map(({ account }) => account.kind)).toEqual(['invited', 'invited', 'invited']);
    expect([saved.length, invites()]).toEqual([3, 1]);
  });

  it('waits for a group that is too new', async () => {
    const directory = stage.open();
    await directory.createGroup('New', { connectorId: connectorId('c'), sourceGroupId: sourceGroupId('s') });
    const { save } = createSaver();
    const outcomes = await directory.invite(invitation(emails(2), ['New']), save);
    expect(outcomes.map(({ groups }) => groups.map(({ outcome }) => outcome.kind))).toEqual([['done'], ['done']]);
  });

  it('finds the one address that spoils the invitation', async () => {
    const people = [...emails(6), 'no address', 'spoiled@-'];
    const { saved, save } = createSaver();
    const outcomes = await stage.open().invite(invitation(people, ['A', 'B']), save);
    expect(outcomes.map(({ account }) => (account.kind === 'refused' ? account.code : account.kind))).toEqual([
      ...emails(6).map(() => 'invited'),
      'invalid',
      'invalid',
    ]);
    expect(saved).toHaveLength(6);
    const accepted = stage.atlassian.traffic.all.filter(
      ({ path, status }) => path.endsWith('/invite') && status === 200,
    );
    const sentTo = accepted.flatMap(({ body }) => JSON.stringify(body).match(/p\d@example\.com/g) ?? []);
    expect(sentTo.sort()).toEqual(emails(6));
  });

  it('goes on without a group that is gone, and says so', async () => {
    const wanted = invitation(emails(2), ['A', 'B']);
    stage.organization.deleteGroupByHand('B');
    const { save } = createSaver();
    const outcomes = await stage.open().invite(wanted, save);
    const told = outcomes.map(({ groups }) =>
      groups.map(({ outcome }) => (outcome.kind === 'refused' ? outcome.code : outcome.kind)),
    );
    expect(told).toEqual([
      ['done', 'not-found'],
      ['done', 'not-found'],
    ]);
  });

  it('stops the run without a paid subscription', async () => {
    stage.organization.setPaid(false);
    const { saved, save } = createSaver();
    await expect(stage.open().invite(invitation(emails(2), ['A']), save)).rejects.toMatchObject({
      code: 'no-subscription',
      fate: 'stop',
    });
    expect(saved).toEqual([]);
  });
});

it('learns how many groups an invitation takes, and adds the rest one by one', async () => {
  stage = await openStage({ doubts: { ...kindDoubts, inviteMaximum: { groups: 10, rules: 5 } } });
  const names = Array.from({ length: 12 }, (_, index) => `g${index}`);
  for (const name of names) stage.organization.addGroup({ name });
  const { save } = createSaver();
  const directory = stage.open();
  const first = await directory.invite(invitation(['a@example.com'], names), save);
  await directory.invite(invitation(['b@example.com'], names), save);
  expect(first[0]?.groups.map(({ outcome }) => outcome.kind)).toEqual(names.map(() => 'done'));
  for (const name of names) expect(stage.organization.members(name)).toEqual(['a@example.com', 'b@example.com']);
  expect(
    stage.atlassian.traffic.all.filter(({ path }) => path.endsWith('/users/invite')).map((each) => each.status),
  ).toEqual([400, 200, 200]);
});

it('gives addresses back as they were written', async () => {
  stage = await openStage();
  stage.organization.addAccount({ email: 'known@example.com' });
  const people = ['New@Example.com', 'Known@Example.com'];
  const { saved, save } = createSaver();
  const outcomes = await stage.open().invite(invitation(people, []), save);
  expect([outcomes.map(({ email }) => email), saved.map(({ email }) => email).sort()]).toEqual([
    people,
    [...people].sort(),
  ]);
  expect(outcomes.map(({ account }) => account.kind)).toEqual(['invited', 'invited']);
});

it('keeps ids of people who stay hidden until they accept', async () => {
  stage = await openStage({ doubts: hostileDoubts });
  stage.organization.addGroup({ name: 'A' });
  const { saved, save } = createSaver();
  const outcomes = await stage.open().invite(invitation(emails(2), ['A']), save);
  expect(outcomes.map(({ account }) => account.kind)).toEqual(['invited', 'invited']);
  expect(saved.map(({ accountId }) => accountId)).toEqual(emails(2).map((email) => stage.accountOf(email)));
});

it('finds accounts of the whole organization by address, in any case, a hundred a call', async () => {
  stage = await openStage({ doubts: { ...kindDoubts, searchPopulation: 'organization' } });
  stage.organization.addAccount({ email: 'Inside@Example.com' });
  stage.organization.addAccount({ email: 'outside@example.com', directories: [] });
  const found = await stage.open().lookUp(['INSIDE@example.com', 'outside@example.com', ...emails(120)]);
  expect(found.map(({ email, status }) => [email, status])).toEqual([
    ['inside@example.com', 'active'],
    ['outside@example.com', 'not-invited'],
  ]);
  expect(stage.atlassian.traffic.count('/directories/-/users/search')).toBe(2);
  expect(stage.violations()).toEqual([]);
});
