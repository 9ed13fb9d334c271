import type { ExplainStep } from '../../../../src/domain/explanation';
import { StepDetails } from './step-details';
import { markWords, stepWords } from './step-words';

/** The way of a person through the plan: from the realm at the top to the limits at the bottom. */
export function StepPath({ steps }: { steps: readonly ExplainStep[] }) {
  return (
    <ol className="step-path" aria-label="Steps">
      {steps.map((step) => {
        const { title, Icon } = stepWords[step.kind];
        return (
          <li key={step.kind} className={`step step-${step.mark}`}>
            <span className="step-sign" aria-hidden="true">
              <Icon label="" />
            </span>
            <div className="step-body">
              <h3>
                {title} <span className="visually-hidden">({markWords[step.mark]})</span>
              </h3>
              <p className="step-sentence">{step.sentence}</p>
              <StepDetails step={step} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
