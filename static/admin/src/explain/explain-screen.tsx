import { useRef, useState } from 'react';
import type { Explanation } from '../../../../src/domain/explanation';
import { useConnectors } from '../page-data';
import { Action } from '../parts/action';
import { Message } from '../parts/message';
import { PageHeader } from '../parts/page-header';
import { ChoiceList } from './choice-list';
import { ExplainProgress } from './explain-progress';
import { Outcome } from './outcome';
import { SearchForm } from './search-form';
import { StepPath } from './step-path';
import { useExplanation } from './use-explanation';
import './explain.css';

/** *Explain a user*: who is asked for, what the next sync does with this person, and each step that leads there. */
export default function ExplainScreen({ connectorId, user }: { connectorId: string; user?: string | undefined }) {
  const [asked, setAsked] = useState(user ?? '');
  const last = useRef(user ?? '');
  const explaining = useExplanation(connectorId, user);
  const name = useConnectors().data?.find(({ id }) => id === connectorId)?.name;
  const ask = (text: string) => {
    last.current = text.trim();
    setAsked(text);
    explaining.ask(last.current);
  };
  const { reading, failure, result, progress } = explaining;
  return (
    <>
      <PageHeader
        title="Explain a user"
        path={[{ text: 'User & Group Sync', to: { screen: 'connectors' } }]}
        description={`What a sync${name === undefined ? '' : ` of ${name}`} does with one person at this moment, and why. Nothing is written.`}
      />
      <SearchForm value={asked} onChange={setAsked} onAsk={ask} busy={reading} />
      {reading && <ExplainProgress progress={progress} />}
      {!reading && failure !== undefined && (
        <Message
          tone="danger"
          title="The person could not be explained"
          announce
          actions={
            <Action spacing="compact" onClick={() => ask(last.current)}>
              Try again
            </Action>
          }
        >
          {failure}
        </Message>
      )}
      {!reading && failure === undefined && result !== undefined && (
        <Answer connectorId={connectorId} result={result} onAsk={ask} />
      )}
    </>
  );
}

interface AnswerProps {
  readonly connectorId: string;
  readonly result: Explanation;
  readonly onAsk: (user: string) => void;
}

function Answer({ connectorId, result, onAsk }: AnswerProps) {
  switch (result.kind) {
    case 'nobody':
      return (
        <Message tone="warning" title="Nobody was found" announce>
          {result.message}
        </Message>
      );
    case 'several':
      return <ChoiceList choices={result.choices} onChoose={onAsk} />;
    case 'person':
      return (
        <div className="explained" role="region" aria-label={`Explanation of ${result.person.name}`}>
          <Outcome
            key={result.person.user}
            connectorId={connectorId}
            person={result.person}
            readAt={result.readAt}
            onAgain={() => onAsk(result.person.user)}
          />
          <StepPath steps={result.person.steps} />
        </div>
      );
  }
}
