import * as v from 'valibot';
import type { ConnectorSettings } from '../connector';
import { SettingsError } from '../errors';
import { parseKeycloakUrl } from '../keycloak-url';
import { parseSchedule } from '../schedule';
import { quote } from '../schedule-cron';
import { flag, line, list, maybe, seen, series } from './fields';
import { groups, scope } from './group-fields';
import { mapping } from './mapping-fields';
import { migrateSettings } from './migrate';

const domainPattern = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/** The name becomes a part of paths, in which these are steps. */
const isRealmName = (name: string | undefined) => name !== '.' && name !== '..';
const noRealmName = 'This is no name of a realm: copy it from Keycloak.';

const emailDomain = v.pipe(
  v.string('An e-mail domain must be text.'),
  v.trim(),
  seen('An e-mail domain'),
  v.toLowerCase(),
  v.transform((domain) => domain.replace(/^@/, '')),
  v.regex(domainPattern, (issue) => `${quote(issue.input)} is no e-mail domain; enter one such as example.com.`),
);

const schema = v.object({
  version: v.literal(2, 'These settings are of another version of the app.'),
  name: line('The name', 100),
  enabled: flag,
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
  scope,
  users: v.object({
    emailDomains: list(emailDomain, 'The e-mail domains', 500),
    trustedFederations: list(line('The federation id', 100), 'The trusted federations', 100),
    createAccounts: flag,
    productAccess: series(
      v.object({ resource: line('The product'), role: line('The role') }),
      'The product access',
      50,
    ),
    notify: flag,
    deactivate: flag,
    reactivate: flag,
    mapping,
    updateName: flag,
    updateEmail: flag,
    updateProfile: flag,
    relinkAttribute: maybe('The attribute that tells who came back'),
  }),
  groups,
  cleanup: v.object({
    behaviour: v.picklist(
      ['deactivate', 'remove', 'keep'],
      'Choose what the cleanup does: deactivate, remove or keep.',
    ),
    memberships: flag,
    graceDays: v.pipe(
      v.number('The grace period must be a number of days.'),
      v.integer('The grace period must be whole days.'),
      v.minValue(0, 'The grace period must be 0 to 365 days.'),
      v.maxValue(365, 'The grace period must be 0 to 365 days.'),
    ),
  }),
  schedule: v.object({ enabled: flag, cron: line('The schedule', 200), timeZone: line('The time zone', 100) }),
  limits: v.picklist(['strict', 'normal', 'first-load'], 'Choose the safety limits: strict, normal or first load.'),
  approval: v.object({ fourEyes: flag, additionsMeanwhile: flag }),
});

/**
 * Settings from the page or an import, of this version or an older one. Text is trimmed, domains come in lower case, what is unknown is dropped.
 * Throws `SettingsError` with the path of the first field that cannot be used and a sentence for it.
 */
export function parseSettings(input: unknown): ConnectorSettings {
  const parsed = v.safeParse(schema, migrateSettings(input));
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
  const { keycloak, users, schedule, ...rest } = parsed.output;
  const { relinkAttribute, ...provisioning } = users;
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
    users: { ...provisioning, ...(relinkAttribute === undefined ? {} : { relinkAttribute }) },
    schedule: { enabled: schedule.enabled, ...parseSchedule(schedule.cron, schedule.timeZone) },
  };
}
