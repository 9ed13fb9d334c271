import type { DirectoryGroupChoice } from '../../../../src/domain/survey';

/** The groups to show: those whose name holds every word of the search, in the order of their names. */
export function filterDirectoryGroups(
  groups: readonly DirectoryGroupChoice[],
  search: string,
  onlyChosen: ReadonlySet<string> | undefined,
): readonly DirectoryGroupChoice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .filter(({ id }) => onlyChosen === undefined || onlyChosen.has(id))
    .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    .toSorted((left, right) => left.name.localeCompare(right.name));
}
