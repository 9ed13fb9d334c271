import { storage } from './storage';

const key = 'directory';

/** Which organization and directory is written to. The key lies in secret storage. */
export interface DirectorySettings {
  readonly orgId: string;
  readonly orgName: string;
  readonly directoryId: string;
  readonly directoryName: string;
  readonly keyOwner?: string;
  /** ISO date. */
  readonly keyExpiresOn?: string;
}

export const directorySettingsStore = {
  load: (): Promise<DirectorySettings | undefined> => storage.get<DirectorySettings>(key),
  save: (settings: DirectorySettings): Promise<void> => storage.set(key, settings),
};
