/** A group of the realm as the survey found it. */
export interface SurveyedGroup {
  readonly id: string;
  readonly path: string;
  readonly members: number;
}

/** The groups to show: those whose path holds every word of the search, in the order of their paths. */
export function filterGroups(
  groups: readonly SurveyedGroup[],
  search: string,
  onlyChosen: ReadonlySet<string> | undefined,
): readonly SurveyedGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .filter(({ id }) => onlyChosen === undefined || onlyChosen.has(id))
    .filter(({ path }) => words.every((word) => path.toLowerCase().includes(word)))
    .toSorted((left, right) => left.path.localeCompare(right.path));
}

/** Chosen ids that the realm, or the directory, no longer has: they have to be seen. */
export function findLostGroups(
  groups: readonly { readonly id: string }[],
  chosen: readonly string[],
): readonly string[] {
  const known = new Set(groups.map(({ id }) => id));
  return chosen.filter((id) => !known.has(id));
}

/** The choice with one group more or less. */
export function toggleId<Id extends string>(ids: readonly Id[], id: Id, on: boolean): readonly Id[] {
  return on ? [...ids.filter((other) => other !== id), id] : ids.filter((other) => other !== id);
}
