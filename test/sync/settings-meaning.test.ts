import * as v from 'valibot';
import type { ConnectorSettings, UserProvisioning } from '../../src/domain/connector';
import { openFlow, type Flow } from './flow';

/* What settings mean that no plan shows: they are met in the requests of a whole run. */
let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 3, groups: 2 });
});
afterEach(() => flow.stop());

const invitation = v.object({
  sendNotification: v.boolean(),
  permissionRules: v.optional(v.array(v.object({ resource: v.string(), role: v.string() }))),
});

/** What the invitations of a full run ask for, each kind once. */
async function invitedWith(users: Partial<UserProvisioning>) {
  await flow.save((settings) => ({ ...settings, users: { ...settings.users, ...users } }));
  const run = await flow.run('full');
  expect(run.state).toBe('finished');
  const bodies = flow.stage.atlassian.traffic
    .writes()
    .filter(({ path }) => path.endsWith('/users/invite'))
    .map(({ body }) => JSON.stringify(v.parse(invitation, body)));
  return [...new Set(bodies)].map((body): unknown => JSON.parse(body));
}

describe('a new account', () => {
  it.each([
    ['gets no mail from Atlassian where people are not notified', false],
    ['gets the mail of Atlassian where people are notified', true],
  ])('%s', async (_, notify) => {
    expect(await invitedWith({ notify })).toMatchObject([{ sendNotification: notify }]);
  });

  it('gets the products that are chosen, in their roles', async () => {
    const resource = (product: 'jira' | 'confluence') => flow.organization.resource(product);
    const productAccess = [
      { resource: resource('jira'), role: 'atlassian/user' },
      { resource: resource('confluence'), role: 'atlassian/guest' },
    ];
    expect(await invitedWith({ productAccess })).toMatchObject([{ permissionRules: productAccess }]);
  });

  it('gets no product where none is chosen', async () => {
    const [body] = await invitedWith({ productAccess: [] });
    expect(body).not.toHaveProperty('permissionRules');
  });
});

describe('a connector', () => {
  const save = (change: (settings: ConnectorSettings) => Partial<ConnectorSettings>) =>
    flow.save((settings) => ({ ...settings, ...change(settings) }));

  it('calls its runs by its name', async () => {
    await save(() => ({ name: 'People of the staff' }));
    expect((await flow.run('simulate')).connectorName).toBe('People of the staff');
  });

  it('makes groups by its naming: the prefix, and the text that the transformations give', async () => {
    await save(({ groups }) => ({
      groups: { ...groups, naming: { ...groups.naming, prefix: 'kc-', transformations: [{ kind: 'lower-case' }] } },
    }));
    await flow.run('full');
    const made = flow.realm.groups.filter(({ name }) => flow.organization.group(`kc-${name.toLowerCase()}`));
    expect(made.length).toBeGreaterThan(0);
    expect(flow.realm.groups.filter(({ name }) => flow.organization.group(name))).toEqual([]);
  });

  it.each([
    ['the realm itself where no other is named', undefined, 'staff'],
    ['the login realm where its client lives there', 'master', 'master'],
  ])('gets its token from %s', async (_, loginRealm, realm) => {
    const { connectorId } = flow;
    const { settings, revision } = await flow.call('getConnector', { connectorId });
    const keycloak = { ...settings.keycloak, ...(loginRealm === undefined ? {} : { loginRealm }) };
    const saved = { ...settings, keycloak };
    await flow.call('saveConnector', { connectorId, revision, settings: saved, clientSecret: 'any' });
    await flow.call('testConnector', { connectorId });
    const asked = flow.keycloak.requests.map(({ path }) => path).filter((path) => path.endsWith('/token'));
    expect(new Set(asked)).toEqual(new Set([`/realms/${realm}/protocol/openid-connect/token`]));
  });
});
