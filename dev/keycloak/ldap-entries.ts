/** A person of an LDAP directory; the address is `<uid>@example.com` unless said. */
export interface LdapPerson {
  readonly uid: string;
  readonly mail?: string;
}

export interface LdapGroup {
  readonly cn: string;
  /** Uids. */
  readonly members: readonly string[];
}

export const baseDn = 'dc=example,dc=com';
export const peopleDn = `ou=people,${baseDn}`;
export const groupsDn = `ou=groups,${baseDn}`;
/** A branch that exists and holds nobody. */
export const emptyDn = `ou=empty,${baseDn}`;

export const personDn = (uid: string): string => `uid=${uid},${peopleDn}`;
export const groupDn = (cn: string): string => `cn=${cn},${groupsDn}`;

function unitEntry(dn: string): string {
  return `dn: ${dn}\nobjectClass: organizationalUnit\nou: ${dn.slice(3, dn.indexOf(','))}\n`;
}

function personEntry({ uid, mail = `${uid}@example.com` }: LdapPerson): string {
  return [
    `dn: ${personDn(uid)}`,
    'objectClass: person',
    'objectClass: organizationalPerson',
    'objectClass: inetOrgPerson',
    `uid: ${uid}`,
    `cn: ${uid}`,
    `givenName: ${uid}`,
    'sn: Example',
    `mail: ${mail}`,
    '',
  ].join('\n');
}

function groupEntry({ cn, members }: LdapGroup): string {
  const lines = members.map((uid) => `member: ${personDn(uid)}`);
  return [`dn: ${groupDn(cn)}`, 'objectClass: groupOfNames', `cn: ${cn}`, ...lines, ''].join('\n');
}

/** A whole directory as LDIF (RFC 2849): a branch of people, one of groups, and an empty one. */
export function directoryEntries(people: readonly LdapPerson[], groups: readonly LdapGroup[]): string {
  const root = `dn: ${baseDn}\nobjectClass: domain\ndc: example\n`;
  const units = [peopleDn, groupsDn, emptyDn].map(unitEntry);
  return [root, ...units, ...people.map(personEntry), ...groups.map(groupEntry)].join('\n');
}

/** Changes of entries, one record each, for `LdapServer.change`. */
export const ldapChange = {
  remove: (dn: string): string => `dn: ${dn}\nchangetype: delete\n`,
  replace: (dn: string, attribute: string, value: string): string =>
    `dn: ${dn}\nchangetype: modify\nreplace: ${attribute}\n${attribute}: ${value}\n-\n`,
  /** Moves a person, who keeps the entry's own id (`entryUUID`). */
  move: (uid: string, from: string, to: string): string =>
    `dn: uid=${uid},${from}\nchangetype: moddn\nnewrdn: uid=${uid}\ndeleteoldrdn: 1\nnewsuperior: ${to}\n`,
  rename: (uid: string, other: string): string =>
    `dn: ${personDn(uid)}\nchangetype: moddn\nnewrdn: uid=${other}\ndeleteoldrdn: 1\n`,
  addGroup: (group: LdapGroup): string => groupEntry(group).replace('\n', '\nchangetype: add\n'),
} as const;
