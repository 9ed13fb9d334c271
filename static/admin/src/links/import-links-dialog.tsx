import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectorSummary } from '../../../../src/api';
import type { LinksFile } from '../../../../src/domain/links-file';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { formatCount } from '../moments';
import { useNavigation } from '../navigation';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { Field, FieldError } from '../parts/field';
import { Message } from '../parts/message';
import { FileFacts } from './file-facts';
import { cutLinksFile } from './links-parts';
import { parseLinksFile } from './links-upload';
import { describeImported } from './links-words';
import { nothingSent, sendLinks } from './send-links';

interface ImportLinksDialogProps {
  readonly connector: Pick<ConnectorSummary, 'id' | 'name' | 'realm' | 'host'>;
  readonly onClose: () => void;
}

/** Gives a connector the links of a file to look at, and shows by a simulation which of them it can take. */
export function ImportLinksDialog({ connector, onClose }: ImportLinksDialogProps) {
  const { id, name } = connector;
  const { go } = useNavigation();
  const data = useQueryClient();
  const [sent, setSent] = useState(nothingSent);
  const reading = useMutation({
    mutationFn: async (file: File | undefined) => (file === undefined ? undefined : parseLinksFile(await file.text())),
  });
  const importing = useMutation({
    mutationFn: async (file: LinksFile) => {
      const send = (part: LinksFile) => call('importLinks', { connectorId: id, file: part });
      const { taken } = await sendLinks(cutLinksFile(file), sent, send, setSent);
      const { runId } = await call('startRun', { connectorId: id, kind: 'simulate' });
      return { taken, runId };
    },
    onSuccess: async ({ taken, runId }) => {
      await data.invalidateQueries({ queryKey: dataKey('listConnectors') });
      showDone(`${describeImported(taken)} to look at`, 'The simulation shows which of them become links.');
      onClose();
      go({ screen: 'run', runId });
    },
  });
  const file = reading.data;
  const all = sent.done > 0 && sent.done === sent.parts;
  const empty = file !== undefined && file.accounts.length + file.groups.length === 0;
  return (
    <Dialog
      title={`Import links into ${name}`}
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>{sent.done > 0 ? 'Close' : 'Cancel'}</Action>
          <Action
            appearance="primary"
            busy={importing.isPending}
            disabledBecause={
              file === undefined ? 'Choose a file first.' : empty ? 'There is nothing in this file.' : undefined
            }
            onClick={() => file !== undefined && importing.mutate(file)}
          >
            {all ? 'Simulate' : sent.done > 0 ? 'Continue the import' : 'Import and simulate'}
          </Action>
        </>
      }
    >
      <Field
        label="File"
        hint="One that Export links has made. It holds no secrets."
        error={reading.isError ? messageOf(reading.error) : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,application/json"
            disabled={importing.isPending}
            onChange={({ currentTarget }) => {
              setSent(nothingSent);
              importing.reset();
              reading.mutate(currentTarget.files?.[0]);
            }}
          />
        )}
      </Field>
      {file !== undefined && <FileFacts file={file} connector={connector} />}
      {importing.isPending && sent.parts > 1 && (
        <p className="subtle number" role="status">
          {formatCount(sent.done)} of {formatCount(sent.parts)} parts sent.
        </p>
      )}
      {importing.isError && sent.done === 0 && <FieldError message={messageOf(importing.error)} />}
      {importing.isError && sent.done > 0 && (
        <Message tone="warning" title={all ? 'Imported, but not simulated' : 'Not all of it is imported'} announce>
          The next run looks at {describeImported(sent.taken)} of this file. {messageOf(importing.error)}{' '}
          {!all && 'Continue, or import the file again another time: nothing is taken twice.'}
        </Message>
      )}
    </Dialog>
  );
}
