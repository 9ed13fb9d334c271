import { disturbEach, everyNth, findDifferences, isAtlassianWrite } from './disturb';
import { daily, firstLoad, marriages, tell, type Telling } from './story';

describe.each([firstLoad, daily, marriages])('a run $name', (story) => {
  let undisturbed: Telling;
  /** Operations from the plan to the end of the run; those before it only read. */
  let decisive: readonly number[];

  beforeAll(async () => {
    undisturbed = await tell(story);
    const { operations } = undisturbed;
    const keysAt = (index: number) => {
      const operation = operations[index];
      return operation?.kind === 'kvs' ? operation.keys : [];
    };
    const all = operations.map((_operation, index) => index);
    const planned = all.find((index) => keysAt(index).some((key) => key.endsWith(':plan'))) ?? 0;
    const ended = all.find((index) => keysAt(index).includes('run-index')) ?? 0;
    decisive = all.filter((index) => index >= planned && index <= ended + 2);
  });

  it('carries out every change and leaves nothing to plan', () => {
    const { state, outcomes, changes } = undisturbed.ending;
    expect(state).toBe('finished');
    expect(outcomes).toEqual({
      done: changes.length,
      already: 0,
      refused: 0,
      unconfirmed: 0,
      'not-approved': 0,
      'not-needed': 0,
      'not-reached': 0,
    });
    expect(changes.filter((change) => !change.endsWith(' done'))).toEqual([]);
    expect(undisturbed.operations.filter(isAtlassianWrite).length).toBeGreaterThan(5);
  });

  it('ends the same when it is killed behind any operation from the plan on', async () => {
    expect(await disturbEach(story, undisturbed, 'kill-after', decisive)).toEqual([]);
  }, 180_000);

  it('ends the same when it is killed while it reads, or while it tidies up', async () => {
    const others = everyNth(undisturbed.operations.length, 7).filter((index) => !decisive.includes(index));
    expect(await disturbEach(story, undisturbed, 'kill-after', others)).toEqual([]);
  }, 180_000);

  it('ends the same when it is killed just before a write to Atlassian', async () => {
    const writes = undisturbed.operations.flatMap((operation, index) => (isAtlassianWrite(operation) ? [index] : []));
    expect(await disturbEach(story, undisturbed, 'kill-before', writes)).toEqual([]);
  }, 180_000);

  it('ends the same when one invocation after the other is killed', async () => {
    const { ending } = await tell(story, {}, (_operation, index) => (index % 61 === 60 ? 'kill-after' : 'continue'));
    expect(findDifferences(['state', 'settled', 'afterwards', 'invitedTwice'], undisturbed.ending, ending)).toEqual([]);
  });
});
