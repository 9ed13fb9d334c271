import * as v from 'valibot';
import { longestPattern } from '../text-rules/program-size';
import { describeInvalidPattern } from '../text-rules/regex';
import { describeMissingGroup } from '../text-rules/transform';
import { describeInvalidTemplate } from '../text-rules/template';
import { exactly, line, series } from './fields';

const transformation = v.variant(
  'kind',
  [
    v.object({ kind: v.literal('trim') }),
    v.object({ kind: v.literal('lower-case') }),
    v.object({ kind: v.literal('strip-email-domain') }),
    v.object({
      kind: v.literal('replace'),
      search: v.pipe(exactly('The searched text'), v.nonEmpty('The searched text is missing.')),
      replacement: exactly('The replacement'),
    }),
    v.object({
      kind: v.literal('regex'),
      pattern: v.pipe(
        exactly('The regular expression', longestPattern),
        v.nonEmpty('The regular expression is missing.'),
        v.rawCheck(({ dataset, addIssue }) => {
          const message = dataset.typed ? describeInvalidPattern(dataset.value) : undefined;
          if (message !== undefined) addIssue({ message });
        }),
      ),
      replacement: exactly('The replacement'),
    }),
    v.object({ kind: v.literal('constant'), value: exactly('The constant') }),
  ],
  'Choose a transformation.',
);

const usableTransformation = v.pipe(
  transformation,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.kind !== 'regex') return;
    const message = describeMissingGroup(dataset.value.pattern, dataset.value.replacement);
    if (message !== undefined) addIssue({ message });
  }),
);

export const transformations = series(usableTransformation, 'The transformations', 500);

const template = v.pipe(
  line('The Keycloak attribute', 1000),
  v.rawCheck(({ dataset, addIssue }) => {
    const message = dataset.typed ? describeInvalidTemplate(dataset.value) : undefined;
    if (message !== undefined) addIssue({ message });
  }),
);

const row = v.object({
  attribute: v.picklist(
    ['email', 'displayName', 'nickname', 'jobTitle', 'department', 'organization', 'location', 'timeZone', 'locale'],
    'Choose an Atlassian attribute.',
  ),
  templates: v.pipe(series(template, 'The Keycloak attributes', 20), v.nonEmpty('Choose a Keycloak attribute.')),
  values: v.variant(
    'kind',
    [
      v.object({ kind: v.literal('first') }),
      v.object({ kind: v.literal('join'), separator: exactly('The separator', 10) }),
      v.object({ kind: v.literal('all') }),
    ],
    'Choose what becomes of several values.',
  ),
  transformations,
  otherwise: v.picklist(
    ['as-is', 'ignore', 'clear', 'leave-out', 'leave-scope'],
    'Choose what happens when nothing applies.',
  ),
});

/** What every account needs cannot be left to chance, and an empty name is none. */
const usableRow = v.pipe(
  row,
  v.forward(
    v.check(
      ({ attribute, otherwise }) => attribute !== 'email' || (otherwise !== 'ignore' && otherwise !== 'clear'),
      'An account needs an e-mail address: use the text as it is, or leave the user out.',
    ),
    ['otherwise'],
  ),
  v.forward(
    v.check(
      ({ attribute, otherwise }) => attribute !== 'displayName' || otherwise !== 'clear',
      'An account needs a name: it cannot be cleared.',
    ),
    ['otherwise'],
  ),
);

/** The rows of the attribute mapping, in their order. */
export const mapping = v.pipe(
  series(usableRow, 'The attribute mapping', 500),
  v.check(
    (rows) => rows.some(({ attribute }) => attribute === 'email'),
    'The attribute mapping needs a row for the e-mail address.',
  ),
);
