import type { ConnectorSettings } from './connector';
import type { SourceGroupId } from './identity';
import type { Probe } from './probe';

/** As many picked groups are looked up one by one in a connection test. */
export const mostLookedUp = 20;

/** The groups that the settings pick by id, by the tab of the editor that picks them. */
function listPicked({ scope, groups }: Pick<ConnectorSettings, 'scope' | 'groups'>) {
  const { selection, exclude } = groups;
  return {
    scope: scope.kind === 'realm' ? [] : unique([...scope.include.groupIds, ...scope.exclude.groupIds]),
    sync: unique([...(selection.kind === 'all' ? [] : selection.include.groupIds), ...exclude.groupIds]),
  };
}

/** Which of them are looked up: those that decide who is in scope come first. */
export function selectLookedUp(settings: Pick<ConnectorSettings, 'scope' | 'groups'>): readonly SourceGroupId[] {
  const { scope, sync } = listPicked(settings);
  return unique([...scope, ...sync]).slice(0, mostLookedUp);
}

/** The lines about picked groups of a connection test, one for each tab that picks any. */
export function describePicked(
  settings: Pick<ConnectorSettings, 'scope' | 'groups'>,
  lost: ReadonlySet<SourceGroupId>,
): readonly Probe[] {
  const { scope, sync } = listPicked(settings);
  const lookedUp = new Set(selectLookedUp(settings));
  return [
    ...describe('required-groups', 'Required groups', scope, lookedUp, lost, {
      tab: 'Required Groups',
      effect: 'every run stops until you take',
    }),
    ...describe('synced-groups', 'Chosen groups to sync', sync, lookedUp, lost, {
      tab: 'Group Provisioning',
      effect: 'nothing is synced or left out for what is gone: take',
    }),
  ];
}

function describe(
  id: string,
  title: string,
  picked: readonly SourceGroupId[],
  lookedUp: ReadonlySet<SourceGroupId>,
  lost: ReadonlySet<SourceGroupId>,
  { tab, effect }: { readonly tab: string; readonly effect: string },
): readonly Probe[] {
  if (picked.length === 0) return [];
  const seen = picked.filter((each) => lookedUp.has(each));
  const gone = seen.filter((each) => lost.has(each));
  const rest = picked.length - seen.length;
  const unseen = rest === 0 ? '' : ` ${rest} more were not looked up: the tab ${tab} shows them.`;
  if (gone.length === 0) {
    const found = seen.length === 1 ? 'The picked group exists.' : `All ${seen.length} picked groups exist.`;
    if (seen.length > 0) return [{ id, title, state: 'passed', message: `${found}${unseen}` }];
    return [{ id, title, state: 'skipped', message: unseen.trim() }];
  }
  const what =
    gone.length === 1
      ? `A picked group no longer exists in Keycloak (id ${gone.join('')})`
      : `${gone.length} picked groups no longer exist in Keycloak (ids ${gone.join(', ')})`;
  const them = gone.length === 1 ? 'it' : 'them';
  return [{ id, title, state: 'warning', message: `${what}; ${effect} ${them} out in the tab ${tab}.${unseen}` }];
}

function unique(ids: readonly SourceGroupId[]): readonly SourceGroupId[] {
  return [...new Set(ids)];
}
