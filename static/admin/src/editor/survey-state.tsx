import Spinner from '@atlaskit/spinner';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { formatNear } from '../moments';
import { Action } from '../parts/action';
import { Message } from '../parts/message';
import { useEditor } from './editor-context';

/** Shows its children once the realm was surveyed; before, says what is missing or how far it is. */
export function SurveyGate({ children }: { children: ReactNode }) {
  const { connectorId, hasSecret, survey } = useEditor();
  const ready = connectorId !== undefined && hasSecret;
  const { found, reading, failure, start } = survey;
  useEffect(() => {
    if (ready && found === undefined && !reading && failure === undefined) start();
    // Once for each tab that needs it: a failed survey is repeated by hand.
  }, [ready]);

  if (!ready) {
    return (
      <Message tone="information" title="Save the connector first">
        Groups, e-mail domains and counts are read from the realm. Fill in the tab Keycloak and choose Save and Test
        Connection; then they can be chosen here.
      </Message>
    );
  }
  return (
    <>
      <SurveyLine />
      {found !== undefined && children}
    </>
  );
}

/** Shows its children once the realm was surveyed, below a gate that says how far that is. */
export function OnceSurveyed({ children }: { children: ReactNode }) {
  const { connectorId, hasSecret, survey } = useEditor();
  return connectorId !== undefined && hasSecret && survey.found !== undefined && <>{children}</>;
}

function SurveyLine() {
  const { found, reading, progress, failure, refused, outdated, start } = useEditor().survey;
  if (failure !== undefined) {
    return (
      <Message
        tone={refused ? 'warning' : 'danger'}
        title={refused ? 'Nothing is counted with these settings' : 'The realm could not be read'}
        announce
        actions={
          <Action spacing="compact" onClick={start}>
            Try again
          </Action>
        }
      >
        {failure}
      </Message>
    );
  }
  return (
    <div className="survey-line" role="status">
      {reading ? (
        <>
          <Spinner size="small" />
          <span>
            Reading the realm …{' '}
            {progress !== undefined && (
              <span className="number">
                {progress.done.toLocaleString('en')}
                {progress.total !== undefined && ` of ${progress.total.toLocaleString('en')}`} {progress.what}
              </span>
            )}
          </span>
        </>
      ) : (
        <>
          <span className="subtle">
            Read from the realm {found?.readAt === undefined ? '' : formatNear(found.readAt, Date.now())}
            {outdated && ', with other settings'}
          </span>
          <Action spacing="compact" appearance={outdated ? 'default' : 'subtle'} onClick={start}>
            {outdated ? 'Count again' : 'Read again'}
          </Action>
        </>
      )}
    </div>
  );
}
