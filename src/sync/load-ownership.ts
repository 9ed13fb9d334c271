import type { Choices } from '../domain/choices';
import type { Connector } from '../domain/connector';
import type { Foreign } from '../domain/foreign';
import type { ConnectorId } from '../domain/identity';
import { applyLinkEntries, findReleased, type Links } from '../domain/link';
import { computeOwnership, type Holder } from '../domain/ownership';
import type { World } from './ports';
import type { Step } from './step';

/** Lets go of what an administrator released: the first run behind the click drops the links. */
export async function dropReleased({ world, run, fence }: Step, links: Links, choices: Choices): Promise<Links> {
  const released = findReleased(links, choices);
  if (released.length === 0) return links;
  // Without the lease another run may be writing links: then this plan alone goes without them.
  if (fence.lease !== undefined) await world.links.append(run.connectorId, links.issuer, released, fence);
  return applyLinkEntries(links, released);
}

/** Our links, with everything that another connector of the directory owns marked, and what the others have. */
export async function loadOwnership(
  world: Pick<World, 'connectors' | 'links' | 'memory'>,
  connector: Connector,
  links: Links,
  choices: Choices,
): Promise<{ readonly links: Links; readonly foreign: Foreign }> {
  const others = (await world.connectors.list()).filter(({ id }) => id !== connector.id);
  const own: Holder = { name: connector.settings.name, links, owned: choices.owned, deprovisioned: [], recent: [] };
  return computeOwnership(own, await Promise.all(others.map(({ id, settings }) => loadHolder(id, settings.name))));

  async function loadHolder(id: ConnectorId, name: string): Promise<Holder> {
    const theirs = await world.links.load(id, '');
    const chosen = await world.links.loadChoices(id);
    const { deprovisioned, recent } = await world.memory.load(id);
    return {
      name,
      links: applyLinkEntries(theirs, findReleased(theirs, chosen)),
      owned: chosen.owned,
      deprovisioned,
      recent,
    };
  }
}
