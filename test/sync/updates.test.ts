import { hostileDoubts as hostileAtlassian, kindDoubts as kindAtlassian } from '../../dev/atlassian/doubts';
import type { UserProvisioning } from '../../src/domain/connector';
import { openFlow, type Flow, type FlowOptions } from './flow';
import { calmDown, hour, loadFirst, outcomes, planned, readReport } from './look';

let flow: Flow;
afterEach(() => flow.stop());

/** A calm organization whose accounts are called as in Keycloak, with these switches on from then on. */
async function begin(users: Partial<UserProvisioning>, options: FlowOptions = {}): Promise<void> {
  flow = await openFlow({ users: 16, groups: 3, ...options });
  await loadFirst(flow);
  for (const { email, firstName, lastName, serviceAccountClientId } of flow.realm.users) {
    if (email === undefined || serviceAccountClientId !== undefined) continue;
    flow.organization.changeAccount(email, { name: `${firstName ?? ''} ${lastName ?? ''}` });
  }
  await switchOn(users);
  // The first run under new rules is an accepted one.
  await flow.run('full');
  calmDown(flow);
}

async function switchOn(users: Partial<UserProvisioning>): Promise<void> {
  await flow.save((settings) => ({ ...settings, users: { ...settings.users, ...users } }));
}

const emailOf = (index: number) => flow.person(index).email ?? '';
const accountOf = (email: string) => flow.organization.account(email);
const undo = async (runId: string) => flow.settle((await flow.call('undoRun', { runId, kind: 'full' })).runId);

/** The person gets another address in Keycloak: before and after. */
function readdress(index: number, to = `moved-${index}@example.com`): readonly [string, string] {
  const before = emailOf(index);
  flow.person(index).email = to;
  return [before, to];
}

async function textsOf(run: Awaited<ReturnType<Flow['run']>>): Promise<readonly string[]> {
  return (await readReport(flow, run)).flatMap(({ changes }) => changes.map(({ text }) => text));
}

describe.each([
  ['kind', kindAtlassian],
  ['hostile', hostileAtlassian],
] as const)('between %s neighbours', (_name, atlassian) => {
  it('names and profiles follow Keycloak, shown before and after, and the next run is quiet', async () => {
    await begin({ updateName: true, updateProfile: true }, { atlassian });
    flow.person(0).lastName = 'Married';
    const shown = await flow.run('simulate');
    expect(planned(shown)).toEqual({ 'update-profile': 1 });
    const before = accountOf(emailOf(0))?.name ?? '';
    const after = `${flow.person(0).firstName ?? ''} Married`;
    expect(await textsOf(shown)).toEqual([`Name from "${before}" to "${after}".`]);
    expect(outcomes(await flow.run('full'))).toEqual({ done: 1 });
    expect(accountOf(emailOf(0))).toMatchObject({ name: after, signedOut: 0 });
    // At once, while the search still shows the old name, and later.
    expect(planned(await flow.run('full'))).toEqual({});
    calmDown(flow);
    expect(planned(await flow.run('full'))).toEqual({});
  });

  it('an address follows Keycloak once, the account and its link stay, and the old address is free again', async () => {
    await begin({ updateEmail: true }, { atlassian });
    const [before, after] = readdress(1);
    const id = accountOf(before)?.id;
    const run = await flow.run('full');
    expect({ state: run.state, planned: planned(run), outcomes: outcomes(run) }).toEqual({
      state: 'finished',
      planned: { 'update-email': 1 },
      outcomes: { done: 1 },
    });
    expect(run.notes?.join(' ')).toContain('Atlassian signs this person out everywhere');
    expect(accountOf(after)).toMatchObject({ id, signedOut: 1 });
    expect(planned(await flow.run('full'))).toEqual({});
    calmDown(flow);
    // A newcomer who gets the old address is somebody else.
    flow.realm.users.push({ ...flow.person(1), id: 'newcomer', username: 'newcomer', email: before });
    expect(planned(await flow.run('full'))).toMatchObject({ invite: 1 });
    expect(accountOf(after)).toMatchObject({ id, signedOut: 1 });
  });

  it('an undo gives name and address back, where they still are as the run set them', async () => {
    await begin({ updateName: true, updateEmail: true }, { atlassian });
    const names = [2, 3].map((index) => accountOf(emailOf(index))?.name);
    flow.person(2).lastName = 'Married';
    flow.person(3).lastName = 'Married';
    const [before, after] = readdress(4);
    const run = await flow.run('full');
    expect(outcomes(run)).toEqual({ done: 3 });
    calmDown(flow);
    flow.organization.changeAccount(emailOf(3), { name: 'By Hand' });
    const undone = await undo(run.id);
    expect({ planned: planned(undone), outcomes: outcomes(undone) }).toEqual({
      planned: { 'update-profile': 1, 'update-email': 1 },
      outcomes: { done: 2 },
    });
    expect(accountOf(emailOf(2))?.name).toBe(names[0]);
    expect(accountOf(emailOf(3))?.name).toBe('By Hand');
    expect(accountOf(before)?.signedOut).toBe(2);
    expect(accountOf(after)).toBeUndefined();
  });

  it('an answer that is lost signs nobody out twice, and the run goes on by itself', async () => {
    await begin({ updateEmail: true }, { atlassian });
    const [before, after] = readdress(5);
    expect(accountOf(before)?.signedOut).toBe(0);
    flow.stage.atlassian.faults.plan({ method: 'PUT', path: /\/email$/, fault: { kind: 'reset after write' } });
    const run = await flow.run('full');
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { done: 1 } });
    expect(accountOf(after)?.signedOut).toBe(1);
  });
});

it('nothing is written while the switches are off, and the row says which one to switch on', async () => {
  await begin({});
  flow.person(0).lastName = 'Married';
  readdress(0);
  const run = await flow.run('full');
  expect(planned(run)).toEqual({});
  const notes = (await readReport(flow, run)).flatMap(({ row }) => row.notes).join(' ');
  expect(notes).toContain('Switch on "Update names" to set it.');
  expect(notes).toContain('Switch on "Update e-mails" to set it.');
});

it('at most ten addresses change in a run, and the others in later ones', async () => {
  await begin({ updateEmail: true });
  const moved = Array.from({ length: 11 }, (_, index) => readdress(index));
  expect(outcomes(await flow.run('full'))).toEqual({ done: 10 });
  calmDown(flow);
  expect(outcomes(await flow.run('full'))).toEqual({ done: 1 });
  expect(moved.map(([, after]) => accountOf(after)?.signedOut)).toEqual(moved.map(() => 1));
});

it('no address changes after a change of rules before an administrator has approved it', async () => {
  await begin({ updateEmail: true });
  const [, after] = readdress(0);
  await switchOn({ updateName: true });
  const held = await flow.run('full');
  expect({ state: held.state, violations: held.violations }).toEqual({
    state: 'held',
    violations: [
      {
        guard: 'emails-changed',
        found: 1,
        limit: 0,
        message:
          'The rules are not those of the last accepted run, and 1 e-mail address would change: each signs a person out everywhere.',
      },
    ],
  });
  const selection = { kind: 'all' } as const;
  await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'new domain', selection });
  expect(outcomes(await flow.settle(held.id))).toEqual({ done: 1 });
  expect(accountOf(after)?.signedOut).toBe(1);
});

it('an address that an administrator left out of an approval is held again', async () => {
  await begin({ updateEmail: true });
  readdress(0);
  flow.person(1).lastName = 'Married';
  await switchOn({ updateName: true });
  const held = await flow.run('full');
  const selection = { kind: 'part', kinds: ['update-profile'] } as const;
  await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'names', selection });
  expect(outcomes(await flow.settle(held.id))).toEqual({ done: 1, 'not-approved': 1 });
  calmDown(flow);
  const next = await flow.run('full');
  expect({ state: next.state, guards: next.violations?.map(({ guard }) => guard) }).toEqual({
    state: 'held',
    guards: ['emails-changed'],
  });
});

it('the addresses of a plan that is approved days later are those that change, although it would be the turn of others', async () => {
  await begin({ updateEmail: true });
  const moved = Array.from({ length: 14 }, (_, index) => readdress(index));
  await switchOn({ updateName: true });
  const held = await flow.run('full');
  expect(planned(held)).toMatchObject({ 'update-email': 10 });
  flow.clock.advance(48 * hour);
  const selection = { kind: 'all' } as const;
  await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'new domain', selection });
  expect(outcomes(await flow.settle(held.id))).toEqual({ done: 10 });
  expect(moved.filter(([, after]) => accountOf(after)?.signedOut === 1)).toHaveLength(10);
});

it('a mapping that renames everybody is held', async () => {
  await begin({ updateName: true }, { users: 60 });
  await switchOn({
    mapping: (await flow.call('getConnector', { connectorId: flow.connectorId })).settings.users.mapping.map((row) =>
      row.attribute === 'displayName' ? { ...row, templates: ['${username}'], transformations: [] } : row,
    ),
  });
  const run = await flow.run('full');
  expect({ state: run.state, guards: run.violations?.map(({ guard }) => guard) }).toEqual({
    state: 'held',
    guards: ['profiles-changed'],
  });
});

it('what Atlassian refuses is told at the person, and the run goes on', async () => {
  await begin({ updateName: true, updateEmail: true });
  for (const index of [0, 1, 2, 3, 4, 5]) flow.person(index).lastName = 'Married';
  for (const index of [0, 1, 2, 3, 4]) {
    flow.organization.changeAccount(emailOf(index), { restricted: { name: 'authPolicy.saml' } });
  }
  flow.organization.store.state.verifiedDomains = ['verified.test'];
  readdress(6);
  const run = await flow.run('full');
  expect({ state: run.state, outcomes: outcomes(run) }).toEqual({
    state: 'finished',
    outcomes: { done: 1, refused: 6 },
  });
  const messages = (await readReport(flow, run)).flatMap(({ changes }) =>
    changes.flatMap(({ message }) => message ?? []),
  );
  expect(messages.filter((message) => message.includes('single sign-on (SAML)'))).toHaveLength(5);
  expect(messages.filter((message) => message.includes('is not verified in the organization'))).toHaveLength(1);
});

it('an address that an account outside the directory has is a conflict that names both, and nothing changes', async () => {
  const atlassian = { ...kindAtlassian, searchPopulation: 'organization' } as const;
  await begin({ updateEmail: true }, { atlassian });
  flow.organization.addAccount({ email: 'taken@example.com', name: 'Somebody Else', directories: [] });
  const [before] = readdress(7, 'taken@example.com');
  const run = await flow.run('full');
  expect(planned(run)).toEqual({});
  const row = (await readReport(flow, run)).find((each) => each.row.operation === 'conflict')?.row;
  expect(row?.reason).toContain(`"${flow.person(7).username}" is linked to the Atlassian account`);
  expect(row?.reason).toContain('the Atlassian account "Somebody Else" (taken@example.com) has it');
  expect(accountOf(before)?.signedOut).toBe(0);
});
