import type { Api } from '../../../../src/api';
import { useNavigation } from '../navigation';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';

interface ImportedDialogProps {
  readonly imported: Api['importSettings']['value'];
  readonly onClose: () => void;
}

/** What is still to be chosen after an import. */
export function ImportedDialog({ imported: { connector, notes }, onClose }: ImportedDialogProps) {
  const { go } = useNavigation();
  return (
    <Dialog
      title={`Imported ${connector.settings.name}`}
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>Close</Action>
          <Action
            appearance="primary"
            onClick={() => {
              onClose();
              go({ screen: 'editor', connectorId: connector.id, tab: 'keycloak' });
            }}
          >
            Open the connector
          </Action>
        </>
      }
    >
      <p>Open the connector and choose Save and Test Connection before its next run.</p>
      {!connector.hasSecret && <p>It has no client secret yet: enter it there.</p>}
      {notes.length > 0 && (
        <ul className="plain-steps">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
