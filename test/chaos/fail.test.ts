import { hostileDoubts as hostileAtlassian } from '../../dev/atlassian/doubts';
import { hostileDoubts as hostileForge } from '../../dev/forge/doubts';
import { hostileDelivery } from '../../dev/forge/queue';
import { disturbEach, everyNth, isAtlassianWrite } from './disturb';
import { daily, firstLoad, marriages, tell } from './story';

const hostile = { atlassian: hostileAtlassian, forge: hostileForge, delivery: hostileDelivery };

describe.each([firstLoad, daily, marriages])('a run $name', (story) => {
  it.each(['fail-before', 'fail-after'] as const)(
    'ends the same when a storage write fails (%s)',
    async (fate) => {
      const undisturbed = await tell(story);
      const writes = undisturbed.operations.flatMap(({ kind }, index) => (kind === 'kvs' ? [index] : []));
      const sample = writes.filter((_index, place) => place % 9 === 0);
      expect(await disturbEach(story, undisturbed, fate, sample)).toEqual([]);
    },
    180_000,
  );

  it('settles the same between hostile neighbours that kill it, and invites nobody twice', async () => {
    const undisturbed = await tell(story, hostile);
    const { operations } = undisturbed;
    const writes = operations.flatMap((operation, index) => (isAtlassianWrite(operation) ? [index] : []));
    const sample = [...writes, ...everyNth(operations.length, 23)];
    expect(await disturbEach(story, undisturbed, 'kill-after', sample, hostile)).toEqual([]);
  }, 180_000);
});
