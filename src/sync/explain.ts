import { explain } from '../domain/explain';
import type { Run } from '../domain/run';
import { gatherGuards } from './gather-guards';
import { gatherInput } from './gather-input';
import { enter, work, type Step } from './step';

/** Ends *Explain a user*: the plan of everybody is computed, one person's way through it is kept, and nothing is written. */
export async function finishExplanation(step: Step): Promise<Run> {
  const { world, run, fence } = step;
  const input = await gatherInput(step, []);
  const explanation = explain(input, run.asks ?? '', await gatherGuards(step, input));
  await world.work.save(work.explanation, explanation, fence);
  return enter(run, 'finished', { endedAt: world.now(), progress: undefined });
}
