import type { Step } from './step';

/**
 * The limits *first load* end with the run that used them: from then on the connector is *strict*. Settings that somebody
 * saved meanwhile stay as they are.
 */
export async function endFirstLoad({ world, connector: { id } }: Step): Promise<void> {
  const connector = await world.connectors.load(id);
  if (connector?.settings.limits !== 'first-load') return;
  await world.connectors.save({
    ...connector,
    revision: connector.revision + 1,
    settings: { ...connector.settings, limits: 'strict' },
  });
}
