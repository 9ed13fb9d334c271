import { noGroups } from '../group-set';
import { defaultSettings, type ConnectorSettings } from '../connector';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Settings of an older version as ones of today that mean the same; what is no such thing comes back as it is, for the schema to refuse.
 * What version 1 could not say gets its default.
 */
export function migrateSettings(input: unknown): unknown {
  if (!isFields(input) || input['version'] !== 1) return input;
  const { users, groups, cleanup } = defaultSettings;
  return {
    ...input,
    version: defaultSettings.version,
    enabled: true,
    scope: migrateScope(input['scope']),
    users: extend(users, input['users']),
    groups: extend(groups, migrateGroups(input['groups'])),
    cleanup: extend(cleanup, input['cleanup']),
    approval: extend(defaultSettings.approval, input['approval']),
  };
}

/** The same for settings that this app stored itself, after checking them. */
export function migrateStored(settings: ConnectorSettings): ConnectorSettings {
  // Version 1 was checked by the schema of its time, so that what comes out is whole.
  return migrateSettings(settings) as ConnectorSettings;
}

function migrateScope(scope: unknown): unknown {
  if (!isFields(scope) || scope['kind'] !== 'groups') return scope;
  const { groupIds, subGroups } = scope;
  return { kind: 'groups', include: { groupIds, rules: [] }, exclude: noGroups, match: 'any', subGroups };
}

function migrateGroups(groups: unknown): unknown {
  const selection = isFields(groups) ? groups['selection'] : undefined;
  if (!isFields(groups) || !isFields(selection) || selection['kind'] !== 'chosen') return groups;
  return { ...groups, selection: { kind: 'chosen', include: { groupIds: selection['groupIds'], rules: [] } } };
}

/** Only defaults of fields that version 1 had not: one that was left out of its settings stays left out. */
function extend(defaults: object, given: unknown): unknown {
  if (given === undefined && 'fourEyes' in defaults) return defaults;
  if (!isFields(given)) return given;
  const added = Object.entries(defaults).filter(([name]) => addedSince.has(name));
  return { ...Object.fromEntries(added), ...given };
}

const addedSince: ReadonlySet<string> = new Set([
  ...['mapping', 'updateName', 'updateEmail', 'updateProfile'],
  ...['exclude', 'naming', 'subGroups', 'alwaysAssign', 'neverRemove'],
  'graceDays',
]);

function isFields(input: unknown): input is Fields {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
