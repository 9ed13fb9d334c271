import * as v from 'valibot';
import { Refusal } from '../refusal';
import { noContent, param, type Call, type Route } from '../route';
import type { Account } from '../state';

const base = '/users/:accountId/manage';

type Rule = { readonly allowed: true } | { readonly allowed: false; readonly reason: { readonly key: string } };

function managedAccount(call: Call): Account {
  const account = call.store.account(param(call, 'accountId'));
  if (!account) throw new Refusal(404, 'accountNotFound', 'Account not found');
  if (!account.claimed) throw new Refusal(403, 'forbidden', 'Not a managed account');
  return account;
}

function ruleOf(account: Account): Rule {
  return account.externalDirectory === null
    ? { allowed: true }
    : { allowed: false, reason: { key: `externalDirectory.${account.externalDirectory}` } };
}

const profileFields = [
  'name',
  'nickname',
  'zoneinfo',
  'locale',
  'extended_profile.department',
  'extended_profile.job_title',
  'extended_profile.location',
  'extended_profile.organization',
];

function readManageability(call: Call): Response {
  const account = managedAccount(call);
  const wanted = [
    ...call.url.searchParams.getAll('privileges'),
    ...call.url.searchParams.getAll('privileges[]'),
  ].flatMap((each) => each.split(','));
  const rule = ruleOf(account);
  const all: Record<string, unknown> = {
    'profile.read': { allowed: true },
    'profile.write': Object.fromEntries(profileFields.map((field) => [field, rule])),
    'email.set': rule,
    'lifecycle.enablement': rule,
    'lifecycle.delete': rule,
    'apiToken.read': { allowed: true },
    'apiToken.delete': { allowed: true },
  };
  const shown = Object.entries(all).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  return Response.json(Object.fromEntries(shown));
}

function describeProfile(account: Account): unknown {
  return {
    account: {
      account_id: account.id,
      account_status: account.accountStatus,
      account_type: account.accountType,
      name: account.name,
      nickname: account.nickname,
      email: account.email,
      picture: 'https://secure.example/picture.png',
      zoneinfo: account.timeZone,
      locale: account.locale,
      extended_profile: {
        department: account.department,
        job_title: account.jobTitle,
        location: account.location,
        organization: account.organization,
      },
    },
  };
}

const readProfile = (call: Call): Response => Response.json(describeProfile(managedAccount(call)));

const text = (max: number) =>
  v.pipe(v.string(), v.minLength(1, 'minLength'), v.maxLength(max, 'maxLength'), v.regex(/^\P{Cc}*$/u, 'validChars'));
const long = v.pipe(v.string(), v.maxLength(255, 'maxLength'), v.regex(/^\P{Cc}*$/u, 'validChars'));
const zone = v.pipe(
  v.string(),
  v.check((name) => Intl.supportedValuesOf('timeZone').includes(name) || name.startsWith('Etc/'), 'validZone'),
);
const profile = v.strictObject({
  name: v.optional(text(100)),
  nickname: v.optional(text(30)),
  zoneinfo: v.optional(zone),
  locale: v.optional(v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*$/, 'validLocale'))),
  extended_profile: v.optional(
    v.strictObject({
      department: v.optional(long),
      job_title: v.optional(long),
      location: v.optional(long),
      organization: v.optional(long),
    }),
  ),
});

function refuseFields(issues: readonly v.BaseIssue<unknown>[]): Refusal {
  const fieldViolations = issues.map((issue) => ({
    field: v.getDotPath(issue) ?? '',
    violations: [{ key: issue.message }],
  }));
  return new Refusal(400, 'fieldConstraintsViolated', 'Invalid fields', { context: { fieldViolations } });
}

function patchProfile(call: Call): Response {
  const account = managedAccount(call);
  const parsed = v.safeParse(profile, call.body);
  if (!parsed.success) throw refuseFields(parsed.issues);
  const { extended_profile: extended, ...plain } = parsed.output;
  const rule = ruleOf(account);
  if (!rule.allowed) {
    const sent = [...Object.keys(plain), ...Object.keys(extended ?? {}).map((name) => `extended_profile.${name}`)];
    if (sent.length > 0) {
      const context = Object.fromEntries(sent.map((field) => [field, rule]));
      throw new Refusal(403, 'forbidden.fieldMutation', 'Fields cannot be changed', { context });
    }
  }
  account.name = plain.name ?? account.name;
  account.nickname = plain.nickname ?? account.nickname;
  account.timeZone = plain.zoneinfo ?? account.timeZone;
  account.locale = plain.locale ?? account.locale;
  account.department = extended?.department ?? account.department;
  account.jobTitle = extended?.job_title ?? account.jobTitle;
  account.location = extended?.location ?? account.location;
  account.organization = extended?.organization ?? account.organization;
  return Response.json(describeProfile(account));
}

const newEmail = v.strictObject({ email: v.pipe(v.string(), v.email('format'), v.maxLength(511, 'partMaxLength')) });

function putEmail(call: Call): Response {
  const { store } = call;
  const account = managedAccount(call);
  const parsed = v.safeParse(newEmail, call.body);
  if (!parsed.success) throw refuseFields(parsed.issues);
  const { email } = parsed.output;
  const rule = ruleOf(account);
  if (!rule.allowed) throw new Refusal(403, 'forbidden.action', 'Not allowed', { context: rule });
  const domain = email.split('@').at(-1)?.toLowerCase() ?? '';
  if (!store.state.verifiedDomains.includes(domain))
    throw new Refusal(403, 'forbidden.unclaimedDomain', 'Domain not verified', { context: { domain } });
  const holder = store.accountByEmail(email);
  if (holder && holder !== account) throw refuseTakenEmail();
  store.changeEmail(account, email);
  account.signedOut += 1;
  return noContent();
}

function refuseTakenEmail(): Refusal {
  const context = { fieldViolations: [{ field: 'email', violations: [{ key: 'unique' }] }] };
  return new Refusal(400, 'fieldConstraintsViolated', 'Address in use', { context });
}

const setEnabled =
  (enabled: boolean) =>
  (call: Call): Response => {
    const account = managedAccount(call);
    if (!enabled && !v.is(v.strictObject({ message: v.optional(v.string()) }), call.body))
      throw new Refusal(400, 'bodyParseFailure', 'A body is required');
    const rule = ruleOf(account);
    if (!rule.allowed) throw new Refusal(403, 'forbidden.action', 'Not allowed', { context: rule });
    const wanted = enabled ? 'active' : 'inactive';
    const repeated = account.accountStatus === wanted && call.store.doubts.repeatedLifecycle === 'conflict';
    if (repeated || account.accountStatus === 'closed' || (enabled && account.forDeletion)) {
      const context = {
        message: 'The account is not eligible',
        accountId: account.id,
        errorCodes: [{ code: account.accountStatus === 'closed' ? 'closed' : 'not-eligible' }],
      };
      throw new Refusal(409, 'conflict.lifecycleErrors', 'Not eligible', { context });
    }
    account.accountStatus = wanted;
    account.deactivatedOn = enabled ? null : call.store.now();
    if (!enabled) account.signedOut += 1;
    return noContent();
  };

const family = 'user-management';

export const accountManagementRoutes: readonly Route[] = [
  { method: 'GET', path: base, family, handle: readManageability },
  { method: 'GET', path: `${base}/profile`, family, handle: readProfile },
  { method: 'PATCH', path: `${base}/profile`, family, handle: patchProfile },
  { method: 'PUT', path: `${base}/email`, family, handle: putEmail },
  { method: 'POST', path: `${base}/lifecycle/disable`, family, handle: setEnabled(false) },
  { method: 'POST', path: `${base}/lifecycle/enable`, family, handle: setEnabled(true) },
];
