import { sourceGroupId } from '../domain/identity';
import type { SourceGroup } from '../domain/snapshot';
import type { AdminApi } from './admin-api';
import { dropRepeated, readListing } from './listing';
import type { Pace } from './pace';
import type { ReadingState, Walk } from './reading';
import type { GroupRow } from './wire';
import { groupPageSchema } from './wire';

/**
 * All groups of any depth by one query for every version: a search for a space, without the hierarchy (measured on 22.0.5
 * to 26.7.3; before 23 the rows nest their sub-groups). Only the count proves that it brought all.
 */
export async function readGroups(
  api: AdminApi,
  state: ReadingState,
  expected: number,
  pace: Pace,
): Promise<ReadingState['groups']> {
  const { pageSize } = state;
  const query = 'search=%20&populateHierarchy=false&briefRepresentation=true&subGroupsCount=false';
  const listing = await readListing<GroupRow>(
    state.groups,
    {
      pageSize,
      expected,
      pastEnd: false,
      readPage: (first) => api.read(`/groups?${query}&first=${first}&max=${pageSize}`, groupPageSchema),
      onPage: (done) => pace.report({ what: 'groups', done, total: expected }),
    },
    pace,
  );
  return { pages: listing.pages.map(({ first, rows }) => ({ first, rows: [...rows] })), complete: listing.complete };
}

/** Where a walk through the tree begins. */
export const unwalked: Walk = { rows: [], open: [{ parent: null, next: 0 }] };

/**
 * The same from the top level down, one request or more for each parent: for a server where the one query does not bring all.
 * A group that is gone when its children are asked for has none; the counts tell.
 */
export async function walkGroups(api: AdminApi, walk: Walk, pageSize: number, pace: Pace): Promise<Walk> {
  const rows = [...walk.rows];
  let open = [...walk.open];
  while (open.length > 0 && pace.mayGoOn()) {
    const level = open;
    const further: Walk['open'] = [];
    const done = new Set<Walk['open'][number]>();
    await pace.each(level, async (place) => {
      const page = await readChildren(api, place, pageSize);
      done.add(place);
      rows.push(...page);
      if (page.length >= pageSize) further.push({ ...place, next: place.next + pageSize });
      for (const { id } of page.flatMap(flatten).filter(hasUnlistedChildren)) further.push({ parent: id, next: 0 });
      await pace.report({ what: 'groups', done: rows.length });
    });
    open = [...level.filter((place) => !done.has(place)), ...further];
  }
  return { rows, open };
}

async function readChildren(
  api: AdminApi,
  { parent, next }: Walk['open'][number],
  pageSize: number,
): Promise<GroupRow[]> {
  const page = `briefRepresentation=true&first=${next}&max=${pageSize}`;
  if (parent === null) return api.read(`/groups?${page}`, groupPageSchema);
  const children = await api.find(`/groups/${encodeURIComponent(parent)}/children?${page}`, groupPageSchema);
  return (children ?? []).map((row) => ({ ...row, parentId: row.parentId ?? parent }));
}

/** Servers before 23 have no count of sub-groups and nest them all. */
function hasUnlistedChildren({ subGroupCount, subGroups }: GroupRow): boolean {
  return (subGroupCount ?? 0) > (subGroups?.length ?? 0);
}

/** Groups in a stable order, nested ones included, each once. */
export function collectGroups({ groups, walk }: Pick<ReadingState, 'groups' | 'walk'>): readonly SourceGroup[] {
  const listed = walk === undefined ? groups.pages.flatMap(({ rows }) => rows) : walk.rows;
  const { rows } = dropRepeated(listed.flatMap(flatten).map(toSourceGroup));
  return [...rows].sort((a, b) => compare(a.path, b.path) || compare(a.id, b.id));
}

function flatten(row: GroupRow): GroupRow[] {
  const children = (row.subGroups ?? []).map((child) => ({ ...child, parentId: child.parentId ?? row.id }));
  return [row, ...children.flatMap(flatten)];
}

function toSourceGroup({ id, name, path, parentId }: GroupRow): SourceGroup {
  return {
    id: sourceGroupId(id),
    name,
    path,
    ...(typeof parentId === 'string' ? { parentId: sourceGroupId(parentId) } : {}),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
