import type { Explanation, ExplainedPerson } from '../../../../../src/domain/explanation';
import type { Progress } from '../../../../../src/domain/run';
import { ChoiceList } from '../../explain/choice-list';
import { ExplainProgress } from '../../explain/explain-progress';
import { StepPath } from '../../explain/step-path';
import '../../explain/explain.css';
import { formatNear } from '../../moments';
import { Badge, Message } from '../../parts/message';
import { personOperations } from '../../run/operations';
import { selectPreviewed } from './preview-settings';

interface PreviewResultProps {
  /** Absent while it is read. */
  readonly result: Explanation | undefined;
  readonly progress: Progress | undefined;
  readonly outdated: boolean;
  readonly onChoose: (user: string) => void;
}

export function PreviewResult({ result, progress, outdated, onChoose }: PreviewResultProps) {
  switch (result?.kind) {
    case undefined:
      return <ExplainProgress progress={progress} />;
    case 'nobody':
      return (
        <Message tone="warning" title="Nobody was found" announce>
          {result.message}
        </Message>
      );
    case 'several':
      return <ChoiceList choices={result.choices} onChoose={onChoose} />;
    case 'person':
      return <Previewed person={result.person} readAt={result.readAt} outdated={outdated} />;
  }
}

interface PreviewedProps {
  readonly person: ExplainedPerson;
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly outdated: boolean;
}

function Previewed({ person, readAt, outdated }: PreviewedProps) {
  const { operation } = person;
  const words = operation === 'not-concerned' ? undefined : personOperations[operation];
  return (
    <div
      className={outdated ? 'previewed previewed-before' : 'previewed'}
      role="region"
      aria-label={`Preview of ${person.name}`}
    >
      <div className="previewed-head" role="status">
        <span className="strong">{person.name}</span>
        <span className="subtle">{[person.username, person.email].filter(Boolean).join(' · ')}</span>
        <Badge tone={words?.tone ?? 'neutral'}>{words?.text ?? 'Not concerned'}</Badge>
        <p>{person.reason}</p>
        <p className="subtle small">As read {formatNear(readAt, Date.now())}</p>
      </div>
      <StepPath steps={selectPreviewed(person.steps)} />
    </div>
  );
}
