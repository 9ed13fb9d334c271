import { openContract } from '../../../dev/atlassian/contract';
import { hostileDoubts, kindDoubts, type Doubts } from '../../../dev/atlassian/doubts';
import type { OrganizationOptions } from '../../../dev/atlassian/create';
import { createOrganization, type Organization } from '../../../dev/atlassian/organization';
import { startAtlassian, type Atlassian } from '../../../dev/atlassian/server';
import { openOrganization } from '../../../src/atlassian/organization/open-organization';
import type { AccountId, GroupId } from '../../../src/domain/identity';
import { accountId, groupId } from '../../../src/domain/identity';
import type { DirectorySnapshot } from '../../../src/domain/snapshot';
import { Secret } from '../../../src/domain/secret';
import { createHttpClient } from '../../../src/http/client';
import type { HttpClient } from '../../../src/http/http';
import { OutOfBudget, type Budget, type Directory, type InvitedAccount, type Reading } from '../../../src/sync/ports';

/** Both ways in which Atlassian may answer what it does not document. */
export const doubtCases: readonly (readonly [string, Doubts])[] = [
  ['kind', kindDoubts],
  ['hostile', hostileDoubts],
];

export interface Stage {
  readonly atlassian: Atlassian;
  readonly organization: Organization;
  readonly http: HttpClient;
  readonly key: Secret;
  /** Total of all waits, milliseconds; nobody waits for real. */
  waited(): number;
  /** Most requests at the same time since the last question. */
  mostAtOnce(): number;
  openBudget(calls?: number, timeMs?: number): Budget;
  open(budget?: Budget, directory?: string): Directory;
  accountOf(email: string): AccountId;
  groupOf(name: string): GroupId;
  /** Requests and answers against the API documents. */
  violations(): readonly string[];
  stop(): Promise<void>;
}

/** A stand-in organization and the adapter in front of it. */
export async function openStage(options: OrganizationOptions & { readonly doubts?: Doubts } = {}): Promise<Stage> {
  const organization = createOrganization(options);
  const atlassian = await startAtlassian({ organization });
  const start = Date.parse('2026-11-20T02:00:00Z');
  let waited = 0;
  const now = (): number => start + waited;
  const sleep = (ms: number): Promise<void> => {
    waited += ms;
    return Promise.resolve();
  };
  let spent = 0;
  let running = 0;
  let mostAtOnce = 0;
  // The budget that was opened last is that of the invocation that runs.
  let current: Budget | undefined;
  const http = createHttpClient({
    async fetch(url, init) {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      try {
        return await fetch(url.replace('https://api.atlassian.com', atlassian.url), init);
      } finally {
        running -= 1;
      }
    },
    counter: {
      spend: () => {
        current?.spend();
        spent += 1;
      },
    },
    sleep,
    random: () => 0.5,
    now,
  });
  const key = new Secret('organization-key');
  const openBudget = (calls = 100_000, timeMs = 24 * 3_600_000): Budget => {
    const spentBefore = spent;
    const endsAt = now() + timeMs;
    const callsLeft = (): number => calls - (spent - spentBefore);
    current = {
      callsLeft,
      timeLeft: () => endsAt - now(),
      spend() {
        if (callsLeft() <= 0) throw new OutOfBudget();
      },
    };
    return current;
  };
  const contract = openContract();
  return {
    atlassian,
    organization,
    http,
    key,
    waited: () => waited,
    mostAtOnce() {
      const most = mostAtOnce;
      mostAtOnce = 0;
      return most;
    },
    openBudget,
    open: (budget = openBudget(), directory) =>
      openOrganization({
        ref: { orgId: organization.id, directoryId: organization.directoryId(directory) },
        key,
        http,
        budget,
        now,
        sleep,
      }),
    accountOf: (email) => accountId(organization.account(email)?.id ?? `nobody is called ${email}`),
    groupOf: (name) => groupId(organization.group(name)?.id ?? `no group is called ${name}`),
    violations: () => (contract.kind === 'open' ? contract.contract.checkTraffic(atlassian.traffic.all) : []),
    stop: () => atlassian.stop(),
  };
}

/** Reads to the end, through storage (JSON) after each invocation. */
export async function readAll(
  open: () => Directory,
): Promise<{ readonly snapshot: DirectorySnapshot; readonly invocations: number }> {
  let reading: Reading<DirectorySnapshot> | undefined;
  for (let invocations = 1; ; invocations += 1) {
    reading = await open().read(reading, () => Promise.resolve());
    if (reading.kind === 'read') return { snapshot: reading.snapshot, invocations };
    // What storage gives back is what was stored.
    reading = JSON.parse(JSON.stringify(reading)) as Reading<DirectorySnapshot>;
  }
}

/** Collects what an invitation saves. */
export function createSaver(): {
  readonly saved: InvitedAccount[];
  readonly save: (invited: readonly InvitedAccount[]) => Promise<void>;
} {
  const saved: InvitedAccount[] = [];
  return {
    saved,
    save: (invited) => {
      saved.push(...invited);
      return Promise.resolve();
    },
  };
}
