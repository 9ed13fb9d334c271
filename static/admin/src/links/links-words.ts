import type { ConnectorSummary } from '../../../../src/api';
import type { LinksFile } from '../../../../src/domain/links-file';
import { countOf } from '../moments';

/** One thing to know about a file before it is imported. */
export interface FileFact {
  readonly label: string;
  readonly value: string;
}

const modes = [
  ['add-only', 'add only'],
  ['take-over', 'take over'],
  ['exact', 'exact'],
] as const;

/** What a file of links holds. */
export function describeLinksFile({ connectorId, issuer, accounts, groups }: LinksFile): readonly FileFact[] {
  const suspended = accounts.filter(({ suspendedAt }) => suspendedAt !== undefined).length;
  const guests = accounts.filter(({ guest }) => guest !== undefined).length;
  const byMode = modes.flatMap(([mode, words]) => {
    const count = groups.filter((group) => group.mode === mode).length;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${words}`];
  });
  const about = [
    ...(suspended === 0 ? [] : [`${suspended.toLocaleString('en')} suspended by that connector`]),
    ...(guests === 0 ? [] : [`${guests.toLocaleString('en')} owned by another connector`]),
  ];
  return [
    { label: 'From connector', value: connectorId },
    { label: 'Keycloak', value: issuer === '' ? 'Never read' : issuer },
    { label: 'Accounts', value: withDetails(countOf(accounts.length, 'account'), about) },
    { label: 'Groups', value: withDetails(countOf(groups.length, 'group'), byMode) },
  ];
}

function withDetails(count: string, details: readonly string[]): string {
  return details.length === 0 ? count : `${count}: ${details.join(', ')}`;
}

/** What speaks for a second look before the import; sentences. */
export function describeDoubts(
  file: Pick<LinksFile, 'issuer' | 'groups'>,
  { name, realm, host }: Pick<ConnectorSummary, 'name' | 'realm' | 'host'>,
): readonly string[] {
  const exact = file.groups.filter(({ mode }) => mode === 'exact').length;
  return [
    ...(isOfRealm(file.issuer, realm, host)
      ? []
      : [`The file is of another realm or server than ${name} reads (${realm} on ${host}): its ids fit only a copy.`]),
    ...(exact === 0
      ? []
      : [
          `${countOf(exact, 'group')} ${exact === 1 ? 'was' : 'were'} exact: ${exact === 1 ? 'it becomes' : 'they become'} so here, too, and members whom nobody in Keycloak is are then removed, after an approval.`,
        ]),
  ];
}

function isOfRealm(issuer: string, realm: string, host: string): boolean {
  // Of a connector that never read anything: it has no links either.
  if (issuer === '') return true;
  try {
    const address = new URL(issuer);
    return address.host === host && decodeURIComponent(address.pathname).endsWith(`/realms/${realm}`);
  } catch {
    return false;
  }
}

/** How much of a file was taken over to be looked at. */
export function describeImported({ accounts, groups }: { readonly accounts: number; readonly groups: number }): string {
  const found = [
    ...(accounts === 0 ? [] : [countOf(accounts, 'account')]),
    ...(groups === 0 ? [] : [countOf(groups, 'group')]),
  ];
  return found.length === 0 ? 'nothing' : found.join(' and ');
}
