import { connectorId, sourceGroupId } from './identity';
import type { GroupMark } from './snapshot';

// One line, far below the shortest description length that is thinkable; ids hold no `)` and no comma.
const pattern = /Managed by User & Group Sync \(connector ([^\s,()]+), Keycloak group ([^\s,()]+)\)/;

/** The line that a created group carries in its description. */
export function describeMark(mark: GroupMark): string {
  return `Managed by User & Group Sync (connector ${mark.connectorId}, Keycloak group ${mark.sourceGroupId})`;
}

/** The mark in a description, wherever it stands; people may have written around it. */
export function parseMark(description: string): GroupMark | undefined {
  const [, connector, group] = pattern.exec(description) ?? [];
  if (connector === undefined || group === undefined) return undefined;
  return { connectorId: connectorId(connector), sourceGroupId: sourceGroupId(group) };
}

export function isSameMark(one: GroupMark | undefined, other: GroupMark): boolean {
  return one?.connectorId === other.connectorId && one.sourceGroupId === other.sourceGroupId;
}
