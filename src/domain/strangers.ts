import type { Change } from './change';
import type { DirectoryIndex } from './directory-index';
import type { Doubts } from './doubts';
import type { Foreign } from './foreign';
import type { GroupTarget } from './group-decision';
import { normalizeEmail, sourceUserId, type AccountId, type SourceUserId } from './identity';
import type { Links } from './link';
import { addressOf, type MappedPeople } from './map-people';
import type { PersonRow } from './plan';
import { describeProtection } from './protection';
import type { DirectoryAccount, SourceSnapshot } from './snapshot';

/** Members of an Atlassian group whom no Keycloak user is, or could be: only an *exact* group takes them out. */
const mark = 'atlassian:';

/** The name by which a plan calls an account without a Keycloak user. */
const strangerId = (account: AccountId): SourceUserId => sourceUserId(`${mark}${account}`);
export const isStranger = (user: SourceUserId): boolean => user.startsWith(mark);

interface StrangerInput {
  readonly source: SourceSnapshot;
  readonly mapped: MappedPeople;
  readonly links: Links;
  readonly foreign: Foreign;
  readonly directory: DirectoryIndex;
  readonly doubts: Doubts;
  readonly targets: Iterable<GroupTarget>;
  /** Accounts that a row of the plan is about, whatever becomes of them. */
  readonly known: ReadonlySet<AccountId>;
}

export interface Stranger {
  readonly row: Omit<PersonRow, 'changes'>;
  readonly changes: readonly Change[];
  readonly inDoubt: number;
}

/** Who is taken out of groups that are to have exactly the members of Keycloak, by a click of an administrator. */
export function planStrangers(input: StrangerInput): readonly Stranger[] {
  const exact = [...input.targets].filter(
    ({ mode, existing, keeps }) => mode === 'exact' && existing !== undefined && keeps === undefined,
  );
  if (exact.length === 0) return [];
  const isUnknown = createStrangerTest(input);
  return [...input.directory.account.values()].flatMap((account): readonly Stranger[] => {
    const groups = exact.filter(({ existing }) => existing !== undefined && account.groupIds.includes(existing.id));
    if (groups.length === 0 || !isUnknown(account)) return [];
    return [planStranger(account, groups, input.doubts)];
  });
}

/** Nobody whom a link, a row, an address or another connector may be about, and nobody whose address Atlassian hides. */
export function createStrangerTest({
  source,
  mapped,
  links,
  foreign,
  known,
}: Pick<StrangerInput, 'source' | 'mapped' | 'links' | 'foreign' | 'known'>): (account: DirectoryAccount) => boolean {
  const linked = new Set(links.accounts.map(({ accountId }) => accountId));
  const emails = new Set([
    ...source.users.flatMap((user) => [normalizeEmail(user.email), addressOf(user, mapped)]),
    ...links.accounts.map(({ email }) => normalizeEmail(email)),
  ]);
  return (account) => {
    const email = normalizeEmail(account.email);
    if (email === undefined || emails.has(email)) return false;
    if (linked.has(account.id) || known.has(account.id) || foreign.managedAccounts.has(account.id)) return false;
    return account.status === 'active' && describeProtection(account) === undefined;
  };
}

function planStranger(account: DirectoryAccount, groups: readonly GroupTarget[], doubts: Doubts): Stranger {
  const user = strangerId(account.id);
  const { id: accountId, name, email } = account;
  const told = { user, accountId, name, ...(email === undefined ? {} : { email }) };
  // Whom a federation does not show at this moment nobody in Keycloak seems to be.
  const doubt =
    doubts.notes[0] ??
    groups.map(({ group }) => doubts.whyNotRemoveFrom(group, { ids: [] })).find((why) => why !== undefined);
  if (doubt !== undefined) {
    return { row: { ...told, operation: 'held-back', reason: doubt, notes: [] }, changes: [], inDoubt: groups.length };
  }
  const reason = 'Nobody in Keycloak is this account, and the group was taken over as exact.';
  const changes = groups.flatMap(({ group, name: groupName, existing }): readonly Change[] =>
    existing === undefined
      ? []
      : [{ kind: 'remove-member', user, accountId, group, groupId: existing.id, groupName, reason }],
  );
  return { row: { ...told, operation: 'updated', reason, notes: [] }, changes, inDoubt: 0 };
}
