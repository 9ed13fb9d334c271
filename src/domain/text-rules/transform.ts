import type { Transformation } from '../mapping-row';
import { compileExpression } from './expression';
import { gaveUp, longestSearched, replaceMatches } from './replace-matches';

/** What became of a text, and whether anything that was looked for was found; a list that looks for nothing always applies. */
export interface Transformed {
  readonly text: string;
  readonly applied: boolean;
  /** A transformation could not be carried through, so that nothing follows from what is missing. */
  readonly gaveUp?: true;
}

/** One transformation of a list, seen at work. */
export interface TransformedStep {
  readonly transformation: Transformation;
  readonly before: string;
  /** Absent where nothing of what it looks for was there, or the text is too long for it. */
  readonly after?: string;
}

/**
 * Compiles a list of transformations, which work one after the other: their order counts. An expression that is none gives up.
 * `watch` sees each step.
 */
export function createTransformer(
  transformations: readonly Transformation[],
): (text: string, watch?: (step: TransformedStep) => void) => Transformed {
  const steps = transformations.map((each) => ({
    transformation: each,
    searches: isSearching(each),
    work: createStep(each),
  }));
  const searching = steps.some(({ searches }) => searches);
  return (given, watch) => {
    let text = given;
    let found = false;
    let hasGivenUp = false;
    for (const { transformation, searches, work } of steps) {
      const result = searches && text.length > longestSearched ? gaveUp : work(text);
      const next = result === gaveUp ? undefined : result;
      if (result === gaveUp) hasGivenUp = true;
      watch?.({ transformation, before: text, ...(next === undefined ? {} : { after: next }) });
      if (next === undefined) continue;
      text = next;
      if (searches) found = true;
    }
    return { text, applied: found || !searching, ...(hasGivenUp ? { gaveUp: true } : {}) };
  };
}

/** Whether a transformation applies only where it finds something. */
function isSearching({ kind }: Transformation): boolean {
  return kind === 'strip-email-domain' || kind === 'replace' || kind === 'regex';
}

/** `undefined`: nothing of what is looked for is there. */
function createStep(transformation: Transformation): (text: string) => string | undefined | typeof gaveUp {
  switch (transformation.kind) {
    case 'trim':
      return (text) => text.trim();
    case 'lower-case':
      return (text) => text.toLowerCase();
    case 'constant':
      return () => transformation.value;
    case 'strip-email-domain':
      return (text) => (text.lastIndexOf('@') > 0 ? text.slice(0, text.lastIndexOf('@')) : undefined);
    case 'replace': {
      const { search, replacement } = transformation;
      return (text) => (text.includes(search) ? text.split(search).join(replacement) : undefined);
    }
    case 'regex': {
      const { pattern, replacement } = transformation;
      const compiled = compileExpression(pattern);
      return compiled === undefined ? () => gaveUp : (text) => replaceMatches(compiled, replacement, text);
    }
  }
}

/** Why a replacement cannot be made, a sentence: it names a group that the expression does not have. */
export function describeMissingGroup(pattern: string, replacement: string): string | undefined {
  const named = Math.max(0, ...[...replacement.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
  const has = compileExpression(pattern)?.groupCount();
  if (has === undefined || named <= has) return undefined;
  const groups = has === 1 ? '1 group' : `${has} groups`;
  return `The replacement names group $${named}, and the regular expression has ${groups} in brackets.`;
}
