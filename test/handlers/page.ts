import type { Api, FunctionKey, Result } from '../../src/api';
import { createOrganization, type Organization } from '../../dev/atlassian/organization';
import type { Flow } from '../sync/flow';

export const personEmail = 'somebody@example.com';
export const productAdminEmail = 'product.admin@example.com';

/** Fills the organization with somebody who is no administrator, and one of the products alone. */
export function addCallers(organization: Organization): void {
  organization.addAccount({ email: personEmail, name: 'Somebody' });
  organization.addAccount({
    email: productAdminEmail,
    name: 'Product Admin',
    productAdmin: ['jira', 'confluence'],
  });
}

/** The account id behind an address. */
export function idOf(flow: Flow, email: string): string {
  const account = flow.organization.account(email);
  if (account === undefined) throw new Error(`nobody has the address ${email}`);
  return account.id;
}

/** What the page gets, refusals included. */
export async function ask<Key extends FunctionKey>(
  flow: Flow,
  key: Key,
  payload: Api[Key]['payload'],
  accountId: string | undefined = flow.admin,
): Promise<Result<Api[Key]['value']>> {
  return flow.stage.call(key, payload, accountId);
}

/** The code of a refusal, `served` for a value. */
export function verdict(answer: Result<unknown>): string {
  return answer.ok ? 'served' : answer.error.code;
}

/** A payload for every function, the most powerful where a function has several. */
export type Payloads = { readonly [Key in FunctionKey]: Api[Key]['payload'] };

/** Payloads that each function serves to an organization administrator while a full run of the flow is held. */
export async function payloadsWithHeldRun(flow: Flow): Promise<Payloads> {
  const { connectorId, organization } = flow;
  const shown = await flow.run('simulate');
  const one = { kind: 'part', kinds: ['invite'], users: [flow.person(0).id] } as const;
  const first = { runId: shown.id, planHash: shown.planHash ?? '', reason: '', selection: one } as const;
  const done = await flow.call('applyPlan', first).then(({ runId }) => flow.settle(runId));
  const run = await flow.run('full');
  if (run.state !== 'held' || run.planHash === undefined) throw new Error(`the run is ${run.state}, not held`);
  const { settings, revision } = await flow.call('getConnector', { connectorId });
  const { surveyId } = await flow.call('startSurvey', { connectorId });
  const { explainId } = await flow.call('startExplain', { connectorId, user: 'somebody' });
  const elsewhere = { ...settings, keycloak: { ...settings.keycloak, url: 'https://elsewhere.example.test' } };
  return {
    getMe: undefined,
    listConnectors: undefined,
    getConnector: { connectorId },
    getDefaults: undefined,
    saveConnector: { connectorId, revision, settings },
    setEnabled: { connectorId, enabled: false },
    listSettingsHistory: { connectorId },
    restoreSettings: { connectorId, revision, entry: '1' },
    exportSettings: { connectorId },
    importSettings: { connectorId, revision, file: await flow.call('exportSettings', { connectorId }) },
    cloneConnector: { connectorId },
    deleteConnector: { connectorId },
    testConnector: { connectorId },
    previewSchedule: { cron: '0 2 * * *', timeZone: 'UTC' },
    getDirectory: undefined,
    findOrganizations: {},
    saveDirectory: { orgId: organization.id, directoryId: organization.directoryId() },
    testDirectory: undefined,
    startSurvey: { connectorId, settings: elsewhere },
    getSurvey: { surveyId },
    startExplain: { connectorId, user: 'somebody' },
    getExplanation: { explainId },
    syncUser: { connectorId, user: 'somebody', kind: 'full', suspend: true },
    adoptGroup: { connectorId, sourceGroupId: 'a', groupId: 'b', mode: 'add-only' },
    confirmMatches: { connectorId, matches: [{ user: 'f:ldap:somebody', accountId: '5b10:a|b' }] },
    releaseAccount: { connectorId, user: flow.person(0).id },
    restoreSuspended: { connectorId, kind: 'full' },
    acceptOutage: { connectorId, federation: 'ldap' },
    releaseGroup: { connectorId, sourceGroupId: 'a' },
    takeOwnership: { connectorId, user: flow.person(0).id },
    listSuspended: { connectorId },
    exportLinks: { connectorId },
    importLinks: { connectorId, file: await flow.call('exportLinks', { connectorId }) },
    startRun: { connectorId, kind: 'full' },
    listRuns: {},
    getRun: { runId: run.id },
    getReport: { runId: run.id, part: 0 },
    cancelRun: { runId: run.id },
    approveRun: { runId: run.id, planHash: run.planHash, reason: 'as expected' },
    rejectRun: { runId: run.id, reason: 'not yet' },
    applyPlan: { ...first, selection: { kind: 'all' } },
    undoRun: { runId: done.id, kind: 'full' },
  };
}

/** Another organization behind its own key, in which only these are administrators. */
export function otherOrganization(key: string, admins: readonly { readonly id: string; readonly email: string }[]) {
  const organization = createOrganization({ name: 'Organization elsewhere', key, verifiedDomains: ['example.net'] });
  for (const { id, email } of admins) {
    organization.addAccount({ id, email, name: 'Admin elsewhere', platformRoles: ['atlassian/org-admin'] });
  }
  return organization;
}

/** A sentence with this in it. */
export const mention = (text: string): unknown => expect.stringContaining(text);
