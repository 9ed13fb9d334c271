import * as v from 'valibot';
import { normalizeEmail, type AccountId } from '../../domain/identity';
import type { EmailChange, WriteOutcome } from '../../sync/ports';
import { parseAnswer } from './connection';
import {
  accountPath,
  describeRule,
  explainAccountError,
  isRefusal,
  readErrorKey,
  readManageability,
} from './manageability';
import { refuse } from './refusal';
import type { DirectoryScope } from './scope';

const profileSchema = v.object({ account: v.object({ email: v.optional(v.nullable(v.string())) }) });

const what = 'The e-mail address was not changed';

/**
 * Changes the address, which ends all logins of the person. It is read first, and never sent twice: where no answer came, the
 * next try finds it as wished.
 */
export async function updateEmail(
  scope: DirectoryScope,
  account: AccountId,
  { before, after }: EmailChange,
): Promise<WriteOutcome> {
  const manage = await readManageability(scope, account, 'email.set', what);
  if (isRefusal(manage)) return manage;
  if (manage.email?.allowed === false) return refuse('not-settable', `${what}: ${describeRule(manage.email)}`);
  const path = accountPath(account);
  const profile = await scope.connection.send({
    method: 'GET',
    of: 'accounts',
    path: `${path}/profile`,
    repeatable: true,
  });
  if (profile.status !== 200) return explainAccountError(profile, what);
  const now = normalizeEmail(parseAnswer(profile.text, profileSchema).account.email ?? undefined);
  if (now === after) return { kind: 'already' };
  if (now !== before) {
    return refuse('invalid', `${what}: somebody has changed it since the plan was made. The next run looks again.`);
  }
  const answer = await scope.connection.send({
    method: 'PUT',
    of: 'accounts',
    path: `${path}/email`,
    body: { email: after },
    repeatable: false,
  });
  if (answer.status < 300) return { kind: 'done' };
  if (readErrorKey(answer.text) === 'fieldConstraintsViolated') {
    const why = 'Atlassian does not take the new address; perhaps an account outside the organization has it.';
    return refuse('not-settable', `${what}: ${why}`);
  }
  return explainAccountError(answer, what);
}
