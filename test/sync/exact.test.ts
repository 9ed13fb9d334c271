import type { Run } from '../../src/domain/run';
import { openFlow, type Flow } from './flow';
import { calmDown, outcomes, planned, readReport } from './look';

/** An existing Atlassian group with two members by hand whom nobody in Keycloak is, and an administrator among its members. */
let flow: Flow;
let group: { readonly id: string; readonly name: string };
const strangers = ['hand-1@elsewhere.example.org', 'hand-2@elsewhere.example.org'];
const admin = 'admin@elsewhere.example.org';

beforeEach(async () => {
  flow = await openFlow({ users: 12, groups: 3 });
  const [first] = flow.realm.groups;
  if (first === undefined) throw new Error('the realm has no group');
  group = first;
  flow.organization.addGroup({ name: group.name });
  for (const email of [...strangers, admin]) {
    flow.organization.addAccount({ email });
    flow.organization.addMember(group.name, email);
  }
  flow.organization.changeAccount(admin, { platformRoles: ['atlassian/org-admin'] });
});
afterEach(() => flow.stop());

const members = () => flow.organization.members(group.name);
const adopt = (mode: 'add-only' | 'take-over' | 'exact') => {
  const { id: groupId = '' } = flow.organization.group(group.name) ?? {};
  return flow.call('adoptGroup', { connectorId: flow.connectorId, sourceGroupId: group.id, groupId, mode });
};
const full = async (): Promise<Run> => {
  const run = await flow.run('full');
  calmDown(flow);
  return run;
};
const approve = async (run: Run): Promise<Run> => {
  await flow.call('approveRun', { runId: run.id, planHash: run.planHash ?? '', reason: 'they are to go' });
  const ended = await flow.settle(run.id);
  calmDown(flow);
  return ended;
};

describe('a group that exists already', () => {
  it('is shown with the members whom only an exact adoption would take out', async () => {
    const { surveyId } = await flow.call('startSurvey', { connectorId: flow.connectorId });
    await flow.settle(surveyId);
    const { result } = await flow.call('getSurvey', { surveyId });
    expect(result?.adoptable).toMatchObject([{ name: group.name, onlyInAtlassian: 3, unknownToKeycloak: 2 }]);
  });

  it.each(['add-only', 'take-over'] as const)(
    'keeps whom Keycloak does not know when it is adopted as %s',
    async (mode) => {
      await adopt(mode);
      await full();
      await full();
      expect(members()).toEqual(expect.arrayContaining([...strangers, admin]));
    },
  );

  it('loses them as exact, after an approval that names their number; administrators stay', async () => {
    await adopt('exact');
    const held = await full();
    const guard = held.violations?.find((each) => each.guard === 'exact-group');
    expect([held.state, guard?.found]).toEqual(['held', 2]);
    expect(guard?.message).toContain('2 members whom Keycloak does not know');
    expect(members()).toEqual(expect.arrayContaining(strangers));
    const run = await approve(held);
    expect([run.state, outcomes(run)['refused'] ?? 0]).toEqual(['finished', 0]);
    expect(members().filter((email) => strangers.includes(email))).toEqual([]);
    expect(members()).toContain(admin);
    expect(planned(await full())['remove-member'] ?? 0).toBe(0);
  });

  it('loses nobody when the approval is without removals', async () => {
    await adopt('exact');
    const held = await full();
    await flow.call('approveRun', {
      runId: held.id,
      planHash: held.planHash ?? '',
      reason: 'not yet',
      selection: { kind: 'additions' },
    });
    await flow.settle(held.id);
    calmDown(flow);
    expect(members()).toEqual(expect.arrayContaining([...strangers, admin]));
    const next = await full();
    expect([next.state, next.violations?.find(({ guard }) => guard === 'exact-group')?.found]).toEqual(['held', 2]);
    expect(members()).toEqual(expect.arrayContaining([...strangers, admin]));
  });

  it('follows new strangers under the usual limits once an exact run was approved whole', async () => {
    await adopt('exact');
    await approve(await full());
    const late = 'late@elsewhere.example.org';
    flow.organization.addAccount({ email: late });
    flow.organization.addMember(group.name, late);
    const run = await full();
    expect([run.state, run.violations?.filter(({ guard }) => guard === 'exact-group') ?? []]).toEqual(['finished', []]);
    expect(members()).not.toContain(late);
  });

  it('gives the memberships back when the run is undone', async () => {
    await adopt('exact');
    const run = await approve(await full());
    const { runId } = await flow.call('undoRun', { runId: run.id, kind: 'full' });
    const undo = await flow.settle(runId);
    const ended = undo.state === 'held' ? await approve(undo) : undo;
    expect(ended.state).toBe('finished');
    expect(members()).toEqual(expect.arrayContaining([...strangers, admin]));
  });
});

describe('a person whom an exact group must keep', () => {
  it('is one who is in Keycloak but has no link, for example outside the listed domains', async () => {
    const person = flow.person(0);
    const email = 'someone@unlisted.example.net';
    person.email = email;
    flow.organization.addAccount({ email });
    flow.organization.addMember(group.name, email);
    await adopt('exact');
    const run = await approve(await full());
    expect(members()).toContain(email);
    const rows = (await readReport(flow, run)).flatMap((row) => (row.kind === 'person' ? [row.row] : []));
    expect(rows.filter(({ user }) => user.startsWith('atlassian:')).length).toBe(2);
  });
});
