import { openContract, type Contract } from '../../../dev/atlassian/contract';
import type { NewAccount } from '../../../dev/atlassian/create';
import { startAtlassian, type Atlassian, type AtlassianOptions } from '../../../dev/atlassian/server';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Client extends Atlassian {
  /** Paths below the directory start with `D`, below the organization with `v1` or `v2`, others with `/`. */
  send(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
}

const running: Client[] = [];

/** Starts a stand-in that `stopAll` stops. */
export async function start(options: AtlassianOptions = {}): Promise<Client> {
  const atlassian = await startAtlassian(options);
  const { organization, url } = atlassian;
  const expand = (path: string): string => {
    if (path.startsWith('/')) return path;
    const org = `/admin/v2/orgs/${organization.id}`;
    if (path.startsWith('D')) return `${org}/directories/${organization.directoryId()}${path.slice(1)}`;
    return path.startsWith('v2') ? `${org}${path.slice(2)}` : `/admin/v1/orgs/${organization.id}${path.slice(2)}`;
  };
  const client: Client = {
    ...atlassian,
    async send(method, path, body, key = 'organization-key') {
      const response = await fetch(url + expand(path), {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
    },
  };
  running.push(client);
  return client;
}

export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((client) => client.stop()));
}

/** So many people: p1@example.com, … */
export function people(count: number): NewAccount[] {
  return Array.from({ length: count }, (_, index) => ({ email: `p${index + 1}@example.com` }));
}

/** The published documents; without them the tests that need one are skipped, and say so. */
export function contractOrSkip(): {
  readonly contract: Contract | undefined;
  readonly describe: jest.Describe;
  readonly title: string;
} {
  const open = openContract();
  if (open.kind === 'absent')
    console.warn(`Contract tests are skipped: the API documents are absent in ${open.folder} (ATLASSIAN_OPENAPI_DIR).`);
  return open.kind === 'open'
    ? { contract: open.contract, describe, title: 'the API documents' }
    : { contract: undefined, describe: describe.skip, title: `the API documents (SKIPPED: absent in ${open.folder})` };
}
