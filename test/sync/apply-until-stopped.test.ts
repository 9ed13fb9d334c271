import { runId } from '../../src/domain/identity';
import { applyUntilStopped } from '../../src/sync/apply-until-stopped';

const items = Array.from({ length: 20 }, (_, index) => index);
/** At most so many writes are under way at once. */
const inFlight = 4;

/** A run that somebody cancels as soon as so many items have been begun. */
function openRun(cancelledAfter = Infinity) {
  const begun: number[] = [];
  const cancelRequested = async () => (begun.length >= cancelledAfter ? 'an administrator' : undefined);
  return { begun, place: { world: { runs: { cancelRequested } }, run: { id: runId('run') } } };
}

it('applies everything, some at once, and gives the results in order', async () => {
  const { place, begun } = openRun();
  const stopped = await applyUntilStopped(place, items, async (item) => {
    begun.push(item);
    return item * 2;
  });
  expect(stopped).toEqual({ results: items.map((item) => item * 2), left: [], unsure: [] });
  expect([...begun].sort((one, other) => one - other)).toEqual(items);
});

it('begins nothing more after a wish to cancel, and knows what was done', async () => {
  const { place, begun } = openRun(5);
  const { results, left, unsure, error } = await applyUntilStopped(place, items, async (item) => {
    begun.push(item);
    return item;
  });
  expect(results.length).toBeLessThan(5 + inFlight);
  expect(results.length).toBeGreaterThanOrEqual(5);
  expect([...begun].sort((one, other) => one - other)).toEqual(results);
  expect([...results, ...left]).toEqual(items);
  expect({ unsure, error }).toEqual({ unsure: [], error: undefined });
});

it('begins nothing more after an error, keeps what was done, and says whose end nobody saw', async () => {
  const { place, begun } = openRun();
  const fault = new Error('no answer');
  const { results, left, unsure, error } = await applyUntilStopped(place, items, async (item) => {
    begun.push(item);
    if (item === 6) throw fault;
    return item;
  });
  expect(error).toBe(fault);
  expect(unsure).toEqual([6]);
  expect(left).toContain(6);
  expect(begun.length).toBeLessThanOrEqual(6 + inFlight);
  expect(results.length + left.length).toBe(items.length);
  expect(begun.filter((item) => item !== 6).sort((one, other) => one - other)).toEqual(results);
});

it('keeps nothing back when the very first item fails', async () => {
  const { place } = openRun();
  const { results, left, error } = await applyUntilStopped(place, [1], async () => {
    throw new Error('no answer');
  });
  expect({ results, left, error }).toEqual({ results: [], left: [1], error: new Error('no answer') });
});
