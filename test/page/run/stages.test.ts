import { runId } from '../../../src/domain/identity';
import { selectChanges } from '../../../src/domain/selection';
import type { Run } from '../../../src/domain/run';
import { computeStages, findStageRun } from '../../../static/admin/src/run/stages';
import { countRows } from '../fake-bridge/realm';
import { makePlanRows, planned, updates } from './plan-rows';

const counts = countRows(makePlanRows());
const stages = computeStages(counts);

describe('the first full run in three steps', () => {
  it('links, then adds, then removes, and each step says what it comes to', () => {
    expect(stages.map(({ title, counts: lines }) => [title, ...lines])).toEqual([
      ['Link only', '1 account to link'],
      ['Additions', '1 person to invite', '1 group to create', '3 memberships to add'],
      ['Removals', '2 memberships to remove', '1 account to deactivate'],
    ]);
  });

  it('counts updates with the additions, and reads counts from before there were any', () => {
    const [, additions] = computeStages(countRows(makePlanRows(undefined, updates)));
    expect([additions?.count, additions?.counts]).toEqual([
      7,
      [
        '1 person to invite',
        '1 profile to update',
        '1 e-mail address to change',
        '1 group to create',
        '3 memberships to add',
      ],
    ]);
    // What an older version stored has no such keys.
    const older = Object.entries(counts.changes).filter(([kind]) => !kind.startsWith('update-'));
    const [, then] = computeStages({ ...counts, changes: Object.fromEntries(older) as typeof counts.changes });
    expect([then?.count, then?.counts]).toEqual([stages[1]?.count, stages[1]?.counts]);
  });

  it('leaves nothing of the plan out, and takes nothing away before the last step', () => {
    const selected = stages.map(({ selection }) => selectChanges(planned, selection).map(({ kind }) => kind));
    expect([new Set(selected.flat()).size, selected[0]?.includes('suspend'), selected[1]?.includes('suspend')]).toEqual(
      [new Set(planned.map(({ kind }) => kind)).size, false, false],
    );
  });

  it('finds the newest run of a step among those that apply the plan', () => {
    const applied = (
      id: string,
      startedAt: number,
      kind: 'links' | 'all',
    ): Pick<Run, 'id' | 'startedAt' | 'approval'> => ({
      id: runId(id),
      startedAt,
      approval: { by: 'a', at: 0, reason: '', planHash: '', selection: { kind } },
    });
    const runs = [applied('old', 1, 'links'), applied('new', 2, 'links'), applied('whole', 3, 'all')];
    const found = stages.map((stage) => findStageRun(stage, runs)?.id);
    expect(found).toEqual(['new', undefined, undefined]);
  });
});
