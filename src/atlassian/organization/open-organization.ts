import type { DirectoryRef } from '../../domain/identity';
import type { Secret } from '../../domain/secret';
import type { HttpClient } from '../../http/http';
import type { Budget, Directory } from '../../sync/ports';
import { readRestored, removeAccount, restoreAccount, suspendAccount } from './account-state';
import { updateEmail } from './account-email';
import { updateProfile } from './account-profile';
import { openConnection } from './connection';
import { createGroup, findGroups } from './group-creation';
import { invite } from './invitation';
import type { InviteLimits } from './invitation-acceptance';
import { addMember, removeMember } from './membership';
import { createPace } from './pace';
import { readDirectory } from './reading';
import type { DirectoryScope } from './scope';
import { directoryPath } from './scope';
import { lookUpAccounts } from './search';

export interface OrganizationParts {
  readonly ref: DirectoryRef;
  /** The organization API key, without scopes. */
  readonly key: Secret;
  readonly http: HttpClient;
  readonly budget: Budget;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Calls at once while nobody asks to slow down; 4 unless told. */
  readonly concurrency?: number;
}

/** The Atlassian organization as a directory, through its API key. Throws `DirectoryError` `not-configured` for no concrete directory. */
export function openOrganization(parts: OrganizationParts): Directory {
  const { ref, budget, now, sleep } = parts;
  const pace = createPace(parts.concurrency ?? 4, sleep);
  const connection = openConnection({ http: parts.http, key: parts.key, pace });
  const scope: DirectoryScope = { ref, path: directoryPath(ref), connection, budget, now, sleep };
  const limits: InviteLimits = { groups: Number.POSITIVE_INFINITY };
  return {
    ref,
    read: (reading, report) => readDirectory(scope, reading, report),
    lookUp: (emails) => lookUpAccounts(scope, emails),
    invite: (invitation, save) => invite(scope, limits, invitation, save),
    createGroup: (name, mark) => createGroup(scope, name, mark),
    findGroups: (names) => findGroups(scope, names),
    addMember: (group, account) => addMember(scope, group, account),
    removeMember: (group, account) => removeMember(scope, group, account),
    suspend: (account) => suspendAccount(scope, account),
    restore: (account) => restoreAccount(scope, account),
    readRestored: (account) => readRestored(scope, account),
    removeAccount: (account) => removeAccount(scope, account),
    updateProfile: (account, profile) => updateProfile(scope, account, profile),
    updateEmail: (account, addresses) => updateEmail(scope, account, addresses),
  };
}
