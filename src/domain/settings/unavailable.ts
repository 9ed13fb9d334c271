import type { ConnectorSettings } from '../connector';
import { SettingsError } from '../errors';

/** Settings that have a place but no meaning yet: any other value than the default would be promised and not done. */
const notYet: readonly (readonly [string, (settings: ConnectorSettings) => unknown, unknown])[] = [
  ['users.relinkAttribute', (settings) => settings.users.relinkAttribute ?? null, null],
  ['groups.alwaysAssign', (settings) => settings.groups.alwaysAssign, []],
];

/** Throws `SettingsError` for a setting that this version of the app cannot follow. */
export function refuseUnavailable(settings: ConnectorSettings): void {
  for (const [field, read, only] of notYet) {
    if (JSON.stringify(read(settings)) === JSON.stringify(only)) continue;
    throw new SettingsError(
      field,
      'This version of the app cannot follow this setting yet: leave it as it is in a new connector.',
    );
  }
}
