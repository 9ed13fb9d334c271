import { changeKey, type Change } from '../domain/change';
import { readImmutable } from '../domain/immutable';
import type { AccountLink, LinkEntry } from '../domain/link';
import type { SourceSnapshot, SourceUser } from '../domain/snapshot';
import { indexLinks, type Batch, type LinkIndex } from './batches';
import { loadInterrupted } from './interrupted';
import type { BatchRecord, RecordedOutcome } from './outcomes';
import type { Directory, WriteOutcome } from './ports';
import { work, type Step } from './step';

/** What a link keeps of each person of the source. */
export type People = ReadonlyMap<string, SourceUser>;

/** What a batch works with: who is linked to what at its beginning. */
export interface BatchContext {
  readonly step: Step;
  readonly links: LinkIndex;
  readonly directory: Directory;
  readonly loadPeople: () => Promise<People>;
  /** Whether an earlier try of this run may have done the change already: then *already* is our own doing. */
  readonly isBegun: (change: Change) => boolean;
  readonly saveLinks: (entries: readonly LinkEntry[]) => Promise<void>;
}

/** What came of a batch; `left` is the part that was stopped before its end, by an error or a wish to cancel. */
export interface BatchResult {
  readonly record: BatchRecord;
  readonly left?: Batch;
  /** Those of the changes left that may have been done: an error hid their end. */
  readonly unsure?: readonly Change[];
  readonly error?: unknown;
}

export async function openContext(step: Step): Promise<BatchContext> {
  const { world, run, fence } = step;
  const loadSource = async () => {
    const source = await world.work.load<SourceSnapshot>(run.id, work.source);
    if (source === undefined) throw new Error('applying without the source snapshot');
    return source;
  };
  // Empty before the first link, which names the issuer of all.
  const issuer = '';
  const links = await world.links.load(run.connectorId, issuer);
  const begun = new Set((await loadInterrupted(step)).map(changeKey));
  return {
    step,
    links: indexLinks(links),
    directory: await step.directory(),
    loadPeople: async () => new Map((await loadSource()).users.map((user) => [user.id, user])),
    isBegun: (change) => run.attempts > 0 || begun.has(changeKey(change)),
    saveLinks: async (entries) =>
      world.links.append(
        run.connectorId,
        links.issuer === issuer ? (await loadSource()).issuer : links.issuer,
        entries,
        fence,
      ),
  };
}

/** A fresh link of a person whom the source shows at this moment. */
export function newAccountLink(
  context: BatchContext,
  people: People,
  link: Omit<AccountLink, 'username' | 'immutable' | 'linkedAt' | 'lastSeen'>,
): LinkEntry {
  const person = people.get(link.sourceUserId);
  const { username, federationLink } = person ?? {};
  const immutable =
    person === undefined ? undefined : readImmutable(person, context.step.settings.users.relinkAttribute);
  return {
    kind: 'account',
    link: {
      ...link,
      ...(username === undefined ? {} : { username }),
      ...(immutable === undefined ? {} : { immutable }),
      linkedAt: context.step.world.now(),
      lastSeen: { enabled: true, ...(federationLink === undefined ? {} : { federationLink }) },
    },
  };
}

export function recordOutcome(context: BatchContext, change: Change, outcome: WriteOutcome): RecordedOutcome {
  const key = changeKey(change);
  if (outcome.kind === 'refused') return { key, outcome: 'refused', code: outcome.code, message: outcome.message };
  return { key, outcome: context.isBegun(change) ? 'done' : outcome.kind };
}

export function notReached(change: Change, what: string): RecordedOutcome {
  return { key: changeKey(change), outcome: 'not-reached', message: `Not done, because ${what} could not be made.` };
}
