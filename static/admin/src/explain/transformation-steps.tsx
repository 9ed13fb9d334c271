import type { TransformationStep } from '../../../../src/domain/explanation';
import { findSeenSteps } from './seen-steps';

interface TransformationStepsProps {
  /** What the text is before the first of them; absent where there is none. */
  readonly before?: string | undefined;
  readonly steps: readonly TransformationStep[];
}

/** A text on its way through transformations, each with what it gives. Nothing where none of them shows. */
export function TransformationSteps({ before, steps }: TransformationStepsProps) {
  const seen = findSeenSteps(before, steps);
  if (before === undefined || seen.length === 0) return null;
  return (
    <ol className="transformations" aria-label="Transformations">
      <li>
        <span className="subtle">Before</span>
        <ShownText text={before} />
      </li>
      {seen.map(({ transformation, after }, index) => (
        // The same transformation may stand there twice.
        <li key={index}>
          <span className="subtle">{transformation}</span>
          {after === undefined ? <em className="subtle">not found</em> : <ShownText text={after} />}
        </li>
      ))}
    </ol>
  );
}

/** A text with its blanks; an empty one is said to be empty. */
function ShownText({ text }: { text: string }) {
  return text === '' ? <em className="subtle">empty</em> : <span className="shown-text">{text}</span>;
}
