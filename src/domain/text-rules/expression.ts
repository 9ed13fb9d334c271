import { RE2JS } from 're2js';
import { estimateProgram, largestProgram } from './program-size';

/** A compiled RE2 expression: one search takes time that grows with the text alone. */
export type Expression = RE2JS;

/** `undefined` when the pattern is no RE2 expression, or a larger one than names need. */
export function compileExpression(pattern: string): Expression | undefined {
  if (isTooLarge(pattern)) return undefined;
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Whether a pattern would fill memory and time when it is compiled, valid or not. */
export function isTooLarge(pattern: string): boolean {
  return estimateProgram(pattern) > largestProgram;
}
