import { asUser, route } from '@forge/api';
import * as v from 'valibot';

const jiraAnswer = v.object({ globalPermissions: v.array(v.string()) });
const confluenceAnswer = v.object({
  operations: v.array(v.object({ operation: v.string(), targetType: v.string() })),
});

/**
 * Whether the caller administers the product in which the page is open. Asked as the caller, on the server, each time; any
 * doubt is a no. (Jira: POST /permissions/check; Confluence: the user's operations.)
 */
export async function isProductAdmin(moduleKey: string | undefined): Promise<boolean> {
  try {
    return moduleKey?.startsWith('confluence') === true ? await isConfluenceAdmin() : await isJiraAdmin();
  } catch {
    return false;
  }
}

async function isJiraAdmin(): Promise<boolean> {
  const answer = await asUser().requestJira(route`/rest/api/3/permissions/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ globalPermissions: ['ADMINISTER'] }),
  });
  if (answer.status !== 200) return false;
  const parsed = v.safeParse(jiraAnswer, JSON.parse(await answer.text()));
  return parsed.success && parsed.output.globalPermissions.includes('ADMINISTER');
}

async function isConfluenceAdmin(): Promise<boolean> {
  const answer = await asUser().requestConfluence(route`/wiki/rest/api/user/current?expand=operations`, {
    headers: { accept: 'application/json' },
  });
  if (answer.status !== 200) return false;
  const parsed = v.safeParse(confluenceAnswer, JSON.parse(await answer.text()));
  return (
    parsed.success &&
    parsed.output.operations.some(
      ({ operation, targetType }) => operation === 'administer' && targetType === 'application',
    )
  );
}
