import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReportRow } from '../../../../src/domain/report';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError } from '../parts/field';
import { useMissingRight } from '../use-right';

/** Lets go of an account or group: an adoption that was a mistake, or one that somebody else shall manage. */
export function ReleaseLink({ connectorId, row }: { connectorId: string; row: ReportRow }) {
  const refused = useMissingRight();
  const [asked, setAsked] = useState(false);
  const what = row.kind === 'person' ? 'account' : 'group';
  const { name } = row.row;
  const release = useMutation({
    mutationFn: () =>
      row.kind === 'person'
        ? call('releaseAccount', { connectorId, user: row.row.user })
        : call('releaseGroup', { connectorId, sourceGroupId: row.row.group }),
    onSuccess: () => {
      setAsked(false);
      showDone(`${name} is released`, 'It takes effect with the next full sync.');
    },
  });
  return (
    <>
      <Action spacing="compact" disabledBecause={refused} label={`Release ${name}`} onClick={() => setAsked(true)}>
        Release
      </Action>
      {asked && (
        <Dialog
          title={`Release the ${what} ${name}?`}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Action onClick={() => setAsked(false)}>Cancel</Action>
              <Action appearance="primary" busy={release.isPending} onClick={() => release.mutate()}>
                {`Release the ${what}`}
              </Action>
            </>
          }
        >
          <p>
            With the next full sync this connector lets go of it: from then on it is no longer managed.{' '}
            {row.kind === 'person'
              ? 'The account and its memberships stay as they are.'
              : 'The group and its members stay as they are.'}
          </p>
          {release.isError && <FieldError message={messageOf(release.error)} />}
        </Dialog>
      )}
    </>
  );
}
