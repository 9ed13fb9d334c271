import type { Connector } from '../domain/connector';
import type { ConnectorId } from '../domain/identity';
import { migrateStored } from '../domain/settings/migrate';
import { deleteLinks } from './link-store';
import { deleteMemory } from './memory-store';
import { createRecord, deleteRecord, loadRecord, saveRecord } from './records';
import { secrets } from './secrets';
import { deleteSettingsHistory } from './settings-history-store';

const listKey = 'connectors';
const keyOf = (id: ConnectorId) => `connector:${id}`;
const tries = 10;

/** Saved connectors; a row's fence is the connector's revision. */
export const connectorStore = {
  list: async (): Promise<readonly Connector[]> => {
    const ids = (await loadRecord<readonly ConnectorId[]>(listKey))?.value ?? [];
    const connectors: Connector[] = [];
    for (const id of ids) {
      const connector = await connectorStore.load(id);
      if (connector !== undefined) connectors.push(connector);
    }
    return connectors;
  },

  load: async (id: ConnectorId): Promise<Connector | undefined> => {
    const stored = (await loadRecord<Connector>(keyOf(id)))?.value;
    return stored && { ...stored, settings: migrateStored(stored.settings) };
  },

  create: async (connector: Connector): Promise<void> => {
    await createRecord(keyOf(connector.id), connector, connector.revision);
    await changeList((ids) => [...ids.filter((id) => id !== connector.id), connector.id]);
  },

  /** Replaces the revision before; `false` when somebody else saved meanwhile. */
  save: (connector: Connector): Promise<boolean> =>
    saveRecord({
      key: keyOf(connector.id),
      value: connector,
      ifFence: connector.revision - 1,
      fence: connector.revision,
    }),

  /** Forgets the connector with its secret. Nothing in Atlassian changes. */
  delete: async (id: ConnectorId): Promise<void> => {
    await changeList((ids) => ids.filter((each) => each !== id));
    await secrets.deleteClientSecret(id);
    await deleteRecord(keyOf(id));
    await deleteLinks(id);
    await deleteMemory(id);
    await deleteSettingsHistory(id);
  },
};
export type ConnectorRecords = typeof connectorStore;

async function changeList(change: (ids: readonly ConnectorId[]) => readonly ConnectorId[]): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await loadRecord<readonly ConnectorId[]>(listKey);
    const value = change(stored?.value ?? []);
    const saved =
      stored === undefined
        ? await createRecord(listKey, value)
        : await saveRecord({ key: listKey, value, ifFence: stored.fence, fence: stored.fence + 1 });
    if (saved) return;
  }
  throw new Error('the list of connectors is written by too many at once');
}
