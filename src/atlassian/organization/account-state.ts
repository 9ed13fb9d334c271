import type { AccountId } from '../../domain/identity';
import type { DirectoryAccount } from '../../domain/snapshot';
import type { HttpAnswer } from '../../http/http';
import type { Refusal, WriteOutcome } from '../../sync/ports';
import { describeProtection } from './account';
import { readErrorCodes } from './answers';
import { forbidden, isLicenceCode, licenceLimit, refuse } from './refusal';
import type { DirectoryScope } from './scope';
import { tryPatiently } from './scope';
import { readAccount, readDirectoryStatus } from './search';

/**
 * Suspends in the directory. The account is read first: a protected one (it may have become an administrator since the
 * plan) is refused, a suspended one is `already`.
 */
export async function suspendAccount(scope: DirectoryScope, account: AccountId): Promise<WriteOutcome> {
  const what = 'The person was not suspended';
  const before = await readAccount(scope, account);
  const protection = before === undefined ? undefined : describeProtection(before);
  if (protection !== undefined) return refuse('protected', `${what}. ${protection}`);
  if (before?.status === 'suspended') return { kind: 'already' };
  return changeState(scope, account, 'suspended', what);
}

/** Gives access, roles and groups back. */
export function restoreAccount(scope: DirectoryScope, account: AccountId): Promise<WriteOutcome> {
  // No look before: a search may call an account active that is suspended here and active elsewhere.
  return changeState(scope, account, 'active', 'The person was not restored');
}

/** What came back with a restored account: its groups and roles, once the search shows it as active. */
export async function readRestored(scope: DirectoryScope, account: AccountId): Promise<DirectoryAccount | undefined> {
  const shown = await tryPatiently(
    scope,
    () => readAccount(scope, account),
    (found) => found?.status === 'active',
    3,
  );
  return shown?.status === 'active' ? shown : undefined;
}

/** Removes from the directory; a protected account is refused, an absent one is `already`. */
export async function removeAccount(scope: DirectoryScope, account: AccountId): Promise<WriteOutcome> {
  const what = 'The person was not removed from the directory';
  const before = await readAccount(scope, account);
  const protection = before === undefined ? undefined : describeProtection(before);
  if (protection !== undefined) return refuse('protected', `${what}. ${protection}`);
  const answer = await scope.connection.send({
    method: 'DELETE',
    path: `${scope.path}/users/${encodeURIComponent(account)}`,
    repeatable: true,
  });
  if (answer.status < 300) return { kind: 'done' };
  if (answer.status === 404) return { kind: 'already' };
  return explain(answer, what, false);
}

async function changeState(
  scope: DirectoryScope,
  account: AccountId,
  wanted: 'active' | 'suspended',
  what: string,
): Promise<WriteOutcome> {
  const answer = await scope.connection.send({
    method: 'POST',
    path: `${scope.path}/users/${encodeURIComponent(account)}/${wanted === 'active' ? 'restore' : 'suspend'}`,
    repeatable: true,
  });
  if (answer.status < 300) return { kind: 'done' };
  // What a repeated call answers is not documented (facts 12): the state decides, read again where it may lag.
  const reached = await tryPatiently(
    scope,
    async () => (await readState(scope, account)) === wanted,
    (there) => there,
    answer.status === 403 || answer.status === 404 || isLimit(answer) ? 1 : 3,
  );
  return reached ? { kind: 'already' } : explain(answer, what, wanted === 'active');
}

async function readState(scope: DirectoryScope, account: AccountId): Promise<string | undefined> {
  return (await readDirectoryStatus(scope, account)) ?? (await readAccount(scope, account))?.status;
}

function isLimit(answer: HttpAnswer): boolean {
  return readErrorCodes(answer.text).some(isLicenceCode);
}

function explain(answer: HttpAnswer, what: string, takesLicence: boolean): Refusal {
  if (isLimit(answer)) return licenceLimit(what);
  if (answer.status === 403) return forbidden(what);
  if (answer.status === 404)
    return refuse('not-found', `${what}: Atlassian does not know the account in this directory.`);
  // Restoring takes a licence; no other conflict of it is thinkable, and none is declared (facts 4.4).
  if (takesLicence && answer.status === 409) return licenceLimit(what);
  return refuse('invalid', `${what}: Atlassian refused it (status ${answer.status}).`);
}
