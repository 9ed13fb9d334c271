import type { Links } from '../domain/link';
import type { SourceSnapshot } from '../domain/snapshot';
import type { Step } from './step';

/**
 * An administrator who approved a whole plan of another issuer said that it is the same realm: links go on under the new name,
 * and the next run may take away again.
 */
export async function acceptIssuer({ world, run, fence }: Step, source: SourceSnapshot, links: Links): Promise<Links> {
  const { issuer } = source;
  const wasAsked = run.violations?.some(({ guard }) => guard === 'issuer-changed') === true;
  const isWhole = run.approval !== undefined && (run.approval.selection?.kind ?? 'all') === 'all';
  if (links.issuer === issuer || !wasAsked || !isWhole) return links;
  await world.links.saveIssuer(run.connectorId, issuer, fence);
  const memory = await world.memory.load(run.connectorId);
  await world.memory.save(run.connectorId, { ...memory, acceptedIssuer: issuer }, fence);
  return { ...links, issuer };
}
