import { openFlow, type Flow } from '../sync/flow';
import { sourceGroupId } from '../../src/domain/identity';

let flow: Flow;
afterEach(() => flow.stop());

async function openPicked(gone: boolean): Promise<void> {
  flow = await openFlow({ users: 4, groups: 3 });
  const ids = flow.realm.groups.slice(0, 2).map(({ id }) => sourceGroupId(id));
  const include = { groupIds: [...ids, ...(gone ? [sourceGroupId('gone-group')] : [])], rules: [] };
  await flow.save((settings) => ({
    ...settings,
    scope: { kind: 'groups', include, exclude: { groupIds: [], rules: [] }, match: 'any', subGroups: true },
  }));
}

const test = async () =>
  (await flow.call('testConnector', { connectorId: flow.connectorId })).filter(({ id }) => id.endsWith('-groups'));

describe('Save and Test Connection', () => {
  it('says that the picked groups exist', async () => {
    await openPicked(false);
    expect(await test()).toEqual([
      { id: 'required-groups', title: 'Required groups', state: 'passed', message: 'All 2 picked groups exist.' },
    ]);
  });

  it('warns of a picked group that is gone, and a run stops at it', async () => {
    await openPicked(true);
    const [line] = await test();
    expect([line?.state, line?.message]).toEqual(['warning', expect.stringContaining('id gone-group')]);
    const run = await flow.run('simulate');
    expect([run.state, run.failure?.code]).toEqual(['failed', 'scope-matches-nothing']);
  });

  it('says in the line itself why it could not look', async () => {
    await openPicked(true);
    flow.keycloak.faults.push({ match: /groups\/gone-group/, then: { kind: 'status', status: 403 } });
    const [line] = await test();
    expect(line?.state).toBe('skipped');
  });

  it('adds no line, and no call, where nothing is picked', async () => {
    flow = await openFlow({ users: 4, groups: 3 });
    expect(await test()).toEqual([]);
  });
});
