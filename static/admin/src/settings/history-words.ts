import type { SettingsHistoryEntry } from '../../../../src/domain/settings-history';

/** Who saved. */
export function describeSaver({ by }: Pick<SettingsHistoryEntry, 'by'>, reader: string | undefined): string {
  if (by === undefined) return 'The app';
  return by === reader ? 'You' : 'An administrator';
}

/** What a save changed and how it came about, sentences; never empty. */
export function describeSave({ changes, note }: Pick<SettingsHistoryEntry, 'changes' | 'note'>): readonly string[] {
  const told = [...(note === undefined ? [] : [note]), ...changes];
  return told.length === 0 ? ['Nothing changed.'] : told;
}
