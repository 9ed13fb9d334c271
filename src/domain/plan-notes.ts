import { describeAttributes } from './attribute-notes';
import type { Change } from './change';
import type { MappedPeople } from './map-people';
import type { GroupRow } from './plan';
import type { PlanInput } from './planning';

/** Sentences about a plan as a whole: what an administrator should know before looking at rows. */
export function describePlan(
  input: PlanInput,
  people: MappedPeople,
  groups: readonly GroupRow[],
  changes: readonly Change[],
): readonly string[] {
  return [...describeRun(input, people, groups), ...describeSignOuts(changes)];
}

function describeRun(input: PlanInput, people: MappedPeople, groups: readonly GroupRow[]): readonly string[] {
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

function describeSignOuts(changes: readonly Change[]): readonly string[] {
  const count = changes.filter(({ kind }) => kind === 'update-email').length;
  if (count === 0) return [];
  if (count === 1) return ['1 e-mail address changes: Atlassian signs this person out everywhere.'];
  return [`${count} e-mail addresses change: Atlassian signs these people out everywhere.`];
}
