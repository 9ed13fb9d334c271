import { isDeepStrictEqual } from 'node:util';
import { computePlan } from '../domain/compute-plan';
import type { ConnectorSettings } from '../domain/connector';
import { DirectoryError, SourceError } from '../domain/errors';
import type { PlanInput } from '../domain/planning';
import type { Run } from '../domain/run';
import { listAttributes } from '../domain/source-attributes';
import { isNearlyUsed } from './budget';
import { gatherFor } from './gather-input';
import { plansTheSame } from './planning-settings';
import { work, type Step } from './step';

/** Of the time that the first plan took, so much must be left for the second one; and this besides. */
const timesLonger = 3;
const reserveMs = 60_000;

/**
 * For a simulation of unsaved settings: what the saved ones would do by the same readings. Counts and nothing else; whatever goes
 * wrong with it is told as a sentence and never ends the simulation. `tookMs`: how long the simulation's own plan took.
 */
export async function planSaved(step: Step, input: PlanInput, tookMs: number): Promise<Pick<Run, 'saved'>> {
  const { run, settings, connector, world } = step;
  const whole = run.kind === 'simulate' && run.only === undefined && run.undoes === undefined;
  if (!whole || plansTheSame(settings, connector.settings)) return {};
  const unlike = describeUnlike(input, connector.settings);
  if (unlike !== undefined) return { saved: { kind: 'not-counted', message: unlike } };
  const { budget } = step;
  // An invocation that was killed here is not to be killed here again.
  const triedBefore = (await world.work.load<true>(run.id, work.comparing)) === true;
  if (triedBefore || isNearlyUsed(budget) || budget.timeLeft() < timesLonger * tookMs + reserveMs) {
    return { saved: { kind: 'not-counted', message: 'There was no time left to plan with the saved settings too.' } };
  }
  await world.work.save(work.comparing, true, step.fence);
  try {
    const other = await gatherFor(step, input, connector.settings);
    return { saved: { kind: 'counted', counts: computePlan(other).counts } };
  } catch (error) {
    return { saved: { kind: 'not-counted', message: describeFailure(error, world.log) } };
  }
}

/** Why the readings for these settings say nothing about the saved ones; absent where they hold all that is needed. */
function describeUnlike({ source, settings }: PlanInput, saved: ConnectorSettings): string | undefined {
  if (!isDeepStrictEqual(settings.keycloak, saved.keycloak)) {
    return 'The saved settings read another realm or as another client, so there is nothing to compare with.';
  }
  const read = new Set(listAttributes(settings));
  if (listAttributes(saved).some((name) => !read.has(name))) {
    return 'The saved settings need other Keycloak attributes than were read, so there is nothing to compare with.';
  }
  // A run that an older version of the app began may have read no more than its own scope needs.
  if (source.memberships === 'in-scope') {
    return 'Only the members of the groups of these settings were read, so there is nothing to compare with.';
  }
  return undefined;
}

function describeFailure(error: unknown, log: Step['world']['log']): string {
  if (error instanceof SourceError) return `With the saved settings the run stops: ${error.message}`;
  if (error instanceof DirectoryError)
    return `The saved settings could not be planned for comparison: ${error.message}`;
  log.error('the plan of the saved settings failed', { error: error instanceof Error ? error.name : 'unknown' });
  return 'The saved settings could not be planned for comparison.';
}
