import * as v from 'valibot';
import { SettingsError } from '../domain/errors';
import type { Explanation } from '../domain/explanation';
import { runId, sourceUserId } from '../domain/identity';
import { startRun } from '../sync/start-run';
import { work } from '../sync/step';
import { loadConnector } from './connector-view';
import { NotFound, type FunctionTable } from './function-table';
import { id, settings, text } from './payloads';
import { needToRead } from './run-functions';

/** What an administrator may type: longer than any address, user name or id of Keycloak. */
const asked = text(512);

export const explainFunctions: FunctionTable<'startExplain' | 'getExplanation' | 'syncUser'> = {
  startExplain: {
    needs: needToRead,
    payload: v.object({ connectorId: id, user: asked, settings: v.optional(settings) }),
    run: async (admin, payload, caller) => {
      const asks = payload.user.trim();
      if (asks === '') throw new SettingsError('user', 'Enter a user name, an e-mail address or an id.');
      const explainId = await startRun(admin.world, {
        connector: await loadConnector(admin, payload.connectorId),
        kind: 'explain',
        startedBy: { kind: 'person', accountId: caller.accountId },
        asks,
        ...(payload.settings === undefined ? {} : { settings: payload.settings }),
      });
      return { explainId };
    },
  },
  getExplanation: {
    needs: 'product administrator',
    payload: v.object({ explainId: id }),
    run: async (admin, payload) => {
      const run = await admin.world.runs.load(runId(payload.explainId));
      if (run?.kind !== 'explain') throw new NotFound('This explanation does not exist any more: ask again.');
      if (run.state === 'failed' || run.state === 'cancelled') {
        return { state: 'failed', message: run.failure?.message ?? 'The reading ended early: ask again.' };
      }
      const result = await admin.world.work.load<Explanation>(run.id, work.explanation);
      if (run.state === 'finished' && result !== undefined) return { state: 'done', result };
      return { state: 'reading', ...(run.progress === undefined ? {} : { progress: run.progress }) };
    },
  },
  syncUser: {
    needs: (_admin, payload) => (payload.kind === 'full' ? 'organization administrator' : 'product administrator'),
    payload: v.object({
      connectorId: id,
      user: v.pipe(asked, v.nonEmpty()),
      kind: v.picklist(['simulate', 'full']),
      suspend: v.optional(v.boolean()),
    }),
    run: async (admin, payload, caller) => {
      const connector = await loadConnector(admin, payload.connectorId);
      if ((await admin.secrets.loadClientSecret(connector.id, connector.settings.keycloak)) === undefined) {
        throw new SettingsError('clientSecret', 'Enter the client secret of the connector first.');
      }
      const started = await startRun(admin.world, {
        connector,
        kind: payload.kind,
        startedBy: { kind: 'person', accountId: caller.accountId },
        only: { user: sourceUserId(payload.user), suspend: payload.suspend === true },
      });
      return { runId: started };
    },
  },
};
