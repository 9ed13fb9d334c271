import type { SettingsFile } from '../../../../src/domain/settings-file';
import { downloadText, nameFile } from '../download';

/** The name of the downloaded file, for example `settings-acme.json`. */
export function nameSettingsFile({ settings }: Pick<SettingsFile, 'settings'>): string {
  return nameFile(['settings', settings.name.toLowerCase()], 'json');
}

/** Hands settings to the browser as a file. */
export function downloadSettings(file: SettingsFile): void {
  downloadText(nameSettingsFile(file), JSON.stringify(file, undefined, 2));
}
