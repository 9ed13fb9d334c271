import { compileExpression, isTooLarge } from './expression';

/** Whether a text holds a match, in time that grows with the text alone. */
export type TextTest = (text: string) => boolean;

/** An RE2 expression, unanchored; `undefined` when it is none that can be used. */
export function compileRegex(pattern: string): TextTest | undefined {
  const compiled = compileExpression(pattern);
  return compiled && ((text) => compiled.matcher(text).find());
}

/** Why a pattern cannot be used, a sentence; `undefined` when it can. */
export function describeInvalidPattern(pattern: string): string | undefined {
  if (isTooLarge(pattern)) {
    return 'This regular expression is too large: use fewer and smaller counts in braces.';
  }
  if (compileExpression(pattern) !== undefined) return undefined;
  // What other engines offer and one in linear time cannot: look-around and references back.
  const isBeyond = /\(\?[=!]|\(\?<[=!]|\\[1-9]|\\k</.test(pattern);
  return isBeyond
    ? 'Look-around and references back are not supported in regular expressions: write the rule without them.'
    : 'This is no regular expression: check its brackets and backslashes.';
}
