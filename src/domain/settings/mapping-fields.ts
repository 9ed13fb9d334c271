import * as v from 'valibot';
import { describeInvalidPattern } from '../text-rules/regex';
import { describeMissingGroup } from '../text-rules/transform';
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
        exactly('The regular expression', 1000),
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

const row = v.object({
  attribute: v.picklist(
    ['email', 'displayName', 'nickname', 'jobTitle', 'department', 'organization', 'location', 'timeZone', 'locale'],
    'Choose an Atlassian attribute.',
  ),
  templates: v.pipe(
    series(line('The Keycloak attribute', 1000), 'The Keycloak attributes', 20),
    v.nonEmpty('Choose a Keycloak attribute.'),
  ),
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

/** The rows of the attribute mapping, in their order. */
export const mapping = series(row, 'The attribute mapping', 500);
