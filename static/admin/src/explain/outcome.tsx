import PersonIcon from '@atlaskit/icon/core/person';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { ExplainedPerson } from '../../../../src/domain/explanation';
import { call } from '../app-calls';
import { showFailed } from '../flags';
import { formatNear } from '../moments';
import { useNavigation } from '../navigation';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';
import { personOperations } from '../run/operations';
import { useMissingRight } from '../use-right';
import { SyncUserDialog } from './sync-user-dialog';

const TakeOwnership = lazy(async () => ({ default: (await import('../run/take-ownership')).TakeOwnership }));

interface OutcomeProps {
  readonly connectorId: string;
  readonly person: ExplainedPerson;
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly onAgain: () => void;
}

/** What comes out for the person, on top of the steps that lead to it, and what can be done about it now. */
export function Outcome({ connectorId, person, readAt, onAgain }: OutcomeProps) {
  const { go } = useNavigation();
  const refused = useMissingRight();
  const [syncing, setSyncing] = useState(false);
  const simulate = useMutation({
    mutationFn: () => call('syncUser', { connectorId, user: person.user, kind: 'simulate' }),
    onSuccess: ({ runId }) => go({ screen: 'run', runId }),
    onError: (error) => showFailed(`Could not simulate ${person.name}`, error),
  });
  const { operation } = person;
  const words = operation === 'not-concerned' ? undefined : personOperations[operation];
  const idle = words === undefined ? 'The connector does nothing with this person.' : undefined;
  return (
    <section className="card outcome" aria-labelledby="outcome-name">
      <span className="outcome-picture" aria-hidden="true">
        <PersonIcon label="" />
      </span>
      <div className="outcome-who">
        <h2 id="outcome-name">{person.name}</h2>
        <p className="subtle">{[person.username, person.email].filter(Boolean).join(' · ')}</p>
      </div>
      <div className="outcome-what" role="status">
        <Badge tone={words?.tone ?? 'neutral'}>{words?.text ?? 'Not concerned'}</Badge>
        <p>{person.reason}</p>
        {person.notes.map((note) => (
          <p key={note} className="subtle">
            {note}
          </p>
        ))}
        {person.guest !== undefined && (
          <div className="buttons">
            <Suspense>
              <TakeOwnership connectorId={connectorId} user={person.user} name={person.name} />
            </Suspense>
          </div>
        )}
      </div>
      <div className="outcome-actions">
        <div className="buttons">
          <Action busy={simulate.isPending} disabledBecause={idle} onClick={() => simulate.mutate()}>
            Simulate this user
          </Action>
          <Action appearance="primary" disabledBecause={idle ?? refused} onClick={() => setSyncing(true)}>
            Sync this user
          </Action>
        </div>
        <span className="subtle small">
          As read {formatNear(readAt, Date.now())}.{' '}
          <button type="button" className="text-button" onClick={onAgain}>
            Read again
          </button>
        </span>
      </div>
      {syncing && <SyncUserDialog connectorId={connectorId} person={person} onClose={() => setSyncing(false)} />}
    </section>
  );
}
