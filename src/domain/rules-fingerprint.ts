import type { ConnectorSettings } from './connector';

/**
 * A text that changes exactly when the rules change that decide who has what: scope, matching, mapping, groups and cleanup.
 * Name, schedule, limits, address and how people are mailed are no rules; the issuer is compared by itself.
 */
export function rulesFingerprint(settings: ConnectorSettings): string {
  const { scope, users, groups, cleanup } = settings;
  const selection = groups.selection;
  return JSON.stringify([
    'rules 1',
    scope.kind === 'realm' ? ['realm'] : ['groups', sort(scope.groupIds), scope.subGroups],
    sort(users.emailDomains.map((domain) => domain.toLowerCase())),
    sort(users.trustedFederations),
    [users.createAccounts, users.deactivate, users.reactivate],
    selection.kind === 'all' ? ['all'] : ['chosen', sort(selection.groupIds)],
    groups.createMissing,
    [cleanup.behaviour, cleanup.memberships],
  ]);
}

function sort(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
