import { valuesAfter, withProfile } from '../../src/domain/account-profile';
import type { Change } from '../../src/domain/change';
import {
  proveDirectory,
  proveSource,
  withholdDirectoryRemovals,
  withholdRemovals,
} from '../../src/domain/completeness';
import {
  defaultSettings,
  type ConnectorSettings,
  type GroupProvisioning,
  type Scope,
} from '../../src/domain/connector';
import { noGroups } from '../../src/domain/group-set';
import {
  accountId,
  connectorId,
  groupId,
  sourceGroupId,
  sourceUserId,
  type AccountId,
  type GroupId,
} from '../../src/domain/identity';
import { nothingForeign } from '../../src/domain/foreign';
import { applyLinkEntries, type AccountLink, type GroupLink, type LinkEntry, type Links } from '../../src/domain/link';
import type { PlanInput } from '../../src/domain/planning';
import type {
  DirectoryAccount,
  DirectoryGroup,
  DirectorySnapshot,
  SourceGroup,
  SourceSnapshot,
  SourceUser,
} from '../../src/domain/snapshot';

/*
 * A small world to plan in. People and things go by one short name: "anna" has the Keycloak id `u-anna`, the account
 * `a-anna` and the address anna@example.com; "devs" is the Keycloak group `k-devs` and the Atlassian group `g-devs`.
 */
export const now = Date.parse('2026-03-01T02:00:00Z');
export const hour = 3_600_000;
export const issuer = 'https://keycloak.example.com/realms/main';
export const connector = connectorId('connector-1');
export const defaultGroups = defaultSettings.groups;

export const userId = (name: string) => sourceUserId(`u-${name}`);
export const keycloakGroupId = (name: string) => sourceGroupId(`k-${name}`);
export const account = (name: string) => accountId(`a-${name}`);
export const atlassianGroupId = (name: string) => groupId(`g-${name}`);

type Named<Row, Key extends string> = Partial<Omit<Row, Key>>;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A verified, enabled person; `groups` by short name. */
export function user(
  name: string,
  more: Named<SourceUser, 'id'> & { readonly groups?: readonly string[] } = {},
): SourceUser {
  const { groups = [], ...rest } = more;
  return {
    id: userId(name),
    username: name,
    email: `${name}@example.com`,
    emailVerified: true,
    firstName: capital(name),
    lastName: 'Example',
    enabled: true,
    groupIds: groups.map(keycloakGroupId),
    ...rest,
  };
}

/** The person without an e-mail address, or without whatever else is named. */
export function without<Row extends object, Key extends keyof Row>(row: Row, ...keys: readonly Key[]): Omit<Row, Key> {
  const copy = { ...row };
  for (const key of keys) Reflect.deleteProperty(copy, key);
  return copy;
}

export function sourceGroup(name: string, more: Named<SourceGroup, 'id'> = {}): SourceGroup {
  return { id: keycloakGroupId(name), name, path: `/${more.name ?? name}`, ...more };
}

/** An active, verified person's account; `groups` by short name. */
export function directoryAccount(
  name: string,
  more: Named<DirectoryAccount, 'id'> & { readonly groups?: readonly string[] } = {},
): DirectoryAccount {
  const { groups = [], ...rest } = more;
  return {
    id: account(name),
    email: `${name}@example.com`,
    emailVerified: true,
    name: `${capital(name)} Example`,
    status: 'active',
    person: true,
    claimed: false,
    synced: false,
    platformRoles: [],
    groupIds: groups.map(atlassianGroupId),
    ...rest,
  };
}

export function directoryGroup(name: string, more: Named<DirectoryGroup, 'id'> = {}): DirectoryGroup {
  return { id: atlassianGroupId(name), name, description: '', grantsAccess: [], ...more };
}

export function accountLink(name: string, more: Named<AccountLink, 'sourceUserId'> = {}): AccountLink {
  return {
    sourceUserId: userId(name),
    accountId: account(name),
    email: `${name}@example.com`,
    origin: 'invited',
    linkedAt: now - 1000 * hour,
    visible: true,
    lastSeen: { enabled: true },
    ...more,
  };
}

export function groupLink(name: string, more: Named<GroupLink, 'sourceGroupId'> = {}): GroupLink {
  return {
    sourceGroupId: keycloakGroupId(name),
    groupId: atlassianGroupId(name),
    name,
    origin: 'created',
    mode: 'take-over',
    linkedAt: now - 1000 * hour,
    lastMembers: {},
    ...more,
  };
}

export function links(accounts: readonly AccountLink[] = [], groups: readonly GroupLink[] = []): Links {
  return { connectorId: connector, issuer, accounts, groups };
}

/** A proved source snapshot; with `doubt` it is one whose removals are withheld for that reason. */
export function source(
  users: readonly SourceUser[],
  groups: readonly SourceGroup[] = [],
  doubt?: string,
  readAt = now,
): SourceSnapshot {
  const counts = { users: users.filter(({ id }) => !id.startsWith('f:')).length, groups: groups.length };
  const evidence = { issuer, readAt, users, groups, before: counts, after: counts, shortPages: 0, duplicates: 0 };
  if (doubt !== undefined) return withholdRemovals(evidence, [doubt]);
  const proof = proveSource(evidence);
  if (proof.kind === 'drifted') throw new Error(proof.reasons.join(' '));
  return proof.snapshot;
}

export function directory(
  accounts: readonly DirectoryAccount[],
  groups: readonly DirectoryGroup[] = [],
  doubt?: string,
): DirectorySnapshot {
  const counts = { accounts: accounts.length, groups: groups.length };
  const evidence = { readAt: now, accounts, groups, before: counts, after: counts, shortPages: 0, duplicates: 0 };
  if (doubt !== undefined) return withholdDirectoryRemovals(evidence, [doubt]);
  const proof = proveDirectory(evidence);
  if (proof.kind === 'drifted') throw new Error(proof.reasons.join(' '));
  return proof.snapshot;
}

type Deep<Value> = {
  readonly [Key in keyof Value]?: Value[Key] extends readonly unknown[] ? Value[Key] : Partial<Value[Key]>;
};

/** The defaults for example.com, with some settings replaced. */
export function settings(more: Deep<ConnectorSettings> = {}): ConnectorSettings {
  return {
    ...defaultSettings,
    name: 'Main',
    keycloak: { url: 'https://keycloak.example.com', realm: 'main', clientId: 'sync' },
    limits: more.limits ?? 'strict',
    scope: { ...defaultSettings.scope, ...more.scope } as ConnectorSettings['scope'], // a union cannot be spread part by part
    users: { ...defaultSettings.users, emailDomains: ['example.com'], ...more.users },
    groups: { ...defaultSettings.groups, ...more.groups },
    cleanup: { ...defaultSettings.cleanup, ...more.cleanup },
  };
}

export function planInput(more: Partial<PlanInput> & Pick<PlanInput, 'source' | 'directory'>): PlanInput {
  return {
    connectorId: connector,
    settings: settings(),
    elsewhere: [],
    links: links(),
    adoptions: [],
    confirmed: [],
    released: [],
    foreign: nothingForeign,
    recent: [],
    confirmedAbsent: new Set(),
    now,
    ...more,
  };
}

/** The world after the changes were carried out, as a directory would show it and the flow would remember it. */
export function applyChanges(input: PlanInput, changes: readonly Change[]): PlanInput {
  const accounts = new Map(input.directory.accounts.map((each) => [each.id, each]));
  const groups = new Map(input.directory.groups.map((each) => [each.id, each]));
  let known = input.links;
  const remember = (entry: LinkEntry): void => {
    known = applyLinkEntries(known, [entry]);
  };
  const patch = (id: AccountId, more: Partial<DirectoryAccount>): void => {
    const before = accounts.get(id);
    if (before === undefined) throw new Error(`no account ${id}`);
    accounts.set(id, { ...before, ...more });
  };
  const linkOf = (id: string): AccountLink => {
    const link = known.accounts.find((each) => each.sourceUserId === id);
    if (link === undefined) throw new Error(`no link for ${id}`);
    return link;
  };
  const members = (id: AccountId): readonly GroupId[] => accounts.get(id)?.groupIds ?? [];
  for (const change of changes) {
    const person = input.source.users.find((each) => 'user' in change && each.id === change.user);
    const federationLink = person?.federationLink;
    const lastSeen = { enabled: true, ...(federationLink === undefined ? {} : { federationLink }) };
    switch (change.kind) {
      case 'create-group':
      case 'adopt-group': {
        const adopted = change.kind === 'adopt-group';
        const id = adopted ? change.groupId : groupId(`g-new-${change.group}`);
        const mark = { connectorId: input.connectorId, sourceGroupId: change.group };
        if (!adopted) groups.set(id, { id, name: change.name, description: '', mark, grantsAccess: [] });
        const mode = adopted ? change.mode : 'take-over';
        const link = { sourceGroupId: change.group, groupId: id, name: change.name, mode, lastMembers: {} };
        remember({
          kind: 'group',
          link: { ...link, origin: adopted ? change.origin : 'created', linkedAt: input.now },
        });
        break;
      }
      case 'invite': {
        const id = accountId(`a-new-${change.user}`);
        const { email, displayName: name } = change;
        accounts.set(id, { ...directoryAccount('new'), id, email, name });
        const link = { sourceUserId: change.user, accountId: id, email, origin: 'invited' as const, visible: true };
        remember({ kind: 'account', link: { ...link, linkedAt: input.now, lastSeen } });
        break;
      }
      case 'adopt-account': {
        const { user: sourceUser, accountId: id, email } = change;
        const replaced = known.accounts.find((each) => each.sourceUserId === change.relinks);
        if (replaced !== undefined) remember({ kind: 'drop-account', sourceUserId: replaced.sourceUserId });
        const link: AccountLink = {
          sourceUserId: sourceUser,
          accountId: id,
          email,
          ...(person === undefined ? {} : { username: person.username }),
          origin: replaced?.origin ?? 'adopted',
          visible: true,
          ...(change.suspendedAt === undefined ? {} : { suspendedAt: change.suspendedAt }),
          ...(change.guest === undefined ? {} : { guest: true }),
          linkedAt: input.now,
          lastSeen,
        };
        remember({ kind: 'account', link });
        break;
      }
      case 'restore':
        patch(change.accountId, { status: 'active' });
        remember({ kind: 'account', link: without(linkOf(change.user), 'suspendedAt') });
        break;
      case 'update-profile': {
        const before = accounts.get(change.accountId);
        if (before === undefined) throw new Error(`no account ${change.accountId}`);
        accounts.set(change.accountId, withProfile(before, valuesAfter(change.fields)));
        break;
      }
      case 'update-email':
        patch(change.accountId, { email: change.after });
        remember({ kind: 'account', link: { ...linkOf(change.user), email: change.after } });
        break;
      case 'add-member': {
        const id = linkOf(change.user).accountId;
        const link = known.groups.find((each) => each.sourceGroupId === change.group);
        const group = change.groupId ?? link?.groupId;
        if (group === undefined) throw new Error(`no link for group ${change.group}`);
        patch(id, { groupIds: [...members(id), group] });
        break;
      }
      case 'remove-member':
        patch(change.accountId, { groupIds: members(change.accountId).filter((each) => each !== change.groupId) });
        break;
      case 'suspend':
        patch(change.accountId, { status: 'suspended' });
        remember({ kind: 'account', link: { ...linkOf(change.user), suspendedAt: input.now } });
        break;
      case 'remove-account':
        accounts.delete(change.accountId);
        remember({ kind: 'drop-account', sourceUserId: change.user });
        break;
    }
  }
  const { removals } = input.directory;
  const doubt = removals.kind === 'withheld' ? removals.reasons.join(' ') : undefined;
  return { ...input, links: known, directory: directory([...accounts.values()], [...groups.values()], doubt) };
}

/** Members of one of these groups. */
export function groupScope(
  groupIds: readonly string[],
  subGroups: boolean,
): Extract<Scope, { readonly kind: 'groups' }> {
  const include = { groupIds: groupIds.map(sourceGroupId), rules: [] };
  return { kind: 'groups', include, exclude: noGroups, match: 'any', subGroups };
}

/** These groups of the realm, and no others. */
export function chosenGroups(
  groupIds: readonly string[],
): Extract<GroupProvisioning['selection'], { readonly kind: 'chosen' }> {
  return { kind: 'chosen', include: { groupIds: groupIds.map(sourceGroupId), rules: [] } };
}
