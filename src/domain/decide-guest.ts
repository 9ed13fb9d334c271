import { decide, type Decision, type PersonContext } from './decision';
import type { Wish } from './desired';
import { nameConnector } from './foreign';
import { describeDifferences } from './decide-updates';
import { describeGrace } from './grace';
import type { AccountLink } from './link';
import { describeStatus } from './match-reasons';
import type { DirectoryAccount } from './snapshot';

/**
 * What happens to an account that another connector owns: it is never suspended, restored or removed from here. Whoever leaves
 * this realm leaves the groups that this connector fills.
 */
export function decideGuest(
  context: PersonContext,
  wish: Wish,
  link: AccountLink,
  account: DirectoryAccount,
): Decision {
  const { accountId } = link;
  const owner = describeOwner(context, link);
  if (wish.kind === 'unmappable') return decide('frozen', wish.reason, { accountId });
  if (account.status !== 'active') {
    return decide('not-modified', `The account is ${describeStatus(account)}. ${owner}`, { accountId });
  }
  if (wish.kind === 'account') {
    return decide('not-modified', 'Is as wished.', {
      accountId,
      notes: [owner, ...describeDifferences(wish, account, 'The connector that owns the account can set it.')],
      memberships: { kind: 'align', wanted: wish.groups, listed: account.groupIds },
    });
  }
  return decideLeaving(context, wish, link, account, owner);
}

function decideLeaving(
  context: PersonContext,
  wish: Exclude<Wish, { readonly kind: 'account' | 'unmappable' }>,
  link: AccountLink,
  account: DirectoryAccount,
  owner: string,
): Decision {
  const { settings, doubts, federations } = context;
  const accountId = account.id;
  const mapped = wish.kind === 'out-of-scope' ? wish.reason : undefined;
  const why = mapped ?? whyLeaving[wish.kind];
  const { behaviour, memberships } = settings.cleanup;
  const keeps = wish.kind === 'inactive' ? !settings.users.deactivate : behaviour === 'keep' && !memberships;
  if (keeps) return decide('held-back', `${why} The settings keep the memberships. ${owner}`, { accountId });
  const doubt = {
    inactive: () => doubts.whyNotDisable(federations),
    'out-of-scope': () => doubts.whyNotLeave(federations, mapped === undefined ? 'groups' : 'mapping'),
    absent: () => doubts.whyNotDeprovision(federations),
  }[wish.kind]();
  if (doubt !== undefined) return decide('held-back', `${why} ${doubt}`, { accountId, inDoubt: true });
  const grace =
    wish.kind === 'inactive' ? undefined : describeGrace(settings.cleanup.graceDays, link.lastSeen, context.now);
  if (grace !== undefined) return decide('leaving', `${why} ${grace} ${owner}`, { accountId });
  if (wish.kind === 'absent' && wish.evidence === 'unconfirmed') {
    return decide('held-back', `${why} That is not confirmed yet, so nothing is taken.`, { accountId, inDoubt: true });
  }
  const reason = `${why} ${owner}`;
  return decide('not-modified', reason, { accountId, memberships: { kind: 'leave', listed: account.groupIds } });
}

const whyLeaving = {
  inactive: 'Is disabled in Keycloak.',
  'out-of-scope': 'Is no longer in scope.',
  absent: 'Is gone from Keycloak.',
} as const;

function describeOwner({ foreign }: PersonContext, link: AccountLink): string {
  const owner = foreign.accounts.get(link.accountId);
  return owner === undefined
    ? 'No connector owns the account any more: take it over, or nobody deactivates it.'
    : `The account itself belongs to ${nameConnector(foreign, owner)}: only memberships are synced here.`;
}
