import { addFederation, defaultTimeouts, type ProviderConfig } from '../../dev/keycloak/federation';
import { emptyDn, groupDn, groupsDn, ldapChange, peopleDn, personDn } from '../../dev/keycloak/ldap-entries';
import { bindPassword } from '../../dev/keycloak/ldap-server';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import {
  federatedCount,
  localCount,
  createLocalRealm,
  joinLdap,
  startSync,
  uid,
  type BeforeRequest,
  writers,
  type LdapRealm,
  type Night,
} from './ldap-realm';

// A busy machine is no fault of the source.
jest.setTimeout(5 * 60_000);

const server = sharedKeycloak();
const everybody = federatedCount + localCount;
const dayAfterDay = [24, 48];

/** What happens to the realm, and what the nightly runs after it say and take; the federation's id stands as `{id}`. */
interface Situation {
  readonly strike: (realm: LdapRealm) => Promise<void> | void;
  /** Comes before each request of the first night. */
  readonly meanwhile?: (realm: LdapRealm) => BeforeRequest;
  /** Hours after the first load; two nights unless said. */
  readonly nights?: readonly number[];
  /** Each of these is found in what every night says; none: nothing is said at all. */
  readonly says: readonly RegExp[];
  /** Exactly what is taken in the end; nothing unless said. */
  readonly takes?: readonly string[];
  /** People in the last night's snapshot. */
  readonly people?: number;
  /** What is otherwise before 26.7, which drops a person of whom it remembers everything as soon as one reads. */
  readonly before267?: Partial<Situation>;
}

const federation = /user federation \{id\}/;
const cold = (realm: LdapRealm): Promise<void> => realm.federation.clearCache();
const coldly = (change: (realm: LdapRealm) => Promise<void> | void) => async (realm: LdapRealm) => {
  await change(realm);
  await cold(realm);
};
const configured = (config: ProviderConfig) => coldly((realm) => realm.federation.configure(config));
/** Mapper mode IMPORT: Keycloak keeps memberships of its own and looks into LDAP at a sync alone. */
const imported: ProviderConfig = { mode: 'IMPORT' };
const removePeople = (from: number, to: number) => (realm: LdapRealm) =>
  realm.ldap.change(...Array.from({ length: to - from }, (_, index) => ldapChange.remove(personDn(uid(from + index)))));
const personId = async (realm: LdapRealm): Promise<string> => (await server.admin.findUser(realm.name, uid(4))) ?? '';
const stopAt =
  (page: RegExp) =>
  (realm: LdapRealm): BeforeRequest =>
  async (url, others) => {
    if (!page.test(url)) return;
    await others();
    realm.port.refuse();
    await cold(realm);
  };

async function play(realm: LdapRealm, situation: Situation): Promise<(hours: number) => Promise<Night>> {
  const older = /^(2[0-5]|26\.[0-6])\./.test(server.version) ? situation.before267 : undefined;
  const { strike, meanwhile, nights = dayAfterDay, says, takes = [], people } = { ...situation, ...older };
  const sync = await startSync(realm);
  await strike(realm);
  const seen: Night[] = [];
  for (const [index, hours] of nights.entries()) {
    seen.push(await sync.run(hours, index === 0 ? meanwhile?.(realm) : undefined));
  }
  const said = seen.map((night) => night.said.replaceAll(realm.federation.id, '{id}'));
  for (const words of says) for (const text of said) expect(text).toMatch(words);
  if (says.length === 0 && takes.length === 0) expect(said).toEqual(nights.map(() => ''));
  expect(seen.flatMap(({ applied }) => applied)).toEqual(takes);
  if (people !== undefined) expect(seen.at(-1)?.people).toBe(people);
  return sync.run;
}

/** Faults that leave no trace in Keycloak once they are over. */
const passing: Readonly<Record<string, Situation>> = {
  'nothing happens': { strike: () => undefined, says: [], people: everybody },
  'the LDAP server is stopped while Keycloak remembers everybody': {
    // Keycloak looks for people in LDAP now and then although it remembers them: then the list breaks off.
    strike: (realm) => realm.port.refuse(),
    says: [federation, /LDAP server/],
  },
  'the LDAP server is stopped and Keycloak remembers nobody': {
    strike: coldly((realm) => realm.port.refuse()),
    says: [federation],
  },
  'the LDAP server stops between two pages of people': {
    strike: cold,
    meanwhile: stopAt(/\/users\?.*first=10&/),
    says: [federation],
  },
  'the LDAP server stops between two pages of the members of a group': {
    strike: () => undefined,
    meanwhile: stopAt(/\/members\?.*first=10&/),
    says: [federation],
  },
  'the LDAP server stops before the last page of the members of a group: few are missing, and no limit is in the way': {
    strike: () => undefined,
    meanwhile: stopAt(/\/members\?.*first=20&/),
    nights: [24],
    says: [federation, /records of other people lack the group as well/],
    before267: { says: [federation, /status 400/] },
  },
  'the LDAP server accepts and answers nothing': {
    strike: async (realm) => {
      await configured({ readTimeout: '50', connectionTimeout: '50' })(realm);
      realm.port.hang();
    },
    nights: [24],
    says: [federation],
  },
  'the provider is disabled in Keycloak': {
    strike: configured({ enabled: 'false' }),
    says: [federation, /provider is disabled/],
    people: everybody,
  },
  'the provider is disabled in Keycloak, and the client may read its name': {
    strike: async (realm) => {
      await server.admin.addServiceAccountRoles(realm.name, 'sync', ['view-realm']);
      await configured({ enabled: 'false' })(realm);
    },
    says: [/user federation "Head office"/, /provider is disabled/],
    people: everybody,
  },
  'the password of the provider is wrong': { strike: configured({ bindCredential: 'wrong' }), says: [federation] },
  'the base DN does not exist': { strike: configured({ usersDn: `ou=nowhere,${peopleDn}` }), says: [federation] },
  'the base DN of the groups is a branch that holds nobody': {
    strike: (realm) => realm.federation.configureGroups({ 'groups.dn': emptyDn }),
    says: [federation, /groups/],
    people: everybody,
  },
};

describe('nobody of an LDAP server loses access, the run says why, and all is well once it is over, when', () => {
  let realm: LdapRealm;
  beforeAll(async () => {
    await createLocalRealm(server, 'ldap-passing');
    realm = await joinLdap(server, 'ldap-passing');
  });
  afterAll(async () => {
    await realm.leave();
    await server.admin.deleteRealm('ldap-passing');
  });

  it.each(Object.entries(passing))('%s', async (_, situation) => {
    try {
      const run = await play(realm, situation);
      await mend(realm);
      expect(await run(72)).toEqual({ taken: [], applied: [], said: '', people: everybody });
    } finally {
      await mend(realm);
    }
  });
});

async function mend({ name, port, federation: provider }: LdapRealm): Promise<void> {
  await server.admin.removeServiceAccountRoles(name, 'sync', ['view-realm']);
  port.pass();
  const config = { enabled: 'true', bindCredential: bindPassword, usersDn: peopleDn };
  await provider.configure({ ...config, ...defaultTimeouts });
  await provider.configureGroups({ 'groups.dn': groupsDn });
  await provider.clearCache();
}

/** What changes the realm for good, or what Keycloak itself does not undo. */
const lasting: Readonly<
  Record<string, Situation & { readonly config?: ProviderConfig; readonly groups?: ProviderConfig }>
> = {
  'the base DN is a branch that holds nobody': {
    strike: configured({ usersDn: emptyDn }),
    says: [federation, /base DN/],
  },
  'the user filter lets a third of them through': {
    strike: configured({ customUserSearchFilter: '(uid=ldap-0*)' }),
    says: [federation, /filter/],
  },
  'one is deleted in LDAP and Keycloak remembers nobody: gone after two nights': {
    strike: coldly(removePeople(4, 5)),
    nights: [24, 30, 48],
    says: [],
    takes: [`remove-member ${uid(4)} of developers`, `suspend ${uid(4)}`],
    people: everybody - 1,
  },
  'one is deleted in LDAP and Keycloak remembers everybody: listed as living, but in no group': {
    strike: removePeople(4, 5),
    nights: [24],
    says: [],
    takes: [`remove-member ${uid(4)} of developers`],
    before267: { says: [/not confirmed yet/], takes: [], people: everybody - 1 },
  },
  'a third of them is deleted in LDAP and Keycloak remembers nobody': {
    strike: coldly(removePeople(4, 14)),
    says: [federation],
    people: everybody - 10,
  },
  'a third of them is deleted in LDAP and Keycloak remembers everybody: the groups shrink beyond the limit': {
    strike: removePeople(4, 14),
    says: [/"developers" would lose 10 of 20 members/],
    people: everybody,
    before267: { says: [federation, /10 of 30 linked people .* newly absent/], people: everybody - 10 },
  },
  'two are deleted in LDAP, then both syncs run: gone after two nights': {
    strike: async (realm) => {
      await removePeople(4, 6)(realm);
      await realm.federation.sync();
    },
    says: [],
    takes: [4, 5]
      .map((index) => `remove-member ${uid(index)} of developers`)
      .concat([4, 5].map((index) => `suspend ${uid(index)}`)),
    people: everybody - 2,
  },
  'one is moved out of the base DN and back: a new id, and the account waits for a word': {
    strike: async (realm) => {
      await coldly(() => realm.ldap.change(ldapChange.move(uid(4), peopleDn, emptyDn)))(realm);
      await server.admin.request('GET', `/${realm.name}/users?max=100`);
      await coldly(() => realm.ldap.change(ldapChange.move(uid(4), emptyDn, peopleDn)))(realm);
    },
    nights: [24, 48, 72],
    says: [/confirm/],
    people: everybody,
  },
  'an address changes in LDAP': {
    strike: async (realm) => {
      await realm.ldap.change(ldapChange.replace(personDn(uid(4)), 'mail', 'other@example.com'));
      await realm.federation.sync();
    },
    says: [],
    people: everybody,
  },
  'one is disabled in Keycloak and keeps the LDAP groups: deactivated at once': {
    strike: async (realm) => server.admin.updateUser(realm.name, await personId(realm), { enabled: false }),
    nights: [24],
    says: [],
    takes: [`suspend ${uid(4)}`],
    people: everybody,
  },
  'a uid changes in LDAP and the groups still name the old one': {
    strike: async (realm) => {
      await realm.ldap.change(ldapChange.rename(uid(4), 'renamed'));
      await realm.federation.sync();
      await cold(realm);
    },
    says: [federation, /from "ldap-04" to "renamed"/],
    people: everybody,
  },
  'an LDAP group is deleted': {
    strike: (realm) => realm.ldap.change(ldapChange.remove(groupDn('writers'))),
    says: [federation, /"writers" lost all 15 members/],
    people: everybody,
  },
  'an LDAP group is deleted and Keycloak drops it: its members stay': {
    strike: async (realm) => {
      await realm.ldap.change(ldapChange.remove(groupDn('writers')));
      await realm.federation.configureGroups({ 'drop.non.existing.groups.during.sync': 'true' });
      await realm.federation.syncGroups();
    },
    says: [/group/],
    people: everybody,
  },
  'an LDAP group is deleted, Keycloak drops it, and it is made anew with the same name: its members stay': {
    strike: async (realm) => {
      await realm.ldap.change(ldapChange.remove(groupDn('writers')));
      await realm.federation.configureGroups({ 'drop.non.existing.groups.during.sync': 'true' });
      await realm.federation.syncGroups();
      await realm.ldap.change(ldapChange.addGroup(writers));
      await realm.federation.syncGroups();
    },
    says: [/group is gone from Keycloak: the Atlassian group stays and keeps/],
    people: everybody,
  },
  'groups are imported and the LDAP server is stopped': {
    groups: imported,
    strike: coldly((realm) => realm.port.refuse()),
    says: [federation],
  },
  'groups are imported and the provider is disabled': {
    groups: imported,
    strike: configured({ enabled: 'false' }),
    says: [federation],
    people: everybody,
  },
  'groups are imported and an LDAP group is deleted: Keycloak still lists its members': {
    groups: imported,
    strike: coldly((realm) => realm.ldap.change(ldapChange.remove(groupDn('writers')))),
    says: [],
    people: everybody,
  },
  'groups are imported, an LDAP group is deleted and Keycloak drops it: its members stay': {
    groups: { ...imported, 'drop.non.existing.groups.during.sync': 'true' },
    strike: async (realm) => {
      await realm.ldap.change(ldapChange.remove(groupDn('writers')));
      await realm.federation.syncGroups();
    },
    says: [/group is gone from Keycloak: the Atlassian group stays and keeps/],
    people: everybody,
  },
  'the base DN of the groups is a branch that holds nobody and Keycloak drops all groups: their members stay': {
    strike: async (realm) => {
      const config = { 'groups.dn': emptyDn, 'drop.non.existing.groups.during.sync': 'true' };
      await realm.federation.configureGroups(config);
      await realm.federation.syncGroups();
    },
    says: [/group/],
    people: everybody,
  },
  'the provider is removed': {
    strike: (realm) => realm.federation.remove(),
    says: [federation, /provider was removed/],
    people: localCount,
  },
  'the provider is removed and made anew': {
    strike: async (realm) => {
      await realm.federation.remove();
      await (await addFederation(server.admin, realm.name, realm.port.port, { trustEmail: 'true' })).sync();
    },
    says: [federation],
    people: everybody,
  },
  'people are not imported and the LDAP server is stopped': {
    config: { importEnabled: 'false' },
    strike: coldly((realm) => realm.port.refuse()),
    says: [federation],
  },
  'people are not imported and the provider is disabled': {
    config: { importEnabled: 'false' },
    strike: configured({ enabled: 'false' }),
    says: [federation],
    people: localCount,
  },
  'the e-mail addresses of LDAP are trusted from now on': {
    config: { trustEmail: 'false' },
    strike: async (realm) => {
      await realm.federation.configure({ trustEmail: 'true' });
      await realm.federation.sync();
    },
    says: [],
    people: everybody,
  },
  'Keycloak keeps invalid people and two are deleted in LDAP: shown disabled, gone after two nights': {
    config: { removeInvalidUsersEnabled: 'false' },
    strike: coldly(removePeople(4, 6)),
    says: [],
    takes: [`suspend ${uid(4)}`, `suspend ${uid(5)}`],
    people: everybody,
    // The setting came with 26.7: before it they are dropped.
    before267: {
      takes: [4, 5]
        .map((index) => `remove-member ${uid(index)} of developers`)
        .concat([4, 5].map((index) => `suspend ${uid(index)}`)),
      people: everybody - 2,
    },
  },
  'Keycloak keeps invalid people and the LDAP server is stopped': {
    config: { removeInvalidUsersEnabled: 'false' },
    strike: coldly((realm) => realm.port.refuse()),
    says: [federation],
  },
};

describe('nobody who is still in the LDAP server loses access by mistake, and the run says why, when', () => {
  beforeAll(() => createLocalRealm(server, 'ldap-lasting'));
  afterAll(() => server.admin.deleteRealm('ldap-lasting'));

  it.each(Object.entries(lasting))('%s', async (_, { config, groups, ...situation }) => {
    const realm = await joinLdap(server, 'ldap-lasting', config, groups);
    try {
      await play(realm, situation);
    } finally {
      await realm.leave();
    }
  });
});
