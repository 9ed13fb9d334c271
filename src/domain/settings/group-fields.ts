import * as v from 'valibot';
import { groupId, sourceGroupId } from '../identity';
import { longestPattern } from '../text-rules/program-size';
import { describeInvalidPattern } from '../text-rules/regex';
import { exactly, flag, line, list, series } from './fields';
import { transformations } from './mapping-fields';

const groupRule = v.object({
  of: v.picklist(['name', 'path'], 'Choose what the rule looks at: the name or the path.'),
  test: v.picklist(['exact', 'prefix', 'regex'], 'Choose how the rule compares: exact, prefix or regular expression.'),
  text: v.pipe(exactly('The text of the rule', longestPattern), v.nonEmpty('The text of the rule is missing.')),
});
const usableRule = v.pipe(
  groupRule,
  v.rawCheck(({ dataset, addIssue }) => {
    const message =
      dataset.typed && dataset.value.test === 'regex' ? describeInvalidPattern(dataset.value.text) : undefined;
    if (message !== undefined) addIssue({ message });
  }),
);

const groupSet = v.object({
  groupIds: list(v.pipe(line('The group id', 100), v.transform(sourceGroupId)), 'The groups', 5000),
  rules: series(usableRule, 'The rules', 500),
});

const someGroups = v.pipe(
  groupSet,
  v.check(({ groupIds, rules }) => groupIds.length + rules.length > 0, 'Choose at least one group.'),
);

const atlassianGroups = (what: string) => list(v.pipe(line('The group id', 100), v.transform(groupId)), what, 100);

export const scope = v.variant(
  'kind',
  [
    v.object({ kind: v.literal('realm') }),
    v.object({
      kind: v.literal('groups'),
      include: someGroups,
      exclude: groupSet,
      match: v.picklist(['any', 'all'], 'Choose whether one of the groups is enough or all are needed.'),
      subGroups: flag,
    }),
  ],
  'Choose the whole realm or groups.',
);

export const groups = v.object({
  selection: v.variant(
    'kind',
    [v.object({ kind: v.literal('all') }), v.object({ kind: v.literal('chosen'), include: someGroups })],
    'Choose all groups or some.',
  ),
  exclude: groupSet,
  naming: v.object({
    from: v.picklist(['name', 'path'], 'Choose what names a group: its name or its path.'),
    separator: exactly('The separator', 10),
    prefix: exactly('The prefix', 200),
    transformations,
  }),
  subGroups: v.picklist(['direct', 'parents'], 'Choose for which groups members of a sub-group count.'),
  alwaysAssign: atlassianGroups('The groups that are always assigned'),
  neverRemove: atlassianGroups('The groups that nobody is removed from'),
  createMissing: flag,
});
