import { StorageFault } from '../../src/domain/errors';
import { conditionDoubts, loadStores, openInside, type Inside, type Stores } from './inside';

let inside: Inside;
let stores: Stores;
beforeAll(async () => {
  stores = await loadStores();
});
afterEach(() => inside.platform.stop());

const load = (key: string) => inside.run(() => stores.loadRecord<string>(key));

describe.each(conditionDoubts)(
  'records, when a failed condition is $failedCondition and an absent row $absentRow',
  (doubts) => {
    beforeEach(() => {
      inside = openInside(doubts);
    });

    it('are created once, whoever comes first', async () => {
      const created = await Promise.all(
        ['a', 'b', 'c'].map((value) => inside.run(() => stores.createRecord('x', value))),
      );
      expect(created.filter(Boolean).length).toBe(1);
      expect(await load('x')).toEqual({ value: ['a', 'b', 'c'][created.indexOf(true)], fence: 1 });
    });

    it('are replaced under the fence that they have, and under no other', async () => {
      await inside.run(() => stores.createRecord('x', 'old'));
      const save = (ifFence: number, value: string) =>
        inside.run(() => stores.saveRecord({ key: 'x', value, ifFence, fence: ifFence + 1 }));
      expect([await save(1, 'new'), await save(1, 'late'), await save(7, 'early')]).toEqual([true, false, false]);
      expect(await load('x')).toEqual({ value: 'new', fence: 2 });
    });

    it('are replaced by one of several at once', async () => {
      await inside.run(() => stores.createRecord('x', 'old'));
      const won = await Promise.all(
        ['a', 'b', 'c', 'd'].map((value) =>
          inside.run(() => stores.saveRecord({ key: 'x', value, ifFence: 1, fence: 2 })),
        ),
      );
      expect(won.filter(Boolean).length).toBe(1);
      expect(await load('x')).toEqual({ value: ['a', 'b', 'c', 'd'][won.indexOf(true)], fence: 2 });
    });

    it('are left alone, with everything in the same transaction, when another row has moved on', async () => {
      await inside.run(() => stores.createRecord('x', 'old'));
      await inside.run(() => stores.createRecord('other', '', 5));
      const write = { key: 'x', value: 'new', ifFence: 1, fence: 2 };
      const refused = await inside.run(() =>
        stores.saveRecord(write, { check: [{ key: 'other', fence: 4 }], set: [{ key: 'plain', value: 'new' }] }),
      );
      expect(refused).toBe(false);
      expect(await load('x')).toEqual({ value: 'old', fence: 1 });
      expect(inside.platform.dumpStorage(['value'])).toEqual([]);
      const done = await inside.run(() => stores.saveRecord(write, { check: [{ key: 'other', fence: 5 }] }));
      expect(done).toBe(true);
    });

    it.each(['fail-before', 'fail-after'] as const)(
      'know their own write although it was answered with an error (%s)',
      async (fate) => {
        let failures = 2;
        inside.platform.controls.onExternal = () => {
          failures -= 1;
          return failures >= 0 ? fate : 'continue';
        };
        expect(await inside.run(() => stores.createRecord('x', 'first'))).toBe(true);
        failures = 2;
        expect(await inside.run(() => stores.saveRecord({ key: 'x', value: 'second', ifFence: 1, fence: 2 }))).toBe(
          true,
        );
        expect(await load('x')).toEqual({ value: 'second', fence: 2 });
      },
    );

    it('do not take the write of somebody else for their own, although it was answered with an error', async () => {
      await inside.run(() => stores.createRecord('x', 'old'));
      await inside.run(() => stores.saveRecord({ key: 'x', value: 'first', ifFence: 1, fence: 2 }));
      inside.platform.controls.onExternal = () => 'fail-after';
      expect(await inside.run(() => stores.saveRecord({ key: 'x', value: 'second', ifFence: 1, fence: 2 }))).toBe(
        false,
      );
      expect(await inside.run(() => stores.createRecord('x', 'third'))).toBe(false);
      inside.platform.controls.onExternal = undefined;
      expect(await load('x')).toEqual({ value: 'first', fence: 2 });
    });

    it('lose no step of a counter that several raise at once, each with errors in between', async () => {
      await inside.run(() => stores.createRecord('x', 0));
      let operations = 0;
      inside.platform.controls.onExternal = () => {
        operations += 1;
        return operations % 5 === 0 ? 'fail-after' : operations % 7 === 0 ? 'fail-before' : 'continue';
      };
      const raise = async (): Promise<void> => {
        for (;;) {
          const stored = await stores.loadRecord<number>('x');
          if (stored === undefined) throw new Error('the counter is gone');
          const { value, fence } = stored;
          if (await stores.saveRecord({ key: 'x', value: value + 1, ifFence: fence, fence: fence + 1 })) return;
        }
      };
      await Promise.all(Array.from({ length: 6 }, () => inside.run(raise)));
      inside.platform.controls.onExternal = undefined;
      expect(await inside.run(() => stores.loadRecord<number>('x'))).toEqual({ value: 6, fence: 7 });
    });
  },
);

it('say that storage failed when no try succeeds, and nothing is written', async () => {
  inside = openInside();
  await inside.run(() => stores.createRecord('x', 'old'));
  inside.platform.controls.storageFull = true;
  const write = { key: 'x', value: 'new', ifFence: 1, fence: 2 };
  await expect(inside.run(() => stores.saveRecord(write))).rejects.toThrow(StorageFault);
  await expect(inside.run(() => stores.createRecord('y', 'new'))).rejects.toThrow(StorageFault);
  expect([await load('x'), await load('y')]).toEqual([{ value: 'old', fence: 1 }, undefined]);
});
