import type { ReactNode } from 'react';
import type { DirectoryView, OrganizationChoice } from '../../../../src/api';
import { Choice } from '../parts/choice';
import { Message } from '../parts/message';

export interface Chosen {
  readonly orgId: string;
  readonly directoryId?: string;
}

/** An organization with its directory where there is only one; of several an administrator chooses. */
export function chooseOrganization({ orgId, directories }: OrganizationChoice): Chosen {
  const [directory, ...others] = directories;
  return directory === undefined || others.length > 0 ? { orgId } : { orgId, directoryId: directory.directoryId };
}

interface DirectoryChoiceProps {
  readonly saved: DirectoryView;
  readonly found: readonly OrganizationChoice[] | undefined;
  readonly chosen: Chosen | undefined;
  readonly onChange: (chosen: Chosen | undefined) => void;
  readonly action: ReactNode;
}

/** Organization and directory, chosen from what the key can see. */
export function DirectoryChoice({ saved, found, chosen, onChange, action }: DirectoryChoiceProps) {
  const organization = found?.find(({ orgId }) => orgId === chosen?.orgId);
  return (
    <>
      {found === undefined ? (
        saved.configured ? (
          <dl className="facts">
            <dt>Organization</dt>
            <dd>{saved.orgName ?? saved.orgId}</dd>
            <dt>Directory</dt>
            <dd>{saved.directoryName ?? saved.directoryId}</dd>
          </dl>
        ) : (
          <p className="subtle">Ask Atlassian what the key can see, then choose.</p>
        )
      ) : found.length === 0 ? (
        <Message tone="warning" title="The key sees no organization">
          Create the key as an organization administrator, without scopes.
        </Message>
      ) : (
        <>
          <Choice
            legend="Organization"
            value={chosen?.orgId ?? ''}
            options={found.map(({ orgId, name }) => ({ value: orgId, label: name }))}
            onChange={(orgId) => {
              const choice = found.find((other) => other.orgId === orgId);
              onChange(choice === undefined ? undefined : chooseOrganization(choice));
            }}
          />
          {organization !== undefined && (
            <Choice
              legend="Directory"
              value={chosen?.directoryId ?? ''}
              options={organization.directories.map(({ directoryId, name }) => ({ value: directoryId, label: name }))}
              onChange={(directoryId) => onChange({ orgId: organization.orgId, directoryId })}
            />
          )}
          {saved.configured && chosen?.directoryId !== undefined && chosen.directoryId !== saved.directoryId && (
            <Message tone="warning" title="Another directory than the stored one">
              Links to accounts and groups belong to a directory. In another one, connectors begin from nothing.
            </Message>
          )}
        </>
      )}
      {action}
    </>
  );
}
