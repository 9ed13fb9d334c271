import type { LinksFile } from '../../../src/domain/links-file';

/** A file of links, as *Export links* of a connector makes it. */
export function makeLinksFile(connectorId: string, people = 1_842): LinksFile {
  const modes = ['add-only', 'add-only', 'take-over', 'exact'] as const;
  return {
    format: 'user-group-sync-links',
    version: 1,
    connectorId,
    issuer: 'https://keycloak.acme.example/realms/acme',
    accounts: Array.from({ length: people }, (_, index) => ({
      user: `user-${index}`,
      accountId: `account-${index}`,
      email: `person${index}@acme.example`,
      origin: index % 3 === 0 ? ('invited' as const) : ('adopted' as const),
      ...(index % 167 === 5 ? { suspendedAt: '2026-11-20T02:00:00.000Z' } : {}),
      ...(index % 61 === 9 ? { guest: true as const } : {}),
    })),
    groups: Array.from({ length: 58 }, (_, index) => ({
      sourceGroupId: `group-${index}`,
      groupId: `atlassian-${index}`,
      name: `team ${index}`,
      origin: index % 2 === 0 ? ('created' as const) : ('adopted' as const),
      mode: modes[index % (index > 20 ? 2 : modes.length)] ?? 'add-only',
    })),
  };
}
