import type { Change } from './change';
import type { ProductAccess } from './connector';
import type { DirectoryIndex } from './directory-index';
import type { GroupDecision } from './grouping';
import type { AccountId, GroupId, SourceGroupId } from './identity';
import type { Links } from './link';
import { collectTargets } from './memberships';
import type { DirectoryAccount } from './snapshot';

/** How many accounts get access to a product by a plan that they do not have now, and how many lose what they have. */
export interface ProductSeats {
  readonly product: string;
  readonly gained: number;
  readonly lost: number;
}

interface SeatsInput {
  readonly directory: DirectoryIndex;
  readonly links: Links;
  readonly decisions: ReadonlyMap<SourceGroupId, GroupDecision>;
  /** What invitations give besides groups. */
  readonly access: readonly ProductAccess[];
}

/** What a plan does to one account, of somebody who may have none yet. */
interface Touched {
  account?: DirectoryAccount;
  invited: boolean;
  access: 'given' | 'taken' | 'as before';
  readonly added: Set<GroupId>;
  readonly removed: Set<GroupId>;
}

/**
 * Compares the products of every account that the changes touch before and after them. An account has the products that one of its
 * groups grants while it is active; a new one also has those of its invitation. Products that nothing changes for are left out.
 */
export function computeSeats(input: SeatsInput, changes: readonly Change[]): readonly ProductSeats[] {
  const counts = new Map<string, { gained: number; lost: number }>();
  const count = (product: string, what: 'gained' | 'lost') => {
    const entry = counts.get(product) ?? { gained: 0, lost: 0 };
    entry[what] += 1;
    counts.set(product, entry);
  };
  for (const touched of collectTouched(input, changes)) {
    const before = listBefore(touched, input.directory);
    const after = listAfter(touched, input);
    for (const product of after) if (!before.has(product)) count(product, 'gained');
    for (const product of before) if (!after.has(product)) count(product, 'lost');
  }
  return [...counts]
    .map(([product, entry]) => ({ product, ...entry }))
    .sort((one, other) => one.product.localeCompare(other.product));
}

/** The products that these groups give access to. */
export function listProducts(directory: DirectoryIndex, groups: Iterable<GroupId>): ReadonlySet<string> {
  return new Set([...groups].flatMap((id) => directory.group.get(id)?.grantsAccess ?? []));
}

function listBefore({ account }: Touched, directory: DirectoryIndex): ReadonlySet<string> {
  return account?.status === 'active' ? listProducts(directory, account.groupIds) : new Set();
}

function listAfter(touched: Touched, { directory, access }: SeatsInput): ReadonlySet<string> {
  const { account, invited, added, removed } = touched;
  const isActive =
    touched.access === 'as before' ? account === undefined || account.status === 'active' : touched.access === 'given';
  if (!isActive) return new Set();
  const kept = (account?.groupIds ?? []).filter((id) => !removed.has(id));
  const products = listProducts(directory, [...kept, ...added]);
  return invited ? new Set([...products, ...access.map(nameProduct)]) : products;
}

/** As groups name it: the owner in the resource's name (`ari:cloud:jira::site/…`). */
function nameProduct({ resource }: ProductAccess): string {
  return /^ari:cloud:([^:]+):/.exec(resource)?.[1] ?? resource;
}

function collectTouched({ directory, links, decisions }: SeatsInput, changes: readonly Change[]): Iterable<Touched> {
  const targets = collectTargets(decisions).bySource;
  const accountOf = new Map<string, AccountId>(links.accounts.map((link) => [link.sourceUserId, link.accountId]));
  for (const change of changes) {
    if ('user' in change && 'accountId' in change && change.accountId !== undefined) {
      accountOf.set(change.user, change.accountId);
    }
  }
  const people = new Map<string, Touched>();
  const touch = (user: string): Touched => {
    const id = accountOf.get(user);
    const key = id ?? user;
    const known = people.get(key);
    if (known !== undefined) return known;
    const account = id === undefined ? undefined : directory.account.get(id);
    const touched: Touched = {
      ...(account === undefined ? {} : { account }),
      invited: false,
      access: 'as before',
      added: new Set(),
      removed: new Set(),
    };
    people.set(key, touched);
    return touched;
  };
  for (const change of changes) {
    switch (change.kind) {
      case 'invite':
        touch(change.user).invited = true;
        break;
      case 'restore':
        touch(change.user).access = 'given';
        break;
      case 'suspend':
      case 'remove-account':
        touch(change.user).access = 'taken';
        break;
      case 'add-member': {
        // A group that is created first grants nothing.
        const group = targets.get(change.group)?.existing?.id;
        if (group !== undefined) touch(change.user).added.add(group);
        break;
      }
      case 'remove-member':
        touch(change.user).removed.add(change.groupId);
        break;
      default:
    }
  }
  return people.values();
}
