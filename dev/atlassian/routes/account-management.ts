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
  if (!account.emailVerified && call.store.doubts.unverifiedAccounts === 'refused')
    throw new Refusal(403, 'forbidden.targetUnverified', 'Not a verified account');
  return account;
}

/** What of an account may be managed: a privilege, or a field of the profile. */
function ruleOf(account: Account, what: string): Rule {
  const external = account.externalDirectory === null ? undefined : `externalDirectory.${account.externalDirectory}`;
  const key = account.restricted[what] ?? external;
  return key === undefined ? { allowed: true } : { allowed: false, reason: { key } };
}

function nameField(call: Call, field: string): string {
  return call.store.doubts.fieldPaths === 'bare' ? field : `$.${field}`;
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
  const all: Record<string, unknown> = {
    'profile.read': { allowed: true },
    'profile.write': Object.fromEntries(profileFields.map((field) => [nameField(call, field), ruleOf(account, field)])),
    'email.set': ruleOf(account, 'email.set'),
    'lifecycle.enablement': ruleOf(account, 'lifecycle.enablement'),
    'lifecycle.delete': ruleOf(account, 'lifecycle.delete'),
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
  v.pipe(
    v.string(),
    v.minLength(1, 'minLength'),
    v.maxLength(max, 'maxLength'),
    v.regex(/^\P{Cc}*$/u, 'validCharacters'),
  );
const long = v.pipe(v.string(), v.maxLength(255, 'maxLength'), v.regex(/^\P{Cc}*$/u, 'validCharacters'));
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

interface Violation {
  readonly field: string;
  readonly key: string;
}

function refuseFields(call: Call, violations: readonly Violation[]): Refusal {
  const fieldViolations = violations.map(({ field, key }) => ({
    field: nameField(call, field),
    violations: [{ key }],
  }));
  return new Refusal(400, 'fieldConstraintsViolated', 'Invalid fields', { context: { fieldViolations } });
}

function parseFields<Output>(call: Call, schema: v.GenericSchema<unknown, Output>): Output {
  const parsed = v.safeParse(schema, call.body);
  if (parsed.success) return parsed.output;
  throw refuseFields(
    call,
    parsed.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', key: issue.message })),
  );
}

function patchProfile(call: Call): Response {
  const { store } = call;
  const account = managedAccount(call);
  const { extended_profile: extended, ...plain } = parseFields(call, profile);
  const sent = [...Object.keys(plain), ...Object.keys(extended ?? {}).map((name) => `extended_profile.${name}`)];
  const refused = sent.flatMap((field) => {
    const rule = ruleOf(account, field);
    return rule.allowed ? [] : [[nameField(call, field), rule] as const];
  });
  if (refused.length > 0) {
    const context = Object.fromEntries(refused);
    throw new Refusal(403, 'forbidden.fieldMutation', 'Fields cannot be changed', { context });
  }
  const cleared = Object.entries(extended ?? {}).filter(([, value]) => value === '');
  if (cleared.length > 0 && store.doubts.clearedProfile === 'refused') {
    throw refuseFields(
      call,
      cleared.map(([name]) => ({ field: `extended_profile.${name}`, key: 'minLength' })),
    );
  }
  store.changeProfile(account, () => {
    account.name = plain.name ?? account.name;
    account.nickname = plain.nickname ?? account.nickname;
    account.timeZone = plain.zoneinfo ?? account.timeZone;
    account.locale = plain.locale ?? account.locale;
    account.department = extended?.department ?? account.department;
    account.jobTitle = extended?.job_title ?? account.jobTitle;
    account.location = extended?.location ?? account.location;
    account.organization = extended?.organization ?? account.organization;
  });
  return Response.json(describeProfile(account));
}

const newEmail = v.strictObject({
  email: v.pipe(
    v.string(),
    v.regex(/^\P{Cc}*$/u, 'validCharacters'),
    v.email('format'),
    v.check((address) => address.split(/[@.]/).every((part) => part.length <= 255), 'partMaxLength'),
  ),
});

function putEmail(call: Call): Response {
  const { store } = call;
  const account = managedAccount(call);
  const { email } = parseFields(call, newEmail);
  const rule = ruleOf(account, 'email.set');
  if (!rule.allowed) throw new Refusal(403, 'forbidden.action', 'Not allowed', { context: rule });
  const domain = email.split('@').at(-1)?.toLowerCase() ?? '';
  if (!store.state.verifiedDomains.includes(domain))
    throw new Refusal(403, 'forbidden.unclaimedDomain', 'Domain not verified', { context: { domain } });
  const holder = store.accountByEmail(email);
  if (holder && holder !== account) throw refuseFields(call, [{ field: 'email', key: 'unique' }]);
  store.changeProfile(account, () => store.changeEmail(account, email));
  account.emailVerified = true;
  // Also where it is the same address: the document says that the call ends all sessions, not the change.
  account.signedOut += 1;
  return noContent();
}

const setEnabled =
  (enabled: boolean) =>
  (call: Call): Response => {
    const account = managedAccount(call);
    if (!enabled && !v.is(v.strictObject({ message: v.optional(v.string()) }), call.body))
      throw new Refusal(400, 'bodyParseFailure', 'A body is required');
    const rule = ruleOf(account, 'lifecycle.enablement');
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
