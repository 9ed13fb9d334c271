import type { GroupRule, GroupSet } from './group-set';
import type { SourceGroupId } from './identity';
import type { SourceGroup } from './snapshot';
import { compileRegex, type TextTest } from './text-rules/regex';

/** One choice of a set: a group that was picked, by its id, or a rule. */
export type GroupSetEntry = SourceGroupId | GroupRule;

/** The groups that one entry of a set names; none where the group is gone, or the rule matches nothing. */
export interface NamedGroups {
  readonly entry: GroupSetEntry;
  readonly groups: ReadonlySet<SourceGroupId>;
}

/** Entry by entry what a set names in this realm; ids stay chosen whatever their groups are called now and wherever they lie. */
export function nameGroups(groups: readonly SourceGroup[], { groupIds, rules }: GroupSet): readonly NamedGroups[] {
  const known = new Set(groups.map(({ id }) => id));
  return [
    ...groupIds.map((id) => ({ entry: id, groups: new Set(known.has(id) ? [id] : []) })),
    ...rules.map((rule): NamedGroups => {
      const matches = createTest(rule);
      const found = groups.flatMap((group) =>
        matches(rule.of === 'name' ? group.name : group.path) ? [group.id] : [],
      );
      return { entry: rule, groups: new Set(found) };
    }),
  ];
}

/** All groups that a set names, each with the first entry that does. */
export function selectGroups(groups: readonly SourceGroup[], set: GroupSet): ReadonlyMap<SourceGroupId, GroupSetEntry> {
  const selected = new Map<SourceGroupId, GroupSetEntry>();
  for (const { entry, groups: named } of nameGroups(groups, set)) {
    for (const id of named) if (!selected.has(id)) selected.set(id, entry);
  }
  return selected;
}

/** A rule in words, for sentences. */
export function describeRule({ of, test, text }: GroupRule): string {
  const how = { exact: 'is', prefix: 'begins with', regex: 'matches' }[test];
  return `${of} ${how} "${text}"`;
}

/** Whether a rule of stored settings has an expression that is none (any more), so that nobody knows what it was to name. */
export function isUnusable({ test, text }: GroupRule): boolean {
  return test === 'regex' && compileRegex(text) === undefined;
}

function createTest({ test, text }: GroupRule): TextTest {
  if (test === 'exact') return (name) => name === text;
  if (test === 'prefix') return (name) => name.startsWith(text);
  // Settings are checked when they are saved, by the app of that time.
  return compileRegex(text) ?? (() => false);
}
