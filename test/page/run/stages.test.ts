import { runId } from '../../../src/domain/identity';
import { selectChanges } from '../../../src/domain/selection';
import type { Run } from '../../../src/domain/run';
import { computeStages, findStageRun } from '../../../static/admin/src/run/stages';
import { countRows } from '../fake-bridge/realm';
import { makePlanRows, planned } from './plan-rows';

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
