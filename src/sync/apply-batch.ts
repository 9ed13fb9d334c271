import pMap from 'p-map';
import { changeKey, type Change } from '../domain/change';
import type { GroupId } from '../domain/identity';
import type { AccountLink, LinkEntry } from '../domain/link';
import type { RecentWrite } from '../domain/memory';
import type { SourceSnapshot } from '../domain/snapshot';
import { applyInvitation } from './apply-invitation';
import { indexLinks, type Batch, type ChangeOf, type LinkIndex } from './batches';
import type { BatchRecord, RecordedOutcome } from './outcomes';
import type { Directory, WriteOutcome } from './ports';
import { work, type Step } from './step';

/** Writes in flight at once. */
const concurrency = 4;

/** What a batch works with: who is linked to what at its beginning. */
export interface BatchContext {
  readonly step: Step;
  readonly links: LinkIndex;
  readonly directory: Directory;
  readonly federationOf: ReadonlyMap<string, string>;
  readonly saveLinks: (entries: readonly LinkEntry[]) => Promise<void>;
}

/** Carries out one batch; each change gets exactly one outcome. */
export async function applyBatch(step: Step, batch: Batch): Promise<BatchRecord> {
  const context = await openContext(step);
  switch (batch.kind) {
    case 'link':
      return applyLinks(context, batch.changes);
    case 'create-groups':
      return createGroups(context, batch.changes);
    case 'invite':
      return applyInvitation(context, batch);
    case 'each':
      return applyEach(context, batch.changes);
  }
}

async function openContext(step: Step): Promise<BatchContext> {
  const { world, run, fence } = step;
  const source = await world.work.load<SourceSnapshot>(run.id, work.source);
  if (source === undefined) throw new Error('applying without the source snapshot');
  const links = await world.links.load(run.connectorId, source.issuer);
  return {
    step,
    links: indexLinks(links),
    directory: await step.directory(),
    federationOf: new Map(
      source.users.flatMap((user) => (user.federationLink ? [[user.id, user.federationLink]] : [])),
    ),
    saveLinks: (entries) => world.links.append(run.connectorId, source.issuer, entries, fence),
  };
}

/** A fresh link of a person whom the source shows at this moment. */
export function newAccountLink(
  context: BatchContext,
  link: Pick<AccountLink, 'sourceUserId' | 'accountId' | 'email' | 'origin' | 'visible'>,
): LinkEntry {
  const federationLink = context.federationOf.get(link.sourceUserId);
  return {
    kind: 'account',
    link: {
      ...link,
      linkedAt: context.step.world.now(),
      lastSeen: { enabled: true, ...(federationLink === undefined ? {} : { federationLink }) },
    },
  };
}

async function applyLinks(
  context: BatchContext,
  changes: readonly (ChangeOf<'adopt-group'> | ChangeOf<'adopt-account'>)[],
): Promise<BatchRecord> {
  await context.saveLinks(
    changes.map((change) =>
      change.kind === 'adopt-account'
        ? newAccountLink(context, {
            sourceUserId: change.user,
            accountId: change.accountId,
            email: change.email,
            origin: 'adopted',
            visible: true,
          })
        : groupLinkEntry(context, change, change.groupId, change.origin, change.mode),
    ),
  );
  return { outcomes: changes.map((change) => ({ key: changeKey(change), outcome: 'done' })), writes: [] };
}

async function createGroups(context: BatchContext, changes: readonly ChangeOf<'create-group'>[]): Promise<BatchRecord> {
  const { directory, step } = context;
  const results = await pMap(
    changes,
    async (change) => ({
      change,
      outcome: await directory.createGroup(change.name, {
        connectorId: step.run.connectorId,
        sourceGroupId: change.group,
      }),
    }),
    { concurrency },
  );
  const created = results.filter(({ outcome }) => outcome.kind !== 'refused').map(({ change }) => change);
  const ids = await directory.findGroups(created.map(({ name }) => name));
  const found = created.flatMap((change) => {
    const id = ids.get(change.name);
    return id === undefined ? [] : [{ change, id }];
  });
  await context.saveLinks(found.map(({ change, id }) => groupLinkEntry(context, change, id, 'created', 'take-over')));
  return {
    outcomes: results.map(({ change, outcome }) =>
      outcome.kind !== 'refused' && !ids.has(change.name)
        ? {
            key: changeKey(change),
            outcome: 'unconfirmed',
            message: 'Atlassian does not show the new group yet; the next run goes on with it.',
          }
        : recordOutcome(change, outcome),
    ),
    writes: found.map(({ change, id }) => ({
      at: step.world.now(),
      kind: 'group-created',
      groupId: id,
      name: change.name,
    })),
  };
}

function groupLinkEntry(
  context: BatchContext,
  change: ChangeOf<'adopt-group'> | ChangeOf<'create-group'>,
  groupId: GroupId,
  origin: 'created' | 'adopted',
  mode: 'add-only' | 'take-over',
): LinkEntry {
  const linkedAt = context.step.world.now();
  return {
    kind: 'group',
    link: { sourceGroupId: change.group, groupId, name: change.name, origin, mode, linkedAt, lastMembers: {} },
  };
}

async function applyEach(context: BatchContext, changes: readonly Change[]): Promise<BatchRecord> {
  const results = await pMap(changes, (change) => applyOne(context, change), { concurrency });
  // Only after the writes: a link that says "suspended by us" must be true.
  const entries = results.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
  if (entries.length > 0) await context.saveLinks(entries);
  return {
    outcomes: results.map(({ outcome }) => outcome),
    writes: results.flatMap(({ write }) => (write === undefined ? [] : [write])),
  };
}

interface OneResult {
  readonly outcome: RecordedOutcome;
  readonly entry?: LinkEntry;
  readonly write?: RecentWrite;
}

async function applyOne(context: BatchContext, change: Change): Promise<OneResult> {
  const { directory, links } = context;
  const at = context.step.world.now();
  const account = 'user' in change ? links.account.get(change.user) : undefined;
  switch (change.kind) {
    case 'add-member': {
      const group = links.group.get(change.group);
      if (account === undefined || group === undefined) {
        return { outcome: notReached(change, account === undefined ? 'the account' : 'the group') };
      }
      const outcome = await directory.addMember(group.groupId, account.accountId);
      return result(change, outcome, {
        at,
        kind: 'member-added',
        accountId: account.accountId,
        groupId: group.groupId,
      });
    }
    case 'remove-member': {
      const outcome = await directory.removeMember(change.groupId, change.accountId);
      return result(change, outcome, {
        at,
        kind: 'member-removed',
        accountId: change.accountId,
        groupId: change.groupId,
      });
    }
    case 'suspend': {
      const outcome = await directory.suspend(change.accountId);
      const done = result(change, outcome, { at, kind: 'suspended', accountId: change.accountId });
      // Found suspended already: somebody else did it, so it is not ours to take back.
      return account !== undefined && outcome.kind === 'done'
        ? { ...done, entry: { kind: 'account', link: { ...account, suspendedAt: at } } }
        : done;
    }
    case 'restore': {
      const outcome = await directory.restore(change.accountId);
      const done = result(change, outcome, { at, kind: 'restored', accountId: change.accountId });
      if (account === undefined || outcome.kind === 'refused') return done;
      const { suspendedAt: _over, ...link } = account;
      return { ...done, entry: { kind: 'account', link } };
    }
    case 'remove-account': {
      const outcome = await directory.removeAccount(change.accountId);
      const done = result(change, outcome, { at, kind: 'removed', accountId: change.accountId });
      return outcome.kind === 'refused'
        ? done
        : { ...done, entry: { kind: 'drop-account', sourceUserId: change.user } };
    }
    default:
      throw new Error(`${change.kind} is applied in a batch of its own`);
  }
}

function result(change: Change, outcome: WriteOutcome, write: RecentWrite): OneResult {
  const recorded = { outcome: recordOutcome(change, outcome) };
  return outcome.kind === 'refused' ? recorded : { ...recorded, write };
}

export function recordOutcome(change: Change, outcome: WriteOutcome): RecordedOutcome {
  return outcome.kind === 'refused'
    ? { key: changeKey(change), outcome: 'refused', code: outcome.code, message: outcome.message }
    : { key: changeKey(change), outcome: outcome.kind };
}

export function notReached(change: Change, what: string): RecordedOutcome {
  return { key: changeKey(change), outcome: 'not-reached', message: `Not done, because ${what} could not be made.` };
}
