import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Api } from '../../../../src/api';
import { call } from '../app-calls';
import { showDone } from '../flags';
import { dataKey, useConnectors } from '../page-data';
import { Field } from '../parts/field';
import { LoadFailed } from '../parts/loading';
import { ImportedDialog } from './imported-dialog';
import { SettingsDialog } from './settings-dialog';
import { parseSettingsFile } from './settings-upload';

/** Takes over settings from a file, as a new connector or in the place of the settings of one. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const data = useQueryClient();
  const connectors = useConnectors().data ?? [];
  const [file, setFile] = useState<File>();
  const [into, setInto] = useState('');
  const [imported, setImported] = useState<Api['importSettings']['value']>();
  const targetId = useId();
  const target = useQuery({
    queryKey: dataKey('getConnector', `${into} to import into`),
    queryFn: () => call('getConnector', { connectorId: into }),
    enabled: into !== '',
    staleTime: 0,
  });
  if (imported !== undefined) return <ImportedDialog imported={imported} onClose={onClose} />;
  const waiting = into !== '' && target.data === undefined ? 'The connector is being loaded.' : undefined;
  return (
    <SettingsDialog
      subject={`${file?.name ?? ''} ${file?.lastModified ?? 0} ${into}`}
      title="Import settings"
      confirm="Import"
      offersSecret={into === ''}
      disabledBecause={file === undefined ? 'Choose a file first.' : waiting}
      send={async (answers) => {
        const content = parseSettingsFile((await file?.text()) ?? '');
        const place = target.data === undefined ? {} : { connectorId: target.data.id, revision: target.data.revision };
        const result = await call('importSettings', { ...answers, file: content, ...place });
        await data.invalidateQueries();
        showDone(`Imported ${result.connector.settings.name}`);
        setImported(result);
      }}
      onClose={onClose}
    >
      <Field label="File" hint="One that Export settings has made. It holds no secrets.">
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
          />
        )}
      </Field>
      <div className="field">
        <label htmlFor={targetId}>Into</label>
        <select
          id={targetId}
          className="select"
          value={into}
          onChange={({ currentTarget }) => setInto(currentTarget.value)}
        >
          <option value="">A new connector, with its schedule off</option>
          {connectors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}, in the place of its settings
            </option>
          ))}
        </select>
      </div>
      {target.isError && <LoadFailed what="the connector" error={target.error} onRetry={() => void target.refetch()} />}
    </SettingsDialog>
  );
}
