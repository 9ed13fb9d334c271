import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DirectoryView, OrganizationChoice } from '../../../../src/api';
import { AppError, call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { TextField } from '../parts/field';
import { LoadFailed, Skeleton } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { ProbeList } from '../parts/probe-list';
import { Message } from '../parts/message';
import { useMissingRight } from '../use-right';
import type { Chosen } from './directory-choice';
import { chooseOrganization, DirectoryChoice } from './directory-choice';
import { KeyField } from './key-field';
import './directory.css';

/** Where the sync writes: the key, its owner and expiry, the organization and the directory. */
export default function DirectoryScreen() {
  const directory = useQuery({
    queryKey: dataKey('getDirectory'),
    queryFn: () => call('getDirectory'),
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <PageHeader
        title="Atlassian directory"
        path={[{ text: 'User & Group Sync', to: { screen: 'connectors' } }]}
        description="Where all connectors write accounts, groups and memberships. One organization for one installation of the app."
      />
      {directory.isPending ? (
        <Skeleton rows={5} what="the Atlassian directory" />
      ) : directory.isError ? (
        <LoadFailed what="the Atlassian directory" error={directory.error} onRetry={() => void directory.refetch()} />
      ) : (
        <DirectoryForm saved={directory.data} />
      )}
    </>
  );
}

function DirectoryForm({ saved }: { saved: DirectoryView }) {
  const data = useQueryClient();
  const missingRight = useMissingRight();
  const [key, setKey] = useState('');
  const [keyOwner, setKeyOwner] = useState(saved.keyOwner ?? '');
  const [keyExpiresOn, setKeyExpiresOn] = useState(saved.keyExpiresOn ?? '');
  const [chosen, setChosen] = useState<Chosen | undefined>(
    saved.orgId === undefined || saved.directoryId === undefined
      ? undefined
      : { orgId: saved.orgId, directoryId: saved.directoryId },
  );
  const keyGiven = key.trim() === '' ? {} : { key: key.trim() };
  // A new key proves the right of its owner by itself; without one the stored key has to.
  const refused = key.trim() === '' ? (saved.hasKey ? missingRight : 'Paste an API key first.') : undefined;

  const find = useMutation({
    mutationFn: () => call('findOrganizations', keyGiven),
    onSuccess: (found) => setChosen((old) => old ?? onlyChoice(found)),
  });
  const test = useMutation({ mutationFn: () => call('testDirectory') });
  const save = useMutation({
    mutationFn: (choice: Required<Chosen>) =>
      call('saveDirectory', {
        ...choice,
        ...keyGiven,
        ...(keyOwner.trim() === '' ? {} : { keyOwner: keyOwner.trim() }),
        ...(keyExpiresOn === '' ? {} : { keyExpiresOn }),
      }),
    onSuccess: async (view) => {
      setKey('');
      data.setQueryData(dataKey('getDirectory'), view);
      await data.invalidateQueries();
      showDone('Saved the Atlassian directory');
      test.mutate();
    },
  });
  const failure = find.error ?? save.error ?? test.error;
  const errorOf = (field: string) =>
    failure instanceof AppError && failure.field === field ? failure.message : undefined;

  return (
    <div className="directory-form">
      {saved.keyWarning !== undefined && (
        <Message tone="warning" title={saved.keyWarning}>
          Create a new key in Atlassian Administration, paste it here and save. Runs stop when the key expires; nothing
          is lost.
        </Message>
      )}
      <section className="card directory-part">
        <h2>API key</h2>
        <KeyField saved={saved} value={key} error={errorOf('key')} onChange={setKey} />
        <div className="field-pair">
          <TextField
            label="Owner of the key"
            value={keyOwner}
            error={errorOf('keyOwner')}
            hint="The account that created it. The sync never touches it."
            onChange={setKeyOwner}
          />
          <TextField
            label="Expiry date"
            type="date"
            value={keyExpiresOn}
            error={errorOf('keyExpiresOn')}
            hint="As shown when it was created. You are warned 30, 14, 7 and 1 days before."
            onChange={setKeyExpiresOn}
          />
        </div>
      </section>
      <section className="card directory-part">
        <h2>Organization and directory</h2>
        <DirectoryChoice
          saved={saved}
          found={find.data}
          chosen={chosen}
          onChange={setChosen}
          action={
            <Action busy={find.isPending} disabledBecause={refused} onClick={() => find.mutate()}>
              Find organizations
            </Action>
          }
        />
      </section>
      {failure !== null && (
        <Message tone="danger" title="That did not work" announce>
          {messageOf(failure)}
        </Message>
      )}
      <div className="buttons directory-actions">
        <Action
          appearance="primary"
          busy={save.isPending}
          disabledBecause={
            refused ?? (chosen?.directoryId === undefined ? 'Choose an organization and a directory first.' : undefined)
          }
          onClick={() => {
            if (chosen?.directoryId !== undefined) {
              save.mutate({ orgId: chosen.orgId, directoryId: chosen.directoryId });
            }
          }}
        >
          Save
        </Action>
        <Action
          busy={test.isPending}
          disabledBecause={saved.configured ? missingRight : 'Save the directory first.'}
          onClick={() => test.mutate()}
        >
          Test
        </Action>
      </div>
      {test.data !== undefined && <ProbeList title="Directory test" probes={test.data} />}
    </div>
  );
}

/** What leaves no choice is chosen: the only organization, and its only directory. */
function onlyChoice([organization, ...others]: readonly OrganizationChoice[]): Chosen | undefined {
  return organization === undefined || others.length > 0 ? undefined : chooseOrganization(organization);
}
