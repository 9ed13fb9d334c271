/** The list with one item a few places further down, or up where `by` is negative; the same list where there is no such place. */
export function moveItem<Item>(items: readonly Item[], place: number, by: number): readonly Item[] {
  const item = items[place];
  const to = place + by;
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(place, 1).toSpliced(to, 0, item);
}

export function replaceItem<Item>(items: readonly Item[], place: number, item: Item): readonly Item[] {
  return items.map((old, index) => (index === place ? item : old));
}
