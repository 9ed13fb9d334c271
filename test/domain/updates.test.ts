import { clearApproved } from '../../src/domain/approval';
import { changeKey, type Change } from '../../src/domain/change';
import { computePlan, findUnknownEmails } from '../../src/domain/compute-plan';
import type { UserProvisioning } from '../../src/domain/connector';
import { nothingForeign } from '../../src/domain/foreign';
import { checkGuards } from '../../src/domain/guards';
import { connectorId } from '../../src/domain/identity';
import type { AccountLink } from '../../src/domain/link';
import { ldapMapping, type AtlassianAttribute } from '../../src/domain/mapping-row';
import type { PlanInput } from '../../src/domain/planning';
import type { DirectoryAccount, SourceUser } from '../../src/domain/snapshot';
import { computeUndo } from '../../src/domain/undo';
import { describeUnwritable } from '../../src/domain/unwritable';
import { attributeRules } from '../../src/domain/writable-attributes';
import {
  account,
  accountLink,
  applyChanges,
  directory,
  directoryAccount,
  hour,
  issuer,
  links,
  now,
  planInput,
  settings,
  source,
  user,
} from './model';

const on = { updateName: true, updateEmail: true, updateProfile: true, mapping: ldapMapping } as const;
const managed = { claimed: true } as const;

interface World {
  readonly user?: Partial<SourceUser>;
  readonly account?: Partial<DirectoryAccount>;
  readonly link?: Partial<AccountLink>;
  readonly users?: Partial<UserProvisioning>;
  readonly input?: Partial<PlanInput>;
  readonly others?: readonly DirectoryAccount[];
}

/** Anna, linked to a managed account, with every switch on. */
function anna({ user: person, account: theirs, link, users, input, others = [] }: World): PlanInput {
  return planInput({
    source: source([user('anna', person)]),
    directory: directory([directoryAccount('anna', { ...managed, ...theirs }), ...others]),
    links: links([accountLink('anna', link)]),
    settings: settings({ users: { ...on, ...users } }),
    ...input,
  });
}

const keysOf = (changes: readonly Change[]) => changes.map(changeKey);
const married = { lastName: 'Married' };
const moved = { email: 'new@example.com' };
const profileKey = (...fields: readonly (readonly [string, string, string])[]) =>
  `update-profile u-anna a-anna ${JSON.stringify(fields)}`;
const nameKey = profileKey(['displayName', 'Anna Example', 'Anna Married']);
const emailKey = 'update-email u-anna a-anna anna@example.com new@example.com';
const nameDiffers = 'The name differs: "Anna Married" in Keycloak, "Anna Example" in Atlassian.';
const emailDiffers = 'The e-mail address differs: new@example.com in Keycloak, anna@example.com in Atlassian.';
const signsOut =
  'The e-mail address changes from anna@example.com to new@example.com: Atlassian signs the person out everywhere, and the new one is for signing in.';

describe('what differs at a managed account', () => {
  it.each<[string, World, readonly string[], readonly string[]]>([
    ['is written: a name', { user: married }, [nameKey], []],
    ['is written: an address, with what it means', { user: moved }, [emailKey], [signsOut]],
    [
      'is written: other attributes, all in one change',
      {
        user: { attributes: { title: ['Clerk'], l: ['Bonn'] } },
        account: { profile: { location: 'Berlin', department: 'Sales' } },
      },
      [profileKey(['jobTitle', '', 'Clerk'], ['location', 'Berlin', 'Bonn'])],
      [],
    ],
    ['is nothing where both say the same', { account: { name: ' Anna Example ' } }, [], []],
    ['stays where Keycloak says nothing', { account: { profile: { jobTitle: 'Clerk' } } }, [], []],
    [
      'is not written without the switch for names',
      { user: married, users: { updateName: false } },
      [],
      [`${nameDiffers} Switch on "Update names" to set it.`],
    ],
    [
      'is not written without the switch for profiles',
      {
        user: { ...married, attributes: { title: ['Clerk'], l: ['Bonn'] } },
        users: { updateProfile: false },
      },
      [nameKey],
      ['Also different: job title, location. Switch on "Update profiles" to set it.'],
    ],
    [
      'is not written without the switch for addresses',
      { user: moved, users: { updateEmail: false } },
      [],
      [`${emailDiffers} Switch on "Update e-mails" to set it.`],
    ],
    [
      'is not written where the account is not managed',
      { user: { ...married, ...moved }, account: { claimed: false } },
      [],
      [
        `${emailDiffers} It can be set for managed accounts only.`,
        `${nameDiffers} It can be set for managed accounts only.`,
      ],
    ],
    [
      'is not written to an account that nobody has verified yet: Atlassian would refuse it night after night',
      { user: married, account: { emailVerified: false } },
      [],
      [`${nameDiffers} It can be set once the person has verified the e-mail address of the account.`],
    ],
    [
      'is not written to a suspended account',
      { user: { ...married, ...moved }, account: { status: 'suspended' } },
      [],
      [
        `${emailDiffers} It can be set once the account is active.`,
        `${nameDiffers} It can be set once the account is active.`,
      ],
    ],
    [
      'is written together with the reactivation',
      { user: married, account: { status: 'suspended' }, link: { suspendedAt: now - hour } },
      ['restore u-anna a-anna', nameKey],
      [],
    ],
    [
      'is not written for somebody who is disabled',
      { user: { ...married, ...moved, enabled: false } },
      ['suspend u-anna a-anna'],
      [],
    ],
    ['is not written for somebody who is frozen', { user: { ...married, email: 'nonsense' } }, [], []],
    [
      'is not written to an account of an administrator',
      { user: married, account: { platformRoles: ['atlassian/org-admin'] } },
      [],
      [],
    ],
    ['is not written to a synced account', { user: { ...married, ...moved }, account: { synced: true } }, [], []],
    [
      'is no address of a domain that is not listed',
      { user: { email: 'anna@other.test' } },
      [],
      [
        'The e-mail address differs: anna@other.test in Keycloak, anna@example.com in Atlassian. It is not changed: the domain other.test is not among the listed ones.',
      ],
    ],
    [
      'is no address that Keycloak has not verified',
      { user: { ...moved, emailVerified: false } },
      [],
      [`${emailDiffers} It is not changed: Keycloak has not verified that it is the user’s.`],
    ],
    [
      'is no address that the mapping makes of something else',
      {
        user: { username: 'new' },
        users: {
          mapping: ldapMapping.map((row) =>
            row.attribute === 'email' ? { ...row, templates: ['${username}@example.com'] } : row,
          ),
        },
      },
      [],
      [
        `${emailDiffers} It is not changed: the mapping makes it of something else than Keycloak’s own e-mail: nothing proves that it is the user’s.`,
      ],
    ],
    [
      'is no address while Keycloak was read in part; a name is',
      {
        user: { ...married, ...moved },
        input: { source: source([user('anna', { ...married, ...moved })], [], 'Drift.') },
      },
      [nameKey],
      [`${emailDiffers} It is not changed while a read is in doubt.`],
    ],
    [
      'is no address under another issuer',
      { user: moved, input: { links: { ...links([accountLink('anna')]), issuer: `${issuer}-2` } } },
      [],
      [`${emailDiffers} It is not changed while a read is in doubt.`],
    ],
    ['is not known where Atlassian shows no address', { user: moved, account: { email: 'hidden' } }, [], []],
    [
      'is never cut: a name that is too long',
      { user: { firstName: 'A'.repeat(101), lastName: 'B' } },
      [],
      [
        `The name differs: "${'A'.repeat(101)} B" in Keycloak, "Anna Example" in Atlassian. It is not written: it is longer than the 100 characters that Atlassian takes.`,
      ],
    ],
  ])('%s', (_name, world, keys, notes) => {
    const plan = computePlan(anna(world));
    expect(keysOf(plan.changes)).toEqual(keys);
    expect(plan.people[0]?.notes).toEqual(notes);
  });

  it('is for its owner to write where another connector owns the account', () => {
    const foreign = { ...nothingForeign, accounts: new Map([[account('anna'), connectorId('other')]]) };
    const plan = computePlan(anna({ user: { ...married, ...moved }, link: { guest: true }, input: { foreign } }));
    expect(plan.changes).toEqual([]);
    expect(plan.people[0]?.notes.slice(1)).toEqual([
      `${emailDiffers} The connector that owns the account can set it.`,
      `${nameDiffers} The connector that owns the account can set it.`,
    ]);
  });

  it('makes an updated person, and the run says how many are signed out', () => {
    const plan = computePlan(anna({ user: { ...married, ...moved } }));
    expect(plan.people[0]).toMatchObject({
      operation: 'updated',
      reason: 'The e-mail address changes. The name changes.',
    });
    expect(plan.notes).toContain('1 e-mail address changes: Atlassian signs this person out everywhere.');
  });

  it('is written with an adoption, and left where only the rest of the plan is approved', () => {
    const input = anna({ user: married, input: { links: links() } });
    const plan = computePlan(input);
    expect(keysOf(plan.changes)).toEqual(['adopt-account u-anna a-anna', nameKey]);
    const memory = { deprovisioned: [], recent: [] };
    const guarded = checkGuards(plan, { preset: 'strict', memory, rules: '', issuer, now });
    const update = plan.changes.filter(({ kind }) => kind === 'update-profile');
    expect(clearApproved(guarded, update).changes).toEqual([]);
  });

  it('is planned no more once it is written, the link goes by the new address', () => {
    const input = anna({ user: { ...married, ...moved } });
    const after = applyChanges(input, computePlan(input).changes);
    expect(computePlan(after).changes).toEqual([]);
    expect(after.links.accounts.map(({ email, accountId }) => [email, accountId])).toEqual([
      ['new@example.com', account('anna')],
    ]);
  });

  it('is planned no more while the directory is slow to show it', () => {
    const at = now - 60_000;
    const recent = [
      { at, kind: 'profile-updated', accountId: account('anna'), fields: { displayName: 'Anna Married' } },
      { at, kind: 'email-updated', accountId: account('anna'), email: 'new@example.com' },
    ] as const;
    expect(computePlan(anna({ user: { ...married, ...moved }, input: { recent } })).changes).toEqual([]);
  });
});

describe('an address that shall become another one', () => {
  const elsewhere = directoryAccount('else', { email: 'new@example.com', status: 'not-invited' });
  const invisible = accountLink('bert', { visible: false, email: 'new@example.com' });
  const linked = '"anna" is linked to the Atlassian account "Anna Example" (anna@example.com)';
  const shall = `${linked} and shall get the e-mail address new@example.com, but`;
  const rest = 'nothing changes before one of them is corrected.';

  it.each<[string, Partial<PlanInput>, string]>([
    [
      'an account outside the directory',
      { elsewhere: [elsewhere] },
      `${shall} the Atlassian account "Else Example" (new@example.com) has it: ${rest}`,
    ],
    [
      'an invited account that is not shown yet',
      {
        links: links([accountLink('anna'), invisible]),
        source: source([user('anna', moved), user('bert', { enabled: false, email: 'b@example.com' })]),
      },
      `${shall} the account of "bert" goes by it: ${rest}`,
    ],
    [
      'an invitation of another connector',
      {
        foreign: {
          ...nothingForeign,
          invited: new Map([['new@example.com', connectorId('c2')]]),
          names: new Map([[connectorId('c2'), 'Second']]),
        },
      },
      `${shall} the connector "Second" has invited somebody with it: ${rest}`,
    ],
    [
      'an invitation that may have been sent',
      { recent: [{ at: now, kind: 'invited', email: 'new@example.com' }] },
      `${shall} an invitation may have been sent to it: ${rest}`,
    ],
  ])('is a conflict that names both where it belongs to %s', (_what, input, reason) => {
    const plan = computePlan(anna({ user: { ...moved, ...married }, input }));
    expect(plan.changes).toEqual([]);
    expect(plan.people.find((row) => row.accountId === account('anna'))).toMatchObject({
      operation: 'conflict',
      reason,
    });
  });

  it.each<[string, readonly SourceUser[]]>([
    ['a swap', [user('anna', { email: 'bert@example.com' }), user('bert', { email: 'anna@example.com' })]],
    [
      'a ring of three',
      [
        user('anna', { email: 'bert@example.com' }),
        user('bert', { email: 'cleo@example.com' }),
        user('cleo', { email: 'anna@example.com' }),
      ],
    ],
    ['the same address twice', [user('anna', moved), user('bert', moved)]],
  ])('changes nothing in %s', (_what, users) => {
    const names = users.map(({ username }) => username);
    const plan = computePlan(
      planInput({
        source: source(users),
        directory: directory(names.map((name) => directoryAccount(name, managed))),
        links: links(names.map((name) => accountLink(name))),
        settings: settings({ users: on }),
      }),
    );
    expect(plan.changes).toEqual([]);
    expect(plan.people.map(({ operation }) => operation)).toEqual(names.map(() => 'conflict'));
  });

  it.each<[string, SourceUser, readonly string[]]>([
    ['is left where Keycloak shows the attribute of nobody that comes first', user('bert'), []],
    ['is left where its value is too long', user('anna', { ...moved, tooLong: ['mail'] }), []],
    ['changes where others have the attribute', user('bert', { attributes: { mail: ['b@example.com'] } }), [emailKey]],
  ])('%s', (_what, more, changes) => {
    const people = new Map([user('anna', moved), more].map((each) => [each.id, each]));
    for (const separately of [true, false]) {
      const mapping = ldapMapping.flatMap((row) => {
        if (row.attribute !== 'email') return [row];
        if (!separately) return [{ ...row, templates: ['${mail}', '${email}'] }];
        return [{ ...row, templates: ['${mail}'], otherwise: 'as-is' as const }, row];
      });
      const input = { ...anna({ users: { mapping } }), source: source([...people.values()]) };
      const { changes: planned } = computePlan(input);
      expect(keysOf(planned.filter(({ kind }) => kind === 'update-email'))).toEqual(changes);
    }
  });

  it('is asked for in the whole organization, and only where it would be written', () => {
    expect(findUnknownEmails(anna({ user: moved }))).toEqual(['new@example.com']);
    expect(findUnknownEmails(anna({ user: moved, users: { updateEmail: false } }))).toEqual([]);
    expect(findUnknownEmails(anna({ user: moved, account: { claimed: false } }))).toEqual([]);
    expect(findUnknownEmails(anna({}))).toEqual([]);
  });
});

describe('a text is not written', () => {
  it.each<[AtlassianAttribute, string, RegExp | undefined]>([
    ['displayName', 'A'.repeat(100), undefined],
    ['displayName', 'A'.repeat(101), /longer than the 100/],
    ['displayName', '', /does not let it be empty/],
    ['nickname', 'A'.repeat(30), undefined],
    ['nickname', 'A'.repeat(31), /longer than the 30/],
    ['nickname', 'A\u0007', /control characters/],
    ['department', '', undefined],
    ['department', 'A'.repeat(300), undefined],
    ['timeZone', 'Europe/Berlin', undefined],
    ['timeZone', 'US/Pacific', undefined],
    ['timeZone', 'Etc/GMT+1', undefined],
    ['timeZone', 'Europe/Atlantis', /no such time zone/],
    ['timeZone', 'europe/berlin', /no such time zone/],
    ['timeZone', '+01:00', /no such time zone/],
    ['timeZone', '', /does not let it be empty/],
    ['locale', 'de-DE', /cannot be set from here/],
    ['email', `${'a'.repeat(255)}@example.com`, undefined],
    ['email', `${'a'.repeat(256)}@example.com`, /longer than the 255/],
    ['email', 'a\u0007b@example.com', /control characters/],
  ])('%s: %j', (attribute, text, why) => {
    if (why === undefined) expect(describeUnwritable(attribute, text)).toBeUndefined();
    else expect(describeUnwritable(attribute, text)).toMatch(why);
  });

  it.each(Object.entries(attributeRules))(
    'at the row of %s it is said before a run',
    (_attribute, { says, longest }) => {
      expect(says).toMatch(/^[A-Z].*\.$/);
      if (longest !== undefined) expect(says).toContain(String(longest));
    },
  );
});

describe('the guards of updates', () => {
  const reason = '';
  const renames = (count: number): readonly Change[] =>
    Array.from({ length: count }, (_, index) => ({
      ...{ kind: 'update-profile', user: user(`p${index}`).id, accountId: account(`p${index}`), reason },
      fields: { displayName: { before: 'Old', after: 'New' } },
    }));
  const moves = (count: number): readonly Change[] =>
    Array.from({ length: count }, (_, index) => ({
      ...{ kind: 'update-email', user: user(`p${index}`).id, accountId: account(`p${index}`), reason },
      ...{ before: `p${index}@example.com`, after: `q${index}@example.com` },
    }));

  it.each<[string, readonly Change[], number, 'strict' | 'normal' | 'first-load', readonly string[]]>([
    ['let 50 profiles of a few accounts change', renames(50), 60, 'strict', []],
    ['hold 51 of a few accounts', renames(51), 60, 'strict', ['profiles-changed 51 > 50']],
    ['let a fifth of many accounts change', renames(200), 1000, 'strict', []],
    ['hold more than a fifth', renames(201), 1000, 'strict', ['profiles-changed 201 > 200']],
    ['let twice as many change under normal', renames(400), 1000, 'normal', []],
    ['hold a first load like a strict run', renames(201), 1000, 'first-load', ['profiles-changed 201 > 200']],
    ['let addresses change under rules that were accepted', moves(10), 1000, 'strict', []],
  ])('%s', (_name, changes, accounts, preset, found) => {
    const plan = computePlan(anna({}));
    const memory = { acceptedRules: '', acceptedIssuer: issuer, deprovisioned: [], recent: [] };
    const given = { ...plan, changes, base: { ...plan.base, accounts } };
    const { violations } = checkGuards(given, { preset, memory, rules: '', issuer, now });
    expect(violations.map((each) => `${each.guard} ${each.found} > ${each.limit}`)).toEqual(found);
  });
});

describe('the e-mail addresses of one run', () => {
  const people = Array.from({ length: 25 }, (_, index) => `p${String(index).padStart(2, '0')}`);
  const input = (day: number): PlanInput =>
    planInput({
      source: source(people.map((name) => user(name, { email: `new-${name}@example.com` }))),
      directory: directory(people.map((name) => directoryAccount(name, managed))),
      links: links(people.map((name) => accountLink(name))),
      settings: settings({ users: on }),
      now: now + day * 24 * hour,
    });
  const changedOn = (day: number) => {
    const { changes, people: rows } = computePlan(input(day));
    const waiting = rows.filter(({ notes }) =>
      notes.some((note) => note.endsWith('It changes in a later run: at most 10 addresses change in one.')),
    );
    expect([changes.length, waiting.length]).toEqual([10, 15]);
    return changes.flatMap((change) => (change.kind === 'update-email' ? [change.user] : []));
  };

  it('are ten at most; the others wait, and every day it is the turn of others, whatever became of the first', () => {
    expect(new Set([0, 1, 2].flatMap(changedOn)).size).toBe(25);
  });

  it.each([
    ['are held', 'other rules', ['emails-changed 10 > 0']],
    ['are not held', '', []],
  ])('%s where the rules are %j since the last accepted run', (_, acceptedRules, found) => {
    const memory = { acceptedRules, acceptedIssuer: issuer, deprovisioned: [], recent: [] };
    const { violations } = checkGuards(computePlan(input(0)), { preset: 'normal', memory, rules: '', issuer, now });
    expect(violations.map((each) => `${each.guard} ${each.found} > ${each.limit}`)).toEqual(found);
  });
});

describe('an undo of updates', () => {
  const input = anna({
    user: { ...married, ...moved, attributes: { title: ['Clerk'] } },
    account: { profile: { department: 'Sales' } },
  });
  const done = computePlan(input).changes;
  const after = applyChanges(input, done);

  it('gives every value back, clears what was not there, and says who is signed out', () => {
    const undo = computeUndo(after, done);
    expect(keysOf(undo.changes)).toEqual([
      profileKey(['displayName', 'Anna Married', 'Anna Example'], ['jobTitle', 'Clerk', '']),
      'update-email u-anna a-anna new@example.com anna@example.com',
    ]);
    expect(undo.people[0]).toMatchObject({
      operation: 'updated',
      reason: 'What the run wrote to the account is put back.',
      notes: ['The e-mail address goes back to anna@example.com: Atlassian signs the person out everywhere once more.'],
    });
    const back = applyChanges(after, undo.changes);
    expect(back.directory.accounts).toEqual(input.directory.accounts);
  });

  it('leaves what somebody changed since', () => {
    const byHand = directoryAccount('anna', { ...managed, name: 'By Hand', email: 'by.hand@example.com' });
    expect(computeUndo({ ...after, directory: directory([byHand]) }, done).changes).toEqual([]);
  });

  it.each<[string, Partial<PlanInput>, string]>([
    [
      'a read is in doubt',
      { source: source([user('anna', moved)], [], 'Drift.') },
      'The e-mail address stays new@example.com: a read is in doubt.',
    ],
    [
      'the old domain is not listed any more',
      { settings: settings({ users: { ...on, emailDomains: ['other.test'] } }) },
      'The e-mail address stays new@example.com: the domain example.com is not among the listed ones.',
    ],
    [
      'somebody else has the old address now',
      {
        directory: directory([...after.directory.accounts, directoryAccount('bert', { email: 'anna@example.com' })]),
      },
      'The e-mail address stays new@example.com: somebody else has anna@example.com now.',
    ],
    ...['anna@example.com', 'other@example.com'].map((email): [string, Partial<PlanInput>, string] => [
      `somebody in Keycloak has the old address now and no account yet (${email})`,
      {
        source: source([
          user('anna', { ...married, ...moved }),
          user('bert', { email, attributes: { mail: ['anna@example.com'] } }),
        ]),
        settings: settings({
          users: {
            ...on,
            mapping: ldapMapping.map((row) =>
              row.attribute === 'email' ? { ...row, templates: ['${mail}', '${email}'] } : row,
            ),
          },
        }),
      },
      'The e-mail address stays new@example.com: somebody else has anna@example.com now.',
    ]),
    [
      'an invitation may have been sent to the old address',
      { recent: [{ at: now, kind: 'invited', email: 'anna@example.com' }] },
      'The e-mail address stays new@example.com: somebody else has anna@example.com now.',
    ],
  ])('leaves the address where %s', (_why, more, note) => {
    const undo = computeUndo({ ...after, ...more }, done);
    expect(undo.changes.map(({ kind }) => kind)).toEqual(['update-profile']);
    expect(undo.people[0]?.notes).toEqual([note]);
  });
});
