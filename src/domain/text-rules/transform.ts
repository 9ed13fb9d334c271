import { RE2JS } from 're2js';
import type { Transformation } from '../mapping-row';

/** Longer texts are no names: an expression that is tried again and again over them would take long even in linear time. */
const longestSearched = 10_000;

/** What became of a text, and whether anything that was looked for was found; a list that looks for nothing always applies. */
export interface Transformed {
  readonly text: string;
  readonly applied: boolean;
}

/** One transformation of a list, seen at work. */
export interface TransformedStep {
  readonly transformation: Transformation;
  readonly before: string;
  /** Absent where nothing of what it looks for was there. */
  readonly after?: string;
}

/**
 * Compiles a list of transformations, which work one after the other; an expression that is none is never found. `watch` sees each
 * step.
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
    for (const { transformation, searches, work } of steps) {
      const next = work(text);
      watch?.({ transformation, before: text, ...(next === undefined ? {} : { after: next }) });
      if (next === undefined) continue;
      text = next;
      if (searches) found = true;
    }
    return { text, applied: found || !searching };
  };
}

/** Whether a transformation applies only where it finds something. */
export function isSearching({ kind }: Transformation): boolean {
  return kind === 'strip-email-domain' || kind === 'replace' || kind === 'regex';
}

/** `undefined`: nothing of what is looked for is there. */
function createStep(transformation: Transformation): (text: string) => string | undefined {
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
    case 'regex':
      return createReplacement(transformation.pattern, transformation.replacement);
  }
}

/** Why a replacement cannot be made, a sentence: it names a group that the expression does not have. */
export function describeMissingGroup(pattern: string, replacement: string): string | undefined {
  const named = Math.max(0, ...[...replacement.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
  const has = compile(pattern)?.groupCount();
  if (has === undefined || named <= has) return undefined;
  const groups = has === 1 ? '1 group' : `${has} groups`;
  return `The replacement names group $${named}, and the regular expression has ${groups} in brackets.`;
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

function createReplacement(pattern: string, replacement: string): (text: string) => string | undefined {
  const compiled = compile(pattern);
  if (compiled === undefined) return () => undefined;
  return (text) => {
    if (text.length > longestSearched) return undefined;
    const matcher = compiled.matcher(text);
    const parts: string[] = [];
    let end = 0;
    let found = false;
    while (matcher.find()) {
      found = true;
      parts.push(text.slice(end, matcher.start()));
      parts.push(replacement.replace(/\$(\d)/g, (_, digit: string) => groupOf(matcher, Number(digit))));
      end = matcher.end();
    }
    return found ? [...parts, text.slice(end)].join('') : undefined;
  };
}

type Matcher = ReturnType<RE2JS['matcher']>;

/** A group that took no part in the match, or that the expression does not have, stands for nothing. */
function groupOf(matcher: Matcher, group: number): string {
  return group <= matcher.groupCount() ? (matcher.group(group) ?? '') : '';
}
