import { hostileDoubts, kindDoubts } from '../../dev/atlassian/doubts';
import { openFlow, type Flow } from './flow';
import { calmDown, disable, loadFirst, planned, readReport, statusOf } from './look';

let flow: Flow;
let email: string;

const groupsOf = (): readonly string[] =>
  flow.realm.groups.map(({ name }) => name).filter((name) => flow.organization.members(name).includes(email));

/** Out of all groups, into one; answers the names before and after. */
function move(): { readonly before: readonly string[]; readonly after: string } {
  const before = groupsOf();
  const target = flow.realm.groups.find(({ name }) => !before.includes(name));
  if (target === undefined || before.length === 0) throw new Error('nowhere to move');
  const { id } = flow.person(0);
  flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId !== id);
  flow.realm.memberships.push({ userId: id, groupId: target.id });
  return { before, after: target.name };
}

describe.each([
  ['shows', kindDoubts],
  ['hides', hostileDoubts],
])('where Atlassian %s the groups of suspended people, somebody who comes back', (_name, atlassian) => {
  beforeEach(async () => {
    flow = await openFlow({ users: 24, groups: 4, atlassian });
    await loadFirst(flow);
    [email] = disable(flow, 0) as [string];
    await flow.run('full');
    calmDown(flow);
    expect(statusOf(flow, email)).toBe('suspended');
  });
  afterEach(() => flow.stop());

  it('has the groups of today when the run ends, not those of before', async () => {
    const { after } = move();
    flow.person(0).enabled = true;
    const run = await flow.run('full');
    expect(run.state).toBe('finished');
    flow.organization.settle();
    expect({ status: statusOf(flow, email), groups: groupsOf() }).toEqual({ status: 'active', groups: [after] });
    calmDown(flow);
    expect(planned(await flow.run('full'))).toEqual({});
  });

  it('keeps groups that are not synced, and the report names what came back', async () => {
    const place = flow.organization.addGroup({ name: 'Choir' });
    flow.organization.addMember(place.name, email);
    flow.person(0).enabled = true;
    const run = await flow.run('full');
    flow.organization.settle();
    expect(flow.organization.members('Choir')).toContain(email);
    const rows = await readReport(flow, run);
    const restored = rows.flatMap(({ changes }) => changes).find(({ kind }) => kind === 'restore');
    expect(restored?.message).toMatch(/groups that are not synced/);
  });
});
