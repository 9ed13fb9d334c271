import type { ChangeKind } from '../../../../src/domain/change';
import type { ReportRow, ReportedChange } from '../../../../src/domain/report';
import type { PlanSelection } from '../../../../src/domain/selection';
import type { Loss, LossCounts } from './losses';
import { countLosses, findAccessGroups, isTaking, lossOf, lossOrder } from './losses';

/** The order of apply, as in `src/domain/change`: the page sees only the types of the domain. */
export const changeOrder: readonly ChangeKind[] = [
  'adopt-group',
  'create-group',
  'adopt-account',
  'restore',
  'update-profile',
  'update-email',
  'invite',
  'add-member',
  'remove-member',
  'suspend',
  'remove-account',
];

/** The part of a plan that is being chosen: kinds of changes, of everybody or only of the people and groups that are ticked. */
export interface Choice {
  readonly kinds: ReadonlySet<ChangeKind>;
  readonly of: 'everybody' | 'ticked';
  /** Keycloak ids of the ticked people and groups. */
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** What a choice comes to. */
export interface ChosenPart {
  readonly total: number;
  /** Changes that would be made. */
  readonly chosen: number;
  readonly losses: LossCounts;
  /** Who loses something by it, those who lose access first. */
  readonly losing: readonly Losing[];
  /** People whose address changes by it: Atlassian ends all their logins. */
  readonly signedOut: number;
  /** Chosen memberships and updates that are left out, because the account or group that they need is not there and not chosen. */
  readonly stranded: number;
  readonly needs: Needs;
}

/** What to choose as well so that nothing is left out. */
export interface Needs {
  readonly kinds: readonly ChangeKind[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export interface Losing {
  readonly name: string;
  readonly loss: Loss;
}

/** At most so many ticked people and groups travel to the app in one call. */
export const mostTicked = 2_000;

interface Planned {
  readonly change: ReportedChange;
  readonly name: string;
  readonly user?: string;
  readonly group?: string;
}

/** Nothing ticked yet: every kind, of nobody. */
export function startChoice(rows: readonly ReportRow[]): Choice {
  return { kinds: new Set(findKinds(rows).map(({ kind }) => kind)), of: 'ticked', users: new Set(), groups: new Set() };
}

/** The kinds of changes that a plan has, in the order in which they are made, with their counts. */
export function findKinds(
  rows: readonly ReportRow[],
): readonly { readonly kind: ChangeKind; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { changes } of rows) for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return changeOrder.flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [{ kind, count }];
  });
}

/** Counts what would be made of a choice, as the app will clear it. */
export function measureChoice(rows: readonly ReportRow[], choice: Choice): ChosenPart {
  const planned = listPlanned(rows);
  const kinds = new Set<string>(choice.kinds);
  const isChosen = ({ change, user, group }: Planned) =>
    kinds.has(change.kind) &&
    (choice.of === 'everybody' ||
      (user !== undefined && choice.users.has(user)) ||
      (group !== undefined && choice.groups.has(group)));
  const missing = planned.filter((each) => isEntrance(each.change) && !isChosen(each));
  const missingUsers = new Set(missing.flatMap(({ user }) => user ?? []));
  const missingGroups = new Set(missing.flatMap(({ user, group }) => (user === undefined ? (group ?? []) : [])));
  const isStranded = ({ change, user, group }: Planned) =>
    needsAccount(change) &&
    ((user !== undefined && missingUsers.has(user)) || (group !== undefined && missingGroups.has(group)));
  const wanted = planned.filter(isChosen);
  const stranded = wanted.filter(isStranded);
  const made = wanted.filter((each) => !isStranded(each));
  const losing = findLosing(made, findAccessGroups(rows));
  return {
    total: planned.length,
    chosen: made.length,
    losses: countLosses(losing),
    losing,
    signedOut: made.filter(({ change }) => change.kind === 'update-email').length,
    stranded: stranded.length,
    needs: findNeeds(stranded, missing),
  };
}

/** A selection in the app's words as a choice, so that it can be measured. */
export function choiceOf(rows: readonly ReportRow[], selection: PlanSelection): Choice {
  const kinds = findKinds(rows).map(({ kind }) => kind);
  const everybody = { of: 'everybody', users: new Set<string>(), groups: new Set<string>() } as const;
  switch (selection.kind) {
    case 'all':
      return { ...everybody, kinds: new Set(kinds) };
    case 'links':
      return {
        ...everybody,
        kinds: new Set(kinds.filter((kind) => kind === 'adopt-account' || kind === 'adopt-group')),
      };
    case 'additions':
      return { ...everybody, kinds: new Set(kinds.filter((kind) => !isTaking({ kind }))) };
    case 'part':
      return {
        kinds: new Set(selection.kinds ?? kinds),
        of: selection.users === undefined && selection.groups === undefined ? 'everybody' : 'ticked',
        users: new Set(selection.users),
        groups: new Set(selection.groups),
      };
  }
}

/** The choice in the words of the app. */
export function formatChoice(choice: Choice): PlanSelection {
  const kinds = [...choice.kinds];
  if (choice.of === 'everybody') return { kind: 'part', kinds };
  return { kind: 'part', kinds, users: [...choice.users], groups: [...choice.groups] };
}

/** The choice with people and groups ticked or not. */
export function tickRows(choice: Choice, rows: readonly ReportRow[], ticked: boolean): Choice {
  const users = new Set(choice.users);
  const groups = new Set(choice.groups);
  for (const row of rows) {
    const [set, id] = row.kind === 'person' ? [users, row.row.user] : [groups, row.row.group];
    if (ticked) set.add(id);
    else set.delete(id);
  }
  return { ...choice, of: 'ticked', users, groups };
}

export function isTicked(choice: Choice, row: ReportRow): boolean {
  return row.kind === 'person' ? choice.users.has(row.row.user) : choice.groups.has(row.row.group);
}

function listPlanned(rows: readonly ReportRow[]): readonly Planned[] {
  return rows.flatMap((row) =>
    row.changes.map((change): Planned => {
      const { name } = row.row;
      if (row.kind === 'group') return { change, name, group: row.row.group };
      return { change, name, user: row.row.user, ...(change.group === undefined ? {} : { group: change.group }) };
    }),
  );
}

function findNeeds(stranded: readonly Planned[], missing: readonly Planned[]): Needs {
  const users = new Set(stranded.flatMap(({ user }) => user ?? []));
  const groups = new Set(stranded.flatMap(({ group }) => group ?? []));
  const needed = missing.filter(({ user, group }) =>
    user === undefined ? group !== undefined && groups.has(group) : users.has(user),
  );
  const kinds = new Set<string>(needed.map(({ change }) => change.kind));
  return {
    kinds: changeOrder.filter((kind) => kinds.has(kind)),
    users: [...new Set(needed.flatMap(({ user }) => user ?? []))],
    groups: [...new Set(needed.flatMap(({ user, group }) => (user === undefined ? (group ?? []) : [])))],
  };
}

/** The choice with what it needs, so that nothing of it is left out. */
export function addNeeds(choice: Choice, { kinds, users, groups }: Needs): Choice {
  return {
    ...choice,
    kinds: new Set([...choice.kinds, ...kinds]),
    users: new Set([...choice.users, ...users]),
    groups: new Set([...choice.groups, ...groups]),
  };
}

/** Whether the change is left out where the account that it needs is not there. */
function needsAccount({ kind }: ReportedChange): boolean {
  return ['add-member', 'remove-member', 'update-profile', 'update-email'].includes(kind);
}

/** Whether memberships may need this change: it brings an account or a group into the connector's hands. */
function isEntrance({ kind }: ReportedChange): boolean {
  return ['invite', 'adopt-account', 'restore', 'create-group', 'adopt-group'].includes(kind);
}

function findLosing(made: readonly Planned[], accessGroups: ReadonlySet<string>): readonly Losing[] {
  const heaviest = new Map<string, Losing>();
  for (const { change, user, name } of made) {
    const loss = lossOf(change, accessGroups);
    if (user === undefined || loss === undefined) continue;
    const known = heaviest.get(user);
    if (known === undefined || lossOrder.indexOf(loss) < lossOrder.indexOf(known.loss)) {
      heaviest.set(user, { name, loss });
    }
  }
  return [...heaviest.values()].sort((one, other) => lossOrder.indexOf(one.loss) - lossOrder.indexOf(other.loss));
}
