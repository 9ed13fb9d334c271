import type { ConnectorSettings, Scope } from './connector';
import type { GroupSet } from './group-set';

/**
 * A text that changes exactly when the rules change that decide who has what: scope, matching, mapping, groups and cleanup.
 * Name, schedule, limits, address and how people are mailed are no rules; the issuer is compared by itself.
 */
export function rulesFingerprint(settings: ConnectorSettings): string {
  const { scope, users, groups, cleanup } = settings;
  const selection = groups.selection;
  return JSON.stringify([
    'rules 2',
    listScope(scope),
    sort(users.emailDomains.map((domain) => domain.toLowerCase())),
    sort(users.trustedFederations),
    [users.createAccounts, users.deactivate, users.reactivate],
    [users.mapping, users.updateName, users.updateEmail, users.updateProfile, users.relinkAttribute ?? ''],
    selection.kind === 'all' ? ['all'] : ['chosen', sortSet(selection.include)],
    sortSet(groups.exclude),
    [groups.naming, groups.subGroups, sort(groups.alwaysAssign), sort(groups.neverRemove)],
    groups.createMissing,
    [cleanup.behaviour, cleanup.memberships, cleanup.graceDays],
  ]);
}

/** A text that changes exactly when the scope does. */
export function scopeFingerprint(scope: Scope): string {
  return JSON.stringify(listScope(scope));
}

function listScope(scope: Scope): readonly unknown[] {
  return scope.kind === 'realm'
    ? ['realm']
    : ['groups', sortSet(scope.include), sortSet(scope.exclude), scope.match, scope.subGroups];
}

function sortSet({ groupIds, rules }: GroupSet): readonly unknown[] {
  return [sort(groupIds), sort(rules.map(({ of, test, text }) => JSON.stringify([of, test, text])))];
}

function sort(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
