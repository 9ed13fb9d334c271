import { findAssigned, listAssigned } from './assigned-groups';
import { computeFederations } from './doubts';
import type { ExplainedGroup, ExplainStep } from './explanation';
import { createAscent } from './group-tree';
import { describeStep } from './explain-mapping';
import { findAccount, findUser, type Subject } from './explain-steps';
import { createNaming, describeSelected, judgeSelection } from './group-selection';
import type { GroupDecision, GroupTarget } from './grouping';
import type { GroupId, SourceGroupId } from './identity';
import { collectTargets } from './memberships';
import type { PlanInput } from './planning';

/** Every group of the person on either side, with what the plan does with the membership, and why nothing where it does nothing. */
export function explainGroups(subject: Subject): Extract<ExplainStep, { readonly kind: 'groups' }> {
  const { input, sides, row } = subject;
  const paths = new Map(input.source.groups.map(({ id, path }) => [id, path]));
  const rise = createAscent(input.source.groups, input.settings.groups.subGroups);
  const own = new Set(rise(findUser(subject)?.groupIds ?? []));
  const listed = new Set(findAccount(subject, row?.accountId)?.groupIds);
  const { byGroup } = collectTargets(sides.groups);
  const path = (id: SourceGroupId) => (paths.has(id) ? { path: paths.get(id) ?? '' } : {});
  const tell = createRulesTeller(input);
  const inKeycloak = [...own].map((id): ExplainedGroup => {
    const told = explainMembership(subject, id, sides.groups.get(id), listed);
    return { group: id, ...path(id), ...told, ...tell(id) };
  });
  const assigned = listAssigned(input.settings.groups.alwaysAssign, sides.groups).filter((id) => !own.has(id));
  const because = 'Everybody with an account in scope is put into it.';
  const always = assigned.map((id): ExplainedGroup => {
    const told = explainMembership(subject, id, sides.groups.get(id), listed);
    return { group: id, ...path(id), ...told, assigned: true, because };
  });
  const onlyInAtlassian = [...listed].flatMap((id): readonly ExplainedGroup[] => {
    const target = byGroup.get(id);
    if (target === undefined || own.has(target.group) || assigned.includes(target.group)) return [];
    return [
      {
        group: target.group,
        ...path(target.group),
        target: describeTarget(target),
        ...explainExtra(subject, target),
        ...tell(target.group),
      },
    ];
  });
  const groups = [...inKeycloak, ...always, ...onlyInAtlassian];
  const others = [...listed].filter((id) => !byGroup.has(id)).length;
  const stopped = groups.some(({ membership }) => membership === 'not-synced');
  const sentence =
    groups.length === 0
      ? 'Is in no group that could be synced.'
      : stopped
        ? 'Some of these groups are not synced.'
        : 'All of these groups are synced.';
  const mark = groups.length === 0 ? 'idle' : stopped ? 'attention' : 'passed';
  return { kind: 'groups', mark, sentence, groups, others };
}

/** What the settings say about a group of the realm: whether it is synced, and what it is called. */
function createRulesTeller({ source, settings: { groups } }: PlanInput) {
  const byId = new Map(source.groups.map((group) => [group.id, group]));
  const judge = judgeSelection(source.groups, groups);
  const rename = createNaming(source.groups, groups.naming);
  return (id: SourceGroupId): Pick<ExplainedGroup, 'because' | 'naming'> => {
    const group = byId.get(id);
    if (group === undefined) return {};
    const selected = judge(id);
    const because = describeSelected(selected);
    const { before, steps, after } = rename(group);
    return {
      ...(because === undefined ? {} : { because }),
      ...(after === group.name || selected.kind !== 'included'
        ? {}
        : { naming: { before, steps: steps.map(describeStep), after } }),
    };
  };
}

function describeTarget({ name, existing }: GroupTarget): NonNullable<ExplainedGroup['target']> {
  return { name, ...(existing === undefined ? {} : { groupId: existing.id }), isNew: existing === undefined };
}

/** One group that the person has in Keycloak. */
function explainMembership(
  { changes, row }: Subject,
  group: SourceGroupId,
  decision: GroupDecision | undefined,
  listed: ReadonlySet<GroupId>,
): Omit<ExplainedGroup, 'group' | 'path'> {
  if (decision === undefined) {
    return { membership: 'not-synced', sentence: 'The settings do not sync this group.' };
  }
  if (decision.kind === 'none') return { membership: 'not-synced', sentence: decision.reason };
  const target = describeTarget(decision.target);
  const change = changes.find((each) => 'group' in each && each.group === group);
  if (change?.kind === 'add-member') return { target, membership: 'added', sentence: change.reason };
  if (change?.kind === 'remove-member') return { target, membership: 'removed', sentence: change.reason };
  const existing = decision.target.existing;
  if (existing !== undefined && listed.has(existing.id)) {
    const sentence = findAssigned(group) === undefined ? 'Is a member on both sides.' : 'Is a member already.';
    return { target, membership: 'kept', sentence };
  }
  const sentence = `Is not added. ${row?.reason ?? 'The person is not in scope.'}`;
  return { target, membership: 'unchanged', sentence };
}

/** One synced group that the person has in Atlassian alone. */
function explainExtra(subject: Subject, target: GroupTarget): Pick<ExplainedGroup, 'membership' | 'sentence'> {
  const { changes, input, sides, user, row } = subject;
  const change = changes.find((each) => each.kind === 'remove-member' && each.group === target.group);
  if (change !== undefined) return { membership: 'removed', sentence: change.reason };
  if (target.mode === 'add-only') {
    return { membership: 'unchanged', sentence: 'Stays a member: the group was adopted as add only.' };
  }
  const link = input.links.accounts.find((each) => each.sourceUserId === user);
  const doubt = sides.doubts.whyNotRemoveFrom(target.group, computeFederations(findUser(subject), link));
  return { membership: 'unchanged', sentence: `Stays a member. ${doubt ?? row?.reason ?? 'Nothing is planned.'}` };
}
