import * as v from 'valibot';
import type { ConnectorSettings } from './connector';
import { SettingsError } from './errors';
import { sourceGroupId } from './identity';
import { parseKeycloakUrl } from './keycloak-url';
import { parseSchedule } from './schedule';

const domainPattern = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

const oneLine = /^\P{Cc}*$/u;
/** The name becomes a part of paths, in which these are steps. */
const isRealmName = (name: string | undefined) => name !== '.' && name !== '..';
const noRealmName = 'This is no name of a realm: copy it from Keycloak.';

function line(what: string, most = 255) {
  return v.pipe(
    v.string(`${what} is missing.`),
    v.trim(),
    v.nonEmpty(`${what} is missing.`),
    v.maxLength(most, `${what} is longer than ${most} characters.`),
    v.regex(oneLine, `${what} holds a line break or another control character: type it again.`),
  );
}

/** Text that may be left empty, which is the same as leaving it out. */
function maybe(what: string, most = 255) {
  const text = v.pipe(
    v.string(`${what} must be text.`),
    v.trim(),
    v.maxLength(most, `${what} is longer than ${most} characters.`),
    v.regex(oneLine, `${what} holds a line break or another control character: type it again.`),
  );
  return v.pipe(
    v.optional(text),
    v.transform((given) => (given === '' ? undefined : given)),
  );
}

function list<Item extends v.GenericSchema>(item: Item, what: string, most: number) {
  return v.pipe(
    v.array(item, `${what} must be a list.`),
    v.maxLength(most, `${what}: at most ${most} can be listed.`),
    v.transform((items) => [...new Set(items)]),
  );
}

const flag = v.boolean('This must be on or off.');
const groupIds = list(v.pipe(line('The group id', 100), v.transform(sourceGroupId)), 'The groups', 5000);
const emailDomain = v.pipe(
  v.string('An e-mail domain must be text.'),
  v.trim(),
  v.toLowerCase(),
  v.transform((domain) => domain.replace(/^@/, '')),
  v.regex(domainPattern, (issue) => `"${issue.input}" is no e-mail domain; enter one such as example.com.`),
);
const someGroups = v.pipe(groupIds, v.minLength(1, 'Choose at least one group.'));

const schema = v.object({
  version: v.literal(1, 'These settings are of another version of the app.'),
  name: line('The name', 100),
  keycloak: v.object({
    url: line('The Keycloak URL', 500),
    adminUrl: maybe('The admin URL', 500),
    realm: v.pipe(
      line('The realm'),
      v.check((name) => isRealmName(name), noRealmName),
    ),
    loginRealm: v.pipe(
      maybe('The login realm'),
      v.check((name) => isRealmName(name), noRealmName),
    ),
    clientId: line('The client id'),
  }),
  scope: v.variant(
    'kind',
    [
      v.object({ kind: v.literal('realm') }),
      v.object({ kind: v.literal('groups'), groupIds: someGroups, subGroups: flag }),
    ],
    'Choose the whole realm or groups.',
  ),
  users: v.object({
    emailDomains: list(emailDomain, 'The e-mail domains', 500),
    trustedFederations: list(line('The federation id', 100), 'The trusted federations', 100),
    createAccounts: flag,
    productAccess: v.pipe(
      v.array(
        v.object({ resource: line('The product'), role: line('The role') }),
        'The product access must be a list.',
      ),
      v.maxLength(50, 'The product access: at most 50 can be listed.'),
    ),
    notify: flag,
    deactivate: flag,
    reactivate: flag,
  }),
  groups: v.object({
    selection: v.variant(
      'kind',
      [v.object({ kind: v.literal('all') }), v.object({ kind: v.literal('chosen'), groupIds: someGroups })],
      'Choose all groups or some.',
    ),
    createMissing: flag,
  }),
  cleanup: v.object({
    behaviour: v.picklist(
      ['deactivate', 'remove', 'keep'],
      'Choose what the cleanup does: deactivate, remove or keep.',
    ),
    memberships: flag,
  }),
  schedule: v.object({ enabled: flag, cron: line('The schedule', 200), timeZone: line('The time zone', 100) }),
  limits: v.picklist(['strict', 'normal', 'first-load'], 'Choose the safety limits: strict, normal or first load.'),
  approval: v.optional(v.strictObject({ fourEyes: v.boolean(), additionsMeanwhile: v.boolean() })),
});

/**
 * Settings from the page or an import. Text is trimmed, domains come in lower case, what is unknown is dropped.
 * Throws `SettingsError` with the path of the first field that cannot be used and a sentence for it.
 */
export function parseSettings(input: unknown): ConnectorSettings {
  const parsed = v.safeParse(schema, input);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue) ?? '';
    // The schema's own words name types, not what to do.
    const missing = issue.kind === 'schema' && issue.input === undefined;
    if (missing) throw new SettingsError(field, `The setting ${field || 'itself'} is missing.`);
    const misshapen = issue.type === 'object';
    throw new SettingsError(
      field,
      misshapen ? 'These are no settings of a connector: load them again.' : issue.message,
    );
  }
  const { keycloak, schedule, ...rest } = parsed.output;
  const { url, realm, clientId, adminUrl, loginRealm } = keycloak;
  parseKeycloakUrl(url);
  if (adminUrl !== undefined) parseKeycloakUrl(adminUrl, 'keycloak.adminUrl');
  return {
    ...rest,
    keycloak: {
      url,
      ...(adminUrl === undefined ? {} : { adminUrl }),
      realm,
      ...(loginRealm === undefined ? {} : { loginRealm }),
      clientId,
    },
    schedule: { enabled: schedule.enabled, ...parseSchedule(schedule.cron, schedule.timeZone) },
  };
}
