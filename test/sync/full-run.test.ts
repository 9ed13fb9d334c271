import { hostileDoubts as hostileAtlassian, kindDoubts as kindAtlassian } from '../../dev/atlassian/doubts';
import { hostileDoubts as hostileForge, kindDoubts as kindForge } from '../../dev/forge/doubts';
import { hostileDelivery, plainDelivery } from '../../dev/forge/queue';
import type { Organization } from '../../dev/atlassian/organization';
import type { ConnectorSettings } from '../../src/domain/connector';
import { groupId } from '../../src/domain/identity';
import type { Run } from '../../src/domain/run';
import { openFlow, type Flow } from './flow';
import { calmDown, invitedAddresses, planned, statusOf, suspended } from './look';

/** What Atlassian says of a group that the key may write to. */
const writable = { readable: true, modifiable: true, deletable: true };

let flow: Flow;
afterEach(() => flow.stop());

/** Runs until nothing is planned any more, at most five times, and answers the runs. */
async function runUntilQuiet(): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let round = 0; round < 5; round += 1) {
    const run = await flow.run('full');
    runs.push(run);
    if (run.state !== 'finished')
      throw new Error(`${run.state}: ${run.failure?.message ?? run.violations?.[0]?.message ?? ''}`);
    if (Object.keys(planned(run)).length === 0) return runs;
    calmDown(flow);
  }
  throw new Error('every run plans something');
}

/** Every group of the realm with its members, as the organization should show it. */
function wantedMembers(): Record<string, string[]> {
  const names = new Map(flow.realm.groups.map(({ id, name }) => [id, name]));
  const emails = new Map(flow.realm.users.map(({ id, email }) => [id, email]));
  const members: Record<string, string[]> = Object.fromEntries(flow.realm.groups.map(({ name }) => [name, []]));
  for (const { userId, groupId } of flow.realm.memberships) {
    const email = emails.get(userId);
    if (email !== undefined) members[names.get(groupId) ?? '']?.push(email);
  }
  return Object.fromEntries(Object.entries(members).map(([name, list]) => [name, list.sort()]));
}

function shownMembers(): Record<string, string[]> {
  return Object.fromEntries(flow.realm.groups.map(({ name }) => [name, [...flow.organization.members(name)].sort()]));
}

const neighbours = [
  ['kind', { atlassian: kindAtlassian, forge: kindForge, delivery: plainDelivery }],
  ['hostile', { atlassian: hostileAtlassian, forge: hostileForge, delivery: hostileDelivery }],
] as const;

describe.each(neighbours)('a full run between %s neighbours', (_kind, doubts) => {
  it('brings people, groups and memberships, until another run plans nothing and writes nothing', async () => {
    flow = await openFlow(doubts);
    await runUntilQuiet();
    expect(shownMembers()).toEqual(wantedMembers());
    flow.stage.atlassian.traffic.clear();
    expect(planned(await flow.run('full'))).toEqual({});
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('puts everybody into the groups that are always assigned, with the invitation or later', async () => {
    let everybody = '';
    const prepare = (organization: Organization) => {
      everybody = organization.addGroup({ name: 'Everybody', managementAccess: writable }).id;
    };
    flow = await openFlow({ ...doubts, prepare });
    const assign = (settings: ConnectorSettings) => ({
      ...settings,
      groups: { ...settings.groups, alwaysAssign: [groupId(everybody)] },
    });
    await flow.save(assign);
    await runUntilQuiet();
    const enabled = flow.realm.users.filter(({ enabled, email }) => enabled && email !== undefined);
    expect([...flow.organization.members('Everybody')].sort()).toEqual(enabled.map(({ email }) => email).sort());
    expect(shownMembers()).toEqual(wantedMembers());
  });

  it('follows a person who is disabled, gone, renamed, moved, or has another address', async () => {
    flow = await openFlow(doubts);
    await runUntilQuiet();
    const [disabled, gone, renamed, moved, readdressed] = [0, 1, 2, 3, 4].map((index) => flow.person(index));
    if (!disabled || !gone || !renamed || !moved || !readdressed) throw new Error('the realm is too small');
    const { memberships } = flow.realm;
    const nameBefore = flow.organization.account(renamed.email ?? '')?.name;
    disabled.enabled = false;
    flow.realm.users = flow.realm.users.filter(({ id }) => id !== gone.id);
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId !== gone.id);
    renamed.firstName = 'Renamed';
    const before = readdressed.email ?? '';
    readdressed.email = 'elsewhere@example.com';
    const [from] = flow.realm.memberships.filter(({ userId }) => userId === moved.id);
    const target = flow.realm.groups.find(
      ({ id }) => !flow.realm.memberships.some((each) => each.userId === moved.id && each.groupId === id),
    );
    if (!from || !target) throw new Error('nobody to move');
    flow.realm.memberships = [
      ...flow.realm.memberships.filter((each) => each !== from),
      { userId: moved.id, groupId: target.id },
    ];
    const groupsOf = (user: { readonly id: string }) =>
      flow.realm.memberships.filter(({ userId }) => userId === user.id).length;
    const leaving = memberships.filter(({ userId }) => userId === gone.id).length;
    const run = await flow.run('full');
    // The one who is gone leaves the groups, the one who is disabled keeps them.
    expect({ state: run.state, planned: planned(run) }).toEqual({
      state: 'finished',
      planned: { suspend: 2, 'add-member': 1, 'remove-member': leaving + 1 },
    });
    calmDown(flow);
    await runUntilQuiet();
    const { organization } = flow;
    const statuses = [disabled, gone, renamed, moved].map(({ email }) => statusOf(flow, email));
    expect(statuses).toEqual(['suspended', 'suspended', 'active', 'active']);
    expect(suspended(flow)).toEqual([disabled.email, gone.email].sort());
    // Neither name nor address can be set from here: the account stays as it is, and nobody is invited a second time.
    expect(organization.account('elsewhere@example.com')).toBeUndefined();
    expect(statusOf(flow, before)).toBe('active');
    expect(organization.account(renamed.email ?? '')?.name).toBe(nameBefore);
    expect(organization.members(target.name)).toContain(moved.email);
    const [source] = flow.realm.groups.filter(({ id }) => id === from.groupId);
    expect(organization.members(source?.name ?? '')).not.toContain(moved.email);
    const snapshot = organization.snapshot();
    const groups = (email: string | undefined) => snapshot.accounts.find((each) => each.email === email)?.groups.length;
    expect([groups(gone.email), groups(disabled.email), groups(moved.email)]).toEqual([
      0,
      groupsOf(disabled),
      groupsOf(moved),
    ]);
    expect(invitedAddresses(flow)).toEqual([...new Set(invitedAddresses(flow))]);
  });

  it('writes nothing to Atlassian when it is simulated', async () => {
    flow = await openFlow(doubts);
    const run = await flow.run('simulate');
    expect(run.state).toBe('simulated');
    expect(planned(run)).toEqual({ 'create-group': 6, invite: 40, 'add-member': 80 });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });
});

describe('the limits of a first load', () => {
  it('end with the run that used them', async () => {
    flow = await openFlow();
    const before = await flow.call('getConnector', { connectorId: flow.connectorId });
    await flow.run('simulate');
    const simulated = await flow.call('getConnector', { connectorId: flow.connectorId });
    await flow.run('full');
    const after = await flow.call('getConnector', { connectorId: flow.connectorId });
    expect([before, simulated, after].map(({ settings }) => settings.limits)).toEqual([
      'first-load',
      'first-load',
      'strict',
    ]);
  });
});
