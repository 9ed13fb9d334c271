import type { Expression } from './expression';

/** A replacement that was not carried through: the text is too long for it, or it would look at the text too often. */
export const gaveUp = Symbol('gave up');

/** Longer texts are no names. */
export const longestSearched = 10_000;

/**
 * How often all searches together may look at each character. One search takes linear time, and so do many that go on where the
 * last one ended; but one that looks to the end of the text for every match it makes near its beginning, as `x*y|x` does, would
 * take quadratic time.
 */
const looks = 8;

/**
 * Replaces every match; `$1` to `$9` and `$0` in the replacement stand for its groups. `undefined` where there is none. The time
 * grows with the text and the size of the expression alone.
 */
export function replaceMatches(
  expression: Expression,
  replacement: string,
  text: string,
): string | undefined | typeof gaveUp {
  if (text.length > longestSearched) return gaveUp;
  const watched = new WatchedText(text);
  // The engine takes any String object for a string; only its types do not say so.
  const matcher = expression.matcher(watched as unknown as string);
  const parts: string[] = [];
  let end = 0;
  let left = looks * (text.length + 1);
  while (matcher.find()) {
    parts.push(text.slice(end, matcher.start()));
    parts.push(replacement.replace(/\$(\d)/g, (_, digit: string) => groupOf(matcher, Number(digit))));
    left -= watched.furthest - end;
    if (left < 0) return gaveUp;
    end = matcher.end();
    watched.furthest = end;
  }
  return parts.length === 0 ? undefined : [...parts, text.slice(end)].join('');
}

/** A text that knows how far it was read, character by character; what the engine leaves to `indexOf` is too quick to count. */
class WatchedText extends String {
  readonly #text: string;
  furthest = 0;

  constructor(text: string) {
    super(text);
    this.#text = text;
  }

  override charCodeAt(index: number): number {
    if (index > this.furthest) this.furthest = index;
    return this.#text.charCodeAt(index);
  }

  override indexOf(search: string, from?: number): number {
    return this.#text.indexOf(search, from);
  }
}

type Matcher = ReturnType<Expression['matcher']>;

/** A group that took no part in the match, or that the expression does not have, stands for nothing. */
function groupOf(matcher: Matcher, group: number): string {
  return group <= matcher.groupCount() ? (matcher.group(group) ?? '') : '';
}
