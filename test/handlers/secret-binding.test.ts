import { openFlow, secret, type Flow } from '../sync/flow';
import { sentence } from '../sync/look';

const elsewhere = 'https://elsewhere.example.test';
let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 6, groups: 2 });
});
afterEach(() => flow.stop());

/** Saves another server, with its secret or without one. */
async function move(clientSecret?: string): Promise<void> {
  const { connectorId } = flow;
  const { settings, revision } = await flow.call('getConnector', { connectorId });
  const moved = { ...settings, keycloak: { ...settings.keycloak, url: elsewhere } };
  await flow.call('saveConnector', {
    connectorId,
    revision,
    settings: moved,
    ...(clientSecret === undefined ? {} : { clientSecret }),
  });
}

const tokenRequests = () => flow.keycloak.requests.filter(({ path }) => path.endsWith('/token'));

describe('when a connector moves to another server', () => {
  it('a run in flight never sends the new secret to the old server, and says why it ends', async () => {
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'simulate' });
    await move('secret-of-elsewhere');
    const run = await flow.settle(runId);
    expect({ state: run.state, code: run.failure?.code }).toEqual({ state: 'failed', code: 'wrong-client-or-secret' });
    expect(run.failure?.message).toMatch(sentence);
    expect(run.failure?.message).toMatch(/entered for another server/);
    expect(tokenRequests()).toEqual([]);
  });

  it('the old secret is kept from the new server: the same save asks for one and changes nothing without', async () => {
    const { connectorId } = flow;
    const before = await flow.call('getConnector', { connectorId });
    await expect(move()).rejects.toThrow(/enter the client secret again/);
    expect(await flow.call('getConnector', { connectorId })).toEqual(before);
    await move('secret-of-elsewhere');
    expect(await flow.call('getConnector', { connectorId })).toMatchObject({
      hasSecret: true,
      settings: { keycloak: { url: elsewhere } },
    });
  });

  it('settings that are not saved do not get the stored secret either', async () => {
    const { connectorId } = flow;
    const { settings } = await flow.call('getConnector', { connectorId });
    const moved = { ...settings, keycloak: { ...settings.keycloak, url: elsewhere } };
    await expect(flow.call('startRun', { connectorId, kind: 'simulate', settings: moved })).rejects.toThrow(
      /client secret/,
    );
  });

  it('moving back asks for the secret that belongs there', async () => {
    await move('secret-of-elsewhere');
    const { connectorId } = flow;
    const { settings, revision } = await flow.call('getConnector', { connectorId });
    const back = { ...settings, keycloak: { ...settings.keycloak, url: 'https://keycloak.example.test/' } };
    await expect(flow.call('saveConnector', { connectorId, revision, settings: back })).rejects.toThrow(
      /client secret/,
    );
    await flow.call('saveConnector', { connectorId, revision, settings: back, clientSecret: secret });
    expect((await flow.run('simulate')).state).toBe('simulated');
    expect(tokenRequests().every(({ body }) => new URLSearchParams(body).get('client_secret') === secret)).toBe(true);
  });
});
