import type { TransformationStep } from '../../../../src/domain/explanation';

/** The transformations that there is something to see of: those that changed the text, and those that found nothing. */
export function findSeenSteps(
  before: string | undefined,
  steps: readonly TransformationStep[],
): readonly TransformationStep[] {
  let text = before;
  return steps.filter(({ after }) => {
    const isSeen = after === undefined || after !== text;
    text = after ?? text;
    return isSeen;
  });
}
