import type { ConnectorSettings } from './connector';
import { SettingsError } from './errors';
import { parseSettings } from './settings/parse';

/** Settings to carry to another connector: no secret is in it, and nothing that names an Atlassian directory. */
export interface SettingsFile {
  readonly schema: 'user-group-sync-settings';
  /** Of the settings. */
  readonly version: 2;
  readonly settings: ConnectorSettings;
  /** How many of the choices that only one Atlassian directory knows are not in the file. */
  readonly leftOut: LeftOut;
}

export interface LeftOut {
  readonly productAccess: number;
  readonly alwaysAssign: number;
  readonly neverRemove: number;
}

const schemaName = 'user-group-sync-settings';

export function writeSettingsFile(settings: ConnectorSettings): SettingsFile {
  const { users, groups } = settings;
  return {
    schema: schemaName,
    version: settings.version,
    settings: {
      ...settings,
      users: { ...users, productAccess: [] },
      groups: { ...groups, alwaysAssign: [], neverRemove: [] },
    },
    leftOut: {
      productAccess: users.productAccess.length,
      alwaysAssign: groups.alwaysAssign.length,
      neverRemove: groups.neverRemove.length,
    },
  };
}

/**
 * Settings out of a file, of this version or an older one, checked like any others. They switch nothing on: a new connector
 * comes with its schedule off; over an existing one (`into`) both switches stay as they are, and so does what names its
 * Atlassian directory. Throws `SettingsError` with the field `file` for what is no such file, else with the path of the setting.
 */
export function readSettingsFile(
  file: unknown,
  into?: ConnectorSettings,
): { readonly settings: ConnectorSettings; readonly notes: readonly string[] } {
  const given = parseSettings(openFile(file));
  const own = into ?? { users: { productAccess: [] }, groups: { alwaysAssign: [], neverRemove: [] } };
  const { alwaysAssign, neverRemove } = own.groups;
  const settings: ConnectorSettings = {
    ...given,
    enabled: into?.enabled ?? true,
    users: { ...given.users, productAccess: own.users.productAccess },
    groups: { ...given.groups, alwaysAssign, neverRemove },
    schedule: { ...given.schedule, enabled: into?.schedule.enabled ?? false },
  };
  const leftOut = isFields(file) ? file['leftOut'] : undefined;
  return { settings, notes: into === undefined ? describeLeftOut(leftOut) : [] };
}

function openFile(file: unknown): unknown {
  const settings = isFields(file) && file['schema'] === schemaName ? file['settings'] : undefined;
  if (!isFields(file) || !isFields(settings)) {
    throw new SettingsError('file', 'This is no file of settings: choose one that Export has made.');
  }
  const { version } = settings;
  if (typeof version !== 'number' || file['version'] !== version) {
    throw new SettingsError('file', 'The file does not say of which version its settings are: export them again.');
  }
  if (version > 2) {
    throw new SettingsError('file', 'The file was made by a newer version of the app: update this one first.');
  }
  return settings;
}

function describeLeftOut(leftOut: unknown): readonly string[] {
  const counts = isFields(leftOut) ? leftOut : {};
  const tell = (name: keyof LeftOut, what: string) =>
    typeof counts[name] === 'number' && counts[name] > 0
      ? [`${what} belong to one Atlassian directory and are not in the file: choose them again.`]
      : [];
  return [
    ...tell('productAccess', 'The products that new accounts get'),
    ...tell('alwaysAssign', 'The groups that are always assigned'),
    ...tell('neverRemove', 'The groups that nobody is removed from'),
  ];
}

function isFields(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
