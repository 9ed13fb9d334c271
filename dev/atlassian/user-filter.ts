import * as v from 'valibot';
import { limitOf, texts } from './route';
import type { Account, DirectoryUnit } from './state';
import type { Store } from './store';
import {
  compositeStatus,
  membershipStatus,
  platformRolesOf,
  readableGroupIds,
  rolesOn,
  type WireOptions,
} from './user-wire';

const roleIds = [
  'atlassian/user',
  'atlassian/admin',
  'atlassian/guest',
  'atlassian/customer',
  'atlassian/user-access-admin',
  'atlassian/contributor',
  'atlassian/basic',
  'atlassian/stakeholder',
  'atlassian/org-admin',
  'atlassian/site-admin',
  'atlassian/ai-access',
] as const;

const list = (max: number) => v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(max)));
const choices = <const Options extends readonly string[]>(options: Options, max: number) =>
  v.optional(v.pipe(v.array(v.picklist(options)), v.minLength(1), v.maxLength(max)));

const filterEntries = {
  accountIds: list(10),
  groupIds: list(10),
  directoryIds: list(10),
  resourceIds: list(20),
  emailDomains: list(10),
  roleIds: choices(roleIds, 10),
  searchTerm: v.optional(v.string()),
  // Five values, of which the document allows four at a time.
  status: choices(['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion'], 4),
  accountStatus: choices(['active', 'inactive', 'closed'], 3),
  membershipStatus: choices(['active', 'suspended', 'no_membership'], 3),
  claimStatus: v.optional(v.picklist(['managed', 'unmanaged'])),
  mfaEnabled: v.optional(v.boolean()),
};

/** The query of `users/count`. */
export const countQuery = v.strictObject(filterEntries);

/** The lists among the parameters of `users/count`. */
export const countLists = Object.keys(filterEntries).filter(
  (name) => !['searchTerm', 'claimStatus', 'mfaEnabled'].includes(name),
);

/** The body of `users/search`. */
export const searchBody = v.strictObject({
  ...filterEntries,
  emails: v.optional(texts(100)),
  expand: v.optional(
    v.pipe(
      v.array(v.picklist(['platformRoles', 'counts.resources', 'productAccess', 'groups'])),
      v.check((items) => new Set(items).size === items.length, 'items are not unique'),
    ),
  ),
  sortBy: v.optional(
    v.pipe(
      v.array(v.strictObject({ field: v.picklist(['nick_name']), direction: v.picklist(['asc', 'desc']) })),
      v.length(1),
    ),
  ),
  limit: v.optional(limitOf(100)),
  cursor: v.optional(v.string()),
});

export type UserFilters = v.InferOutput<typeof countQuery> & { readonly emails?: string[] | undefined };

export interface Population {
  /** Directories whose members are looked at. */
  readonly directories: readonly string[];
  /** Whether managed accounts outside every directory belong to it. */
  readonly withManaged: boolean;
}

/** Whose accounts a read covers, before its other filters. */
export function computePopulation(
  wanted: readonly string[] | undefined,
  path: readonly DirectoryUnit[],
  all: readonly DirectoryUnit[],
  organizationWide: boolean,
): Population {
  const ids = (units: readonly DirectoryUnit[]) => units.map((unit) => unit.id);
  if (wanted) return { directories: ids(all).filter((id) => wanted.includes(id)), withManaged: false };
  return organizationWide
    ? { directories: ids(all), withManaged: true }
    : { directories: ids(path), withManaged: false };
}

/** Whether an account belongs to the population and passes all filters. */
export function userMatcher(
  store: Store,
  filters: UserFilters,
  population: Population,
  options: Pick<WireOptions, 'covered' | 'statusOf'>,
): (account: Account) => boolean {
  const term = filters.searchTerm?.toLowerCase();
  const anyCase = store.doubts.emailFilter === 'any case';
  const fold = (text: string): string => (anyCase ? text.toLowerCase() : text);
  const emails = filters.emails && new Set(filters.emails.map(fold));
  const domains = filters.emailDomains?.map((domain) => domain.replace(/^@/, '').toLowerCase());

  const lives = (account: Account): boolean => {
    if (store.lag.isAccountHidden(account.id) || account.invitation === 'hidden') return false;
    if (account.accountType !== 'atlassian' && store.doubts.accountsOfApps === 'hidden') return false;
    return (
      population.directories.some((id) => store.seenEntry(account, id)) || (population.withManaged && account.claimed)
    );
  };
  const inGroups = (account: Account, groupIds: readonly string[]): boolean => {
    const own = readableGroupIds(
      store,
      account,
      store.state.directories.map((each) => each.id),
    );
    return store.doubts.severalGroupIds === 'any'
      ? groupIds.some((id) => own.includes(id))
      : groupIds.every((id) => own.includes(id));
  };
  const hasRole = (account: Account, wanted: readonly string[]): boolean =>
    [
      ...platformRolesOf(store, account),
      ...store.state.workspaces.flatMap((workspace) => rolesOn(store, account, workspace.ari)),
    ].some((role) => wanted.includes(role));

  return (account) => {
    if (filters.accountIds && !filters.accountIds.includes(account.id)) return false;
    const seen = store.seenProfile(account);
    if (emails && !emails.has(fold(seen.email))) return false;
    if (!lives(account)) return false;
    if (filters.groupIds && !inGroups(account, filters.groupIds)) return false;
    if (domains && !domains.includes(seen.email.split('@').at(-1)?.toLowerCase() ?? '')) return false;
    if (term && !`${seen.name}\n${seen.nickname}\n${seen.email}`.toLowerCase().includes(term)) return false;
    if (filters.claimStatus && (filters.claimStatus === 'managed') !== account.claimed) return false;
    if (filters.mfaEnabled !== undefined && filters.mfaEnabled !== account.mfaEnabled) return false;
    if (filters.accountStatus && !filters.accountStatus.includes(account.accountStatus)) return false;
    if (filters.roleIds && !hasRole(account, filters.roleIds)) return false;
    if (filters.resourceIds && !filters.resourceIds.some((id) => rolesOn(store, account, id).length > 0)) return false;
    if (!filters.membershipStatus && !filters.status) return true;
    const membership = membershipStatus(store, account, options.statusOf);
    const status = compositeStatus(account, membership);
    if (filters.membershipStatus && !filters.membershipStatus.includes(membership)) return false;
    return !filters.status || (status !== undefined && filters.status.includes(status));
  };
}
