import type { SourceErrorCode } from '../domain/errors';
import type { AdminApi } from './admin-api';
import { roleTooSmall } from './failure';
import type { Attempt, Finding, Findings } from './finding';
import { attempt, failed, passed } from './finding';
import { findExcessRoles } from './token-roles';
import type { GroupRow, UserRow } from './wire';
import { groupCountSchema, groupPageSchema, idPageSchema, userCountSchema, userPageSchema } from './wire';

/** Failures that concern the place of the admin API and not the rights of the client. */
const misplaced: ReadonlySet<SourceErrorCode> = new Set<SourceErrorCode>([
  'admin-api-not-here',
  'wrong-address',
  'wrong-realm',
  'address-not-approved',
  'unreachable',
  'tls',
  'server-error',
]);

interface Seen {
  readonly userCount: Attempt<number>;
  readonly users: Attempt<readonly UserRow[]>;
  readonly groupCount: Attempt<number>;
  readonly groups: Attempt<readonly GroupRow[]>;
}

/** What the client may read, and whether it may do more. At most five requests. */
export async function probeRights(api: AdminApi, token: string, realm: string): Promise<Findings> {
  const userCount = await attempt(api.read('/users/count', userCountSchema));
  if (userCount.kind === 'failed' && misplaced.has(userCount.error.code)) {
    return { 'admin-api': failed(userCount.error.message) };
  }
  const users = await attempt(api.read('/users?briefRepresentation=true&first=0&max=1', userPageSchema));
  const groupCount = await attempt(api.read('/groups/count', groupCountSchema).then(({ count }) => count));
  const groups = await attempt(api.read('/groups?briefRepresentation=true&first=0&max=1', groupPageSchema));
  const seen = { userCount, users, groupCount, groups };
  return {
    'admin-api': passed('The admin API answers.'),
    ...judgeUsers(seen, realm),
    ...judgeGroups(seen, realm),
    ...(await probeMembers(api, groups)),
    ...judgeRights(users, token, realm),
  };
}

/** Roles of the kind `query-*` give 200 and nothing; up to 26.0 they even count 0 users, and only the groups give it away (measured). */
function judgeUsers({ userCount, users, groupCount, groups }: Seen, realm: string): Findings {
  if (users.kind === 'failed') return { users: failed(users.error.message) };
  if (userCount.kind === 'failed') {
    return { users: passed('Users can be read.'), 'user-count': failed(userCount.error.message) };
  }
  if (users.value.length > 0) {
    return { users: passed('Users can be read.'), 'user-count': passed(countOf(userCount.value, 'user')) };
  }
  if (userCount.value > 0 || areHidden(groupCount, groups)) return { users: failed(roleTooSmall(realm).message) };
  return {
    users: failed(
      `Keycloak shows no user of realm "${realm}": either it has none yet, or the client's service account lacks the role view-users.`,
    ),
  };
}

function judgeGroups({ groupCount, groups }: Seen, realm: string): Findings {
  if (groups.kind === 'failed') return { groups: failed(groups.error.message) };
  if (groupCount.kind === 'failed') {
    return { groups: passed('Groups can be read.'), 'group-count': failed(groupCount.error.message) };
  }
  if (areHidden(groupCount, groups)) return { groups: failed(roleTooSmall(realm).message) };
  const found: Finding =
    groupCount.value === 0
      ? { state: 'warning', message: `Realm "${realm}" has no groups, so that only accounts can be synced.` }
      : passed('Groups can be read.');
  return { groups: found, 'group-count': passed(countOf(groupCount.value, 'group')) };
}

function areHidden(count: Attempt<number>, rows: Attempt<readonly unknown[]>): boolean {
  return count.kind === 'done' && count.value > 0 && rows.kind === 'done' && rows.value.length === 0;
}

async function probeMembers(api: AdminApi, groups: Attempt<readonly GroupRow[]>): Promise<Findings> {
  const group = groups.kind === 'done' ? groups.value[0] : undefined;
  if (group === undefined) return {};
  const path = `/groups/${encodeURIComponent(group.id)}/members?briefRepresentation=true&first=0&max=1`;
  const members = await attempt(api.read(path, idPageSchema));
  return { members: members.kind === 'done' ? passed('Members can be read.') : failed(members.error.message) };
}

function judgeRights(users: Attempt<readonly UserRow[]>, token: string, realm: string): Findings {
  const roles = findExcessRoles(token, realm);
  const manages = users.kind === 'done' && users.value.some(({ access }) => access?.manage === true);
  if (roles.length === 0 && !manages) {
    return users.kind === 'done' && users.value.length > 0 ? { rights: passed('The client can only read.') } : {};
  }
  const what = roles.length > 0 ? ` (${roles.join(', ')})` : ' (it may change users)';
  return {
    rights: {
      state: 'warning',
      message: `The client can do more than it needs${what}: leave its service account the role view-users alone.`,
    },
  };
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}.`;
}
