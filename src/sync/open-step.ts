import { isInquiry, type Progress } from '../domain/run';
import type { Budget, Claim, Directory, Source, World } from './ports';
import type { Step } from './step';

const progressEveryMs = 2_000;

/** Everything that the phases of one invocation share; `undefined` when the connector is gone. */
export async function openStep(world: World, { run, fence }: Claim, budget: Budget): Promise<Step | undefined> {
  const connector = await world.connectors.load(run.connectorId);
  const settings = await world.runs.loadSettings(run.id);
  if (connector === undefined || settings === undefined) return undefined;
  const extent = isInquiry(run.kind) || run.unsaved === true ? 'all' : 'in-scope';
  let shownAt = 0;
  let source: Promise<Source> | undefined;
  let directory: Promise<Directory> | undefined;
  return {
    world,
    run,
    fence,
    connector,
    settings,
    budget,
    report: (progress: Progress) => {
      const now = world.now();
      if (now - shownAt < progressEveryMs) return Promise.resolve();
      shownAt = now;
      return world.runs.beat(run.id, now, progress);
    },
    source: () => (source ??= world.openSource(connector, settings, budget, extent)),
    directory: () => (directory ??= world.openDirectory(budget)),
  };
}
