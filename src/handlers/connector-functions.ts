import * as v from 'valibot';
import { defaultSettings } from '../domain/connector';
import { SettingsError } from '../domain/errors';
import { nextTimes, describeSchedule, parseSchedule } from '../domain/schedule';
import { isInquiry } from '../domain/run';
import { endHeldRun } from '../sync/decide-held';
import { loadConnector, summarizeConnector, viewConnector } from './connector-view';
import type { FunctionTable } from './function-table';
import { clientSecret, id, nothing, settings, text } from './payloads';
import { probePicked } from './probe-groups';
import { createConnector, keepBaseUrl, replaceConnector } from './save-connector';

export const connectorFunctions: FunctionTable<
  | 'listConnectors'
  | 'getConnector'
  | 'getDefaults'
  | 'saveConnector'
  | 'deleteConnector'
  | 'testConnector'
  | 'previewSchedule'
> = {
  listConnectors: {
    needs: 'product administrator',
    payload: nothing,
    run: async (admin) => {
      const connectors = await admin.connectors.list();
      return Promise.all(connectors.map((connector) => summarizeConnector(admin, connector)));
    },
  },
  getConnector: {
    needs: 'product administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => viewConnector(admin, await loadConnector(admin, payload.connectorId)),
  },
  getDefaults: {
    needs: 'product administrator',
    payload: nothing,
    run: () => Promise.resolve(defaultSettings),
  },
  saveConnector: {
    needs: 'organization administrator',
    payload: v.object({
      connectorId: v.optional(id),
      revision: v.optional(v.pipe(v.number(), v.integer())),
      settings,
      clientSecret: v.optional(clientSecret),
      confirmation: v.optional(text(200)),
    }),
    run: async (admin, payload, caller) =>
      viewConnector(
        admin,
        payload.connectorId === undefined
          ? await createConnector(admin, payload, caller.accountId)
          : await replaceConnector(admin, await loadConnector(admin, payload.connectorId), payload, caller.accountId),
      ),
  },
  deleteConnector: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const open = (await admin.world.runs.listOpen()).filter(({ connectorId: of }) => of === connector.id);
      if (open.some(({ state, kind }) => state !== 'held' && !isInquiry(kind))) {
        throw new SettingsError('', 'A run of this connector is in progress: cancel it, then delete the connector.');
      }
      for (const run of open) {
        if (run.state !== 'held') continue;
        await endHeldRun(admin.world, run, {
          code: 'connector-deleted',
          message: 'The connector was deleted while this run was held. Nothing was changed.',
        });
      }
      await admin.connectors.delete(connector.id);
      return null;
    },
  },
  testConnector: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const secret = await admin.secrets.loadClientSecret(connector.id, connector.settings.keycloak);
      if (secret === undefined) throw new SettingsError('clientSecret', 'Enter the client secret, then test again.');
      const { probes, baseUrl } = await admin.probeKeycloak(connector, secret);
      if (baseUrl !== undefined && baseUrl !== connector.baseUrl) {
        // Refused when somebody saved meanwhile: then it was found for settings that are no more.
        await admin.connectors.save(keepBaseUrl(connector, baseUrl));
      }
      return [...probes, ...(await probePicked(admin, connector, secret, probes))];
    },
  },
  previewSchedule: {
    needs: 'product administrator',
    payload: v.object({ cron: text(200), timeZone: text(100) }),
    run: (admin, payload) => {
      const schedule = parseSchedule(payload.cron, payload.timeZone);
      return Promise.resolve({ times: nextTimes(schedule, admin.world.now(), 5), words: describeSchedule(schedule) });
    },
  },
};
