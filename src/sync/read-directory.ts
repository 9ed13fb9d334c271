import type { Run } from '../domain/run';
import type { DirectorySnapshot } from '../domain/snapshot';
import { checkProgress } from './check-progress';
import type { Reading } from './ports';
import { enter, work, type Step } from './step';

/** Reads the directory, or goes on with it; ends in a snapshot that is proved complete, or in a `DirectoryError`. */
export async function readDirectory(step: Step): Promise<Run> {
  const { world, run, fence } = step;
  const before = await world.work.load<Reading<DirectorySnapshot>>(run.id, work.directoryReading);
  const directory = await step.directory();
  const reading = await directory.read(before, step.report);
  checkProgress(before, reading);
  if (reading.kind === 'reading') {
    await world.work.save(work.directoryReading, reading, fence);
    return { ...run, progress: reading.progress };
  }
  await world.work.save(work.directory, reading.snapshot, fence);
  await world.work.delete(run.id, [work.directoryReading]);
  return enter(run, 'planning', { progress: undefined });
}
