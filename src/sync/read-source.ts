import { SourceError } from '../domain/errors';
import { nameFederations } from '../domain/outage';
import type { Run } from '../domain/run';
import type { SourceSnapshot } from '../domain/snapshot';
import type { Reading } from './ports';
import { checkProgress } from './check-progress';
import { finishSurvey } from './survey';
import { enter, work, type Step } from './step';

/** Reads Keycloak, or goes on with it; ends in a snapshot that is proved complete, or in a `SourceError`. */
export async function readSource(step: Step): Promise<Run> {
  const { world, run, fence } = step;
  const before = await world.work.load<Reading<SourceSnapshot>>(run.id, work.sourceReading);
  const source = await step.source();
  const reading = await source.read(before, step.report).catch(async (error: unknown) => {
    if (!(error instanceof SourceError)) throw error;
    throw nameFederations(error, await world.links.load(run.connectorId, ''));
  });
  checkProgress(before, reading);
  if (reading.kind === 'reading') {
    await world.work.save(work.sourceReading, reading, fence);
    return { ...run, progress: reading.progress };
  }
  await world.work.save(work.source, reading.snapshot, fence);
  await world.work.delete(run.id, [work.sourceReading]);
  if (run.kind === 'survey' && !(await world.hasDirectory())) return finishSurvey(step);
  return enter(run, 'reading-directory', { progress: undefined });
}
