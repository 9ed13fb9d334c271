/** Patterns are written by hand; none that is read by people is longer. */
export const longestPattern = 1000;

/** Instructions of a compiled expression: each costs memory, and time for every character of every text. */
export const largestProgram = 2000;

/** The engine takes no larger count in braces. */
const largestCount = 1000;

/** A quoted text, flags, a class, the head of a group, a count, or any one character with what is escaped. */
const token =
  /\\Q(?<quoted>[^]*?)(?:\\E|$)|(?<flags>\(\?[a-zA-Z-]*\))|(?<head>\((?:\?(?:P?<\w*>|[a-zA-Z-]*:?))?)|\{(?<least>\d+)(?<more>,(?<most>\d*))?\}|\\[pPx]\{[^}]*\}|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[^]/gu;

/**
 * How many instructions an expression has at most when it is compiled, from its text alone: counts in braces repeat what stands
 * before them, so that a few characters can fill the memory before a compiled size could be asked for.
 */
export function estimateProgram(pattern: string): number {
  if (pattern.length > longestPattern) return Infinity;
  const open: number[] = [];
  let sum = 0;
  let last = 0;
  const add = (size: number) => {
    sum += size;
    last = size;
  };
  for (const { 0: text, groups = {} } of pattern.matchAll(token)) {
    const { quoted, flags, head, least, more, most = '' } = groups;
    // A count behind flags repeats what stands before them.
    if (flags !== undefined) continue;
    if (quoted !== undefined) {
      sum += quoted.length;
      last = 1;
    } else if (head !== undefined) {
      open.push(sum);
      // Where a group that is kept begins and ends.
      sum = head === '(' || head.endsWith('>') ? 2 : 0;
    } else if (least !== undefined) {
      const copies = Math.max(Number(least), Number(most));
      if (copies > largestCount) return Infinity;
      sum -= last;
      // A copy that may be left out, and one that may come again, needs a branch.
      add(more === undefined ? last * copies : (last + 1) * copies + (most === '' ? last + 1 : 0));
    } else if (text === ')') {
      const inside = sum;
      sum = open.pop() ?? 0;
      add(inside);
    } else if (text === '*' || text === '+' || text === '?') {
      sum += 2;
      last += 2;
    } else if (text === '|') sum += 1;
    else add(1);
  }
  return open.reduce((all, outside) => all + outside, sum);
}
