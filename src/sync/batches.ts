import { changeOrder, type Change } from '../domain/change';
import type { GroupId } from '../domain/identity';
import type { Links } from '../domain/link';

export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** A piece of apply between two checkpoints. */
export type Batch =
  /** Links only: nothing is written to Atlassian. */
  | { readonly kind: 'link'; readonly changes: readonly (ChangeOf<'adopt-group'> | ChangeOf<'adopt-account'>)[] }
  | { readonly kind: 'create-groups'; readonly changes: readonly ChangeOf<'create-group'>[] }
  /** People with the same groups, invited in one call; their memberships come with the invitation. */
  | {
      readonly kind: 'invite';
      readonly invites: readonly ChangeOf<'invite'>[];
      readonly groups: readonly Place[];
      readonly members: readonly ChangeOf<'add-member'>[];
    }
  | { readonly kind: 'each'; readonly changes: readonly Change[] };

/** A group that people are put into. */
type Place = Pick<ChangeOf<'add-member'>, 'group' | 'groupId'>;

const batchSize = 25;
/** Groups are created together, so that the wait for their ids is paid once. */
const groupBatchSize = 100;
const linkBatchSize = 200;

/**
 * Cuts cleared changes into batches: links and groups first, invitations bucketed by equal groups, then one kind after the other.
 * Same changes, same batches.
 */
export function computeBatches(changes: readonly Change[]): readonly Batch[] {
  const invited = new Set(changes.filter((change) => change.kind === 'invite').map((change) => change.user));
  const comesWithInvite = (change: Change) => change.kind === 'add-member' && invited.has(change.user);
  return changeOrder.flatMap((kind): readonly Batch[] => {
    const ofKind = changes.filter((change) => change.kind === kind && !comesWithInvite(change));
    switch (kind) {
      case 'adopt-group':
      case 'adopt-account':
        return cut(only(ofKind, 'adopt-group', 'adopt-account'), linkBatchSize).map((part) => ({
          kind: 'link',
          changes: part,
        }));
      case 'create-group':
        return cut(only(ofKind, 'create-group'), groupBatchSize).map((part) => ({
          kind: 'create-groups',
          changes: part,
        }));
      case 'invite':
        return bucketInvites(only(ofKind, 'invite'), only(changes, 'add-member'));
      default:
        return cut(ofKind, batchSize).map((part) => ({ kind: 'each', changes: part }));
    }
  });
}

/** Every change that a batch carries out. */
export function changesOf(batch: Batch): readonly Change[] {
  return batch.kind === 'invite' ? [...batch.invites, ...batch.members] : batch.changes;
}

function bucketInvites(
  invites: readonly ChangeOf<'invite'>[],
  members: readonly ChangeOf<'add-member'>[],
): readonly Batch[] {
  const membersOf = Map.groupBy(members, (member) => member.user);
  const groupsOf = (invite: ChangeOf<'invite'>): readonly Place[] =>
    (membersOf.get(invite.user) ?? [])
      .map(({ group, groupId }) => ({ group, ...(groupId === undefined ? {} : { groupId }) }))
      .sort((one, other) => (one.group < other.group ? -1 : 1));
  const buckets = Map.groupBy(invites, (invite) =>
    groupsOf(invite)
      .map(({ group }) => group)
      .join(' '),
  );
  return [...buckets.values()].flatMap((bucket) =>
    cut(bucket, batchSize).map((part): Batch => {
      const [first] = part;
      return {
        kind: 'invite',
        invites: part,
        groups: first === undefined ? [] : groupsOf(first),
        members: part.flatMap((invite) => membersOf.get(invite.user) ?? []),
      };
    }),
  );
}

function only<Kind extends Change['kind']>(
  changes: readonly Change[],
  ...kinds: readonly Kind[]
): readonly ChangeOf<Kind>[] {
  const wanted: ReadonlySet<Change['kind']> = new Set(kinds);
  return changes.filter((change): change is ChangeOf<Kind> => wanted.has(change.kind));
}

function cut<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

/** Links by the keys of the source that changes refer to. */
export function indexLinks(links: Links) {
  return {
    account: new Map(links.accounts.map((link) => [link.sourceUserId, link])),
    group: new Map(links.groups.map((link) => [link.sourceGroupId, link])),
  };
}
/** The Atlassian group of a new membership: named, or found by the link of its Keycloak group. */
export function findGroup(
  links: LinkIndex,
  { group, groupId }: Pick<ChangeOf<'add-member'>, 'group' | 'groupId'>,
): GroupId | undefined {
  return groupId ?? links.group.get(group)?.groupId;
}
export type LinkIndex = ReturnType<typeof indexLinks>;
