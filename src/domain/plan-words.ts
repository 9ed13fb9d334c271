import { describeAttributes } from './attribute-notes';
import type { Change } from './change';
import type { Decision } from './decide-person';
import type { Wish } from './desired';
import { normalizeEmail } from './identity';
import type { MappedPeople } from './map-people';
import { nameOf } from './mapping';
import type { GroupRow, PersonRow } from './plan';
import type { PlanInput } from './planning';
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

/** How many people the plan signs out everywhere. */
export function describeSignOuts(changes: readonly Change[]): readonly string[] {
  const count = changes.filter(({ kind }) => kind === 'update-email').length;
  if (count === 0) return [];
  if (count === 1) return ['1 e-mail address changes: Atlassian signs this person out everywhere.'];
  return [`${count} e-mail addresses change: Atlassian signs these people out everywhere.`];
}

/** What an administrator should know about the whole run. */
export function describeRun(input: PlanInput, people: MappedPeople, groups: readonly GroupRow[]): readonly string[] {
  const notes: string[] = [];
  if (input.settings.users.emailDomains.length === 0) {
    notes.push('No e-mail domains are listed, so nobody is invited or adopted: list them under User Provisioning.');
  }
  notes.push(...describeAttributes(input.source, people, input.settings));
  const conflicts = groups.filter((group) => group.operation === 'conflict').length;
  if (conflicts > 0) {
    const groups = conflicts === 1 ? '1 group is' : `${conflicts} groups are`;
    notes.push(`${groups} not synced before an administrator has looked at ${conflicts === 1 ? 'it' : 'them'}.`);
  }
  return notes;
}
