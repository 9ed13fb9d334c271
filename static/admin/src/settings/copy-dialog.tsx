import { useQueryClient } from '@tanstack/react-query';
import type { ConnectorSummary } from '../../../../src/api';
import { call } from '../app-calls';
import { showDone } from '../flags';
import { useNavigation } from '../navigation';
import { dataKey } from '../page-data';
import { SettingsDialog } from './settings-dialog';

interface CopyDialogProps {
  readonly connector: Pick<ConnectorSummary, 'id' | 'name'>;
  readonly onClose: () => void;
}

/** Makes a connector with the same settings, and opens it. */
export function CopyDialog({ connector: { id, name }, onClose }: CopyDialogProps) {
  const { go } = useNavigation();
  const data = useQueryClient();
  return (
    <SettingsDialog
      title={`Make a copy of ${name}?`}
      confirm="Make a copy"
      offersSecret
      send={async ({ clientSecret, confirmation }) => {
        const copy = await call('cloneConnector', {
          connectorId: id,
          ...(clientSecret === undefined ? {} : { clientSecret }),
          ...(confirmation === undefined ? {} : { confirmation }),
        });
        await data.invalidateQueries({ queryKey: dataKey('listConnectors') });
        showDone(`Made ${copy.settings.name}`, 'Its schedule is off.');
        onClose();
        go({ screen: 'editor', connectorId: copy.id, tab: 'keycloak' });
      }}
      onClose={onClose}
    >
      <p>
        A new connector gets the same settings. Its schedule is off, and it owns no accounts and no groups: links are
        not copied.
      </p>
    </SettingsDialog>
  );
}
