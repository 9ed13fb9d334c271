import ChevronIcon from '@atlaskit/icon/core/chevron-right';
import type { PersonChoice } from '../../../../src/domain/explanation';
import { Badge } from '../parts/message';
import { personStates } from './person-states';

/** Several people fit: one of them is chosen. */
export function ChoiceList({
  choices,
  onChoose,
}: {
  choices: readonly PersonChoice[];
  onChoose: (user: string) => void;
}) {
  return (
    <section className="card" aria-labelledby="explain-choices">
      <div className="card-header" role="status">
        <h2 id="explain-choices">{choices.length} people fit: choose one</h2>
      </div>
      <ul className="explain-choices">
        {choices.map((choice) => (
          <li key={choice.user}>
            <button type="button" onClick={() => onChoose(choice.user)}>
              <span className="explain-choice-who">
                <span className="strong">{choice.name}</span>
                <span className="subtle">{[choice.username, choice.email].filter(Boolean).join(' · ')}</span>
                <span className="subtle small explain-id">{choice.user}</span>
              </span>
              <Badge tone={personStates[choice.state].tone}>{personStates[choice.state].text}</Badge>
              <ChevronIcon label="" color="var(--ds-icon-subtle)" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
