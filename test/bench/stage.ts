import { setTimeout as wait } from 'node:timers/promises';
import { createOrganization } from '../../dev/atlassian/organization';
import { sampleClientId } from '../../dev/keycloak/realms';
import { keycloakAddress, openStage, type Stage } from '../../dev/stage';
import { ensureBundle } from '../../dev/tooling/bundle';
import { defaultSettings, type Scope } from '../../src/domain/connector';
import type { Run } from '../../src/domain/run';
import type { Result } from '../../src/api';

const key = 'bench-organization-key';
export const benchSecret = 'bench-client-secret';

export interface BenchStage extends Stage {
  readonly admin: string;
  readonly connectorId: string;
}

/** The bundle between an organization that shows writes at once and any Keycloak, with one connector to a realm. */
export async function openBenchStage(options: {
  readonly keycloakUrl: string;
  readonly realm: string;
  /** The whole realm unless said. */
  readonly scope?: Scope;
}): Promise<BenchStage> {
  const organization = createOrganization({ key, verifiedDomains: ['example.com'] });
  organization.addAccount({
    email: 'boss@example.com',
    platformRoles: ['atlassian/org-admin'],
    productAdmin: ['jira'],
  });
  const admin = organization.account('boss@example.com')?.id ?? '';
  const stage = await openStage({
    app: { bundlePath: await ensureBundle() },
    atlassian: { organization, recordAnswers: false },
    keycloakUrl: options.keycloakUrl,
    ratesEnforced: false,
  });
  stage.platform.egress.approve(keycloakAddress);
  take(
    await stage.call('saveDirectory', { key, orgId: organization.id, directoryId: organization.directoryId() }, admin),
  );
  const settings = {
    ...defaultSettings,
    name: 'Bench',
    keycloak: { url: keycloakAddress, realm: options.realm, clientId: sampleClientId },
    scope: options.scope ?? defaultSettings.scope,
    users: {
      ...defaultSettings.users,
      emailDomains: ['example.com'],
      productAccess: [{ resource: organization.resource('jira'), role: 'atlassian/user' }],
    },
    limits: 'first-load' as const,
  };
  const connector = take(await stage.call('saveConnector', { settings, clientSecret: benchSecret }, admin));
  return { ...stage, admin, connectorId: connector.id };
}

/** Starts a run (or a survey, which reads and stops) and drives it to its end. */
export async function runToRest(stage: BenchStage, kind: 'survey' | 'simulate' | 'full'): Promise<Run> {
  const { connectorId, admin } = stage;
  const runId =
    kind === 'survey'
      ? take(await stage.call('startSurvey', { connectorId }, admin)).surveyId
      : take(await stage.call('startRun', { connectorId, kind }, admin)).runId;
  for (;;) {
    while ((await stage.platform.deliverNext()) !== undefined);
    const run = take(await stage.call('getRun', { runId }, admin));
    if (run.state === 'failed' || run.state === 'held') {
      throw new Error(run.failure?.message ?? run.violations?.map(({ message }) => message).join(' ') ?? run.state);
    }
    if (run.state === 'finished' || run.state === 'simulated') return run;
    await wait(50);
  }
}

export function take<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
