import type { GroupRule, GroupSet } from './group-set';
import type { SourceGroupId } from './identity';
import type { SourceGroup } from './snapshot';
import { compileRegex, type TextTest } from './text-rules/regex';

/** The groups that one entry of a set names: one by its id, or all that a rule matches. */
export interface NamedGroups {
  readonly groups: ReadonlySet<SourceGroupId>;
  /** The entry, where it names nothing. */
  readonly missing?: SourceGroupId | GroupRule;
}

/** Entry by entry what a set names in this realm; ids stay chosen whatever their groups are called now and wherever they lie. */
export function nameGroups(groups: readonly SourceGroup[], { groupIds, rules }: GroupSet): readonly NamedGroups[] {
  const known = new Set(groups.map(({ id }) => id));
  return [
    ...groupIds.map((id) =>
      known.has(id) ? { groups: new Set([id]) } : { groups: new Set<SourceGroupId>(), missing: id },
    ),
    ...rules.map((rule): NamedGroups => {
      const matches = createTest(rule);
      const found = new Set(
        groups.flatMap((group) => (matches(rule.of === 'name' ? group.name : group.path) ? [group.id] : [])),
      );
      return found.size === 0 ? { groups: found, missing: rule } : { groups: found };
    }),
  ];
}

/** All groups that a set names. */
export function selectGroups(groups: readonly SourceGroup[], set: GroupSet): ReadonlySet<SourceGroupId> {
  return new Set(nameGroups(groups, set).flatMap((named) => [...named.groups]));
}

/** A rule in words, for sentences. */
export function describeRule({ of, test, text }: GroupRule): string {
  const how = { exact: 'is', prefix: 'begins with', regex: 'matches' }[test];
  return `${of} ${how} "${text}"`;
}

function createTest({ test, text }: GroupRule): TextTest {
  if (test === 'exact') return (name) => name === text;
  if (test === 'prefix') return (name) => name.startsWith(text);
  // Settings are checked when they are saved; an expression that is none matches nothing, which stops a run.
  return compileRegex(text) ?? (() => false);
}
