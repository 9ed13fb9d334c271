import * as v from 'valibot';
import type { AccountId } from '../../domain/identity';
import type { HttpAnswer } from '../../http/http';
import type { Refusal } from '../../sync/ports';
import { describeProtection } from './account';
import { parseAnswer } from './connection';
import { forbidden, refuse } from './refusal';
import type { DirectoryScope } from './scope';
import { readAccount } from './search';

/** What the User management API lets the key do with one account; `undefined` where it says nothing. */
export interface Manageability {
  readonly email?: Rule | undefined;
  /** By attribute as the API calls it, for example `extended_profile.job_title`. */
  readonly profile: Readonly<Record<string, Rule>>;
}

export interface Rule {
  readonly allowed: boolean;
  readonly reason?: { readonly key?: string | undefined } | undefined;
}

const ruleSchema = v.object({
  allowed: v.boolean(),
  reason: v.optional(v.object({ key: v.optional(v.string()) })),
});
const rulesSchema = v.record(v.string(), ruleSchema);
const manageSchema = v.object({
  'email.set': v.optional(ruleSchema),
  'profile.write': v.optional(rulesSchema),
});

export function accountPath(account: AccountId): string {
  return `/${encodeURIComponent(account)}/manage`;
}

/**
 * Looks before a write: the account must be managed, no administrator and nobody else's by now, and the API is asked what may be
 * written. Answers the refusal where something speaks against it.
 */
export async function readManageability(
  scope: DirectoryScope,
  account: AccountId,
  privilege: 'email.set' | 'profile.write',
  what: string,
): Promise<Manageability | Refusal> {
  const now = await readAccount(scope, account);
  if (now === undefined) return refuse('not-found', `${what}: the directory does not show the account any more.`);
  const protection = describeProtection(now);
  if (protection !== undefined) return refuse('protected', `${what}. ${protection}`);
  if (!now.claimed) return refuse('not-settable', `${what}: the account is not managed by the organization any more.`);
  const answer = await scope.connection.send({
    method: 'GET',
    of: 'accounts',
    path: accountPath(account),
    query: { privileges: [privilege] },
    repeatable: true,
  });
  if (answer.status !== 200) return explainAccountError(answer, what);
  const rules = parseAnswer(answer.text, manageSchema);
  return { email: rules['email.set'], profile: renameKeys(rules['profile.write'] ?? {}) };
}

export function isRefusal(found: Manageability | Refusal): found is Refusal {
  return 'kind' in found;
}

/** The documents call the keys JSON paths and show them bare: both are understood. */
function plainPath(field: string): string {
  return field.replace(/^\$\.?/, '');
}

function renameKeys(rules: Readonly<Record<string, Rule>>): Readonly<Record<string, Rule>> {
  return Object.fromEntries(Object.entries(rules).map(([field, rule]) => [plainPath(field), rule]));
}

const reasons: Readonly<Record<string, string>> = {
  administrative: 'Atlassian reserves it for its own administration.',
  'administrative.notMyself': 'the owner of the API key cannot change the own account.',
  'authPolicy.saml': 'single sign-on (SAML) sets it at each login. Change it at the identity provider.',
  'blocked.exportControl': 'the account is blocked by US export control.',
  'externalDirectory.scim': 'the account is provisioned by SCIM. Change it there.',
  'externalDirectory.google': 'the account is synced from Google. Change it there.',
  myselfOnly: 'only the person themselves can change it.',
  managedAccount: 'only an administrator of the organization that manages the account can change it.',
};

/** Why something is not allowed; begins in the middle of a sentence. */
export function describeRule({ reason }: Rule): string {
  return reasons[reason?.key ?? ''] ?? 'Atlassian does not allow it for this account.';
}

const errorSchema = v.object({ key: v.string(), context: v.optional(v.unknown()) });
const violationsSchema = v.object({ fieldViolations: v.array(v.object({ field: v.string() })) });

/** The key of an error; `undefined` when the body has another form. The body itself is never shown. */
export function readErrorKey(body: string): string | undefined {
  return readError(body)?.key;
}

/** Attributes that an answer refuses, each with why, in the middle of a sentence; `undefined` for an answer about anything else. */
export function readRefusedFields(body: string): ReadonlyMap<string, string> | undefined {
  const error = readError(body);
  if (error?.key === 'forbidden.fieldMutation') {
    const rules = v.safeParse(rulesSchema, error.context);
    if (!rules.success) return undefined;
    const refused = Object.entries(rules.output).filter(([, { allowed }]) => !allowed);
    return new Map(refused.map(([field, rule]) => [plainPath(field), describeRule(rule)]));
  }
  if (error?.key !== 'fieldConstraintsViolated') return undefined;
  const violations = v.safeParse(violationsSchema, error.context);
  if (!violations.success) return undefined;
  const why = 'Atlassian does not take this value.';
  return new Map(violations.output.fieldViolations.map(({ field }) => [plainPath(field), why]));
}

function readError(body: string): v.InferOutput<typeof errorSchema> | undefined {
  try {
    const result = v.safeParse(errorSchema, JSON.parse(body));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** Every refusal of the User management API but those of single attributes, each with a sentence of its own. */
export function explainAccountError(answer: HttpAnswer, what: string): Refusal {
  const error = readError(answer.text);
  switch (error?.key) {
    case 'forbidden.action': {
      const rule = v.safeParse(ruleSchema, error.context);
      return refuse('not-settable', `${what}: ${describeRule(rule.success ? rule.output : { allowed: false })}`);
    }
    case 'forbidden.targetUnverified':
      return refuse('not-settable', `${what}: the person has not verified the e-mail address of the account yet.`);
    case 'forbidden.unclaimedDomain':
      return refuse(
        'not-settable',
        `${what}: the domain of the new address is not verified in the organization. Verify it in Atlassian Administration.`,
      );
    default:
  }
  if (answer.status === 403) return forbidden(what);
  if (answer.status === 404) return refuse('not-found', `${what}: Atlassian does not know the account any more.`);
  return refuse('invalid', `${what}: Atlassian refused it (status ${answer.status}).`);
}
