import type { Links } from '../domain/link';
import type { RecentWrite } from '../domain/memory';
import type { Step } from './step';
import { work } from './step';

type Place = Pick<Step, 'world' | 'run' | 'fence'>;

/** Addresses of invitations of this run that may have been sent without an answer. */
export async function loadInviting({ world, run }: Pick<Place, 'world' | 'run'>): Promise<readonly string[]> {
  return (await world.work.load<readonly string[]>(run.id, work.inviting)) ?? [];
}

/** Written down before an invitation is sent: whoever is cut off in it never sends it a second time. */
export async function addInviting(place: Place, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  const before = await loadInviting(place);
  await place.world.work.save(work.inviting, [...new Set([...before, ...emails])], place.fence);
}

/** What became of these is known by now. */
export async function dropInviting(place: Place, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  const known = new Set(emails);
  const left = (await loadInviting(place)).filter((email) => !known.has(email));
  await place.world.work.save(work.inviting, left, place.fence);
}

/** The same as recent writes: such a person counts as invited until the directory shows the account or time has passed. */
export async function loadOpenInvitations(
  place: Pick<Place, 'world' | 'run'>,
  links: Links,
): Promise<readonly RecentWrite[]> {
  const linked = new Set(links.accounts.map(({ email }) => email));
  const open = (await loadInviting(place)).filter((email) => !linked.has(email));
  return open.map((email) => ({ at: place.world.now(), kind: 'invited', email }));
}
