import type { SettingsFile } from '../../../../src/domain/settings-file';
import { downloadText, shortName } from '../run/report-download';

/** The name of the downloaded file, for example `settings-acme.json`. */
export function nameSettingsFile({ settings }: Pick<SettingsFile, 'settings'>): string {
  return `${['settings', shortName(settings.name)].filter(Boolean).join('-')}.json`;
}

/** Hands settings to the browser as a file. */
export function downloadSettings(file: SettingsFile): void {
  downloadText(nameSettingsFile(file), JSON.stringify(file, undefined, 2));
}
