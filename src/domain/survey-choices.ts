import type { ConnectorSettings, Scope } from './connector';
import { nameGroups, type GroupSetEntry } from './group-matching';
import type { GroupRule, GroupSet } from './group-set';
import { createAscent, createDescent } from './group-tree';
import type { SourceGroupId, SourceUserId } from './identity';
import type { SourceGroup, SourceSnapshot, SourceUser } from './snapshot';

/** One choice of groups as the realm answers it. */
export type SurveyedChoice =
  | {
      readonly kind: 'group';
      readonly id: SourceGroupId;
      /** Absent when the realm does not have the group any more. */
      readonly path?: string;
      readonly people: number;
    }
  | { readonly kind: 'rule'; readonly rule: GroupRule; readonly groups: number; readonly people: number };

/** The four sets of groups of the settings by their paths, each with its picked groups and rules in the order of the settings. */
export interface SurveyedChoices {
  readonly 'scope.include': readonly SurveyedChoice[];
  readonly 'scope.exclude': readonly SurveyedChoice[];
  readonly 'groups.selection.include': readonly SurveyedChoice[];
  readonly 'groups.exclude': readonly SurveyedChoice[];
}

/**
 * Counts for each choice of groups: of the required and excepted ones everybody whom it catches, sub-groups included where the scope
 * includes them; of the groups to sync their members among `inScope`, counted for the groups above where the settings do.
 */
export function surveyChoices(
  { users, groups }: Pick<SourceSnapshot, 'users' | 'groups'>,
  settings: Pick<ConnectorSettings, 'scope' | 'groups'>,
  inScope: ReadonlySet<SourceUserId>,
): SurveyedChoices {
  const { scope } = settings;
  const { selection, exclude, subGroups } = settings.groups;
  const extend = createScopeExtension(groups, scope);
  const everybody = countIn(groups, users, ({ groupIds }) => groupIds, extend);
  const rise = createAscent(groups, subGroups);
  const synced = users.filter(({ id }) => inScope.has(id));
  const members = countIn(
    groups,
    synced,
    ({ groupIds }) => rise(groupIds),
    (named) => named,
  );
  return {
    'scope.include': scope.kind === 'realm' ? [] : everybody(scope.include),
    'scope.exclude': scope.kind === 'realm' ? [] : everybody(scope.exclude),
    'groups.selection.include': selection.kind === 'all' ? [] : members(selection.include),
    'groups.exclude': members(exclude),
  };
}

type Extension = (named: ReadonlySet<SourceGroupId>) => ReadonlySet<SourceGroupId>;

function createScopeExtension(groups: readonly SourceGroup[], scope: Scope): Extension {
  return scope.kind === 'groups' && scope.subGroups ? createDescent(groups) : (named) => named;
}

/** Each person once for each choice, whatever many of its groups they are in. */
function countIn(
  groups: readonly SourceGroup[],
  users: readonly SourceUser[],
  groupsOf: (user: SourceUser) => readonly SourceGroupId[],
  extend: Extension,
): (set: GroupSet) => readonly SurveyedChoice[] {
  const paths = new Map(groups.map(({ id, path }) => [id, path]));
  return (set) => {
    const named = nameGroups(groups, set);
    const choicesOf = new Map<SourceGroupId, number[]>();
    named.forEach((each, index) => {
      for (const id of extend(each.groups)) {
        const choices = choicesOf.get(id);
        if (choices === undefined) choicesOf.set(id, [index]);
        else choices.push(index);
      }
    });
    const people = named.map(() => 0);
    if (choicesOf.size > 0) {
      for (const user of users) {
        const caught = new Set(groupsOf(user).flatMap((id) => choicesOf.get(id) ?? []));
        for (const index of caught) people[index] = (people[index] ?? 0) + 1;
      }
    }
    return named.map((each, index) => describeChoice(each.entry, each.groups.size, people[index] ?? 0, paths));
  };
}

function describeChoice(
  entry: GroupSetEntry,
  groups: number,
  people: number,
  paths: ReadonlyMap<SourceGroupId, string>,
): SurveyedChoice {
  if (typeof entry !== 'string') return { kind: 'rule', rule: entry, groups, people };
  const path = paths.get(entry);
  return { kind: 'group', id: entry, ...(path === undefined ? {} : { path }), people };
}
