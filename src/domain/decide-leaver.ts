import type { Evidence } from './change';
import { decide, type Decision, type Memberships, type PersonContext } from './decision';
import { daysSince, describeDays, describeGrace, isRemovable, removalDays } from './grace';
import type { AccountLink } from './link';
import type { DirectoryAccount } from './snapshot';

interface Leaving {
  readonly evidence: Evidence;
  readonly why: string;
  readonly doubt: string | undefined;
}

/** Cleanup: what the settings say about a managed account that is no longer in scope. */
export function decideLeaver(
  context: PersonContext,
  link: AccountLink,
  account: DirectoryAccount,
  leaving: Leaving,
): Decision {
  const { accountId } = link;
  const { evidence, why, doubt } = leaving;
  const { behaviour, memberships, graceDays } = context.settings.cleanup;
  const keeps = `${why} The cleanup keeps the account.`;
  if (behaviour === 'keep' && !memberships) return decide('held-back', keeps, { accountId });
  if (account.status !== 'active') return decideSuspended(context, link, account, leaving);
  if (behaviour !== 'keep' && !context.settings.users.deactivate) {
    return decide('held-back', `${why} Deactivating is switched off.`, { accountId });
  }
  if (doubt !== undefined) return decide('held-back', `${why} ${doubt}`, { accountId, inDoubt: true });
  const grace = describeGrace(graceDays, link.lastSeen, context.now);
  if (grace !== undefined) return decide('leaving', `${why} ${grace}`, { accountId });
  const confirmed = evidence !== 'unconfirmed';
  const leave: Memberships =
    memberships && confirmed ? { kind: 'leave', listed: account.groupIds } : { kind: 'untouched' };
  if (behaviour === 'keep') return decide('held-back', keeps, { accountId, memberships: leave, inDoubt: !confirmed });
  const changes = [{ kind: 'suspend', user: context.user, accountId, evidence, reason: why }] as const;
  if (!confirmed) return holdUnconfirmed(why, { accountId, changes });
  const notes = behaviour === 'remove' ? [`Is removed from the directory after ${removalDays} days.`] : [];
  return decide('deactivated', why, { accountId, changes, notes, memberships: leave });
}

/** Only who was suspended by this connector, and long ago, is removed: until then a mistake is one click away from undone. */
function decideSuspended(
  context: PersonContext,
  { accountId, suspendedAt, lastSeen }: AccountLink,
  account: DirectoryAccount,
  { evidence, why, doubt }: Leaving,
): Decision {
  const removes = context.settings.cleanup.behaviour === 'remove';
  if (!removes || account.status !== 'suspended' || suspendedAt === undefined) {
    const operation = suspendedAt !== undefined || !removes ? 'not-modified' : 'blocked-by-hand';
    return decide(operation, `${why} The account has no access already.`, { accountId });
  }
  if (!isRemovable(suspendedAt, context.now)) {
    const left = removalDays - daysSince(suspendedAt, context.now);
    return decide('not-modified', `${why} Is suspended, and removed from the directory in ${describeDays(left)}.`, {
      accountId,
    });
  }
  if (doubt !== undefined) return decide('held-back', `${why} ${doubt}`, { accountId, inDoubt: true });
  const grace = describeGrace(context.settings.cleanup.graceDays, lastSeen, context.now);
  if (grace !== undefined) return decide('leaving', `${why} ${grace}`, { accountId });
  const reason = `${why} Was suspended ${describeDays(daysSince(suspendedAt, context.now))} ago.`;
  const changes = [{ kind: 'remove-account', user: context.user, accountId, evidence, reason }] as const;
  if (evidence === 'unconfirmed') return holdUnconfirmed(why, { accountId, changes });
  return decide('removed', reason, { accountId, changes });
}

function holdUnconfirmed(why: string, more: Pick<Decision, 'accountId' | 'changes'>): Decision {
  return decide('held-back', `${why} That is not confirmed yet, so nothing is taken.`, { ...more, inDoubt: true });
}
