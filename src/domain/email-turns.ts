import type { Change } from './change';
import type { SourceUserId } from './identity';

/** E-mail addresses that one run changes: each signs a person out everywhere. */
export const emailsARun = 10;

const dayMs = 86_400_000;

/** Whose address may change in this run. */
export type EmailTurns = (user: SourceUserId) => boolean;

export const everybodysTurn: EmailTurns = () => true;

/**
 * Chooses whose addresses change now where more would than a run may: first those that an approved plan has, then ten in a row, and
 * the next ones every day, so that those that Atlassian refuses again and again keep nobody else waiting. `undefined`: all of them fit.
 */
export function chooseEmailTurns(
  changes: readonly Change[],
  now: number,
  approved: readonly Change[] = [],
): EmailTurns | undefined {
  const people = listPeople(changes);
  if (people.length <= emailsARun) return undefined;
  const first = (Math.floor(now / dayMs) * emailsARun) % people.length;
  const due = new Set(people);
  const promised = listPeople(approved).filter((user) => due.has(user));
  const inTurn = new Set([...promised, ...people.slice(first), ...people]);
  const chosen = new Set([...inTurn].slice(0, emailsARun));
  return (user) => chosen.has(user);
}

function listPeople(changes: readonly Change[]): readonly SourceUserId[] {
  return changes.flatMap((change) => (change.kind === 'update-email' ? [change.user] : [])).sort();
}
