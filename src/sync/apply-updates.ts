import { valuesAfter } from '../domain/account-profile';
import type { RecentWrite } from '../domain/memory';
import type { OneResult } from './apply-each';
import { recordOutcome, type BatchContext } from './batch-context';
import type { ChangeOf } from './batches';

/** Writes a profile. Where Atlassian takes only some of it, that counts as done, and the message says what it refused. */
export async function applyProfile(
  context: BatchContext,
  change: ChangeOf<'update-profile'>,
  at: number,
): Promise<OneResult> {
  const values = valuesAfter(change.fields);
  const outcome = await context.directory.updateProfile(change.accountId, values);
  if (outcome.kind === 'refused') return { outcome: recordOutcome(context, change, outcome) };
  const write = { at, kind: 'profile-updated', accountId: change.accountId } as const;
  if (outcome.kind !== 'part') {
    return { outcome: recordOutcome(context, change, outcome), writes: [{ ...write, fields: values }] };
  }
  const written: RecentWrite = { ...write, fields: outcome.written };
  return {
    outcome: { ...recordOutcome(context, change, { kind: 'done' }), message: outcome.message },
    writes: [written],
  };
}

/** Changes an address; the link goes by the new one from then on, so that the old one may become somebody else's. */
export async function applyEmail(
  context: BatchContext,
  change: ChangeOf<'update-email'>,
  at: number,
): Promise<OneResult> {
  const { accountId, before, after } = change;
  const outcome = await context.directory.updateEmail(accountId, { before, after });
  const recorded = recordOutcome(context, change, outcome);
  if (outcome.kind === 'refused') return { outcome: recorded };
  const link = context.links.account.get(change.user);
  return {
    outcome: recorded,
    writes: [{ at, kind: 'email-updated', accountId, email: after }],
    ...(link === undefined ? {} : { entry: { kind: 'account', link: { ...link, email: after } } }),
  };
}
