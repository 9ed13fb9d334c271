/** All tasks at once (the pace orders them); waits for every one before it throws, so that nothing goes on unawaited. */
export async function runAll<Item, Value>(
  items: readonly Item[],
  task: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const settled = await Promise.allSettled(items.map(task));
  return settled.map((each) => {
    if (each.status === 'fulfilled') return each.value;
    throw each.reason;
  });
}
