import * as v from 'valibot';
import { groupModes } from '../domain/group-mode';
import { adoptGroup, confirmPairs, ownPair, releaseGroup, releasePair, type ChosenPair } from '../domain/choices';
import { SettingsError } from '../domain/errors';
import { nameConnector } from '../domain/foreign';
import { accountId, sourceGroupId, sourceUserId } from '../domain/identity';
import type { AccountLink } from '../domain/link';
import { acceptOutage } from '../domain/outage';
import { countLinkParts, readLinksFile, writeLinksFile } from '../domain/links-file';
import { hashLinks } from '../sync/links-hash';
import { loadOwnership } from '../sync/load-ownership';
import type { AdminWorld } from './admin-world';
import { loadConnector } from './connector-view';
import { NotFound, type FunctionTable } from './function-table';
import { id, text } from './payloads';

/** Ids of Keycloak and Atlassian are opaque: a federation's may hold a user name. */
const opaque = v.pipe(v.string(), v.regex(/^[^\p{Cc}]{1,512}$/u));
const mostPairs = 100_000;
const pair = v.object({ user: opaque, accountId: opaque });

/** Clicks on people and groups: each is remembered, and the next run acts on it after looking again. */
export const linkFunctions: FunctionTable<
  | 'confirmMatches'
  | 'acceptOutage'
  | 'releaseAccount'
  | 'releaseGroup'
  | 'takeOwnership'
  | 'listSuspended'
  | 'exportLinks'
  | 'importLinks'
> = {
  confirmMatches: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id, matches: v.pipe(v.array(pair), v.minLength(1), v.maxLength(mostPairs)) }),
    run: async (admin, payload, caller) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const pairs = payload.matches.map((match) => choose(admin, match, caller.accountId));
      await admin.world.links.changeChoices(connector.id, (choices) => confirmPairs(choices, pairs));
      return null;
    },
  },
  acceptOutage: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id, federation: opaque }),
    run: async (admin, { connectorId: given, federation }, caller) => {
      const connector = await loadConnector(admin, given);
      const outage = { federation, by: caller.accountId, at: admin.world.now() };
      await admin.world.links.changeChoices(connector.id, (choices) => ({
        ...choices,
        outages: acceptOutage(choices.outages, outage),
      }));
      return null;
    },
  },
  releaseAccount: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id, user: opaque }),
    run: async (admin, payload, caller) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const link = findLink(await admin.world.links.load(connector.id, ''), payload.user);
      if (link.suspendedAt !== undefined) {
        const message =
          'This connector suspended the account: reactivate it first, or nobody takes the suspension back.';
        throw new SettingsError('', message);
      }
      const released = choose(admin, { user: link.sourceUserId, accountId: link.accountId }, caller.accountId);
      await admin.world.links.changeChoices(connector.id, (choices) => releasePair(choices, released));
      return null;
    },
  },
  releaseGroup: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id, sourceGroupId: id }),
    run: async (admin, payload) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const group = sourceGroupId(payload.sourceGroupId);
      const { groups } = await admin.world.links.load(connector.id, '');
      const link = groups.find((each) => each.sourceGroupId === group);
      if (link?.origin === 'created') {
        const message = `This connector created the group "${link.name}": leave it out under Group Provisioning instead, and its members stay.`;
        throw new SettingsError('', message);
      }
      await admin.world.links.changeChoices(connector.id, (choices) => releaseGroup(choices, group));
      return null;
    },
  },
  takeOwnership: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id, user: opaque }),
    run: async (admin, payload, caller) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const stored = await admin.world.links.load(connector.id, '');
      const choices = await admin.world.links.loadChoices(connector.id);
      const { links, foreign } = await loadOwnership(admin.world, connector, stored, choices);
      const link = findLink(links, payload.user);
      const owner = foreign.accounts.get(link.accountId);
      if (owner !== undefined) {
        const theirs = (await admin.world.links.load(owner, '')).accounts;
        if (theirs.some((each) => each.accountId === link.accountId && each.suspendedAt !== undefined)) {
          const message = `The account is suspended by ${nameConnector(foreign, owner)}: reactivate it there first.`;
          throw new SettingsError('', message);
        }
      }
      const owned = choose(admin, { user: link.sourceUserId, accountId: link.accountId }, caller.accountId);
      await admin.world.links.changeChoices(connector.id, (before) => ownPair(before, owned));
      return null;
    },
  },
  listSuspended: {
    needs: 'product administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const { accounts } = await admin.world.links.load(connector.id, '');
      return accounts.flatMap(({ sourceUserId: user, accountId: account, email, suspendedAt }) =>
        suspendedAt === undefined ? [] : [{ user, accountId: account, email, suspendedAt }],
      );
    },
  },
  exportLinks: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id, part: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) }),
    run: async (admin, { connectorId: given, part }) => {
      const connector = await loadConnector(admin, given);
      const links = await admin.world.links.load(connector.id, '');
      return { ...writeLinksFile(links, part), parts: countLinkParts(links), state: hashLinks(links) };
    },
  },
  importLinks: {
    needs: 'organization administrator',
    payload: v.object({
      connectorId: id,
      file: v.object({
        format: v.literal('user-group-sync-links'),
        version: v.literal(1),
        connectorId: text(512),
        issuer: text(2048),
        accounts: v.pipe(
          v.array(
            v.object({
              ...pair.entries,
              email: text(512),
              origin: v.picklist(['invited', 'adopted']),
              suspendedAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
            }),
          ),
          v.maxLength(mostPairs),
        ),
        groups: v.pipe(
          v.array(
            v.object({
              sourceGroupId: id,
              groupId: id,
              name: text(512),
              origin: v.picklist(['created', 'adopted']),
              mode: v.picklist(groupModes),
            }),
          ),
          v.maxLength(mostPairs),
        ),
      }),
    }),
    run: async (admin, { connectorId, file }, caller) => {
      const connector = await loadConnector(admin, connectorId);
      const { pairs, adoptions } = readLinksFile(file, caller.accountId, admin.world.now());
      await admin.world.links.changeChoices(connector.id, (choices) =>
        adoptions.reduce(
          (before, adoption) => adoptGroup(before, adoption.sourceGroupId, adoption),
          confirmPairs(choices, pairs),
        ),
      );
      return { accounts: pairs.length, groups: adoptions.length };
    },
  },
};

function choose(
  admin: AdminWorld,
  { user, accountId: account }: { readonly user: string; readonly accountId: string },
  by: string,
): ChosenPair {
  return { user: sourceUserId(user), accountId: accountId(account), by, at: admin.world.now() };
}

function findLink({ accounts }: { readonly accounts: readonly AccountLink[] }, user: string): AccountLink {
  const link = accounts.find(({ sourceUserId: each }) => each === user);
  if (link === undefined) throw new NotFound('This person has no linked account (any more): reload the page.');
  return link;
}
