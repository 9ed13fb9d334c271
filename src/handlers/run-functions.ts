import * as v from 'valibot';
import { groupModes } from '../domain/group-mode';
import { isDeepStrictEqual } from 'node:util';
import type { ConnectorSettings } from '../domain/connector';
import { adoptGroup } from '../domain/choices';
import { SettingsError } from '../domain/errors';
import { connectorId, groupId, runId, sourceGroupId } from '../domain/identity';
import type { ReportRow } from '../domain/report';
import { listAttributes } from '../domain/source-attributes';
import type { SurveyResult } from '../domain/survey';
import { cancelRun } from '../sync/decide-held';
import { startRun } from '../sync/start-run';
import { work } from '../sync/step';
import type { AdminWorld } from './admin-world';
import type { Need } from './access';
import { loadConnector } from './connector-view';
import { NotFound, type FunctionTable } from './function-table';
import { id, settings } from './payloads';

const runsShown = 100;

export const runFunctions: FunctionTable<
  'startRun' | 'listRuns' | 'getRun' | 'getReport' | 'cancelRun' | 'startSurvey' | 'getSurvey' | 'adoptGroup'
> = {
  startRun: {
    needs: (admin, payload) => (payload.kind === 'full' ? 'organization administrator' : needToRead(admin, payload)),
    payload: v.object({ connectorId: id, kind: v.picklist(['simulate', 'full']), settings: v.optional(settings) }),
    run: async (admin, payload, caller) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const { keycloak } = payload.settings ?? connector.settings;
      if ((await admin.secrets.loadClientSecret(connector.id, keycloak)) === undefined) {
        throw new SettingsError('clientSecret', 'Enter the client secret of the connector first.');
      }
      const started = await startRun(admin.world, {
        connector,
        kind: payload.kind,
        startedBy: { kind: 'person', accountId: caller.accountId },
        ...(payload.settings === undefined ? {} : { settings: payload.settings }),
      });
      return { runId: started };
    },
  },
  listRuns: {
    needs: 'product administrator',
    payload: v.object({ connectorId: v.optional(id) }),
    run: (admin, payload) =>
      admin.world.runs.list(
        runsShown,
        payload.connectorId === undefined ? undefined : connectorId(payload.connectorId),
      ),
  },
  getRun: {
    needs: 'product administrator',
    payload: v.object({ runId: id }),
    run: (admin, payload) => loadRun(admin, payload.runId),
  },
  getReport: {
    needs: 'product administrator',
    payload: v.object({ runId: id, part: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)) }),
    run: async (admin, payload) => {
      const rows = await admin.world.work.load<readonly ReportRow[]>(runId(payload.runId), work.report(payload.part));
      if (rows === undefined) throw new NotFound('This part of the report does not exist.');
      return rows;
    },
  },
  cancelRun: {
    needs: 'organization administrator',
    payload: v.object({ runId: id }),
    run: async (admin, payload, caller) => {
      await cancelRun(admin.world, runId(payload.runId), caller.accountId);
      return null;
    },
  },
  startSurvey: {
    needs: needToRead,
    payload: v.object({ connectorId: id, settings: v.optional(settings) }),
    run: async (admin, payload, caller) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const started = await startRun(admin.world, {
        connector,
        kind: 'survey',
        startedBy: { kind: 'person', accountId: caller.accountId },
        ...(payload.settings === undefined ? {} : { settings: payload.settings }),
      });
      return { surveyId: started };
    },
  },
  getSurvey: {
    needs: 'product administrator',
    payload: v.object({ surveyId: id }),
    run: async (admin, payload) => {
      const run = await loadRun(admin, payload.surveyId);
      if (run.kind !== 'survey') throw new NotFound('This is no survey: start one again.');
      if (run.state === 'failed' || run.state === 'cancelled') {
        return { state: 'failed', message: run.failure?.message ?? 'The survey ended early: start it again.' };
      }
      const result = await admin.world.work.load<SurveyResult>(run.id, work.survey);
      if (run.state === 'finished' && result !== undefined) return { state: 'done', result };
      return { state: 'reading', ...(run.progress === undefined ? {} : { progress: run.progress }) };
    },
  },
  adoptGroup: {
    needs: 'organization administrator',
    payload: v.object({
      connectorId: id,
      sourceGroupId: id,
      groupId: id,
      mode: v.optional(v.picklist(groupModes)),
    }),
    run: async (admin, payload, caller) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const group = sourceGroupId(payload.sourceGroupId);
      const { mode } = payload;
      const chosen = { sourceGroupId: group, groupId: groupId(payload.groupId), by: caller.accountId };
      const adoption = mode === undefined ? undefined : { ...chosen, mode, at: admin.world.now() };
      await admin.world.links.changeChoices(connector.id, (choices) => adoptGroup(choices, group, adoption));
      return null;
    },
  },
};

export async function loadRun(admin: AdminWorld, given: string) {
  const run = await admin.world.runs.load(runId(given));
  if (run === undefined) throw new NotFound('This run does not exist any more.');
  return run;
}

/**
 * The stored client secret goes where the saved settings say, and fetches of people's attributes those that they name. Sending it
 * anywhere else, for example to another server with unsaved settings, or after more of what Keycloak knows about people, is as much as
 * saving them.
 */
export async function needToRead(
  admin: AdminWorld,
  payload: { readonly connectorId: string; readonly settings?: ConnectorSettings },
): Promise<Need> {
  if (payload.settings === undefined) return 'product administrator';
  const { settings } = await loadConnector(admin, payload.connectorId);
  const named = new Set(listAttributes(settings));
  const isNoMore = listAttributes(payload.settings).every((name) => named.has(name));
  return isNoMore && isDeepStrictEqual(settings.keycloak, payload.settings.keycloak)
    ? 'product administrator'
    : 'organization administrator';
}
