import type { SourceGroupId } from '../domain/identity';
import type { KeycloakAccess } from './access';
import { createAdminApi } from './admin-api';
import { discoverRealm } from './discovery';
import { createTokens } from './token';
import { idSchema } from './wire';

const sideBySide = 4;
/** An administrator waits for the result, in an invocation of 25 seconds. */
const timeoutMs = 2_500;

/** Which of these groups the realm does not have (any more). One call for each; throws `SourceError` at the first that fails. */
export async function findLostGroups(
  access: KeycloakAccess,
  ids: readonly SourceGroupId[],
): Promise<ReadonlySet<SourceGroupId>> {
  const { http } = access;
  const hurried: KeycloakAccess = {
    ...access,
    http: { send: (request) => http.send({ ...request, timeoutMs }) },
  };
  const { baseUrl } = await discoverRealm(hurried);
  const api = createAdminApi(hurried, baseUrl, createTokens(hurried, baseUrl));
  const lost = new Set<SourceGroupId>();
  for (let start = 0; start < ids.length; start += sideBySide) {
    const part = ids.slice(start, start + sideBySide);
    const asked = part.map((id) => api.find(`/groups/${encodeURIComponent(id)}`, idSchema));
    // All to their end, whichever fails: a request left alone would run on in a later invocation.
    await Promise.allSettled(asked);
    const found = await Promise.all(asked);
    part.forEach((id, index) => {
      if (found[index] === undefined) lost.add(id);
    });
  }
  return lost;
}
