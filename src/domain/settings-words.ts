import type { GroupRule } from './group-set';
import type { MappingRow, Transformation } from './mapping-row';

/** Longer texts are cut where a list names them. */
const longest = 80;
/** More entries of a list are counted. */
const mostNamed = 5;

/** Nothing where both are the same. */
export type Sentences = readonly string[];

export function tellText(label: string, before: string | undefined, after: string | undefined): Sentences {
  const say = (text: string | undefined) => (text === undefined || text === '' ? 'nothing' : quote(text));
  return (before ?? '') === (after ?? '') ? [] : [`${label}: ${say(before)} became ${say(after)}.`];
}

export function tellSwitch(label: string, before: boolean, after: boolean): Sentences {
  return before === after ? [] : [`${label}: switched ${after ? 'on' : 'off'}.`];
}

export function tellNumber(label: string, before: number, after: number): Sentences {
  return before === after ? [] : [`${label}: ${before} became ${after}.`];
}

/** What was added and removed; of the same entries in another order, that. */
export function tellList(label: string, before: Sentences, after: Sentences): Sentences {
  const added = after.filter((each) => !before.includes(each));
  const removed = before.filter((each) => !after.includes(each));
  const parts = [
    ...(added.length > 0 ? [`added ${nameEach(added)}`] : []),
    ...(removed.length > 0 ? [`removed ${nameEach(removed)}`] : []),
  ];
  if (parts.length > 0) return [`${label}: ${parts.join('; ')}.`];
  const same = before.length === after.length && before.every((each, index) => each === after[index]);
  return same ? [] : [`${label}: in another order.`];
}

export function describeRule({ of, test, text }: GroupRule): string {
  const verb = { exact: 'is', prefix: 'begins with', regex: 'matches' }[test];
  return `${of} ${verb} ${quote(text)}`;
}

export function describeTransformation(step: Transformation): string {
  switch (step.kind) {
    case 'trim':
      return 'trim';
    case 'lower-case':
      return 'lower case';
    case 'strip-email-domain':
      return 'strip the e-mail domain';
    case 'replace':
      return `replace ${quote(step.search)} by ${quote(step.replacement)}`;
    case 'regex':
      return `replace what matches ${quote(step.pattern)} by ${quote(step.replacement)}`;
    case 'constant':
      return `the constant ${quote(step.value)}`;
  }
}

const otherwiseWords = {
  'as-is': 'used as it is',
  ignore: 'ignored',
  clear: 'cleared',
  'leave-out': 'the person left out',
  'leave-scope': 'the person no longer in scope',
} as const;

export function describeRow({ attribute, templates, values, transformations, otherwise }: MappingRow): string {
  const several = { first: 'the first value', all: 'all values', join: '' }[values.kind];
  return [
    `${attribute} from ${templates.join(' or ')}`,
    values.kind === 'join' ? `values joined by ${quote(values.separator)}` : several,
    ...transformations.map(describeTransformation),
    `else ${otherwiseWords[otherwise]}`,
  ].join(', ');
}

export function quote(text: string): string {
  return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`;
}

function nameEach(entries: Sentences): string {
  const named = entries.slice(0, mostNamed).join(', ');
  return entries.length > mostNamed ? `${named} and ${entries.length - mostNamed} more` : named;
}
