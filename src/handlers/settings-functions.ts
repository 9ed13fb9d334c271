import * as v from 'valibot';
import { identifyClient } from '../domain/client-identity';
import type { Connector, ConnectorSettings } from '../domain/connector';
import { SettingsError } from '../domain/errors';
import { parseSettings } from '../domain/settings/parse';
import { readSettingsFile, writeSettingsFile } from '../domain/settings-file';
import { completeHistory, tellHistory } from '../domain/settings-history';
import type { AdminWorld } from './admin-world';
import { loadConnector, viewConnector } from './connector-view';
import { NotFound, type FunctionTable } from './function-table';
import { clientSecret, id, text } from './payloads';
import { createConnector, replaceConnector } from './save-connector';

const confirmations = { clientSecret: v.optional(clientSecret), confirmation: v.optional(text(200)) };
const revision = v.pipe(v.number(), v.integer());
const longestName = 100;

/** Settings as data: their history, files, copies and the main switch. Each change is a save like any other. */
export const settingsFunctions: FunctionTable<
  'setEnabled' | 'listSettingsHistory' | 'restoreSettings' | 'exportSettings' | 'importSettings' | 'cloneConnector'
> = {
  setEnabled: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id, enabled: v.boolean() }),
    run: async (admin, { connectorId, enabled }, { accountId }) => {
      const before = await loadConnector(admin, connectorId);
      if (before.settings.enabled === enabled) return viewConnector(admin, before);
      const edit = { settings: { ...before.settings, enabled }, revision: before.revision };
      return viewConnector(admin, await replaceConnector(admin, before, edit, accountId));
    },
  },
  listSettingsHistory: {
    needs: 'product administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) =>
      tellHistory(await loadHistory(admin, await loadConnector(admin, payload.connectorId))),
  },
  restoreSettings: {
    needs: 'organization administrator',
    payload: v.object({ ...confirmations, connectorId: id, entry: id, revision }),
    run: async (admin, { connectorId, entry, ...edit }, { accountId }) => {
      const connector = await loadConnector(admin, connectorId);
      const found = (await loadHistory(admin, connector)).find((each) => String(each.revision) === entry);
      if (found === undefined) throw new NotFound('These settings are not in the history any more: reload the page.');
      const note = `Restored what was saved on ${new Date(found.at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
      const restored = { ...edit, settings: parseSettings(found.settings), note };
      return viewConnector(admin, await replaceConnector(admin, connector, restored, accountId));
    },
  },
  exportSettings: {
    needs: 'product administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => writeSettingsFile((await loadConnector(admin, payload.connectorId)).settings),
  },
  importSettings: {
    needs: 'organization administrator',
    payload: v.object({
      ...confirmations,
      file: v.unknown(),
      connectorId: v.optional(id),
      revision: v.optional(revision),
      rebind: v.optional(v.boolean()),
    }),
    run: async (admin, { file, connectorId, rebind, ...edit }, { accountId }) => {
      const before = connectorId === undefined ? undefined : await loadConnector(admin, connectorId);
      const { settings, notes } = readSettingsFile(file, before?.settings);
      if (before !== undefined && rebind !== true) checkSameClient(before.settings, settings);
      const imported = { ...edit, settings, note: 'Imported from a file.' };
      const connector =
        before === undefined
          ? await createConnector(admin, imported, accountId)
          : await replaceConnector(admin, before, imported, accountId);
      return { connector: await viewConnector(admin, connector), notes };
    },
  },
  cloneConnector: {
    needs: 'organization administrator',
    payload: v.object({ ...confirmations, connectorId: id }),
    run: async (admin, { connectorId, ...edit }, { accountId }) => {
      const { settings } = await loadConnector(admin, connectorId);
      const copy: ConnectorSettings = {
        ...settings,
        name: `Copy of ${settings.name}`.slice(0, longestName).trim(),
        schedule: { ...settings.schedule, enabled: false },
      };
      const note = `Copied from ${settings.name}.`;
      return viewConnector(admin, await createConnector(admin, { ...edit, settings: copy, note }, accountId));
    },
  },
};

async function loadHistory(admin: AdminWorld, connector: Connector) {
  return completeHistory(await admin.settingsHistory.load(connector.id), connector);
}

/** Throws `SettingsError` `rebind`: the links of a connector belong to one realm. */
function checkSameClient({ keycloak: now }: ConnectorSettings, { keycloak: next }: ConnectorSettings): void {
  if (identifyClient(now) === identifyClient(next)) return;
  throw new SettingsError(
    'rebind',
    `The file reads the realm "${next.realm}" of ${next.url} with the client "${next.clientId}", and this connector reads another one: confirm that it shall read that one from now on.`,
  );
}
