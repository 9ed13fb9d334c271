import type { Account } from '../../../dev/atlassian/state';
import type { Profile } from '../../../src/domain/mapping';
import { accountId } from '../../../src/domain/identity';
import type { ProfileOutcome } from '../../../src/sync/ports';
import { doubtCases, openStage, readAll, type Stage } from './stage';

let stage: Stage;
afterEach(() => stage.stop());

const ada = 'ada@example.com';
const patches = () => stage.atlassian.traffic.count(/\/manage\/profile$/, 'PATCH');
const update = (profile: Profile) => stage.open().updateProfile(stage.accountOf(ada), profile);
const told = (outcome: ProfileOutcome) =>
  outcome.kind === 'refused' ? `${outcome.code}: ${outcome.message}` : outcome.kind;

describe.each(doubtCases)('with %s answers, the profile of an account', (_name, doubts) => {
  beforeEach(async () => {
    stage = await openStage({ doubts });
    stage.organization.addAccount({ email: ada, name: 'Ada' });
  });
  afterEach(() => {
    expect(stage.violations()).toEqual([]);
  });

  it('is read with everything that has a value, and nothing else', async () => {
    stage.organization.changeAccount(ada, { jobTitle: 'Countess', department: '', timeZone: '' });
    const { snapshot } = await readAll(() => stage.open());
    expect(snapshot.accounts.find(({ email }) => email === ada)?.profile).toEqual({
      nickname: 'Ada',
      jobTitle: 'Countess',
    });
  });

  it('is written in one request after asking what may be written', async () => {
    const profile = {
      displayName: 'Ada Lovelace',
      nickname: 'Lady',
      jobTitle: 'Countess',
      department: 'Engines',
      organization: 'Babbage',
      location: 'London',
      timeZone: 'Europe/London',
    };
    expect(await update(profile)).toEqual({ kind: 'done' });
    expect(stage.organization.account(ada)).toMatchObject({
      name: 'Ada Lovelace',
      nickname: 'Lady',
      jobTitle: 'Countess',
      department: 'Engines',
      organization: 'Babbage',
      location: 'London',
      timeZone: 'Europe/London',
      locale: 'en-US',
    });
    const ofAccounts = stage.atlassian.traffic.all.filter(({ path }) => path.startsWith('/users/'));
    expect(ofAccounts.map(({ method, path }) => `${method} ${path.replace(/.*\/manage/, '')}`)).toEqual([
      'GET ?privileges=profile.write',
      'PATCH /profile',
    ]);
  });

  it('is shown by reads once they show the write', async () => {
    await update({ displayName: 'Ada Lovelace' });
    stage.organization.settle();
    const { snapshot } = await readAll(() => stage.open());
    expect(snapshot.accounts.map(({ name }) => name)).toEqual(['Ada Lovelace']);
  });

  it('leaves out what may not be written, and says which and why', async () => {
    stage.organization.changeAccount(ada, { restricted: { name: 'authPolicy.saml' } });
    expect(await update({ displayName: 'New', jobTitle: 'Countess' })).toEqual({
      kind: 'part',
      written: { jobTitle: 'Countess' },
      message:
        'Not all of it was written: name: single sign-on (SAML) sets it at each login. Change it at the identity provider.',
    });
    expect(stage.organization.account(ada)).toMatchObject({ name: 'Ada', jobTitle: 'Countess' });
    expect(patches()).toBe(1);
  });

  it('is sent once more without what is refused in spite of that', async () => {
    const run = () => stage.organization.changeAccount(ada, { restricted: { nickname: 'myselfOnly' } });
    stage.atlassian.faults.plan({ method: 'PATCH', path: /\/profile$/, fault: { kind: 'meanwhile', run } });
    const outcome = await update({ nickname: 'Lady', displayName: 'Ada Lovelace' });
    expect(outcome).toMatchObject({ kind: 'part', written: { displayName: 'Ada Lovelace' } });
    expect(stage.organization.account(ada)).toMatchObject({ name: 'Ada Lovelace', nickname: 'Ada' });
  });

  it('can be cleared where Atlassian lets it, and otherwise says what stays', async () => {
    stage.organization.changeAccount(ada, { department: 'Engines' });
    const outcome = await update({ department: '', displayName: 'Ada Lovelace' });
    const refuses = doubts.clearedProfile === 'refused';
    expect(told(outcome)).toBe(refuses ? 'part' : 'done');
    expect(stage.organization.account(ada)).toMatchObject({
      name: 'Ada Lovelace',
      department: refuses ? 'Engines' : '',
    });
  });

  it.each<[string, Partial<Account>, RegExp]>([
    ['that SCIM provisions', { externalDirectory: 'scim' }, /^not-settable: .*SCIM/],
    ['that Google syncs', { externalDirectory: 'google' }, /^not-settable: .*Google/],
    ['whose name SAML sets', { restricted: { name: 'authPolicy.saml' } }, /^not-settable: .*SAML/],
    ['under export control', { restricted: { name: 'blocked.exportControl' } }, /^not-settable: .*export control/],
    ['that is not managed', { claimed: false }, /^not-settable: .*not managed/],
    ['of an administrator by now', { platformRoles: ['atlassian/org-admin'] }, /^protected: .*administrative role/],
    ['that another provider syncs by now', { managementSource: 'synced' }, /^protected: .*another identity provider/],
  ])('is not written for an account %s', async (_what, change, message) => {
    stage.organization.changeAccount(ada, change);
    expect(told(await update({ displayName: 'New' }))).toMatch(message);
    expect(stage.organization.account(ada)?.name).toBe('Ada');
    expect(patches()).toBe(0);
  });

  it('is not written for an account that is gone', async () => {
    const gone = accountId('712020:00000000-0000-4000-8000-000000000000');
    expect(told(await stage.open().updateProfile(gone, { displayName: 'New' }))).toMatch(/^not-found: /);
  });

  it('is refused for lack of rights where the key has scopes', async () => {
    stage.atlassian.faults.plan({ method: 'GET', path: /\/manage\?/, fault: { kind: 'status', status: 403 } });
    expect(told(await update({ displayName: 'New' }))).toMatch(/^forbidden: .*key has no scopes/);
  });

  it('is written once the server answers again', async () => {
    stage.atlassian.faults.plan({ method: 'PATCH', path: /\/profile$/, fault: { kind: 'status', status: 503 } });
    expect(told(await update({ displayName: 'New' }))).toBe('done');
    expect(stage.organization.account(ada)?.name).toBe('New');
  });
});
