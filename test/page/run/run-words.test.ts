import { connectorId, runId } from '../../../src/domain/identity';
import type { Run } from '../../../src/domain/run';
import { formatReport, nameReport } from '../../../static/admin/src/run/report-download';
import { computePhases } from '../../../static/admin/src/run/run-phases';
import { describeCounts, describeStarter, describeState, isWorking } from '../../../static/admin/src/run/run-words';
import { countRows, makeRows } from '../fake-bridge/realm';

const run: Run = {
  id: runId('r'),
  connectorId: connectorId('c'),
  connectorName: 'Acme: Köln & Wien',
  kind: 'full',
  startedBy: { kind: 'schedule' },
  startedAt: Date.UTC(2026, 10, 23, 2),
  state: 'planning',
  step: 1,
  fence: 1,
  claimedUntil: 0,
  heartbeat: 0,
  attempts: 0,
  batchesDone: 0,
};

const outcomes = {
  done: 5,
  already: 0,
  refused: 0,
  unconfirmed: 0,
  'not-approved': 0,
  'not-needed': 0,
  'not-reached': 0,
};
const phasesOf = (part: Partial<Run>) =>
  computePhases({ ...run, ...part }).map(({ title, state }) => `${title}: ${state}`);

describe('phases of a run', () => {
  it('a simulated run ends with its plan', () => {
    expect(phasesOf({ kind: 'simulate', state: 'reading-directory' })).toEqual([
      'Reading Keycloak: done',
      'Reading Atlassian: current',
      'Planning: waiting',
    ]);
  });

  it('a held run stands at the approval', () => {
    expect(phasesOf({ state: 'held' })).toEqual([
      'Reading Keycloak: done',
      'Reading Atlassian: done',
      'Planning: done',
      'Approval: current',
      'Applying: waiting',
    ]);
  });

  it('an approved run reads again, and its approval stays given', () => {
    const approval = { by: 'a', at: 1, planHash: 'h', reason: 'yes' };
    expect(phasesOf({ state: 'reading-source', approval })).toEqual([
      'Reading Keycloak: current',
      'Reading Atlassian: waiting',
      'Planning: waiting',
      'Approval: done',
      'Applying: waiting',
    ]);
  });
});

describe('a run in words', () => {
  it.each([
    [{ state: 'held' }, 'On hold', 'warning'],
    [{ state: 'finished', outcomes }, 'Finished', 'success'],
    [{ state: 'finished', outcomes: { ...outcomes, refused: 1 } }, 'Finished with problems', 'warning'],
    [{ state: 'finished', outcomes: { ...outcomes, unconfirmed: 1 } }, 'Finished with problems', 'warning'],
    [{ state: 'applying', cancelRequestedBy: 'a' }, 'Cancelling', 'warning'],
    [{ state: 'cancelled', cancelRequestedBy: 'a' }, 'Cancelled', 'neutral'],
  ] as const)('%j is %s', (part, text, tone) => {
    expect(describeState({ ...run, ...part })).toEqual({ text, tone });
  });

  it('works until it ended or waits for an administrator', () => {
    expect(isWorking({ ...run, state: 'applying' })).toBe(true);
    expect(isWorking({ ...run, state: 'held' })).toBe(false);
    expect(isWorking({ ...run, state: 'failed' })).toBe(false);
  });

  it('tells the reader from others', () => {
    const mine: Run = { ...run, startedBy: { kind: 'person', accountId: 'me' } };
    expect([describeStarter(mine, 'me'), describeStarter(mine, 'you'), describeStarter(run, 'me')]).toEqual([
      'You',
      'An administrator',
      'Schedule',
    ]);
  });

  it('counts what changes, and says when nothing does', () => {
    const rows = makeRows(100, 3, false);
    const counts = countRows(rows);
    expect(describeCounts({ ...run, counts })).toBe(
      `${counts.people.added} added · ${counts.people.updated} updated · ${counts.people.deactivated} deactivated · ${counts.people.conflict} in conflict · 1 group new`,
    );
    expect(describeCounts({ ...run, counts: countRows([]) })).toBe('Nothing to change');
    expect(describeCounts(run)).toBe('No plan was made');
  });
});

describe('the downloaded report', () => {
  it('has a name that every file system takes', () => {
    expect(nameReport(run, 'json')).toBe('sync-acme-k-ln-wien-2026-11-23T02-00.json');
    expect(nameReport({ ...run, connectorName: '日本' }, 'json')).toBe('sync-2026-11-23T02-00.json');
  });

  it('holds the run and every row', () => {
    const rows = makeRows(5, 2, true);
    expect(JSON.parse(formatReport(run, rows))).toEqual({ run, rows });
  });
});
