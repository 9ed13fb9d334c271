import type { Approval, Run, RunState } from '../../../../src/domain/run';
import type { Tone } from '../parts/tone';
import { countOf, formatCount, formatMoment } from '../moments';

const states: Readonly<Record<RunState, { readonly text: string; readonly tone: Tone }>> = {
  'reading-source': { text: 'Reading Keycloak', tone: 'information' },
  'reading-directory': { text: 'Reading Atlassian', tone: 'information' },
  planning: { text: 'Planning', tone: 'information' },
  held: { text: 'On hold', tone: 'warning' },
  applying: { text: 'Applying', tone: 'information' },
  simulated: { text: 'Simulated', tone: 'success' },
  finished: { text: 'Finished', tone: 'success' },
  failed: { text: 'Failed', tone: 'danger' },
  cancelled: { text: 'Cancelled', tone: 'neutral' },
};

/** The state of a run in words, with the tone that underlines them. */
export function describeState(run: Run): { readonly text: string; readonly tone: Tone } {
  if (run.state === 'finished' && countProblems(run) > 0) return { text: 'Finished with problems', tone: 'warning' };
  if (run.cancelRequestedBy !== undefined && !isEnded(run)) return { text: 'Cancelling', tone: 'warning' };
  return states[run.state];
}

/** Whether nothing more happens to the run. */
export function isEnded({ state }: Run): boolean {
  return state === 'simulated' || state === 'finished' || state === 'failed' || state === 'cancelled';
}

/** Whether the run goes on by itself: it neither ended nor waits for an administrator. */
export function isWorking(run: Run): boolean {
  return !isEnded(run) && run.state !== 'held';
}

/** Changes that were refused or that the directory never confirmed. */
export function countProblems({ outcomes }: Run): number {
  return outcomes === undefined ? 0 : outcomes.refused + outcomes.unconfirmed;
}

export function describeKind({ kind, only }: Run): string {
  if (only !== undefined) return kind === 'full' ? 'Sync of one person' : 'Simulated sync of one person';
  switch (kind) {
    case 'simulate':
      return 'Simulated sync';
    case 'full':
      return 'Full sync';
    case 'survey':
      return 'Survey';
    case 'explain':
      return 'Explanation';
  }
}

/** Who started the run. Names of accounts are not kept, so only the reader is told apart. */
export function describeStarter({ startedBy }: Run, reader: string | undefined): string {
  if (startedBy.kind === 'schedule') return 'Schedule';
  return startedBy.accountId === reader ? 'You' : 'An administrator';
}

/** What a plan means for people and groups in one line, for example `12 added · 1 deactivated`. */
export function describeCounts({ counts, kind }: Run): string {
  if (counts === undefined) return kind === 'survey' ? '' : 'No plan was made';
  const { people, groups } = counts;
  const parts = [
    [people.added, 'added'],
    [people.adopted, 'adopted'],
    [people.updated, 'updated'],
    [people.reactivated, 'reactivated'],
    [people.deactivated, 'deactivated'],
    [people.removed, 'removed'],
    [people.conflict, 'in conflict'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const created = groups.created + groups.adopted;
  if (created > 0) words.push(`${countOf(created, 'group')} new`);
  return words.length === 0 ? 'Nothing to change' : words.join(' · ');
}

/** Whether no full run of the connector wrote anything before, other than steps of this very plan. */
export function isFirst(run: Run, runs: readonly Run[]): boolean {
  return runs.every(
    ({ kind, state, applies, outcomes }) =>
      kind !== 'full' || state !== 'finished' || applies === run.id || outcomes === undefined || outcomes.done === 0,
  );
}

/** Whether a run wrote something that an undo can look at. */
export function isUndoable({ kind, state, outcomes }: Run): boolean {
  return kind === 'full' && state !== 'held' && outcomes !== undefined && outcomes.done > 0;
}

/** Who approved a plan, which part, when and why. */
export function describeApproval({ by, at, reason, selection }: Approval, reader: string | undefined): string {
  const who = by === reader ? 'you' : 'an administrator';
  return `Approved${describeSelection(selection)} by ${who}, ${formatMoment(at)}: “${reason}”`;
}

function describeSelection(selection: Approval['selection']): string {
  switch (selection?.kind) {
    case undefined:
    case 'all':
      return '';
    case 'links':
      return ' (links only)';
    case 'additions':
      return ' without removals';
    case 'part':
      return ' in part';
  }
}
