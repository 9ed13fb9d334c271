import type { Run } from '../../../../src/domain/run';
import { countOf } from '../moments';
import { Message } from '../parts/message';
import { OutageNotes } from './outage-notes';
import { countProblems } from './run-words';

/** What an administrator should know about the run as a whole: failure, what was withheld, notes, what to do next. */
export function RunNotes({ run }: { run: Run }) {
  const problems = countProblems(run);
  const outages = new Set(run.outages?.map(({ message }) => message));
  const notes = (run.notes ?? []).filter((note) => !outages.has(note));
  return (
    <>
      {run.failure !== undefined && (
        <Message
          tone={run.state === 'cancelled' ? 'information' : 'danger'}
          title={run.state === 'cancelled' ? 'The run ended without a write' : 'The run failed'}
          announce
        >
          {run.failure.message}
          {run.outcomes !== undefined && run.outcomes.done > 0 && (
            <p>{countOf(run.outcomes.done, 'change')} had been applied before; the report says which.</p>
          )}
        </Message>
      )}
      {run.state === 'cancelled' && run.failure === undefined && (
        <Message tone="information" title="The run was cancelled">
          {run.outcomes === undefined || run.outcomes.done === 0
            ? 'Nothing was written to Atlassian.'
            : `${countOf(run.outcomes.done, 'change')} had been applied before it stopped; the report says which.`}
        </Message>
      )}
      {run.withheld !== undefined && run.withheld.length > 0 && (
        <Message tone="warning" title="Removals were left out of this plan">
          <p>A read was not beyond doubt, so nobody’s access is taken away where that matters:</p>
          <Sentences sentences={run.withheld} />
        </Message>
      )}
      {run.state !== 'held' && run.violations !== undefined && run.violations.length > 0 && (
        <Message
          tone="warning"
          title={
            run.kind === 'simulate'
              ? 'A full sync would be held by your safety limits'
              : 'This run was above your safety limits'
          }
        >
          <Sentences sentences={run.violations.map(({ message }) => message)} />
        </Message>
      )}
      {run.state === 'finished' && problems > 0 && (
        <Message tone="warning" title={`${countOf(problems, 'change')} could not be made`}>
          Filter the result by Failed to see each of them with its reason. The next run tries again.
        </Message>
      )}
      <OutageNotes run={run} />
      {notes.length > 0 && (
        <Message tone="information" title="Notes">
          <Sentences sentences={notes} />
        </Message>
      )}
      {run.state === 'simulated' && (
        <Message tone="success" title="This was a simulation: nothing was written">
          Look at the plan below. Apply it as it is, apply a part, or change the settings and simulate again.
        </Message>
      )}
    </>
  );
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  const [only, ...others] = sentences;
  if (only !== undefined && others.length === 0) return <p>{only}</p>;
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
