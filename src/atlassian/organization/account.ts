import { accountId, normalizeEmail } from '../../domain/identity';
import type { AccountStatus, DirectoryAccount } from '../../domain/snapshot';
import type { UserAnswer } from './answers';
import { stripGroupId } from './group';

/** What the search shows besides the name; the locale is not among it (facts 4.3). */
const shown = ['nickname', 'jobTitle', 'department', 'organization', 'location', 'timeZone'] as const;

/** An account as the domain knows it. */
export function toAccount(user: UserAnswer): DirectoryAccount {
  const email = normalizeEmail(user.email ?? undefined);
  const profile = shown.flatMap((attribute) => {
    const value = user[attribute]?.trim() ?? '';
    return value === '' ? [] : [[attribute, value] as const];
  });
  return {
    id: accountId(user.accountId),
    ...(email === undefined ? {} : { email }),
    emailVerified: user.emailVerified === true,
    name: user.name ?? user.nickname ?? '',
    ...(profile.length === 0 ? {} : { profile: Object.fromEntries(profile) }),
    status: toStatus(user),
    person: user.accountType === 'atlassian',
    claimed: user.claimStatus === 'managed',
    synced: user.managementSource === 'synced',
    platformRoles: user.platformRoles ?? [],
    groupIds: [...new Set((user.groups ?? []).map(({ id }) => stripGroupId(id)))],
  };
}

const composite: Readonly<Record<string, AccountStatus>> = {
  active: 'active',
  suspended: 'suspended',
  not_invited: 'not-invited',
  deactivated: 'deactivated',
  for_deletion: 'for-deletion',
};

/** The composite status; a closed account has none (facts 4.4) and counts as deactivated: it cannot be used. */
function toStatus(user: UserAnswer): AccountStatus {
  const named = composite[user.status ?? ''];
  if (named !== undefined) return named;
  if (user.accountStatus === 'inactive' || user.accountStatus === 'closed') return 'deactivated';
  if (user.membershipStatus === 'suspended') return 'suspended';
  return user.membershipStatus === 'active' ? 'active' : 'not-invited';
}

/** Why a run must never take anything from the account, whatever was planned (promise 11); `undefined` when it may. */
export function describeProtection(account: DirectoryAccount): string | undefined {
  if (!account.person) return 'The account is no person.';
  if (account.platformRoles.length > 0) return 'The account has an administrative role in the organization.';
  if (account.synced) return 'The account is provisioned by another identity provider.';
  return undefined;
}
