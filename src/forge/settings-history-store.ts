import type { ConnectorId } from '../domain/identity';
import type { SettingsHistory } from '../domain/settings-history';
import { changePieceRecord, deletePieceRecord, loadPieceRecord } from './piece-record';

const keyOf = (connector: ConnectorId) => `settings-history:${connector}`;
// Written by `change` from a history.
const toHistory = (stored: unknown) => (stored ?? []) as SettingsHistory;

/** What was saved in each connector's settings. */
export const settingsHistoryStore = {
  load: async (connector: ConnectorId): Promise<SettingsHistory> => toHistory(await loadPieceRecord(keyOf(connector))),

  /** Asks `next` again whenever somebody else saved in between. @throws StorageFault when that never ends */
  change: async (connector: ConnectorId, next: (before: SettingsHistory) => SettingsHistory): Promise<void> => {
    await changePieceRecord(keyOf(connector), (before) => next(toHistory(before)));
  },
};

export function deleteSettingsHistory(connector: ConnectorId): Promise<void> {
  return deletePieceRecord(keyOf(connector));
}
