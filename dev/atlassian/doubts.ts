/** How long a write stays invisible to reads: so many whole reads (walks) of the kind, or so many milliseconds of the stand-in's clock. */
export type Delay = { readonly reads: number } | { readonly milliseconds: number };

/**
 * What Atlassian documents nowhere (facts on Atlassian, sections 4 and 12): one switch for each question.
 * The first value named is the kind one; which of the others is hostile, `hostileDoubts` says.
 * The path of renaming a group is unknown, so there is no switch for it: the stand-in has no such operation.
 */
export interface Doubts {
  // Rates
  /** Every nth request is answered 429 (0: none), with or without headers that say how long to wait. */
  readonly rateLimit: { readonly every: number; readonly headers: 'retry-after' | 'reset' | 'none' };
  /** Whether a scoped key passes the two searches and the counts, which name no scope. */
  readonly scopedKeySearch: 'accepted' | 'refused';

  // Reads
  /** What a cursor carries: everything; nothing, so that filters must be repeated. `alone` refuses any other property beside it. */
  readonly cursor: 'carries the filters' | 'alone' | 'forgets the filters';
  /** How several `groupIds` combine. */
  readonly severalGroupIds: 'any' | 'all';
  /** At most so many groups of a user in `expand: groups`, silently (0: all of them). */
  readonly groupsInExpand: number;
  /** Whose accounts a search of one directory finds without `directoryIds`; the organization includes managed accounts of no directory. */
  readonly searchPopulation: 'directory' | 'organization';
  /** Whether the directory of the path narrows `membershipStatus` and `status`. */
  readonly membershipStatus: 'of the directory' | 'of all directories';
  /** Whether suspended people show in `groupIds` filters and in `expand: groups`. */
  readonly suspendedMembers: 'shown' | 'omitted';
  /** Whether the `emails` filter ignores case. */
  readonly emailFilter: 'any case' | 'exact case';
  /** Form of `groups[].id` of a user: the document's example is an ARI. */
  readonly groupIdsOfUsers: 'uuid' | 'ari';
  /** Products that a user may use but never has used, in `expand: productAccess`. */
  readonly productsNeverUsed: 'listed' | 'missing';
  /** Accounts of apps and customers in searches: the document's only account type is `atlassian`, so listing them breaks it; both presets hide them. */
  readonly accountsOfApps: 'hidden' | 'listed';

  // Invitations
  /** Whether inviting an active member adds groups and roles; the answer says INVITED in both cases. */
  readonly inviteMember: 'adds' | 'ignores';
  /** Where people go who are invited without `permissionRules`. */
  readonly inviteWithoutRules: 'first directory' | 'no directory';
  /** Largest number of groups and rules in an invitation (0: any); more is 400. */
  readonly inviteMaximum: { readonly groups: number; readonly rules: number };
  /** What a 409 of an invitation leaves behind: nobody invited, or those for whom there was room. */
  readonly inviteAfterLimit: 'nobody' | 'some';
  /** When an invitation takes effect: at once; memberships after acceptance; the person is not even listed before. */
  readonly acceptance: 'not needed' | 'memberships wait' | 'person hidden';

  // State of users
  readonly repeatedSuspend: 'no content' | 'conflict' | 'bad request';
  readonly repeatedRestore: 'no content' | 'conflict' | 'bad request';
  /** Repeated disable and enable of the User management API. */
  readonly repeatedLifecycle: 'no content' | 'conflict';
  readonly membershipOfSuspended: 'changes' | 'refused';
  /** Restoring a person for whom there is no licence. */
  readonly restoreAtLimit: 'restored' | 'refused';

  // Profiles
  /** Whether an empty text clears department, job title, location and organization. */
  readonly clearedProfile: 'accepted' | 'refused';
  /** How User management writes the fields of a profile in rules and refusals: "JSON path", with an example without `$`. */
  readonly fieldPaths: 'bare' | 'json path';
  /** Whether an unverified account of a verified domain may be managed. */
  readonly unverifiedAccounts: 'managed' | 'refused';

  // Groups
  /** Names longer, or with one of the characters, are 400. Descriptions only have a length. */
  readonly groupText: { readonly name: number; readonly description: number; readonly refusedCharacters: string };
  /** Whether the key's rights on a group are told: always, for two groups of three, never. */
  readonly managementAccess: 'present' | 'sometimes absent' | 'absent';
  /** Adding to a group that grants organization administration, before and after the "Units" rollout. */
  readonly addToAdminGroup: 'accepted' | 'refused';
  /** Form of `resource` and `resourceId`. */
  readonly resourceForm: 'ARI or id' | 'ARI';

  // Time until reads show a write
  readonly newGroups: Delay;
  readonly invitations: Delay;
  readonly suspensions: Delay;
  readonly memberships: Delay;
  /** Names, profiles and addresses in searches; User management itself shows them at once. */
  readonly profiles: Delay;

  /** Bodies of errors that the documents declare without one, and of 403 and 429 (a gateway's own form was seen). */
  readonly errorBodies: 'errors' | 'gateway' | 'none';
}

/** Every question answered in the app's favour. A new group is still invisible to the next read: that was reported, not guessed. */
export const kindDoubts: Doubts = {
  rateLimit: { every: 0, headers: 'retry-after' },
  scopedKeySearch: 'accepted',
  cursor: 'carries the filters',
  severalGroupIds: 'any',
  groupsInExpand: 0,
  searchPopulation: 'directory',
  membershipStatus: 'of the directory',
  suspendedMembers: 'shown',
  emailFilter: 'any case',
  groupIdsOfUsers: 'uuid',
  productsNeverUsed: 'listed',
  accountsOfApps: 'hidden',
  inviteMember: 'adds',
  inviteWithoutRules: 'first directory',
  inviteMaximum: { groups: 0, rules: 0 },
  inviteAfterLimit: 'nobody',
  acceptance: 'not needed',
  repeatedSuspend: 'no content',
  repeatedRestore: 'no content',
  repeatedLifecycle: 'no content',
  membershipOfSuspended: 'changes',
  restoreAtLimit: 'restored',
  clearedProfile: 'accepted',
  fieldPaths: 'bare',
  unverifiedAccounts: 'managed',
  groupText: { name: 255, description: 1000, refusedCharacters: '' },
  managementAccess: 'present',
  addToAdminGroup: 'accepted',
  resourceForm: 'ARI or id',
  newGroups: { reads: 1 },
  invitations: { reads: 0 },
  suspensions: { reads: 0 },
  memberships: { reads: 0 },
  profiles: { reads: 0 },
  errorBodies: 'errors',
};

/** Every question answered against the app, as far as the answers can hold at the same time. */
export const hostileDoubts: Doubts = {
  rateLimit: { every: 29, headers: 'none' },
  scopedKeySearch: 'refused',
  cursor: 'forgets the filters',
  severalGroupIds: 'all',
  // A plausible page size: no source names a number.
  groupsInExpand: 50,
  searchPopulation: 'organization',
  membershipStatus: 'of all directories',
  suspendedMembers: 'omitted',
  emailFilter: 'exact case',
  groupIdsOfUsers: 'ari',
  productsNeverUsed: 'missing',
  accountsOfApps: 'hidden',
  inviteMember: 'ignores',
  inviteWithoutRules: 'no directory',
  inviteMaximum: { groups: 10, rules: 5 },
  inviteAfterLimit: 'some',
  acceptance: 'person hidden',
  repeatedSuspend: 'conflict',
  repeatedRestore: 'bad request',
  repeatedLifecycle: 'conflict',
  membershipOfSuspended: 'refused',
  restoreAtLimit: 'refused',
  clearedProfile: 'refused',
  fieldPaths: 'json path',
  unverifiedAccounts: 'refused',
  groupText: { name: 100, description: 255, refusedCharacters: '/\\<>"' },
  managementAccess: 'sometimes absent',
  addToAdminGroup: 'refused',
  resourceForm: 'ARI',
  newGroups: { reads: 3 },
  invitations: { reads: 2 },
  suspensions: { reads: 2 },
  memberships: { reads: 2 },
  profiles: { reads: 2 },
  errorBodies: 'none',
};
