import { RE2JS } from 're2js';

/** Whether a text holds a match, in time that grows with the text alone. */
export type TextTest = (text: string) => boolean;

/** An RE2 expression, unanchored; `undefined` when it is none. */
export function compileRegex(pattern: string): TextTest | undefined {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}

/** Why a pattern cannot be used, a sentence; `undefined` when it can. */
export function describeInvalidPattern(pattern: string): string | undefined {
  if (compileRegex(pattern) !== undefined) return undefined;
  // What other engines offer and one in linear time cannot: look-around and references back.
  const isBeyond = /\(\?[=!]|\(\?<[=!]|\\[1-9]|\\k</.test(pattern);
  return isBeyond
    ? 'Look-around and references back are not supported in regular expressions: write the rule without them.'
    : 'This is no regular expression: check its brackets and backslashes.';
}
