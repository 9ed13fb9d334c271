import type { ConnectorSettings } from './connector';
import { SettingsError } from './errors';

/** What a save may have to come with: its error names the field. */
export interface Confirmations {
  /** Where the server, realm or client becomes another one. */
  readonly clientSecret?: string;
  /** The word `remove`, typed: where the cleanup becomes *remove*. */
  readonly confirmation?: string;
}

/**
 * Settings whose cleanup becomes *remove* are confirmed by typing that word.
 * Throws `SettingsError` `confirmation` with what it would destroy.
 */
export function checkConfirmed(
  before: ConnectorSettings | undefined,
  { cleanup }: ConnectorSettings,
  confirmation: string | undefined,
): void {
  if (cleanup.behaviour !== 'remove' || before?.cleanup.behaviour === 'remove') return;
  if (confirmation?.trim() === 'remove') return;
  throw new SettingsError(
    'confirmation',
    'Remove takes the accounts of people who left out of the directory, and their roles and the groups given by hand are lost: type "remove" to confirm.',
  );
}
