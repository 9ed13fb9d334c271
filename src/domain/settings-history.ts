import type { Connector, ConnectorSettings } from './connector';
import { describeSettingsChange } from './settings-change';

/** One save. */
export interface SettingsEntry {
  /** Of the connector: names the entry. */
  readonly revision: number;
  readonly at: number;
  /** Absent: the app itself. */
  readonly by?: string;
  readonly settings: ConnectorSettings;
  readonly changes: readonly string[];
  readonly note?: string;
}

/** Oldest first. */
export type SettingsHistory = readonly SettingsEntry[];

/** One save as the page tells it. */
export interface SettingsHistoryEntry {
  /** Names it for *restore*. */
  readonly entry: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Account id of who saved; absent: the app itself, as where it paused the schedule. */
  readonly by?: string;
  /** What changed against the entry before, sentences; empty where nothing did. */
  readonly changes: readonly string[];
  /** How it came about, a sentence: restored, imported, paused. */
  readonly note?: string;
  /** Whether these are the settings of now. */
  readonly current: boolean;
}

const mostEntries = 100;
/** Characters of JSON: what is kept is read and written as a whole. */
const mostText = 2_000_000;

/** The history after a save. What changed since the last entry without one (the app paused the schedule) is told as its own. */
export function recordSettings(
  history: SettingsHistory,
  before: Connector | undefined,
  after: Connector,
  note?: string,
): SettingsHistory {
  const known = before === undefined ? history : completeHistory(history, before);
  const last = known.at(-1);
  const entry: SettingsEntry = {
    revision: after.revision,
    at: after.savedAt,
    by: after.savedBy,
    settings: after.settings,
    changes: last === undefined ? [] : describeSettingsChange(last.settings, after.settings),
    ...(note === undefined ? {} : { note }),
  };
  return shorten([...known, entry]);
}

/** The history up to the settings as they are: their entry may be missing where the app changed them, or where there was no history yet. */
export function completeHistory(history: SettingsHistory, connector: Connector): SettingsHistory {
  const { revision, savedAt, savedBy, settings, pausedBecause } = connector;
  const last = history.at(-1);
  const changes = last === undefined ? [] : describeSettingsChange(last.settings, settings);
  if (last !== undefined && changes.length === 0) return history;
  // Only what an administrator does moves the time of the save.
  const byApp = last?.at === savedAt;
  const entry: SettingsEntry = {
    revision,
    at: savedAt,
    ...(byApp ? {} : { by: savedBy }),
    settings,
    changes,
    ...(pausedBecause === undefined ? {} : { note: pausedBecause }),
  };
  return [...history, entry];
}

function shorten(history: SettingsHistory): SettingsHistory {
  const kept: SettingsEntry[] = [];
  let text = 0;
  for (const entry of history.slice(-mostEntries).reverse()) {
    text += JSON.stringify(entry).length;
    if (kept.length > 0 && text > mostText) break;
    kept.push(entry);
  }
  return kept.reverse();
}

/** Newest first; `history` ends with the settings of now. */
export function tellHistory(history: SettingsHistory): readonly SettingsHistoryEntry[] {
  return history
    .map(({ revision, at, by, changes, note }, index) => ({
      entry: String(revision),
      at,
      ...(by === undefined ? {} : { by }),
      changes,
      ...(note === undefined ? {} : { note }),
      current: index === history.length - 1,
    }))
    .toReversed();
}
