import type { ConnectorSettings } from '../../../../src/domain/connector';
import type { GroupRule, GroupSet } from '../../../../src/domain/group-set';
import type { SurveyResult } from '../../../../src/domain/survey';
import type { SurveyedChoice, SurveyedChoices } from '../../../../src/domain/survey-choices';
import { countOf } from '../moments';
import { checkTransformations } from './mapping/check-mapping';

/** Where the settings choose groups. */
export type ChoicePath = keyof SurveyedChoices;

/** What a survey depends on: its counts, and which groups can be adopted. */
export function listChoices({ scope, groups }: Pick<ConnectorSettings, 'scope' | 'groups'>): readonly unknown[] {
  return [scope, groups.selection, groups.exclude, groups.subGroups, groups.naming];
}

/** Whether the app would count for these choices: it refuses a choice of nothing, a rule without a text and an unfinished transformation. */
export function isCountable({ scope, groups }: Pick<ConnectorSettings, 'scope' | 'groups'>): boolean {
  const needed = [
    ...(scope.kind === 'realm' ? [] : [scope.include]),
    ...(groups.selection.kind === 'all' ? [] : [groups.selection.include]),
  ];
  const sets = [...needed, groups.exclude, ...(scope.kind === 'realm' ? [] : [scope.exclude])];
  const unfinished = checkTransformations(groups.naming.transformations, 'groups.naming.transformations');
  return (
    needed.every(isChosen) &&
    sets.every(({ rules }) => rules.every(({ text }) => text !== '')) &&
    Object.keys(unfinished).length === 0
  );
}

const isChosen = ({ groupIds, rules }: GroupSet): boolean => groupIds.length + rules.length > 0;

/** What the survey counted for a picked group; absent while it has not counted this choice. */
export function findGroupCount(
  survey: SurveyResult | undefined,
  path: ChoicePath,
  id: string,
): Extract<SurveyedChoice, { readonly kind: 'group' }> | undefined {
  for (const each of survey?.choices[path] ?? []) if (each.kind === 'group' && each.id === id) return each;
  return undefined;
}

/** What the survey counted for a rule as it is written now. */
export function findRuleCount(
  survey: SurveyResult | undefined,
  path: ChoicePath,
  { of, test, text }: GroupRule,
): Extract<SurveyedChoice, { readonly kind: 'rule' }> | undefined {
  for (const each of survey?.choices[path] ?? []) {
    if (each.kind === 'rule' && each.rule.of === of && each.rule.test === test && each.rule.text === text) return each;
  }
  return undefined;
}

/** Whose members are counted, in words. */
export function describePeople(people: number, path: ChoicePath): string {
  return path === 'scope.include' || path === 'scope.exclude'
    ? countOf(people, 'user')
    : `${countOf(people, 'user')} in scope`;
}
