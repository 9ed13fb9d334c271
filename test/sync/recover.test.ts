import type { Change } from '../../src/domain/change';
import { applyLinkEntries } from '../../src/domain/link';
import type { ClearedPlan } from '../../src/domain/plan';
import { recoverLinks, settleSkipped } from '../../src/sync/recover';
import { account, accountLink, directory, directoryAccount, links, now, userId } from '../domain/model';

const person = { user: userId('anna'), accountId: account('anna'), reason: '' };
const email: Change = { kind: 'update-email', ...person, before: 'anna@example.com', after: 'new@example.com' };
const profile: Change = { kind: 'update-profile', ...person, fields: { displayName: { before: 'A', after: 'B' } } };
const known = links([accountLink('anna')]);
const shown = directory([directoryAccount('anna', { email: 'new@example.com', name: 'B' })]);
const unshown = directory([directoryAccount('anna', { name: 'A' })]);

describe('an update whose end nobody saw', () => {
  it('moves the link to the new address where the directory shows it, and leaves it where it does not', () => {
    const moved = { ...accountLink('anna'), email: 'new@example.com' };
    expect(recoverLinks([email], known, shown, now)).toEqual([{ kind: 'account', link: moved }]);
    expect(recoverLinks([email, profile], known, unshown, now)).toEqual([]);
  });

  it('keeps what another change of the same person did to the link', () => {
    const suspended = links([accountLink('anna', { suspendedAt: 1 })]);
    const entries = recoverLinks([{ kind: 'restore', ...person }, email], suspended, shown, now);
    const moved = { ...accountLink('anna'), email: 'new@example.com' };
    expect(applyLinkEntries(suspended, entries).accounts).toEqual([moved]);
  });

  it.each([
    ['is done where the directory shows it', shown, ['done', 'done']],
    ['is not confirmed where it does not', unshown, ['unconfirmed', 'unconfirmed']],
  ] as const)('%s', (_name, now, outcomes) => {
    const skipped = { noLongerNeeded: [email, profile], notApproved: [] };
    // The brand exists in the type alone; nothing of this plan is applied.
    const cleared = { changes: [], skipped } as unknown as ClearedPlan;
    const settled = settleSkipped(cleared, [email, profile], known, now);
    expect(settled.map(({ outcome }) => outcome)).toEqual(outcomes);
  });
});
