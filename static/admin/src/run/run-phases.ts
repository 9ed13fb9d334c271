import type { Run } from '../../../../src/domain/run';

export type PhaseState = 'done' | 'current' | 'waiting';

export interface Phase {
  readonly title: string;
  readonly state: PhaseState;
}

/** The phases of a run that is not over, with the one it is in. A simulated run ends with its plan. */
export function computePhases({ kind, state, approval }: Run): readonly Phase[] {
  const titles = ['Reading Keycloak', 'Reading Atlassian', 'Planning'];
  if (kind === 'full') {
    if (state === 'held' || approval !== undefined) titles.push('Approval');
    titles.push('Applying');
  }
  const current = titles.indexOf(currentTitle(state));
  return titles.map((title, index) => ({
    title,
    // After an approval both sides are read again: the approval itself stays done.
    state:
      title === 'Approval' && approval !== undefined
        ? 'done'
        : index < current
          ? 'done'
          : index === current
            ? 'current'
            : 'waiting',
  }));
}

function currentTitle(state: Run['state']): string {
  switch (state) {
    case 'reading-source':
      return 'Reading Keycloak';
    case 'reading-directory':
      return 'Reading Atlassian';
    case 'planning':
      return 'Planning';
    case 'held':
      return 'Approval';
    case 'applying':
      return 'Applying';
    case 'simulated':
    case 'finished':
    case 'failed':
    case 'cancelled':
      return '';
  }
}
