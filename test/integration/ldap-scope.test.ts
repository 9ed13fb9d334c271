import { bindPassword } from '../../dev/keycloak/ldap-server';
import { emptyDn, groupsDn, peopleDn } from '../../dev/keycloak/ldap-entries';
import { defaultTimeouts } from '../../dev/keycloak/federation';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import type { ConnectorSettings } from '../../src/domain/connector';
import { noGroups, type GroupSet } from '../../src/domain/group-set';
import { settings } from '../domain/model';
import { createLocalRealm, joinLdap, startSync, type BeforeRequest, type LdapRealm } from './ldap-realm';

// A busy machine is no fault of the source.
jest.setTimeout(5 * 60_000);

const server = sharedKeycloak();
const name = 'ldap-scope';

const named = (...groups: readonly string[]): GroupSet => ({
  groupIds: [],
  rules: groups.map((text) => ({ of: 'name', test: 'exact', text })),
});
/** 20 people of the LDAP group `developers` and the five of the realm's own; 5 of the 20 are in `writers`, 12 in `readers`. */
const scope = {
  kind: 'groups',
  include: named('developers', 'Staff'),
  exclude: noGroups,
  match: 'any',
  subGroups: false,
} as const;
const synced: Readonly<Record<string, ConnectorSettings>> = {
  'the required groups are synced': settings({ scope, users: { emailDomains: ['example.com'] } }),
  'no group of LDAP is synced': settings({
    scope,
    users: { emailDomains: ['example.com'] },
    groups: { selection: { kind: 'chosen', include: named('Staff') } },
  }),
  'other groups alone are synced': settings({
    scope,
    users: { emailDomains: ['example.com'] },
    groups: { selection: { kind: 'chosen', include: named('writers', 'readers') } },
  }),
};

interface Situation {
  readonly strike: (realm: LdapRealm) => Promise<void> | void;
  readonly meanwhile?: (realm: LdapRealm) => BeforeRequest;
}

const stopAt =
  (page: RegExp) =>
  ({ port, federation }: LdapRealm): BeforeRequest =>
  async (url, others) => {
    if (!page.test(url)) return;
    await others();
    port.refuse();
    await federation.clearCache();
  };

const situations: Readonly<Record<string, Situation>> = {
  'the LDAP server is stopped while Keycloak remembers everybody': { strike: ({ port }) => port.refuse() },
  'the LDAP server is stopped and Keycloak remembers nobody': {
    strike: async ({ port, federation }) => {
      port.refuse();
      await federation.clearCache();
    },
  },
  'the LDAP server stops before the members of required groups are read': {
    strike: () => undefined,
    meanwhile: stopAt(/\/members\?.*first=0&/),
  },
  'the LDAP server stops between two pages of the members of a required group': {
    strike: () => undefined,
    meanwhile: stopAt(/\/members\?.*first=10&/),
  },
  'the provider is disabled in Keycloak': {
    strike: async ({ federation }) => {
      await federation.configure({ enabled: 'false' });
      await federation.clearCache();
    },
  },
  'the base DN of the groups is a branch that holds nobody': {
    strike: ({ federation }) => federation.configureGroups({ 'groups.dn': emptyDn }),
  },
};

async function mend({ port, federation }: LdapRealm): Promise<void> {
  port.pass();
  await federation.configure({ enabled: 'true', bindCredential: bindPassword, usersDn: peopleDn, ...defaultTimeouts });
  await federation.configureGroups({ 'groups.dn': groupsDn });
  await federation.clearCache();
}

describe.each(Object.entries(synced))('where groups of LDAP limit the scope and %s', (_name, chosen) => {
  let realm: LdapRealm;
  beforeAll(async () => {
    await createLocalRealm(server, name);
    realm = await joinLdap(server, name);
  });
  afterAll(async () => {
    await realm.leave();
    await server.admin.deleteRealm(name);
  });

  it.each(Object.entries(situations))(
    'nobody loses anything, and the run says why, when %s',
    async (_case, { strike, meanwhile }) => {
      try {
        const sync = await startSync(realm, { settings: chosen });
        await strike(realm);
        for (const hours of [24, 48]) {
          const night = await sync.run(hours, hours === 24 ? meanwhile?.(realm) : undefined);
          expect(night.applied).toEqual([]);
          expect(night.said.replaceAll(realm.federation.id, '{id}')).toMatch(/user federation \{id\}/);
        }
        await mend(realm);
        expect(await sync.run(72)).toMatchObject({ taken: [], applied: [], said: '' });
      } finally {
        await mend(realm);
      }
    },
  );

  it('somebody who leaves the required group loses the account, so that these tests can fail', async () => {
    const sync = await startSync(realm, { settings: chosen });
    const leaver = (await server.admin.findUser(name, 'local-0')) ?? '';
    const [staff] = (await server.admin.request('GET', `/${name}/groups?search=Staff`)) as readonly {
      readonly id: string;
    }[]; // Keycloak's own rows
    await server.admin.leaveGroup(name, leaver, staff?.id ?? '');
    try {
      expect((await sync.run(24)).applied).toContain('suspend local-0');
    } finally {
      await server.admin.joinGroup(name, leaver, staff?.id ?? '');
    }
  });
});
