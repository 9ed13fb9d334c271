import { rulesFingerprint, type GuardContext } from '../domain/guards';
import type { PlanInput } from '../domain/planning';
import type { Step } from './step';

/** What the guards measure a plan of this input by. */
export async function gatherGuards({ world, run, settings }: Step, input: PlanInput): Promise<GuardContext> {
  const memory = await world.memory.load(run.connectorId);
  const rules = rulesFingerprint(settings);
  return {
    preset: settings.limits,
    // Limits over seven days count what every connector of the directory took.
    memory: { ...memory, deprovisioned: [...memory.deprovisioned, ...input.foreign.deprovisioned] },
    // An undo follows no rules of its own: that they changed says nothing against it.
    rules: run.undoes === undefined ? rules : (memory.acceptedRules ?? rules),
    issuer: input.source.issuer,
    now: input.now,
  };
}
