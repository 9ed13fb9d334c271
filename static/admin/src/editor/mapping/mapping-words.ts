import type { MappingRow, Otherwise, SeveralValues, Transformation } from '../../../../../src/domain/mapping-row';
import { describeTemplate } from './template';

/** Transformations by what they do, in the order offered. */
export const transformationNames: Readonly<Record<Transformation['kind'], string>> = {
  trim: 'Trim blanks at both ends',
  'lower-case': 'Lower case',
  'strip-email-domain': 'Strip the e-mail domain',
  replace: 'Search and replace',
  regex: 'Regular expression',
  constant: 'Constant text',
};

export const severalNames: Readonly<Record<SeveralValues['kind'], string>> = {
  first: 'The first one is used',
  all: 'All, with a comma between them',
  join: 'All, with a separator between them',
};

interface OtherwiseWords {
  readonly title: string;
  readonly meaning: string;
  /** At the end of the sentence that tells a whole row. */
  readonly short: string;
}

/** What happens when nothing applies, in the order offered: from the mildest to the gravest. */
export const otherwiseWords: Readonly<Record<Otherwise, OtherwiseWords>> = {
  'as-is': {
    title: 'Use as is',
    meaning: 'The text is used although nothing of what was looked for is in it.',
    short: 'else as it is',
  },
  ignore: {
    title: 'Ignore the attribute',
    meaning: 'The next row of this attribute is tried; after the last one the existing value is kept.',
    short: 'else ignored',
  },
  clear: { title: 'Clear it', meaning: 'The value in Atlassian is emptied.', short: 'else cleared' },
  'leave-out': {
    title: 'Leave the user out',
    meaning: 'Nothing changes for them: neither their account nor their groups. The plan lists them.',
    short: 'else the user is left out',
  },
  'leave-scope': {
    title: 'No longer in scope',
    meaning: 'The user counts as one who left the required groups, and the cleanup follows.',
    short: 'else no longer in scope',
  },
};

export function describeTransformation(step: Transformation): string {
  switch (step.kind) {
    case 'trim':
      return 'trimmed';
    case 'lower-case':
      return 'lower case';
    case 'strip-email-domain':
      return 'without its e-mail domain';
    case 'replace':
      return describeReplacement(`"${step.search}"`, step.replacement);
    case 'regex':
      return describeReplacement(`what matches "${step.pattern}"`, step.replacement);
    case 'constant':
      return `the text "${step.value}"`;
  }
}

const describeReplacement = (what: string, replacement: string): string =>
  replacement === '' ? `without ${what}` : `${what} becomes "${replacement}"`;

/** Where the text of a row comes from: "First name + Last name, else User name". */
export function describeSources({ templates }: MappingRow): string {
  return templates.length === 0 ? 'nothing yet' : templates.map(describeTemplate).join(', else ');
}

/** More steps than these are counted. */
const mostTold = 3;

/** What a row does with the text that it finds. */
export function describeHow({ values, transformations, otherwise }: MappingRow): string {
  const told = transformations.slice(0, mostTold).map(describeTransformation);
  const more = transformations.length - told.length;
  const several = { first: [], all: ['all values'], join: [`all values, joined`] }[values.kind];
  const rest = more === 0 ? [] : [`${more} more ${more === 1 ? 'step' : 'steps'}`];
  const text = [...several, ...told, ...rest, otherwiseWords[otherwise].short].join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Which of the rows of one attribute this is; nothing where it is the only one. */
export function describeTurn(rows: readonly MappingRow[], place: number): string | undefined {
  const attribute = rows[place]?.attribute;
  const same = rows.flatMap((row, index) => (row.attribute === attribute ? [index] : []));
  if (same.length < 2) return undefined;
  const turn = same.indexOf(place);
  return turn === 0
    ? 'tried first'
    : turn === 1
      ? 'tried when the row before gives nothing'
      : `tried when the ${turn} rows before give nothing`;
}
