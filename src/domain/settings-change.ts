import type { ConnectorSettings, Scope } from './connector';
import { noGroups, type GroupSet } from './group-set';
import { describeSchedule } from './schedule';
import {
  describeRow,
  describeRule,
  describeTransformation,
  quote,
  tellList,
  tellNumber,
  tellSwitch,
  tellText,
  type Sentences,
} from './settings-words';

/** What another save changed, one sentence a setting; empty exactly when both mean the same. Settings hold no secrets, so neither does this. */
export function describeSettingsChange(before: ConnectorSettings, after: ConnectorSettings): Sentences {
  return [
    ...tellText('Name', before.name, after.name),
    ...tellSwitch('Connector', before.enabled, after.enabled),
    ...tellKeycloak(before.keycloak, after.keycloak),
    ...tellScope(before.scope, after.scope),
    ...tellUsers(before.users, after.users),
    ...tellGroups(before.groups, after.groups),
    ...tellCleanup(before.cleanup, after.cleanup),
    ...tellSchedule(before.schedule, after.schedule),
    ...tellText('Safety limits', before.limits, after.limits),
    ...tellSwitch('Four eyes', before.approval.fourEyes, after.approval.fourEyes),
    ...tellSwitch('Additions meanwhile', before.approval.additionsMeanwhile, after.approval.additionsMeanwhile),
  ];
}

type Part<Name extends keyof ConnectorSettings> = ConnectorSettings[Name];

function tellKeycloak(before: Part<'keycloak'>, after: Part<'keycloak'>): Sentences {
  return [
    ...tellText('Keycloak URL', before.url, after.url),
    ...tellText('Admin URL', before.adminUrl, after.adminUrl),
    ...tellText('Realm', before.realm, after.realm),
    ...tellText('Login realm', before.loginRealm, after.loginRealm),
    ...tellText('Client id', before.clientId, after.clientId),
  ];
}

function tellScope(before: Scope, after: Scope): Sentences {
  const [one, other] = [openScope(before), openScope(after)];
  return [
    ...tellText('In scope', one.kind, other.kind),
    ...tellSet('Required groups', one.include, other.include),
    ...tellSet('Groups out of scope', one.exclude, other.exclude),
    ...tellText('Required groups, member of', one.match, other.match),
    ...tellSwitch('Required groups with sub-groups', one.subGroups, other.subGroups),
  ];
}

function openScope(scope: Scope) {
  const none = { include: noGroups, exclude: noGroups, match: 'any', subGroups: false } as const;
  return scope.kind === 'realm' ? { ...none, kind: 'whole realm' } : { ...scope, kind: 'groups' };
}

function tellUsers(before: Part<'users'>, after: Part<'users'>): Sentences {
  const access = ({ productAccess }: Part<'users'>) =>
    productAccess.map(({ resource, role }) => `${resource} (${role})`);
  return [
    ...tellList('E-mail domains', before.emailDomains, after.emailDomains),
    ...tellList('Trusted federations', before.trustedFederations, after.trustedFederations),
    ...tellSwitch('Create accounts', before.createAccounts, after.createAccounts),
    ...tellList('Product access of new accounts', access(before), access(after)),
    ...tellSwitch('Mail new accounts', before.notify, after.notify),
    ...tellSwitch('Deactivate', before.deactivate, after.deactivate),
    ...tellSwitch('Reactivate', before.reactivate, after.reactivate),
    ...tellList('Attribute mapping', before.mapping.map(describeRow), after.mapping.map(describeRow)),
    ...tellSwitch('Update names', before.updateName, after.updateName),
    ...tellSwitch('Update e-mails', before.updateEmail, after.updateEmail),
    ...tellSwitch('Update profiles', before.updateProfile, after.updateProfile),
    ...tellText('Attribute that tells who came back', before.relinkAttribute, after.relinkAttribute),
  ];
}

function tellGroups(before: Part<'groups'>, after: Part<'groups'>): Sentences {
  const [one, other] = [before.naming, after.naming];
  const chosen = ({ selection }: Part<'groups'>) => (selection.kind === 'all' ? noGroups : selection.include);
  const kind = ({ selection }: Part<'groups'>) =>
    selection.kind === 'all' ? 'all groups of the user' : 'chosen groups';
  return [
    ...tellText('Groups', kind(before), kind(after)),
    ...tellSet('Chosen groups', chosen(before), chosen(after)),
    ...tellSet('Groups left out', before.exclude, after.exclude),
    ...tellText('Group name from', one.from, other.from),
    ...tellText('Group name, separator', one.separator, other.separator),
    ...tellText('Group name, prefix', one.prefix, other.prefix),
    ...tellList(
      'Group name, transformations',
      one.transformations.map(describeTransformation),
      other.transformations.map(describeTransformation),
    ),
    ...tellText('Members of sub-groups count for', before.subGroups, after.subGroups),
    ...tellList('Always assigned groups', before.alwaysAssign, after.alwaysAssign),
    ...tellList('Groups that nobody is removed from', before.neverRemove, after.neverRemove),
    ...tellSwitch('Create missing groups', before.createMissing, after.createMissing),
  ];
}

function tellSet(label: string, before: GroupSet, after: GroupSet): Sentences {
  const list = ({ groupIds, rules }: GroupSet) => [
    ...groupIds.map((id) => `the group ${quote(id)}`),
    ...rules.map(describeRule),
  ];
  return tellList(label, list(before), list(after));
}

function tellCleanup(before: Part<'cleanup'>, after: Part<'cleanup'>): Sentences {
  return [
    ...tellText('Cleanup', before.behaviour, after.behaviour),
    ...tellSwitch('Cleanup of memberships', before.memberships, after.memberships),
    ...tellNumber('Grace period in days', before.graceDays, after.graceDays),
  ];
}

function tellSchedule(before: Part<'schedule'>, after: Part<'schedule'>): Sentences {
  return [
    ...tellSwitch('Schedule', before.enabled, after.enabled),
    ...tellText('Scheduled', describeSchedule(before), describeSchedule(after)),
  ];
}
