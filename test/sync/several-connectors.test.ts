import { chosenGroups } from '../domain/model';
import { sourceGroupId } from '../../src/domain/identity';
import { kindDoubts } from '../../dev/atlassian/doubts';
import { openFlow, secret, type Flow } from './flow';
import { calmDown, planned, readReport, statusOf } from './look';

/** Two connectors on one directory: *Staff* fills all groups but the last, *Second* fills the last one. */
let flow: Flow;
let second: string;
let lastGroup: { readonly id: string; readonly name: string };

const run = async (connectorId: string) => {
  const { runId } = await flow.call('startRun', { connectorId, kind: 'full' });
  const ended = await flow.settle(runId);
  calmDown(flow);
  return ended;
};

beforeEach(() => open());

async function open(atlassian = kindDoubts): Promise<void> {
  flow = await openFlow({ users: 12, groups: 3, atlassian });
  const ids = flow.realm.groups.map(({ id }) => id);
  const last = flow.realm.groups.at(-1);
  if (last === undefined) throw new Error('a realm without groups');
  lastGroup = last;
  const choose = (groupIds: readonly string[]) => chosenGroups(groupIds.map(sourceGroupId));
  await flow.save((settings) => ({
    ...settings,
    groups: { ...settings.groups, selection: choose(ids.slice(0, -1)) },
  }));
  const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
  const other = await flow.call('saveConnector', {
    settings: {
      ...settings,
      name: 'Second',
      groups: { ...settings.groups, selection: choose([lastGroup.id]) },
    },
    clientSecret: secret,
  });
  second = other.id;
  for (const connectorId of [flow.connectorId, second, flow.connectorId, second]) await run(connectorId);
}
afterEach(() => flow.stop());

/** Somebody in the group that the second connector fills. */
function member() {
  const found = flow.realm.memberships.find(({ groupId }) => groupId === lastGroup.id);
  const person = flow.realm.users.find(({ id }) => id === found?.userId);
  if (person === undefined) throw new Error('the group is empty');
  return person;
}
const isMember = (email: string | undefined) => flow.organization.members(lastGroup.name).includes(email ?? '');

it('the second connector fills its own group with accounts that the first one owns, and invites nobody again', async () => {
  expect(isMember(member().email)).toBe(true);
  const { accounts } = await flow.call('exportLinks', { connectorId: second });
  expect(accounts.map(({ origin, guest }) => [origin, guest])).toEqual(accounts.map(() => ['adopted', true]));
  expect(accounts.length).toBe(12);
  expect(planned(await run(second))).toEqual({});
});

it('leaving the second realm takes its memberships and never suspends what the first connector owns', async () => {
  const person = member();
  person.enabled = false;
  await run(second);
  expect([isMember(person.email), statusOf(flow, person.email)]).toEqual([false, 'active']);
  await run(flow.connectorId);
  expect(statusOf(flow, person.email)).toBe('suspended');
  person.enabled = true;
  expect(planned(await run(second))).toEqual({});
  expect(statusOf(flow, person.email)).toBe('suspended');
  await run(flow.connectorId);
  await run(second);
  expect([isMember(person.email), statusOf(flow, person.email)]).toEqual([true, 'active']);
});

it.each([
  ['the directory shows it', kindDoubts],
  ['the directory does not show it yet', { ...kindDoubts, suspensions: { reads: 1_000 } }],
])('what the first connector did a moment ago is known to the second one when %s', async (_, doubts) => {
  await flow.stop();
  await open(doubts);
  const person = member();
  person.enabled = false;
  const start = async (connectorId: string) =>
    planned(await flow.settle((await flow.call('startRun', { connectorId, kind: 'full' })).runId));
  expect(await start(flow.connectorId)).toMatchObject({ suspend: 1 });
  expect(await start(second)).toEqual({});
});

it('an account is handed over by a click', async () => {
  const person = member();
  await flow.call('takeOwnership', { connectorId: second, user: person.id });
  person.enabled = false;
  await run(flow.connectorId);
  expect(statusOf(flow, person.email)).toBe('active');
  await run(second);
  expect(statusOf(flow, person.email)).toBe('suspended');
  await expect(flow.call('takeOwnership', { connectorId: flow.connectorId, user: person.id })).rejects.toThrow(
    '"Second"',
  );
});

it('a group that the other connector fills is a conflict that names it', async () => {
  await flow.save((settings) => ({ ...settings, groups: { ...settings.groups, selection: { kind: 'all' } } }));
  const rows = await readReport(flow, await flow.run('simulate'));
  const row = rows.flatMap((each) => (each.kind === 'group' && each.row.group === lastGroup.id ? [each.row] : []))[0];
  expect(row).toMatchObject({ operation: 'conflict', reason: expect.stringContaining('"Second"') as string });
});

it('a deleted owner leaves guests that nobody suspends before one is handed over', async () => {
  await flow.call('deleteConnector', { connectorId: flow.connectorId });
  const person = member();
  person.enabled = false;
  await run(second);
  expect(statusOf(flow, person.email)).toBe('active');
  await flow.call('takeOwnership', { connectorId: second, user: person.id });
  await run(second);
  expect(statusOf(flow, person.email)).toBe('suspended');
});
