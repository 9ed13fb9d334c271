import { hostileDoubts, kindDoubts } from '../../dev/atlassian/doubts';
import { answerProduct } from '../../dev/atlassian/product';
import type { Exchange } from '../../dev/atlassian/traffic';
import { parseText } from '../../dev/atlassian/traffic';
import { installGlobals } from '../../dev/forge/globals';
import { createPlatform } from '../../dev/forge/platform';
import { readManifest } from '../../dev/stage';
import { contractOrSkip } from '../dev/atlassian/client';
import { openFlow, type Flow } from '../sync/flow';

// Behind the globals: @forge/api keeps the fetch that it finds when it is loaded.
installGlobals();

const { contract, describe: describeContract, title } = contractOrSkip();

let flow: Flow;
const day = 24 * 3_600_000;

/** What was asked, without ids and queries. */
function operationsOf(traffic: readonly Exchange[]): readonly string[] {
  const kinds = traffic.map(({ method, path }) => {
    const [plain = ''] = path.split('?');
    const parts = plain.split('/').map((part) => (/^[a-z]+[\w-]*$/i.test(part) && part.length < 20 ? part : '*'));
    return `${method} ${parts.slice(2).join('/')}`;
  });
  return [...new Set(kinds)].toSorted();
}

/** Lets the delays of Atlassian's reads and of invitations pass. */
function waitADay(): void {
  flow.organization.acceptInvitation();
  flow.organization.settle();
  flow.clock.advance(day);
}

async function sync() {
  const run = await flow.run('full');
  waitADay();
  return run.state === 'held'
    ? flow
        .call('approveRun', { runId: run.id, planHash: run.planHash ?? '', reason: 'as expected' })
        .then(() => flow.settle(run.id))
    : run;
}

/** Everything that the app ever asks Atlassian, in one life. */
async function live(): Promise<void> {
  const { connectorId, realm } = flow;
  await flow.call('findOrganizations', {});
  await flow.call('testDirectory', undefined);
  await flow.call('testConnector', { connectorId });
  const { surveyId } = await flow.call('startSurvey', { connectorId });
  await flow.settle(surveyId);
  await flow.run('simulate');
  await sync();
  await sync();
  // Somebody leaves and comes back, somebody changes groups, somebody is gone for good, a group is new.
  const [leaver, mover, goner] = [flow.person(0), flow.person(1), flow.person(2)];
  leaver.enabled = false;
  const first = realm.memberships.find(({ userId }) => userId === mover.id);
  realm.memberships = realm.memberships.filter((each) => each !== first);
  realm.groups.push({ id: '00000000-0000-4000-8000-0000000000ab', name: 'New group' });
  realm.memberships.push({ userId: mover.id, groupId: '00000000-0000-4000-8000-0000000000ab' });
  await sync();
  await sync();
  leaver.enabled = true;
  await flow.save((settings) => ({ ...settings, cleanup: { ...settings.cleanup, behaviour: 'remove' } }));
  realm.users = realm.users.filter(({ id }) => id !== goner.id);
  realm.memberships = realm.memberships.filter(({ userId }) => userId !== goner.id);
  await sync();
  // An account is removed only after it was suspended for 30 days; what was approved last has to show by then, too.
  waitADay();
  flow.clock.advance(30 * day);
  await sync();
}

describeContract(`what the app sends to Atlassian and gets, against ${title}`, () => {
  afterEach(() => flow.stop());

  it.each([
    ['kind', kindDoubts],
    ['hostile', hostileDoubts],
  ])('follows the documents in a whole life with a %s organization', async (_kind, atlassian) => {
    flow = await openFlow({ users: 30, groups: 4, atlassian, settings: { limits: 'normal' } });
    await live();
    const { all } = flow.stage.atlassian.traffic;
    expect(contract?.checkTraffic(all)).toEqual([]);
    expect(operationsOf(all)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^GET v1\/orgs$/),
        expect.stringMatching(/directories$/),
        expect.stringMatching(/workspaces$/),
        expect.stringMatching(/^POST .*users\/search$/),
        expect.stringMatching(/^POST .*groups\/search$/),
        expect.stringMatching(/^GET .*users\/count$/),
        expect.stringMatching(/^GET .*groups\/count$/),
        expect.stringMatching(/^POST .*users\/invite$/),
        expect.stringMatching(/^POST .*groups$/),
        expect.stringMatching(/^POST .*memberships$/),
        expect.stringMatching(/^DELETE .*memberships\/\*$/),
        expect.stringMatching(/suspend$/),
        expect.stringMatching(/restore$/),
        expect.stringMatching(/^DELETE .*users\/\*$/),
      ]),
    );
  });
});

describeContract(`the permission checks of both products, against ${title}`, () => {
  it.each(['jira-admin', 'jira-configure', 'confluence-admin'])('follow the documents on %s', async (moduleKey) => {
    flow = await openFlow({ users: 3, groups: 1 });
    const { createApp } = await import('../../src/app');
    const { bindHandlers } = await import('../../src/handlers/bind');
    const exchanges: Exchange[] = [];
    const platform = createPlatform({
      manifest: readManifest(),
      // The manifest binds the handlers by name.
      app: { handlers: bindHandlers(createApp()) as Readonly<Record<string, (...args: unknown[]) => unknown>> },
      product: async (request) => {
        const answer = await answerProduct(flow.organization, request);
        exchanges.push({
          method: request.init?.method ?? 'GET',
          path: request.path,
          body: parseText(request.init?.body ?? ''),
          status: answer.status,
          responseBody: parseText(await answer.clone().text()),
        });
        return answer;
      },
    });
    const answer = await platform.invokeResolver({ moduleKey, functionKey: 'listConnectors', accountId: flow.admin });
    await platform.stop();
    await flow.stop();
    expect(answer).toEqual({ ok: true, value: [] });
    expect(exchanges).toHaveLength(1);
    expect(contract?.checkTraffic(exchanges)).toEqual([]);
  });
});
