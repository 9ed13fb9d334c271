import type { GroupMode } from './group-mode';
import type { AccountId, GroupId, SourceGroupId, SourceUserId } from './identity';
import type { ProfileAttribute } from './mapping';

/** Why a person counts as gone or switched off: what the change rests on. */
export type Evidence =
  /** The complete list shows the person (disabled, or out of scope). */
  | 'listed'
  /** Absent from the complete list, and confirmed: 404 twice, or absent long enough for a person of a federation. */
  | 'confirmed-absent'
  /** Absent from the complete list, not confirmed yet: counted by the guards, never applied. */
  | 'unconfirmed';

/** A value before and after; without one before, the account had none. An empty text after clears it. */
export interface ValueChange {
  readonly before?: string;
  readonly after: string;
}

/** At least one attribute of a profile. */
export type ProfileChanges = Readonly<Partial<Record<ProfileAttribute, ValueChange>>>;

interface Person {
  readonly user: SourceUserId;
  readonly accountId: AccountId;
  readonly reason: string;
}

/**
 * One write. Changes refer to keys of the source, never to Atlassian ids that do not exist yet;
 * an invitation and its memberships are separate changes that apply sends together.
 */
export type Change =
  | { readonly kind: 'create-group'; readonly group: SourceGroupId; readonly name: string; readonly reason: string }
  | {
      readonly kind: 'adopt-group';
      readonly group: SourceGroupId;
      readonly groupId: GroupId;
      readonly name: string;
      readonly origin: 'created' | 'adopted';
      readonly mode: GroupMode;
      readonly reason: string;
    }
  | {
      readonly kind: 'invite';
      readonly user: SourceUserId;
      readonly email: string;
      readonly displayName: string;
      readonly reason: string;
    }
  | ({
      readonly kind: 'adopt-account';
      readonly email: string;
      /** The person came back under a new Keycloak id: the link of this one goes. */
      readonly relinks?: SourceUserId;
      /** The account is suspended, by this connector: that goes with it. */
      readonly suspendedAt?: number;
      /** Another connector owns the account and goes on owning it. */
      readonly guest?: true;
    } & Person)
  | ({
      readonly kind: 'restore';
      /** The groups of the person: old memberships of other synced groups are taken after it. Absent: none are. */
      readonly keeps?: readonly SourceGroupId[];
    } & Person)
  | ({ readonly kind: 'update-profile'; readonly fields: ProfileChanges } & Person)
  /** Atlassian signs the person out everywhere. Both addresses are normalized. */
  | ({ readonly kind: 'update-email'; readonly before: string; readonly after: string } & Person)
  | {
      readonly kind: 'add-member';
      readonly user: SourceUserId;
      /** Of somebody without a link, whose membership is put back; everybody else is found by the link. */
      readonly accountId?: AccountId;
      readonly group: SourceGroupId;
      /** Of a group that no link leads to, because no group of Keycloak fills it. */
      readonly groupId?: GroupId;
      readonly groupName: string;
      readonly reason: string;
    }
  | ({
      readonly kind: 'remove-member';
      readonly group: SourceGroupId;
      readonly groupId: GroupId;
      readonly groupName: string;
    } & Person)
  | ({ readonly kind: 'suspend'; readonly evidence: Evidence } & Person)
  | ({ readonly kind: 'remove-account'; readonly evidence: Evidence } & Person);

export type ChangeKind = Change['kind'];

/** The order in which apply goes through a plan: first what gives access, last what takes it. */
export const changeOrder: readonly ChangeKind[] = [
  'adopt-group',
  'create-group',
  'adopt-account',
  'restore',
  'update-profile',
  'update-email',
  'invite',
  'add-member',
  'remove-member',
  'suspend',
  'remove-account',
];

/** Names a change: two plans contain the same change when the keys are equal. */
export function changeKey(change: Change): string {
  switch (change.kind) {
    case 'create-group':
      return `create-group ${change.group} ${change.name}`;
    case 'adopt-group':
      return `adopt-group ${change.group} ${change.groupId} ${change.mode}`;
    case 'invite':
      return `invite ${change.user} ${change.email}`;
    case 'add-member':
      return `add-member ${change.user} ${change.group}`;
    case 'remove-member':
      return `remove-member ${change.user} ${change.accountId} ${change.groupId}`;
    case 'update-profile':
      return `update-profile ${change.user} ${change.accountId} ${formatFields(change.fields)}`;
    case 'update-email':
      return `update-email ${change.user} ${change.accountId} ${change.before} ${change.after}`;
    case 'adopt-account':
    case 'restore':
    case 'suspend':
    case 'remove-account':
      return `${change.kind} ${change.user} ${change.accountId}`;
  }
}

/** The same values give the same text, in whatever order they stand. */
function formatFields(fields: ProfileChanges): string {
  const sorted = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(sorted.map(([attribute, { before = '', after }]) => [attribute, before, after]));
}

/** Whether a change takes access away. An account that loses its last group with product access counts in the guards too. */
export function isDeprovision(change: Change): boolean {
  return change.kind === 'suspend' || change.kind === 'remove-account' || change.kind === 'remove-member';
}
