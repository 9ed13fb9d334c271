import { leaveDirectory } from '../organization';
import { Refusal } from '../refusal';
import { noContent, param, writeDirectory, type Call, type Route } from '../route';
import type { Account, DirectoryEntry } from '../state';

const base = '/admin/v2/orgs/:orgId/directories/:directoryId/users/:accountId';

interface Place {
  readonly account: Account;
  readonly directoryId: string;
  readonly entry: DirectoryEntry;
}

function placeOf(call: Call): Place {
  const directoryId = writeDirectory(call).id;
  const account = call.store.account(param(call, 'accountId'));
  const entry = account?.directories[directoryId];
  if (!account || !entry || account.invitation === 'hidden') throw new Refusal(404, 'ADMIN-404-8', 'User not found');
  return { account, directoryId, entry };
}

function answerRepeated(answer: 'no content' | 'conflict' | 'bad request', title: string): Response {
  if (answer === 'conflict') throw new Refusal(409, 'ADMIN-UAM-409-2', title);
  if (answer === 'bad request') throw new Refusal(400, 'ADMIN-UAM-400-1', title);
  return noContent();
}

function setStatus(call: Call, place: Place, status: 'active' | 'suspended'): Response {
  const { store } = call;
  store.lag.delayEntry(place.account.id, place.directoryId, place.entry, store.doubts.suspensions);
  place.entry.status = status;
  place.entry.changedBy = 'api';
  return noContent();
}

function suspend(call: Call): Response {
  const place = placeOf(call);
  if (place.entry.status === 'suspended')
    return answerRepeated(call.store.doubts.repeatedSuspend, 'User is suspended already');
  return setStatus(call, place, 'suspended');
}

function restore(call: Call): Response {
  const { store } = call;
  const place = placeOf(call);
  if (place.entry.status === 'active') return answerRepeated(store.doubts.repeatedRestore, 'User is not suspended');
  if (store.doubts.restoreAtLimit === 'refused') {
    const limited = store.state.workspaces.filter(
      (workspace) => workspace.directoryId === place.directoryId && workspace.userLimit !== null,
    );
    for (const workspace of limited) {
      place.entry.status = 'active';
      const fits = !store.usesLicence(place.account, workspace) || store.freeLicences(workspace) >= 0;
      place.entry.status = 'suspended';
      if (!fits) throw new Refusal(409, 'ADMIN-UAM-409-3', 'User limit exceeded');
    }
  }
  return setStatus(call, place, 'active');
}

function remove(call: Call): Response {
  const { store } = call;
  const { account, directoryId, entry } = placeOf(call);
  store.lag.delayEntry(account.id, directoryId, entry, store.doubts.suspensions);
  for (const groupId of store.groupIdsOf(account.id))
    if (store.group(groupId)?.directoryId === directoryId)
      store.lag.delayMember(account.id, groupId, true, store.doubts.memberships);
  leaveDirectory(store, account, directoryId);
  return noContent();
}

export const userStateRoutes: readonly Route[] = [
  { method: 'POST', path: `${base}/suspend`, family: 'v2-write', handle: suspend },
  { method: 'POST', path: `${base}/restore`, family: 'v2-write', handle: restore },
  { method: 'DELETE', path: base, family: 'v2-write', handle: remove },
];
