import { DirectoryError } from '../../domain/errors';
import type { DirectoryRef } from '../../domain/identity';
import type { Probe } from '../../domain/probe';
import type { Secret } from '../../domain/secret';
import type { HttpClient } from '../../http/http';
import type { GroupAnswer } from './answers';
import { countSchema, groupPageSchema, organizationPageSchema, userPageSchema } from './answers';
import type { Connection } from './connection';
import { openConnection } from './connection';
import { describeKeyExpiry } from '../../domain/key-expiry';
import { readDirectories } from './organizations';
import { readAllPages } from './page';
import { directoryPath } from './scope';

export interface ProbeParts {
  readonly ref: DirectoryRef;
  readonly key: Secret;
  readonly http: HttpClient;
  /** ISO date, as typed by the administrator. */
  readonly keyExpiresOn?: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Finding = Pick<Probe, 'state' | 'message'>;

interface Step {
  readonly id: string;
  readonly title: string;
  readonly ask: (connection: Connection, parts: ProbeParts) => Promise<Finding>;
}

const passed = (message: string): Finding => ({ state: 'passed', message });
const warning = (message: string): Finding => ({ state: 'warning', message });
const failed = (message: string): Finding => ({ state: 'failed', message });

const steps: readonly Step[] = [
  { id: 'key', title: 'Key accepted', ask: probeKey },
  { id: 'organization', title: 'Organization found', ask: probeOrganization },
  { id: 'directory', title: 'Directory found', ask: probeDirectoryId },
  { id: 'users', title: 'Users readable', ask: probeUsers },
  { id: 'groups', title: 'Groups readable', ask: probeGroups },
  { id: 'write', title: 'Right to write', ask: probeRightToWrite },
];

/** Tests key, organization and directory by reading alone; after a failure the rest is skipped, but for the expiry date. */
export async function probeDirectory(parts: ProbeParts): Promise<{ readonly probes: readonly Probe[] }> {
  const connection = openConnection({ http: parts.http, key: parts.key });
  const probes: Probe[] = [];
  let stopped = false;
  for (const { id, title, ask } of steps) {
    if (stopped) {
      probes.push({ id, title, state: 'skipped', message: 'Not tested, because of the failure above.' });
      continue;
    }
    const finding = await ask(connection, parts).catch(explain);
    stopped = finding.state === 'failed';
    probes.push({ id, title, ...finding });
  }
  return { probes: [...probes, probeExpiry(parts)] };
}

function explain(error: unknown): Finding {
  if (error instanceof DirectoryError) return failed(error.message);
  throw error;
}

async function probeKey(connection: Connection): Promise<Finding> {
  const organizations = await readAllPages(connection, '/v1/orgs', {}, organizationPageSchema);
  return organizations.length === 0
    ? failed(
        'Atlassian accepts the key but shows no organization for it. Create a key without scopes as an organization admin.',
      )
    : passed('Atlassian accepts the key.');
}

async function probeOrganization(connection: Connection, { ref }: ProbeParts): Promise<Finding> {
  const organizations = await readAllPages(connection, '/v1/orgs', {}, organizationPageSchema);
  const found = organizations.find(({ id }) => id === ref.orgId);
  return found === undefined
    ? failed('The key belongs to another organization than the chosen one. Choose the organization again.')
    : passed(`The organization is ${found.attributes.name ?? found.id}.`);
}

async function probeDirectoryId(connection: Connection, { ref }: ProbeParts): Promise<Finding> {
  const directories = await readDirectories(connection, ref.orgId);
  const found = directories.find(({ directoryId }) => directoryId === ref.directoryId);
  return found === undefined
    ? failed('The key does not reach the chosen directory. Choose the directory again.')
    : passed(`The directory is ${found.name}.`);
}

async function probeUsers(connection: Connection, { ref }: ProbeParts): Promise<Finding> {
  const path = directoryPath(ref);
  const directoryIds = [ref.directoryId];
  const body = { directoryIds, limit: 1, expand: ['groups', 'platformRoles'] };
  await connection.read({ method: 'POST', path: `${path}/users/search`, body, repeatable: true }, userPageSchema);
  const { count } = await connection.read(
    { method: 'GET', path: `${path}/users/count`, query: { directoryIds }, repeatable: true },
    countSchema,
  );
  return count === 0
    ? warning('The directory has no account, not even that of the key’s owner. Check that it is the right one.')
    : passed(`The directory has ${count} ${count === 1 ? 'account' : 'accounts'}.`);
}

async function readSomeGroups(connection: Connection, ref: DirectoryRef): Promise<readonly GroupAnswer[]> {
  const body = { directoryIds: [ref.directoryId], limit: 100 };
  const path = `${directoryPath(ref)}/groups/search`;
  return (await connection.read({ method: 'POST', path, body, repeatable: true }, groupPageSchema)).data;
}

async function probeGroups(connection: Connection, { ref }: ProbeParts): Promise<Finding> {
  await readSomeGroups(connection, ref);
  const { count } = await connection.read(
    {
      method: 'GET',
      path: `${directoryPath(ref)}/groups/count`,
      query: { directoryIds: [ref.directoryId] },
      repeatable: true,
    },
    countSchema,
  );
  return passed(`The directory has ${count} ${count === 1 ? 'group' : 'groups'}.`);
}

const onlyAFirstWriteShows = 'Whether it may invite and suspend people, only the first such change shows.';

/** Reads prove no right to write; what Atlassian says about groups is the nearest to it. */
async function probeRightToWrite(connection: Connection, { ref }: ProbeParts): Promise<Finding> {
  const groups = await readSomeGroups(connection, ref);
  const own = groups.filter((group) => group.externalSynced !== true && group.managedBy !== 'external');
  const told = own.flatMap(({ managementAccess }) => managementAccess?.modifiable ?? []);
  if (told.includes(true)) return passed(`Atlassian says that the key may change groups. ${onlyAFirstWriteShows}`);
  if (told.length > 0) {
    return failed(
      'Atlassian says that the key may change none of the groups. Create a key without scopes as an organization admin.',
    );
  }
  return warning(`Atlassian does not say whether the key may change groups. ${onlyAFirstWriteShows}`);
}

function probeExpiry({ keyExpiresOn, now }: ProbeParts): Probe {
  const { state, message } = describeKeyExpiry(keyExpiresOn, now);
  const states = { fine: 'passed', warning: 'warning', unknown: 'warning', expired: 'failed' } as const;
  return { id: 'expiry', title: 'Key expiry', state: states[state], message };
}
