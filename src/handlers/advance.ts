import * as v from 'valibot';
import { runId } from '../domain/identity';
import { advanceRun } from '../sync/advance-run';
import type { Budget, World } from '../sync/ports';

const event = v.object({ body: v.object({ runId: v.string(), step: v.pipe(v.number(), v.integer()) }) });

/** The queue's consumer: one event is one or more steps of a run. */
export function createAdvance(openWorld: () => World, openBudget: () => Budget): (input: unknown) => Promise<void> {
  return async (input) => {
    const { body } = v.parse(event, input);
    await advanceRun(openWorld(), { runId: runId(body.runId), step: body.step }, openBudget());
  };
}
