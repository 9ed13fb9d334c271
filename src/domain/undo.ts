import { changeOrder, type Change } from './change';
import { indexDirectory, type DirectoryIndex } from './directory-index';
import { decideGroups, type GroupDecision } from './grouping';
import { computeGroupRows } from './group-rows';
import type { AccountId, SourceGroupId, SourceUserId } from './identity';
import type { AccountLink, Links } from './link';
import { mapPeople, type MappedPeople } from './map-people';
import { collectTargets, type Targets } from './memberships';
import type { GroupRow, PersonOperation, PersonRow, Plan } from './plan';
import { computeBase } from './plan-base';
import { countPlan } from './plan-counts';
import type { PlanInput } from './planning';
import { describeProtection } from './protection';
import { overlayRecent } from './recent';
import type { DirectoryAccount, SourceUser } from './snapshot';
import { isStranger } from './strangers';
import { undoEmail, undoProfile, type Undone } from './undo-updates';

/**
 * The plan that takes back what a run has done: restores the accounts that it suspended, puts back the memberships that it
 * removed, takes back those that it added, and gives names, profiles and addresses back. `done` are the changes that the run itself
 * made. What somebody changed since stays, and what cannot be undone is said at its row. Guards and apply treat it like any plan.
 */
export function computeUndo(input: PlanInput, done: readonly Change[]): Plan {
  const directory = indexDirectory(overlayRecent(input.directory, input.recent, input.now));
  const decisions = decideGroups({
    connectorId: input.connectorId,
    links: input.links,
    adoptions: input.adoptions,
    foreign: input.foreign,
    groups: input.source.groups,
    directory,
    settings: input.settings.groups,
  });
  const context: Context = {
    input,
    directory,
    mapped: mapPeople(input.source, input.settings),
    targets: collectTargets(decisions),
    linkOf: new Map(input.links.accounts.map((link) => [link.sourceUserId, link])),
    userOf: new Map(input.source.users.map((each) => [each.id, each])),
  };
  const people = [...Map.groupBy(done.filter(isPersonal), (change) => change.user)].map(([user, theirs]) =>
    undoPerson(context, user, theirs),
  );
  const changes = changeOrder.flatMap((kind) =>
    people.flatMap((person) => person.changes.filter((change) => change.kind === kind)),
  );
  const indexes = new Map(changes.map((change, index) => [change, index]));
  const rows = people.map(({ row, changes: own }): PersonRow => {
    const places = own.flatMap((change) => indexes.get(change) ?? []);
    return { ...row, changes: places.sort((one, other) => one - other) };
  });
  const groups = undoGroups(input, decisions, changes, done);
  return {
    changes,
    people: rows,
    groups,
    counts: countPlan(changes, rows, groups),
    removals: input.directory.removals,
    notes: describeRest(done),
    base: computeBase(input, directory, decisions, changes, 0),
  };
}

/** Everything that the connector has suspended and not restored, as if one run had done it. */
export function findOwnSuspensions({ accounts }: Links): readonly Change[] {
  const reason = 'The connector suspended the account.';
  return accounts.flatMap(({ sourceUserId: user, accountId, suspendedAt }) =>
    suspendedAt === undefined ? [] : [{ kind: 'suspend', user, accountId, evidence: 'listed', reason }],
  );
}

type PersonalChange = Extract<Change, { readonly user: SourceUserId }>;

function isPersonal(change: Change): change is PersonalChange {
  return 'user' in change;
}

interface Context {
  readonly input: PlanInput;
  readonly directory: DirectoryIndex;
  readonly mapped: MappedPeople;
  readonly targets: Targets;
  readonly linkOf: ReadonlyMap<SourceUserId, AccountLink>;
  readonly userOf: ReadonlyMap<SourceUserId, SourceUser>;
}

interface UndonePerson {
  readonly row: Omit<PersonRow, 'changes'>;
  readonly changes: readonly Change[];
}

function undoPerson(context: Context, user: SourceUserId, done: readonly PersonalChange[]): UndonePerson {
  const { directory, linkOf, userOf } = context;
  const link = linkOf.get(user);
  const accountId = link?.accountId ?? findStranger(user, done);
  const account = accountId === undefined ? undefined : directory.account.get(accountId);
  const name = account?.name ?? userOf.get(user)?.username ?? link?.email ?? user;
  const told = {
    user,
    ...(accountId === undefined ? {} : { accountId }),
    ...(link === undefined ? {} : { email: link.email }),
    name,
    notes: done.flatMap((change) => describeLasting(change) ?? []),
  };
  const row = (operation: PersonOperation, reason: string): UndonePerson['row'] => ({ ...told, operation, reason });
  if (account === undefined) {
    return {
      row: row('not-modified', 'The account is not linked or not listed any more: nothing is undone.'),
      changes: [],
    };
  }
  const protection = describeProtection(account);
  if (protection !== undefined) return { row: row('protected', protection), changes: [] };
  const undone = done.map((change) => undoOne(context, account, link, change));
  const changes = undone.flatMap(({ change }) => change ?? []);
  const notes = [...told.notes, ...undone.flatMap((each) => each.notes)];
  if (changes.some(({ kind }) => kind === 'restore')) {
    return { row: { ...row('reactivated', 'The run had suspended the account.'), notes }, changes };
  }
  if (changes.length > 0) return { row: { ...row('updated', describeBack(changes)), notes }, changes };
  return { row: { ...row('not-modified', 'Nothing of this is left to be undone.'), notes }, changes: [] };
}

function describeBack(changes: readonly Change[]): string {
  const isUpdate = ({ kind }: Change) => kind === 'update-profile' || kind === 'update-email';
  const others = 'Memberships that the run changed are put back.';
  if (!changes.some(isUpdate)) return others;
  const own = 'What the run wrote to the account is put back.';
  return changes.every(isUpdate) ? own : `${own} ${others}`;
}

function undoOne(
  context: Context,
  account: DirectoryAccount,
  link: AccountLink | undefined,
  change: PersonalChange,
): Undone {
  if (link !== undefined && change.kind === 'update-profile') return undoProfile(account, link, change);
  if (link !== undefined && change.kind === 'update-email') {
    return undoEmail(context.input, context, account, link, change);
  }
  const back = undoChange(context, account, link, change);
  return { ...(back === undefined ? {} : { change: back }), notes: [] };
}

/** The account that an *exact* group lost; nobody in Keycloak is it. */
function findStranger(user: SourceUserId, done: readonly PersonalChange[]): AccountId | undefined {
  if (!isStranger(user)) return undefined;
  return done.flatMap((change) => (change.kind === 'remove-member' ? change.accountId : []))[0];
}

/** The opposite of one change, where it still stands as the run left it. */
function undoChange(
  { input, targets }: Context,
  account: DirectoryAccount,
  link: AccountLink | undefined,
  change: PersonalChange,
): Change | undefined {
  const { user } = change;
  const accountId = account.id;
  if (change.kind === 'suspend') {
    if (account.status !== 'suspended' || link?.suspendedAt === undefined) return undefined;
    return { kind: 'restore', user, accountId, reason: 'Undo: the run had suspended the account.' };
  }
  if (change.kind !== 'add-member' && change.kind !== 'remove-member') return undefined;
  const { group, groupName } = change;
  const existing = targets.bySource.get(group)?.existing;
  if (existing === undefined) return undefined;
  const isMember = account.groupIds.includes(existing.id);
  if (change.kind === 'remove-member') {
    // A group that is not the one from then is not filled by an undo.
    if (isMember || existing.id !== change.groupId) return undefined;
    const reason = 'Undo: the run had removed the membership.';
    return { kind: 'add-member', user, ...(link === undefined ? { accountId } : {}), group, groupName, reason };
  }
  const mayTake = isMember && account.status === 'active' && input.directory.removals.kind === 'allowed';
  if (!mayTake) return undefined;
  const reason = 'Undo: the run had added the membership.';
  return { kind: 'remove-member', user, accountId, group, groupId: existing.id, groupName, reason };
}

/** What an undo leaves as the run made it, at the row of the person. */
function describeLasting(change: PersonalChange): string | undefined {
  switch (change.kind) {
    case 'invite':
      return 'The run invited the person: an invitation cannot be taken back, the account stays.';
    case 'adopt-account':
      return 'The run linked the account: it stays linked until it is released.';
    case 'restore':
      return 'The run reactivated the account: it stays active.';
    case 'remove-account':
      return 'The run removed the account from the directory: that cannot be undone, the person must be invited again.';
    default:
      return undefined;
  }
}

function undoGroups(
  input: PlanInput,
  decisions: ReadonlyMap<SourceGroupId, GroupDecision>,
  changes: readonly Change[],
  done: readonly Change[],
): readonly GroupRow[] {
  const touched = new Set(done.flatMap((change) => ('group' in change ? [change.group] : [])));
  const made = new Set(done.flatMap((change) => (change.kind === 'create-group' ? [change.group] : [])));
  return computeGroupRows(input, decisions, changes)
    .filter(({ group }) => touched.has(group))
    .map((row): GroupRow => {
      const operation = row.added + row.removed > 0 ? 'updated' : 'not-modified';
      const notes = made.has(row.group) ? ['The run created the group: it stays.'] : [];
      return { ...row, operation, reason: 'Memberships that the run changed are put back.', notes };
    });
}

function describeRest(done: readonly Change[]): readonly string[] {
  const count = (kind: Change['kind']) => done.filter((change) => change.kind === kind).length;
  const lasting = [
    [count('invite'), 'invitations'],
    [count('create-group'), 'created groups'],
    [count('adopt-account') + count('adopt-group'), 'links'],
    [count('restore'), 'reactivated accounts'],
    [count('remove-account'), 'removed accounts'],
  ] as const;
  const parts = lasting.filter(([found]) => found > 0).map(([found, what]) => `${found} ${what}`);
  return parts.length === 0 ? [] : [`Not undone, because it cannot be or should not: ${parts.join(', ')}.`];
}
