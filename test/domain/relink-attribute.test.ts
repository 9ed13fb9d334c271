import { computeObservations } from '../../src/domain/absence';
import { computePlan } from '../../src/domain/compute-plan';
import type { AccountLink } from '../../src/domain/link';
import type { PlanInput } from '../../src/domain/planning';
import type { SourceUser } from '../../src/domain/snapshot';
import {
  account,
  accountLink,
  directory,
  directoryAccount,
  links,
  now,
  planInput,
  settings,
  source,
  user,
  userId,
} from './model';

/** The settings say that LDAP_ID tells who came back. */
const told = settings({ users: { relinkAttribute: 'LDAP_ID' } });
const ldapId = (value: string): Pick<SourceUser, 'attributes'> => ({ attributes: { LDAP_ID: [value] } });
const kept = (value: string, attribute = 'LDAP_ID'): Partial<AccountLink> => ({ immutable: { attribute, value } });

/** Anna was linked and is gone; somebody new may be her. */
const cameBack = (
  newcomer: Partial<SourceUser>,
  link: Partial<AccountLink>,
  more: Partial<PlanInput> = {},
): PlanInput =>
  planInput({
    source: source([user('new', newcomer)]),
    directory: directory([directoryAccount('anna')]),
    links: links([accountLink('anna', link)]),
    confirmedAbsent: new Set([userId('anna')]),
    settings: told,
    ...more,
  });

const read = (input: PlanInput) => {
  const plan = computePlan(input);
  const row = (id: string) => plan.people.find((each) => each.user === userId(id));
  return {
    changes: plan.changes.map(({ kind }) => kind),
    newcomer: [row('new')?.operation, row('new')?.candidate?.agrees],
    gone: row('anna')?.operation,
  };
};

describe('the attribute that tells who came back', () => {
  const sameMail = { email: 'anna@example.com' };
  it.each<[string, Partial<SourceUser>, Partial<AccountLink>, boolean]>([
    ['agrees where the value is the same, whatever the user name', { ...sameMail, ...ldapId('17') }, kept('17'), true],
    ['does not agree where the value differs', { ...sameMail, ...ldapId('18') }, kept('17'), false],
    ['does not agree where the link knows no value', { ...sameMail, ...ldapId('17') }, { username: 'new' }, false],
    [
      'does not agree where the link knows another attribute',
      { ...sameMail, ...ldapId('17') },
      kept('17', 'uid'),
      false,
    ],
    [
      'agrees where both come from a federation, of whatever id: it may have been set up anew',
      { ...sameMail, ...ldapId('17'), federationLink: 'ldap-2' },
      { ...kept('17'), lastSeen: { enabled: true, federationLink: 'ldap' } },
      true,
    ],
    [
      'does not agree where somebody of the realm itself has the value of one of a federation',
      { ...sameMail, ...ldapId('17') },
      { ...kept('17'), lastSeen: { enabled: true, federationLink: 'ldap' } },
      false,
    ],
    ['does not agree where the person has no value', { ...sameMail, username: 'new' }, kept('17'), false],
    [
      'does not agree where the person has several values',
      { ...sameMail, attributes: { LDAP_ID: ['17', '18'] } },
      kept('17'),
      false,
    ],
  ])('%s', (_, newcomer, link, agrees) => {
    const expected = { changes: [], newcomer: ['conflict', agrees], gone: 'conflict' };
    expect(read(cameBack(newcomer, link))).toEqual(expected);
  });

  it('finds somebody who came back with another address, too, and takes nothing from the account meanwhile', () => {
    const input = cameBack({ email: 'anna.new@example.com', ...ldapId('17') }, kept('17'));
    expect(read(input)).toEqual({ changes: [], newcomer: ['conflict', true], gone: 'conflict' });
  });

  it('takes nothing from the account either while the mapping leaves out who came back', () => {
    const [email, ...rows] = told.users.mapping;
    const row = { attribute: 'department', templates: ['${dept}'], otherwise: 'leave-out' } as const;
    if (email === undefined) throw new Error('there is a row for the e-mail address');
    const given = settings({ users: { relinkAttribute: 'LDAP_ID', mapping: [{ ...email, ...row }, email, ...rows] } });
    for (const address of ['anna@example.com', 'anna.new@example.com', '']) {
      const input = cameBack({ email: address, ...ldapId('17') }, kept('17'), { settings: given });
      expect(read(input)).toEqual({ changes: [], newcomer: ['filtered', undefined], gone: 'conflict' });
    }
  });

  it('relinks after the confirmation of an administrator', () => {
    const confirmed = [{ user: userId('new'), accountId: account('anna'), by: 'admin', at: now }];
    const input = cameBack({ email: 'anna.new@example.com', ...ldapId('17') }, kept('17'), { confirmed });
    expect(read(input)).toMatchObject({ changes: ['adopt-account'], newcomer: ['adopted', undefined] });
  });

  it('does not agree where two who are gone had the value', () => {
    const input = cameBack({ email: 'anna.new@example.com', ...ldapId('17') }, kept('17'), {
      links: links([accountLink('anna', kept('17')), accountLink('bert', kept('17'))]),
      directory: directory([directoryAccount('anna'), directoryAccount('bert')]),
    });
    expect(read(input)).toMatchObject({ changes: [], newcomer: ['conflict', false] });
  });

  it('gives an account to nobody where two have its value, whatever was confirmed', () => {
    const two = source(['new', 'newer'].map((name) => user(name, ldapId('17'))));
    const confirmed = ['new', 'newer'].map((name) => ({
      user: userId(name),
      accountId: account('anna'),
      by: 'admin',
      at: now,
    }));
    for (const chosen of [[], confirmed]) {
      const input = cameBack({}, kept('17'), { source: two, confirmed: chosen });
      expect(read(input)).toEqual({ changes: [], newcomer: ['conflict', undefined], gone: 'conflict' });
    }
  });

  it('is no relink while the one of the link is still there', () => {
    const both = source([user('new', { email: 'b@example.com', ...ldapId('17') }), user('anna', ldapId('17'))]);
    expect(read(cameBack({}, kept('17'), { source: both }))).toMatchObject({
      changes: ['invite'],
      gone: 'not-modified',
    });
  });

  it('says what stands in the way where the account has no access by the hand of somebody else', () => {
    const input = cameBack({ email: 'anna.new@example.com', ...ldapId('17') }, kept('17'), {
      directory: directory([directoryAccount('anna', { status: 'suspended' })]),
    });
    const row = computePlan(input).people.find((each) => each.user === userId('new'));
    expect([row?.operation, row?.reason]).toEqual([
      'conflict',
      '"new" has the LDAP_ID of somebody who is gone from Keycloak and whose account (anna@example.com) is linked: release that account, or correct LDAP_ID.',
    ]);
  });

  it.each<[string, Partial<AccountLink>, AccountLink['immutable'], Pick<SourceUser, 'attributes'>?]>([
    ['is kept with a link that had none', {}, { attribute: 'LDAP_ID', value: '17' }],
    ['stays as first seen', kept('16'), { attribute: 'LDAP_ID', value: '16' }],
    ['is none where the first seen would be too long', {}, undefined, ldapId('x'.repeat(256))],
    [
      'is another one where the settings name another attribute',
      kept('x', 'uid'),
      { attribute: 'LDAP_ID', value: '17' },
    ],
  ])('%s', (_, link, immutable, shown = ldapId('17')) => {
    const realm = source([user('anna', shown)]);
    const known = links([accountLink('anna', link)]);
    const [entry] = computeObservations(realm, known, directory([directoryAccount('anna')]), now, told);
    const after = entry?.kind === 'account' ? entry.link : known.accounts[0];
    expect(after?.immutable).toEqual(immutable);
  });
});
