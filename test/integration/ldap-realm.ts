import { setImmediate as turn } from 'node:timers/promises';
import {
  addFederation,
  listIds,
  removeFederations,
  type Federation,
  type ProviderConfig,
} from '../../dev/keycloak/federation';
import { directoryEntries } from '../../dev/keycloak/ldap-entries';
import { startLdapServer, type LdapServer } from '../../dev/keycloak/ldap-server';
import { idOf } from '../../dev/keycloak/random';
import { makeRealm } from '../../dev/keycloak/realms';
import type { SharedKeycloak } from '../../dev/keycloak/shared-server';
import { openUnsteadyPort, type UnsteadyPort } from '../../dev/keycloak/unsteady-port';
import { computeObservations, findAbsent } from '../../src/domain/absence';
import { clearGuards } from '../../src/domain/approval';
import { changeKey, isDeprovision, type Change } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import { SourceError } from '../../src/domain/errors';
import { checkGuards } from '../../src/domain/guards';
import { applyLinkEntries } from '../../src/domain/link';
import { nameFederations } from '../../src/domain/outage';
import { describeDispute, findClaims, listAsked } from '../../src/domain/own-groups';
import type { PlanInput } from '../../src/domain/planning';
import type { SourceSnapshot } from '../../src/domain/snapshot';
import { openKeycloak } from '../../src/keycloak/source';
import type { Source } from '../../src/sync/ports';
import { applyChanges, directory, links, planInput, settings } from '../domain/model';
import { openAccess } from '../keycloak/realm-access';
import { mapFetch, secret } from './real-realm';

export const federatedCount = 30;
export const localCount = 5;
export const uid = (index: number): string => `ldap-${String(index).padStart(2, '0')}`;
const people = Array.from({ length: federatedCount }, (_, index) => ({ uid: uid(index) }));
export const writers = { cn: 'writers', members: people.slice(15).map((each) => each.uid) };
/** Small, so that every listing has several pages. */
const pageSize = 10;
const hour = 3_600_000;

/** Five people of the realm's own and a group of its own, before an LDAP server joins. To make a realm is what takes longest. */
export async function createLocalRealm(server: SharedKeycloak, name: string): Promise<void> {
  const clients = [{ clientId: 'sync', secret }];
  const made = makeRealm({ name, users: 0, groups: 0, membershipsPerUser: 0, clients });
  const locals = Array.from({ length: localCount }, (_, index) => {
    const username = `local-${index}`;
    const email = `${username}@example.com`;
    return { id: idOf(`${name}/${username}`), username, email, emailVerified: true, enabled: true, groups: ['/Staff'] };
  });
  await server.admin.createRealm({
    ...made,
    groups: [{ id: localGroupOf(name), name: 'Staff' }],
    users: [...made.users, ...locals],
  });
}

const localGroupOf = (name: string): string => idOf(`${name}/group`);

/** A local realm with 30 people of an LDAP server of its own in three LDAP groups. */
export interface LdapRealm {
  readonly name: string;
  readonly server: SharedKeycloak;
  readonly ldap: LdapServer;
  readonly port: UnsteadyPort;
  readonly federation: Federation;
  /** Takes the LDAP server and all that came from it out of the realm. */
  readonly leave: () => Promise<void>;
}

/** Adds an LDAP server to a local realm; whatever came from earlier ones is gone when they left. */
export async function joinLdap(
  server: SharedKeycloak,
  name: string,
  config: ProviderConfig = {},
  groups: ProviderConfig = {},
): Promise<LdapRealm> {
  const ldap = await startLdapServer(
    directoryEntries(people, [
      { cn: 'developers', members: people.slice(0, 20).map((each) => each.uid) },
      writers,
      // Two more than two pages.
      { cn: 'readers', members: people.slice(8).map((each) => each.uid) },
    ]),
  );
  const port = await openUnsteadyPort(ldap.port);
  const federation = await addFederation(server.admin, name, port.port, { trustEmail: 'true', ...config });
  await federation.configureGroups(groups);
  await federation.sync();
  const leave = async (): Promise<void> => {
    await removeFederations(server.admin, name);
    for (const id of await listIds(server.admin, `/${name}/groups`)) {
      if (id !== localGroupOf(name)) await server.admin.deleteGroup(name, id);
    }
    await port.stop();
    await ldap.stop();
  };
  return { name, server, ldap, port, federation, leave };
}

/** What one run would do, and every sentence that an administrator reads about it. */
export interface Night {
  /** Changes that take something, by kind and address of the person; those that wait for approval or confirmation as well. */
  readonly taken: readonly string[];
  /** Changes that the run carries out by itself, by kind. */
  readonly applied: readonly string[];
  readonly said: string;
  readonly people: number;
}

export interface LdapSync {
  /** A full run this many hours after the first load: reads the real realm, plans, and applies what needs no approval. */
  readonly run: (hours?: number, beforeRequest?: BeforeRequest) => Promise<Night>;
}

/** Awaited before each request; `others` resolves once no other request is under way. */
export type BeforeRequest = (url: string, others: () => Promise<void>) => Promise<void>;

/** The sync of the realm after a first load that everybody has accepted: all in scope linked, all memberships as in Keycloak. */
export async function startSync(realm: LdapRealm, more: Partial<PlanInput> = {}): Promise<LdapSync> {
  const source = (at: number, beforeRequest: BeforeRequest = async () => undefined) => {
    const { fetch } = mapFetch(realm.server);
    const underWay = new Set<Promise<unknown>>();
    const others = async (): Promise<void> => {
      while (underWay.size > 0) {
        await Promise.allSettled(underWay);
        // Who waited for an answer goes on first, with the next request.
        await turn();
      }
    };
    const careful: typeof fetch = async (url, init) => {
      await beforeRequest(url, others);
      const asked = fetch(url, init).finally(() => underWay.delete(asked));
      underWay.add(asked);
      return asked;
    };
    const scope = more.settings?.scope;
    const wishes = { secret, pageSize, settings: { realm: realm.name }, now: () => at, ...(scope && { scope }) };
    return openKeycloak(openAccess(realm.server.publicUrl, careful, wishes));
  };
  const read = async (at: number, opened: ReturnType<typeof source>): Promise<SourceSnapshot> => {
    const reading = await opened.read(undefined, async () => undefined);
    if (reading.kind !== 'read') throw new Error('the reading does not come to an end');
    return { ...reading.snapshot, federations: await opened.readFederationNames() };
  };
  const begin = Date.parse('2026-03-01T02:00:00Z');
  const first = await read(begin, source(begin));
  const empty = planInput({
    source: first,
    directory: directory([]),
    settings: settings({ users: { emailDomains: ['example.com'] } }),
    links: { ...links(), issuer: first.issuer },
    now: begin,
    ...more,
  });
  let input = observe(applyChanges(empty, computePlan(empty).changes));

  return {
    async run(hours = 24, beforeRequest) {
      const now = begin + hours * hour;
      const opened = source(now, beforeRequest);
      let fresh: SourceSnapshot;
      try {
        fresh = await read(now, opened);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        return {
          taken: [],
          applied: [],
          said: nameFederations(error, input.links, await opened.readFederationNames()).message,
          people: 0,
        };
      }
      const { toConfirm } = findAbsent(fresh, input.links, now, input.settings.cleanup);
      const gone = await Promise.all(toConfirm.map(async (id) => ((await opened.confirmAbsent(id)) ? [id] : [])));
      const night = { ...input, source: fresh, now, confirmedAbsent: new Set(gone.flat()) };
      const plan = computePlan(night);
      const memory = { acceptedRules: 'rules', acceptedIssuer: first.issuer, deprovisioned: [], recent: [] };
      const guarded = checkGuards(plan, { preset: 'strict', memory, rules: 'rules', issuer: fresh.issuer, now });
      const disputed = await findDisputed(clearGuards(guarded)?.changes ?? [], night, opened);
      const cleared = (clearGuards(guarded)?.changes ?? []).filter((change) => !disputed.has(changeKey(change)));
      input = observe(applyChanges(night, cleared));
      const reasons = plan.people.flatMap((row) =>
        row.operation === 'held-back' || row.operation === 'conflict' ? [row.reason, ...row.notes] : [],
      );
      const orphans = plan.groups.flatMap((row) => (row.operation === 'orphaned' ? [row.reason] : []));
      const withheld = plan.removals.kind === 'withheld' ? plan.removals.reasons : [];
      const violations = guarded.violations.map(({ message }) => message);
      return {
        taken: plan.changes.filter(isDeprovision).map((change) => describe(change, night)),
        applied: cleared.map((change) => describe(change, night)),
        said: [
          ...new Set([...plan.notes, ...withheld, ...violations, ...reasons, ...orphans, ...disputed.values()]),
        ].join('\n'),
        people: fresh.users.length,
      };
    },
  };
}

/** What Keycloak's records of single people speak against, with the sentence. */
async function findDisputed(
  changes: readonly Change[],
  { source, settings: { scope } }: PlanInput,
  opened: Source,
): Promise<ReadonlyMap<string, string>> {
  const claims = findClaims(changes, source, scope, 'direct');
  const asked = listAsked(claims).map(async (user) => [user, (await opened.readGroupsOf(user)) ?? null] as const);
  const own = Object.fromEntries(await Promise.all(asked));
  return new Map(
    claims.flatMap((claim) => {
      const sentence = describeDispute(claim, own);
      return sentence === undefined ? [] : [[claim.key, sentence] as const];
    }),
  );
}

/** What a finished run remembers. */
function observe(input: PlanInput): PlanInput {
  const entries = computeObservations(input.source, input.links, input.directory, input.now, input.settings);
  return { ...input, links: applyLinkEntries(input.links, entries) };
}

function describe(change: Change, input: PlanInput): string {
  const link = 'user' in change ? input.links.accounts.find((each) => each.sourceUserId === change.user) : undefined;
  const person = link?.email.split('@')[0] ?? ('email' in change ? change.email : '');
  const group = 'groupName' in change ? ` of ${change.groupName}` : '';
  return `${change.kind} ${person}${group}`.trim();
}
