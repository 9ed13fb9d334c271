import { defaultSettings, type ConnectorSettings } from '../../src/domain/connector';
import { FenceLost } from '../../src/domain/errors';
import { accountId, connectorId, runId, sourceUserId, type RunId } from '../../src/domain/identity';
import type { LinkEntry } from '../../src/domain/link';
import type { Run } from '../../src/domain/run';
import type { Fence, Lease } from '../../src/sync/ports';
import { conditionDoubts, loadStores, openInside, type Inside, type Stores } from './inside';

const connector = connectorId('connector');
const issuer = 'https://keycloak.example.test/realms/staff';
const minute = 60_000;

let inside: Inside;
let stores: Stores;
beforeAll(async () => {
  stores = await loadStores();
});
afterEach(() => inside.platform.stop());

const now = () => inside.clock.now();

function newRun(id: string): Run {
  return {
    id: runId(id),
    connectorId: connector,
    connectorName: 'Staff',
    kind: 'full',
    startedBy: { kind: 'schedule' },
    startedAt: now(),
    state: 'reading-source',
    step: 0,
    fence: 1,
    claimedUntil: 0,
    heartbeat: now(),
    attempts: 0,
    batchesDone: 0,
  };
}

const create = (id: string) => inside.run(() => stores.runStore.create(newRun(id), defaultSettings));
const claim = (id: string, step = 0) =>
  inside.run(() => stores.runStore.claim(runId(id), step, now(), now() + 16 * minute));
const take = (holder: RunId) =>
  inside.run(() => stores.leaseStore.take('lease:a:b', holder, now(), now() + 20 * minute));

async function claimed(id: string): Promise<{ readonly run: Run; readonly fence: Fence; readonly stale: boolean }> {
  const result = await claim(id);
  if (result === undefined) throw new Error('nobody got the step');
  return result;
}

const link = (index: number, email = `person-${index}@example.com`): LinkEntry => ({
  kind: 'account',
  link: {
    sourceUserId: sourceUserId(`user-${index}`),
    accountId: accountId(`account-${index}`),
    email,
    origin: 'invited',
    linkedAt: 0,
    visible: true,
    lastSeen: { enabled: true },
  },
});
const append = (fence: Fence, entries: readonly LinkEntry[]) =>
  inside.run(() => stores.linkStore.append(connector, issuer, entries, fence));
const linked = async () => {
  const { accounts } = await inside.run(() => stores.linkStore.load(connector, issuer));
  return accounts.map(({ email }) => email);
};
const emails = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `person-${from + index}@example.com`);

describe.each(conditionDoubts)('when a failed condition is $failedCondition and an absent row $absentRow', (doubts) => {
  beforeEach(() => {
    inside = openInside(doubts);
  });

  it('a step is claimed by one of several at once', async () => {
    await create('run');
    const claims = await Promise.all([claim('run'), claim('run'), claim('run')]);
    expect(claims.filter((each) => each !== undefined).length).toBe(1);
    expect(await claim('run')).toBeUndefined();
  });

  it('a step that was never given back is claimed again after its time, and the older invocation writes nothing more', async () => {
    await create('run');
    const older = await claimed('run');
    inside.clock.advance(17 * minute);
    const newer = await claimed('run');
    expect([older.stale, newer.stale]).toEqual([false, true]);
    const late = { ...older.run, state: 'failed' as const };
    await expect(inside.run(() => stores.runStore.save(late, older.fence))).rejects.toThrow(FenceLost);
    await expect(inside.run(() => stores.workStore.save('plan', 'late', older.fence))).rejects.toThrow(FenceLost);
    await expect(append(older.fence, [link(1)])).rejects.toThrow(FenceLost);
    const memory = { deprovisioned: [], recent: [] };
    await expect(inside.run(() => stores.memoryStore.save(connector, memory, older.fence))).rejects.toThrow(FenceLost);
    await inside.run(() => stores.runStore.save({ ...newer.run, step: 1 }, newer.fence));
    const stored = await inside.run(() => stores.runStore.load(runId('run')));
    expect(stored).toMatchObject({ state: 'reading-source', step: 1 });
    expect(await linked()).toEqual([]);
  });

  it('a lease belongs to one of several at once, and to the next one after its time', async () => {
    const [one, other] = await Promise.all([take(runId('one')), take(runId('other'))]);
    const winner = one === undefined ? runId('other') : runId('one');
    const loser = one === undefined ? runId('one') : runId('other');
    expect([one, other].filter((each) => each !== undefined).length).toBe(1);
    expect(await take(loser)).toBeUndefined();
    expect((await take(winner))?.renewed).toBe(true);
    inside.clock.advance(21 * minute);
    // Nobody else had it: still the same right, though its time was over.
    expect((await take(winner))?.renewed).toBe(true);
    inside.clock.advance(21 * minute);
    expect(await take(loser)).toMatchObject({ renewed: false, lease: { holder: loser } });
    expect(await take(winner)).toBeUndefined();
    await inside.run(() => stores.leaseStore.release('lease:a:b', winner));
    expect(await take(winner)).toBeUndefined();
    await inside.run(() => stores.leaseStore.release('lease:a:b', loser));
    expect((await take(winner))?.renewed).toBe(false);
  });

  it('who lost the lease writes nothing more, although the step is still theirs', async () => {
    await create('run');
    const { run, fence } = await claimed('run');
    const lease: Lease | undefined = (await take(run.id))?.lease;
    if (lease === undefined) throw new Error('nobody had the lease');
    const leased = { ...fence, lease };
    await append(leased, [link(1)]);
    inside.clock.advance(21 * minute);
    await take(runId('other'));
    await expect(append(leased, [link(2)])).rejects.toThrow(FenceLost);
    await expect(inside.run(() => stores.runStore.save({ ...run, step: 1 }, leased))).rejects.toThrow(FenceLost);
    await expect(inside.run(() => stores.workStore.save('plan', 'late', leased))).rejects.toThrow(FenceLost);
    expect(await linked()).toEqual(emails(1, 2));
  });

  it('links are appended in order, none is lost, and folding them changes nothing', async () => {
    await create('run');
    const { fence } = await claimed('run');
    for (let from = 0; from < 30; from += 3) await append(fence, [link(from), link(from + 1), link(from + 2)]);
    await append(fence, [link(4, 'moved@example.com'), { kind: 'drop-account', sourceUserId: sourceUserId('user-5') }]);
    const before = await linked();
    expect(before).toEqual([...emails(0, 4), 'moved@example.com', ...emails(6, 30)]);
    await inside.run(() => stores.linkStore.compact(connector, fence));
    expect(await linked()).toEqual(before);
    await append(fence, [link(30)]);
    expect(await linked()).toEqual([...before, ...emails(30, 31)]);
  });

  it('of two invocations that append at once none loses an entry of the one that has the fence', async () => {
    await create('run');
    const older = await claimed('run');
    inside.clock.advance(17 * minute);
    const newer = await claimed('run');
    const entries = Array.from({ length: 6 }, (_, index) => index);
    const late = await Promise.allSettled(entries.map((index) => append(older.fence, [link(100 + index)])));
    for (const index of entries) await append(newer.fence, [link(index)]);
    expect(late.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await linked()).toEqual(emails(0, 6));
  });

  it('every write that is answered with an error is done once', async () => {
    await create('run');
    const { run, fence } = await claimed('run');
    let operations = 0;
    inside.platform.controls.onExternal = () => {
      operations += 1;
      return operations % 2 === 0 ? 'fail-after' : operations % 3 === 0 ? 'fail-before' : 'continue';
    };
    for (let index = 0; index < 12; index += 1) await append(fence, [link(index)]);
    await inside.run(() => stores.linkStore.compact(connector, fence));
    await inside.run(() => stores.workStore.save('plan', { changes: [1, 2] }, fence));
    await inside.run(() => stores.runStore.save({ ...run, step: 1, claimedUntil: 0 }, fence));
    inside.platform.controls.onExternal = undefined;
    expect(await linked()).toEqual(emails(0, 12));
    expect(await inside.run(() => stores.workStore.load(run.id, 'plan'))).toEqual({ changes: [1, 2] });
    expect((await claim('run', 1))?.run.step).toBe(1);
  });

  it('a scheduled start is claimed by one of several at once', async () => {
    const start = (id: string) => ({ at: now(), runId: runId(id) });
    const tryClaim = (before: string | undefined, id: string) =>
      inside.run(() =>
        stores.memoryStore.claimScheduledStart(connector, before === undefined ? undefined : start(before), start(id)),
      );
    const first = await Promise.all(['a', 'b', 'c'].map((id) => tryClaim(undefined, id)));
    expect(first.filter(Boolean).length).toBe(1);
    const winner = ['a', 'b', 'c'][first.indexOf(true)];
    const second = await Promise.all(['d', 'e'].map((id) => tryClaim(winner, id)));
    expect(second.filter(Boolean).length).toBe(1);
    expect(await tryClaim(winner, 'f')).toBe(false);
  });
});

describe('stores', () => {
  beforeEach(() => {
    inside = openInside();
  });

  it('keep links of people who are in many required groups, each within the size of a value', async () => {
    await create('run');
    const { fence } = await claimed('run');
    const required = Array.from({ length: 50 }, (_, index) => `group-${index}-${'x'.repeat(26)}`).join(' ');
    const entries = Array.from({ length: 600 }, (_, index): LinkEntry => {
      const entry = link(index);
      return entry.kind === 'account'
        ? { ...entry, link: { ...entry.link, lastSeen: { enabled: true, required } } }
        : entry;
    });
    await append(fence, entries);
    expect(await linked()).toEqual(emails(0, 600));
    const sizes = inside.platform.dumpStorage().map((value) => Buffer.byteLength(value));
    expect(Math.max(...sizes)).toBeLessThan(240 * 1024);
  });

  it('fold links without losing one, wherever they are cut off', async () => {
    await create('run');
    const { fence } = await claimed('run');
    for (let index = 0; index < 12; index += 1) await append(fence, [link(index)]);
    for (const fate of ['kill-before', 'kill-after'] as const) {
      for (let at = 0; at < 6; at += 1) {
        let operations = 0;
        const folded = new Promise<void>((resolve) => {
          inside.platform.controls.onExternal = () => {
            operations += 1;
            if (operations - 1 !== at) return 'continue';
            resolve();
            return fate;
          };
        });
        const done = inside.run(() => stores.linkStore.compact(connector, fence)).catch(() => undefined);
        await Promise.race([folded, done]);
        await done;
        inside.platform.controls.onExternal = undefined;
        expect(await linked()).toEqual(emails(0, 12));
      }
    }
  });

  it('keep large values whole, and the value before when a newer one is refused', async () => {
    await create('run');
    const older = await claimed('run');
    // Random text does not compress: several pieces.
    const large = Array.from({ length: 40_000 }, (_, index) => `${Math.sin(index)}`);
    await inside.run(() => stores.workStore.save('source', large, older.fence));
    expect(await inside.run(() => stores.workStore.load(older.run.id, 'source'))).toEqual(large);
    inside.clock.advance(17 * minute);
    await claimed('run');
    await expect(inside.run(() => stores.workStore.save('source', ['late'], older.fence))).rejects.toThrow(FenceLost);
    expect(await inside.run(() => stores.workStore.load(older.run.id, 'source'))).toEqual(large);
    await inside.run(() => stores.workStore.delete(older.run.id, ['source', 'never saved']));
    expect(await inside.run(() => stores.workStore.load(older.run.id, 'source'))).toBeUndefined();
  });

  it('keep a value of which single pieces were not written at first', async () => {
    await create('run');
    const { run, fence } = await claimed('run');
    const large = Array.from({ length: 40_000 }, (_, index) => `${Math.cos(index)}`);
    let failures = 3;
    inside.platform.controls.failsInBatch = () => {
      failures -= 1;
      return failures >= 0;
    };
    await inside.run(() => stores.workStore.save('source', large, fence));
    expect(await inside.run(() => stores.workStore.load(run.id, 'source'))).toEqual(large);
  });

  it('create a run once, keep its settings, and show it to the watchdog until it ends', async () => {
    await create('run');
    await create('run');
    const open = () => inside.run(() => stores.runStore.listOpen());
    expect((await open()).map(({ id }) => id)).toEqual(['run']);
    expect((await inside.run(() => stores.runStore.list(10))).length).toBe(1);
    expect(await inside.run(() => stores.runStore.loadSettings(runId('run')))).toEqual(defaultSettings);
    const { run, fence } = await claimed('run');
    await inside.run(() => stores.runStore.save({ ...run, state: 'failed' }, fence));
    expect(await open()).toEqual([]);
    expect(await claim('run')).toBeUndefined();
  });

  it('forget answers to the page soon, and no run for them', async () => {
    await create('run');
    const inquire = async (id: string) => {
      await inside.run(() => stores.runStore.create({ ...newRun(id), kind: 'explain' }, defaultSettings));
      const { run, fence } = await claimed(id);
      await inside.run(() => stores.workStore.save('explanation', id, fence));
      await inside.run(() => stores.runStore.save({ ...run, state: 'finished' }, fence));
    };
    const answers = async (count: number) => {
      const found: unknown[] = [];
      for (let index = 0; index < count; index += 1) {
        const id = runId(`inquiry-${index}`);
        if ((await inside.run(() => stores.runStore.load(id))) === undefined) continue;
        found.push(await inside.run(() => stores.workStore.load(id, 'explanation')));
      }
      return found;
    };
    for (let index = 0; index < 22; index += 1) await inquire(`inquiry-${index}`);
    expect(await answers(22)).toEqual(Array.from({ length: 20 }, (_, index) => `inquiry-${index + 2}`));
    inside.clock.advance(25 * 60 * minute);
    await inquire('inquiry-22');
    expect(await answers(23)).toEqual(['inquiry-22']);
    expect(await inside.run(() => stores.workStore.load(runId('inquiry-21'), 'explanation'))).toBeUndefined();
    expect((await inside.run(() => stores.runStore.list(10))).map(({ id }) => id)).toEqual(['run']);
  });

  it.each(['kill-before', 'kill-after'] as const)(
    'never leave a run that exists and that the watchdog does not see (%s)',
    async (fate) => {
      for (let at = 0; at < 5; at += 1) {
        let operations = 0;
        inside.platform.controls.onExternal = () => {
          operations += 1;
          return operations - 1 === at ? fate : 'continue';
        };
        const id = `run-${at}`;
        await create(id).catch(() => undefined);
        inside.platform.controls.onExternal = undefined;
        const exists = (await inside.run(() => stores.runStore.load(runId(id)))) !== undefined;
        const seen = (await inside.run(() => stores.runStore.listOpen())).some((run) => run.id === id);
        expect(seen).toBe(exists);
      }
    },
  );

  it('show progress beside the record, and no error when storage has no room for it', async () => {
    await create('run');
    const progress = { what: 'users', done: 5 };
    inside.clock.advance(minute);
    await inside.run(() => stores.runStore.beat(runId('run'), now(), progress));
    const load = () => inside.run(() => stores.runStore.load(runId('run')));
    expect(await load()).toMatchObject({ progress, heartbeat: now() });
    inside.platform.controls.storageFull = true;
    await inside.run(() => stores.runStore.beat(runId('run'), now(), { what: 'users', done: 9 }));
    expect((await load())?.progress).toEqual(progress);
  });
});

it('a connector that version 1 of the settings was saved for comes back in this version', async () => {
  inside = openInside(conditionDoubts[0]);
  const { enabled, users, groups, cleanup, ...rest } = defaultSettings;
  const { mapping, updateName, updateEmail, updateProfile, ...oldUsers } = users;
  const old = {
    ...rest,
    version: 1,
    users: oldUsers,
    groups: { selection: groups.selection, createMissing: groups.createMissing },
    cleanup: { behaviour: cleanup.behaviour, memberships: cleanup.memberships },
  };
  const saved = { id: connector, revision: 1, createdAt: 1, savedAt: 1, savedBy: 'admin' };
  // What an older version of the app stored; today's types know it no more.
  await inside.run(() => stores.connectorStore.create({ ...saved, settings: old as unknown as ConnectorSettings }));
  expect(await inside.run(() => stores.connectorStore.load(connector))).toEqual({
    ...saved,
    settings: defaultSettings,
  });
  expect([enabled, mapping, updateName, updateEmail, updateProfile]).toEqual([
    true,
    defaultSettings.users.mapping,
    false,
    false,
    false,
  ]);
});
