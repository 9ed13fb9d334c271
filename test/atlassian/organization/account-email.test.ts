import type { Account } from '../../../dev/atlassian/state';
import { DirectoryError } from '../../../src/domain/errors';
import type { WriteOutcome } from '../../../src/sync/ports';
import { doubtCases, openStage, type Stage } from './stage';

let stage: Stage;
afterEach(() => stage.stop());

const before = 'ada@example.com';
const after = 'lovelace@example.com';
const told = (outcome: WriteOutcome) =>
  outcome.kind === 'refused' ? `${outcome.code}: ${outcome.message}` : outcome.kind;

describe.each(doubtCases)('with %s answers, the e-mail address of an account', (_name, doubts) => {
  beforeEach(async () => {
    stage = await openStage({ doubts });
    stage.organization.addAccount({ email: before });
  });
  afterEach(() => {
    expect(stage.violations()).toEqual([]);
  });

  it('is changed, and the person is signed out everywhere', async () => {
    const id = stage.accountOf(before);
    expect(await stage.open().updateEmail(id, { before, after })).toEqual({ kind: 'done' });
    expect(stage.organization.account(after)).toMatchObject({ id, signedOut: 1 });
  });

  it('is not sent again where it is as wished: that would sign the person out once more', async () => {
    const id = stage.accountOf(before);
    await stage.open().updateEmail(id, { before, after });
    expect(await stage.open().updateEmail(id, { before, after })).toEqual({ kind: 'already' });
    expect(stage.organization.account(after)?.signedOut).toBe(1);
  });

  it('is left alone where somebody changed it since the plan was made', async () => {
    const id = stage.accountOf(before);
    stage.organization.changeAccount(before, { email: 'by.hand@example.com' });
    expect(told(await stage.open().updateEmail(id, { before, after }))).toMatch(/^invalid: .*changed it since/);
    expect(stage.organization.account('by.hand@example.com')?.signedOut).toBe(0);
  });

  it.each(['reset after write', 'status after write'] as const)(
    'is sent once when no answer comes (%s), and found as wished by the next try',
    async (kind) => {
      const id = stage.accountOf(before);
      stage.atlassian.faults.plan({ method: 'PUT', path: /\/email$/, fault: { kind, status: 502 } });
      await expect(stage.open().updateEmail(id, { before, after })).rejects.toThrow(DirectoryError);
      expect(await stage.open().updateEmail(id, { before, after })).toEqual({ kind: 'already' });
      expect(stage.organization.account(after)?.signedOut).toBe(1);
    },
  );

  it.each<[string, Partial<Account>, RegExp]>([
    ['that SCIM provisions', { externalDirectory: 'scim' }, /^not-settable: .*SCIM/],
    ['whose address SAML sets', { restricted: { 'email.set': 'authPolicy.saml' } }, /^not-settable: .*SAML/],
    ['that is not managed', { claimed: false }, /^not-settable: .*not managed/],
    ['of an administrator by now', { platformRoles: ['atlassian/org-admin'] }, /^protected: .*administrative role/],
  ])('is not changed for an account %s', async (_what, change, message) => {
    stage.organization.changeAccount(before, change);
    expect(told(await stage.open().updateEmail(stage.accountOf(before), { before, after }))).toMatch(message);
    expect(stage.organization.account(before)?.signedOut).toBe(0);
  });

  it.each([
    ['of a domain that is not verified', 'ada@foreign.test', /^not-settable: .*not verified in the organization/],
    ['that somebody else has', 'ben@example.com', /^not-settable: .*does not take the new address/],
  ])('is not changed to one %s', async (_what, wanted, message) => {
    stage.organization.addAccount({ email: 'ben@example.com' });
    expect(told(await stage.open().updateEmail(stage.accountOf(before), { before, after: wanted }))).toMatch(message);
    expect(stage.organization.account(before)?.signedOut).toBe(0);
  });
});

it('an unverified account that Atlassian does not let be managed keeps its address, with a sentence of its own', async () => {
  const [, hostile] = doubtCases;
  if (hostile === undefined) throw new Error('no hostile doubts');
  stage = await openStage({ doubts: hostile[1] });
  stage.organization.addAccount({ email: before, emailVerified: false });
  const outcome = await stage.open().updateEmail(stage.accountOf(before), { before, after });
  expect(told(outcome)).toMatch(/^not-settable: .*has not verified the e-mail address/);
});
