import type { Decision } from './decide-person';
import type { Wish } from './desired';
import { normalizeEmail } from './identity';
import { nameOf } from './mapping';
import type { PersonRow } from './plan';
import type { SourceUser } from './snapshot';

/** Memberships turn an account that is as wished into an updated one, or into one that is held back. */
export function describeOutcome(
  { operation, reason, notes }: Decision,
  memberships: number,
  held: ReadonlyMap<string, number>,
): Pick<PersonRow, 'operation' | 'reason' | 'notes'> {
  const told = [...notes, ...[...held].map(([why, count]) => `${count} memberships are not removed: ${why}`)];
  if (operation === 'updated' && memberships > 0)
    return { operation, reason: `${reason} Memberships change.`, notes: told };
  const quiet = operation === 'not-modified' || operation === 'held-back';
  if (quiet && memberships > 0) {
    const why = operation === 'held-back' ? `${reason} Memberships of synced groups go.` : 'Memberships change.';
    return { operation: 'updated', reason: why, notes: told };
  }
  const [why] = held.keys();
  if (operation === 'not-modified' && why !== undefined) return { operation: 'held-back', reason: why, notes: told };
  return { operation, reason, notes: told };
}

/** What somebody is called in a plan. */
export function describePerson(
  wish: Wish,
  user: SourceUser | undefined,
  accountName: string | undefined,
  linkEmail: string | undefined,
): Pick<PersonRow, 'name' | 'email'> {
  if (wish.kind === 'account') return { name: wish.displayName, email: wish.email };
  const email = normalizeEmail(user?.email) ?? linkEmail;
  const name = (user === undefined ? '' : nameOf(user)) || accountName || linkEmail || '';
  return { name, ...(email === undefined ? {} : { email }) };
}
