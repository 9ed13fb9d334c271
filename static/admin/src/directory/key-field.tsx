import { router } from '@forge/bridge';
import { useState } from 'react';
import type { DirectoryView } from '../../../../src/api';
import { Action } from '../parts/action';
import { TextField } from '../parts/field';
import { Message } from '../parts/message';

interface KeyFieldProps {
  readonly saved: DirectoryView;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (key: string) => void;
}

const administration = 'https://admin.atlassian.com';

/** The key, which can be replaced but never read, and what it is able to do. */
export function KeyField({ saved, value, error, onChange }: KeyFieldProps) {
  const [replacing, setReplacing] = useState(false);
  return (
    <>
      <Message tone="warning" title="This key is full organization-admin power">
        Whoever holds it can change every user and group of the organization. The app keeps it encrypted, never shows
        it, and uses it only for what a plan contains. It must be an API key <strong>without scopes</strong>: a key with
        scopes cannot write users and groups.
      </Message>
      {saved.hasKey && !replacing ? (
        <div className="stored-key">
          <span>An API key is stored. It cannot be shown.</span>
          <Action spacing="compact" onClick={() => setReplacing(true)}>
            Replace
          </Action>
        </div>
      ) : (
        <TextField
          label={saved.hasKey ? 'New API key' : 'API key'}
          type="password"
          required={!saved.hasKey}
          value={value}
          error={error}
          hint={
            <>
              Atlassian Administration, Organization settings, API keys, <b>Create API key without scopes</b>.{' '}
              <button type="button" className="text-button" onClick={() => void router.open(administration)}>
                Open Atlassian Administration
              </button>
            </>
          }
          onChange={onChange}
        />
      )}
    </>
  );
}
