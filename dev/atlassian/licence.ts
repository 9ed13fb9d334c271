import type { Account, GroupRole, Workspace } from './state';
import type { Store } from './store';

const billable = ['atlassian/user', 'atlassian/admin'];

/** Workspaces with a limit whose licences the roles use up. */
export function limitedWorkspaces(store: Store, roles: readonly GroupRole[]): readonly Workspace[] {
  return store.state.workspaces.filter(
    (workspace) =>
      workspace.userLimit !== null &&
      roles.some((role) => role.resource === workspace.ari && role.roles.some((each) => billable.includes(each))),
  );
}

/** Whether every limited workspace has room for the account, or counts it already. */
export function hasRoom(store: Store, account: Account | undefined, workspaces: readonly Workspace[]): boolean {
  return workspaces.every(
    (workspace) =>
      (account !== undefined && store.usesLicence(account, workspace)) || store.freeLicences(workspace) > 0,
  );
}
