import { call } from '../app-calls';
import { showDone } from '../flags';
import { SettingsDialog } from './settings-dialog';

interface RestoreDialogProps {
  readonly connectorId: string;
  readonly name: string;
  readonly revision: number;
  readonly entry: string;
  readonly savedOn: string;
  readonly onRestored: () => Promise<void>;
  readonly onClose: () => void;
}

/** Puts settings of before in the place of those of now. */
export function RestoreDialog(props: RestoreDialogProps) {
  const { connectorId, name, revision, entry, savedOn, onRestored, onClose } = props;
  return (
    <SettingsDialog
      title={`Restore the settings of ${savedOn}?`}
      confirm="Restore"
      send={async ({ clientSecret, confirmation }) => {
        await call('restoreSettings', {
          connectorId,
          entry,
          revision,
          ...(clientSecret === undefined ? {} : { clientSecret }),
          ...(confirmation === undefined ? {} : { confirmation }),
        });
        await onRestored();
        showDone(`Restored the settings of ${name}`);
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        All settings of {name} become what they were then, also its schedule and whether it is switched on. Nothing in
        Atlassian changes before the next run. The settings of now stay in this history.
      </p>
    </SettingsDialog>
  );
}
