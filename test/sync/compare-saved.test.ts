import type { ConnectorSettings } from '../../src/domain/connector';
import type { Run } from '../../src/domain/run';
import { sourceGroupId } from '../../src/domain/identity';
import { openFlow, type Flow } from './flow';
import { disable, loadFirst, planned } from './look';

let flow: Flow;
afterEach(() => flow.stop());

const saved = async (): Promise<ConnectorSettings> =>
  (await flow.call('getConnector', { connectorId: flow.connectorId })).settings;

async function simulate(change: (settings: ConnectorSettings) => ConnectorSettings): Promise<Run> {
  const { runId } = await flow.call('startRun', {
    connectorId: flow.connectorId,
    kind: 'simulate',
    settings: change(await saved()),
  });
  return flow.settle(runId);
}

/** What the saved settings change, by kind, or why that is not known. */
const comparison = ({ saved: found, ...run }: Run) => {
  if (found === undefined) return undefined;
  return found.kind === 'counted' ? planned({ ...run, counts: found.counts }) : found.message;
};

const keepDisabled = (settings: ConnectorSettings): ConnectorSettings => ({
  ...settings,
  users: { ...settings.users, deactivate: false },
});

describe('a simulation of settings that are not saved', () => {
  it('counts what the saved ones would do, by the same readings and without another write', async () => {
    flow = await openFlow({ users: 12, groups: 3 });
    await loadFirst(flow);
    disable(flow, 0);
    const run = await simulate(keepDisabled);
    expect([run.state, planned(run), comparison(run)]).toEqual(['simulated', {}, { suspend: 1 }]);
    expect(comparison(run)).toEqual(planned(await flow.run('simulate')));
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('asks the organization about addresses that the saved settings alone would invite', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    const run = await simulate((settings) => ({ ...settings, users: { ...settings.users, createAccounts: false } }));
    expect([planned(run), comparison(run)]).toEqual([{}, planned(await flow.run('simulate'))]);
    expect(comparison(run)).toMatchObject({ invite: 6 });
  });

  it('says why a run of the saved settings would stop', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    const include = { groupIds: [sourceGroupId('gone')], rules: [] };
    const scope = {
      kind: 'groups',
      include,
      exclude: { groupIds: [], rules: [] },
      match: 'any',
      subGroups: true,
    } as const;
    await flow.save((settings) => ({ ...settings, scope }));
    const run = await simulate((settings) => ({ ...settings, scope: { kind: 'realm' } }));
    expect([run.state, comparison(run)]).toEqual([
      'simulated',
      expect.stringContaining('With the saved settings the run stops: A required group no longer exists'),
    ]);
  });

  it('counts them where groups limit the scope that is not saved, too', async () => {
    flow = await openFlow({ users: 8, groups: 2 });
    await loadFirst(flow);
    disable(flow, 0);
    const include = { groupIds: flow.realm.groups.map(({ id }) => sourceGroupId(id)), rules: [] };
    const scope = {
      kind: 'groups',
      include,
      exclude: { groupIds: [], rules: [] },
      match: 'any',
      subGroups: false,
    } as const;
    const run = await simulate((settings) => ({ ...settings, scope }));
    expect([run.state, comparison(run)]).toEqual(['simulated', { suspend: 1 }]);
  });

  it('says that attributes are missing that only the saved settings need', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    const { users } = await saved();
    const department = {
      attribute: 'department',
      templates: ['${department}'],
      values: { kind: 'first' },
      transformations: [],
      otherwise: 'ignore',
    } as const;
    await flow.save((settings) => ({ ...settings, users: { ...users, mapping: [...users.mapping, department] } }));
    const run = await simulate((settings) => ({ ...settings, users }));
    expect([run.state, comparison(run)]).toEqual(['simulated', expect.stringContaining('other Keycloak attributes')]);
  });

  it('says that another client of the realm was read', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    const run = await simulate((settings) => ({
      ...settings,
      // The same server by another way, so that the reading itself goes on.
      keycloak: { ...settings.keycloak, loginRealm: 'staff' },
    }));
    expect([run.state, comparison(run)]).toEqual(['simulated', expect.stringContaining('another realm')]);
  });

  it('is simulated all the same where the organization refuses what the saved settings alone ask', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    flow.stage.atlassian.faults.plan({
      path: /directories\/-\/users\/search/,
      fault: { kind: 'status', status: 403 },
    });
    const run = await simulate((settings) => ({ ...settings, users: { ...settings.users, createAccounts: false } }));
    expect([run.state, planned(run), comparison(run), flow.stage.atlassian.faults.pending()]).toEqual([
      'simulated',
      {},
      expect.stringContaining('could not be planned for comparison'),
      0,
    ]);
  });
});

describe('nothing is compared', () => {
  it.each<[string, (flow: Flow) => Promise<Run>]>([
    ['in a simulation of the saved settings', (opened) => opened.run('simulate')],
    ['in a full run', (opened) => opened.run('full')],
    [
      'where only the schedule differs',
      () => simulate((settings) => ({ ...settings, schedule: { ...settings.schedule, cron: '0 5 * * *' } })),
    ],
  ])('%s', async (_, run) => {
    flow = await openFlow({ users: 6, groups: 2 });
    expect(comparison(await run(flow))).toBeUndefined();
  });
});
