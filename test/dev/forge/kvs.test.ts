import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Filter, FilterConditions, kvs, MetadataField, Sort, WhereConditions, ForgeKvsAPIError } from '@forge/kvs';
import { hostileDoubts, kindDoubts, type Doubts } from '../../../dev/forge/doubts';
import { closeSamples, manifest, openSample } from './sample';

interface Lease {
  readonly holder: string;
  readonly fence: number;
  readonly until: number;
}

const fenceIs = (fence: number) => new Filter<Lease>().and('fence', FilterConditions.equalTo(fence));
const leaseOf = (holder: string, fence: number): Lease => ({ holder, fence, until: 0 });
const deep = (levels: number): unknown => (levels === 0 ? 'end' : { next: deep(levels - 1) });

afterEach(closeSamples);

/** What storage answered to a request that must not succeed. */
async function failureOf(work: Promise<unknown>): Promise<ForgeKvsAPIError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ForgeKvsAPIError) return error;
  throw new Error('It succeeded, or failed elsewhere.');
}

describe('a value', () => {
  it('is read back as it was written, until it is deleted', async () => {
    const { run } = openSample();
    const seen = await run(async () => {
      await kvs.set('run:1', { a: [1, 'zwei'], b: { c: true } });
      const before = await kvs.get('run:1');
      await kvs.delete('run:1');
      return [before, await kvs.get('run:1'), await kvs.get('never')];
    });
    expect(seen).toEqual([{ a: [1, 'zwei'], b: { c: true } }, undefined, undefined]);
  });

  it.each([
    ['an empty key', '', 'x'],
    ['a key of 501 characters', 'k'.repeat(501), 'x'],
    ['a key with an @', 'a@b', 'x'],
    ['a key with a slash', 'a/b', 'x'],
    ['a key of blanks', '   ', 'x'],
    ['a value over 240 KiB', 'k', 'x'.repeat(240 * 1024 - 1)],
    ['a value deeper than 31 levels', 'k', deep(32)],
    ['null', 'k', null],
  ])('is refused with %s', async (_name, key, value) => {
    const { run, platform } = openSample();
    const error = await run(async () => failureOf(kvs.set(key, value)));
    expect(error.name).toBe('ForgeKvsError');
    expect(error.responseDetails.status).toBe(400);
    expect(platform.dumpStorage()).toEqual([]);
  });

  it.each([
    ['a key of 500 characters', 'k'.repeat(500), 'x'],
    ['exactly 240 KiB', 'k', 'x'.repeat(240 * 1024 - 2)],
    ['31 levels', 'k', deep(31)],
  ])('is taken with %s', async (_name, key, value) => {
    const { run } = openSample();
    expect(
      await run(async () => {
        await kvs.set(key, value);
        return kvs.get(key);
      }),
    ).toEqual(value);
  });

  it('is created once under FAIL_IF_EXISTS and conflicts afterwards', async () => {
    const { run } = openSample();
    const result = await run(async () => {
      await kvs.set('k', 1, { keyPolicy: 'FAIL_IF_EXISTS' });
      const error = await failureOf(kvs.set('k', 2, { keyPolicy: 'FAIL_IF_EXISTS' }));
      return [error.code, error.responseDetails.status, await kvs.get('k')];
    });
    expect(result).toEqual(['KEY_CONFLICT', 409, 1]);
  });

  it('comes back with its predecessor and times when asked', async () => {
    const { run, clock } = openSample();
    const start = clock.now();
    const result = await run(async () => {
      await kvs.set('k', 1);
      clock.advance(1000);
      const fields = [MetadataField.CREATED_AT, MetadataField.UPDATED_AT];
      const previous = await kvs.set('k', 2, {
        keyPolicy: 'OVERRIDE',
        returnValue: 'PREVIOUS',
        returnMetadataFields: fields,
      });
      return [previous, await kvs.get('k', { metadataFields: fields })];
    });
    expect(result).toEqual([
      { key: 'k', value: 1, createdAt: start, updatedAt: start },
      { key: 'k', value: 2, createdAt: start, updatedAt: start + 1000 },
    ]);
  });

  it.each<[Doubts['expiredRows'], number, unknown]>([
    ['readable', 59, 'v'],
    ['readable', 61, 'v'],
    ['readable', 60 + 48 * 3600, undefined],
    ['gone', 59, 'v'],
    ['gone', 61, undefined],
  ])(
    'with a time to live of a minute, expired rows being %s, shows after %i seconds: %s',
    async (expiredRows, seconds, value) => {
      const { run, clock } = openSample({ doubts: { expiredRows } });
      await run(async () => kvs.set('k', 'v', { ttl: { value: 1, unit: 'MINUTES' } }));
      clock.advance(seconds * 1000);
      expect(await run(async () => kvs.get('k'))).toEqual(value);
    },
  );

  it('needs the scope storage:app', async () => {
    const { run } = openSample({ manifest: { ...manifest, permissions: { scopes: ['read:permission:jira'] } } });
    expect(await run(async () => (await failureOf(kvs.get('k'))).code)).toBe('FORBIDDEN');
  });

  it('survives a restart in a file', async () => {
    const storageFile = path.join(os.tmpdir(), `kvs-${randomUUID()}.sqlite`);
    try {
      const first = openSample({ storageFile });
      first.platform.egress.approve('https://keycloak.example.test');
      await first.run(async () => {
        await kvs.set('k', 'kept');
        await kvs.setSecret('s', 'hidden');
      });
      await closeSamples();
      const second = openSample({ storageFile });
      expect(await second.run(async () => [await kvs.get('k'), await kvs.getSecret('s')])).toEqual(['kept', 'hidden']);
      expect(second.platform.egress.isAllowed('https://keycloak.example.test/realms')).toBe(true);
      await closeSamples();
    } finally {
      for (const end of ['', '-wal', '-shm']) rmSync(storageFile + end, { force: true });
    }
  });

  it('finds no room in full storage, where reading and deleting still work', async () => {
    const { run, platform } = openSample();
    await run(async () => kvs.set('k', 1));
    platform.controls.storageFull = true;
    expect(
      await run(async () => {
        const error = await failureOf(kvs.set('k', 2));
        const value = await kvs.get('k');
        await kvs.delete('k');
        return [error.code, value, await kvs.get('k')];
      }),
    ).toEqual(['STORAGE_FULL', 1, undefined]);
  });

  it('may be written although the answer is an error', async () => {
    const { run, platform } = openSample();
    platform.controls.onExternal = () => 'fail-after';
    expect(
      await run(async () => {
        const error = await failureOf(kvs.set('k', 2));
        return [error.responseDetails.status, await kvs.get('k')];
      }),
    ).toEqual([500, 2]);
  });
});

describe('a secret', () => {
  it('lives apart from values and in no query', async () => {
    const { run, platform } = openSample();
    const seen = await run(async () => {
      await kvs.setSecret('k', 'hush');
      const query = await kvs.query().getMany();
      return [await kvs.get('k'), await kvs.getSecret('k'), query.results];
    });
    expect(seen).toEqual([undefined, 'hush', []]);
    expect(platform.dumpStorage()).toEqual([]);
    expect(platform.dumpStorage(['secret'])).toEqual(['"hush"']);
  });

  it('has at most 128 KiB', async () => {
    const { run } = openSample();
    expect(
      await run(async () => {
        await kvs.setSecret('k', 'x'.repeat(128 * 1024 - 2));
        return (await failureOf(kvs.setSecret('k', 'x'.repeat(128 * 1024 - 1)))).code;
      }),
    ).toBe('MAX_SIZE');
  });
});

describe('an entity', () => {
  it.each([
    ['that the manifest does not declare', 'nobody', { holder: 'a' }],
    ['with an undeclared attribute', 'lease', { owner: 'a' }],
    ['with a number for a text', 'lease', { holder: 1 }],
    ['with a fraction for an integer', 'lease', { fence: 1.5 }],
    ['that is no object', 'lease', 'text'],
  ])('%s is refused', async (_name, entityName, value) => {
    const { run, platform } = openSample();
    const error = await run(async () => failureOf(kvs.entity<unknown>(entityName).set('k', value)));
    expect(error.responseDetails.status).toBe(400);
    expect(platform.dumpStorage()).toEqual([]);
  });

  it('is queried by its index, in order and with filters', async () => {
    const { run } = openSample();
    const seen = await run(async () => {
      const leases = kvs.entity<Lease>('lease');
      for (const [key, holder, fence] of [
        ['1', 'c', 3],
        ['2', 'a', 1],
        ['3', 'b', 2],
      ] as const) {
        await leases.set(key, leaseOf(holder, fence));
      }
      const page = await leases.query().index('holder').sort(Sort.DESC).getMany();
      const filtered = await leases
        .query()
        .index('holder')
        .where(WhereConditions.lessThan('c'))
        .filters(new Filter<Lease>().and('fence', FilterConditions.greaterThan(1)))
        .getMany();
      const undeclared = await failureOf(leases.query().index('until').getMany());
      return [page.results.map(({ key }) => key), filtered.results.map(({ key }) => key), undeclared.code];
    });
    expect(seen).toEqual([['1', '3', '2'], ['3'], 'INDEX_NOT_FOUND']);
  });
});

describe('a query', () => {
  it('pages by prefix, ten rows by default, a hundred at most', async () => {
    const { run } = openSample();
    const seen = await run(async () => {
      for (let at = 10; at < 22; at += 1) await kvs.set(`run:${at}`, at);
      await kvs.set('other', 0);
      const first = await kvs.query().where('key', WhereConditions.beginsWith('run:')).getMany<number>();
      const second = await kvs
        .query()
        .where('key', WhereConditions.beginsWith('run:'))
        .cursor(first.nextCursor ?? '')
        .getMany<number>();
      const tooMany = await failureOf(kvs.query().limit(101).getMany());
      return [first.results.length, second.results, second.nextCursor, tooMany.code];
    });
    const rest = [20, 21].map((at) => ({ key: `run:${at}`, value: at }));
    expect(seen).toEqual([10, rest, undefined, 'INVALID_LIMIT']);
  });

  it('lags behind writes and deletions while get does not', async () => {
    const { run, clock } = openSample({ doubts: { queryLag: 5000 } });
    const keys = async () => (await kvs.query().getMany()).results.map(({ key }) => key);
    const early = await run(async () => {
      await kvs.set('k', 1);
      return [await keys(), await kvs.get('k')];
    });
    clock.advance(5000);
    const late = await run(async () => {
      const before = await keys();
      await kvs.delete('k');
      return [before, await keys(), await kvs.get('k')];
    });
    clock.advance(5000);
    expect([early, late, await run(keys)]).toEqual([[[], 1], [['k'], ['k'], undefined], []]);
  });
});

describe('a batch', () => {
  const items = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `k${at}`, value: at }));

  it('takes 25 items, applies the sound ones and names the failed ones', async () => {
    const { run, platform } = openSample();
    platform.controls.failsInBatch = (key) => key === 'k7';
    const seen = await run(async () => {
      const set = await kvs.batchSet([...items(24), { key: 'bad/key', value: 0 }]);
      const got = await kvs.batchGet([{ key: 'k1' }, { key: 'k7' }, { key: 'none' }]);
      return [
        set.successfulKeys.length,
        set.failedKeys.map(({ key, error }) => [key, error.code]),
        got.successfulKeys.map(({ key, value }) => [key, value]),
        got.failedKeys.map(({ key, error }) => [key, error.code]),
      ];
    });
    expect(seen).toEqual([
      23,
      [
        ['k7', 'INTERNAL_ERROR'],
        ['bad/key', 'INVALID_KEY'],
      ],
      [['k1', 1]],
      [
        ['k7', 'INTERNAL_ERROR'],
        ['none', 'KEY_NOT_FOUND'],
      ],
    ]);
  });

  it.each([
    ['26 items', items(26)],
    ['one key twice', [...items(2), ...items(1)]],
    ['no items', []],
    ['more than 4 MB', Array.from({ length: 25 }, (_, at) => ({ key: `k${at}`, value: 'x'.repeat(200 * 1024) }))],
    ['a condition of its own', [{ key: 'k', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } }]],
  ] as [string, { key: string; value: unknown }[]][])('with %s is refused as a whole', async (_name, batch) => {
    const { run, platform } = openSample();
    const error = await run(async () => failureOf(kvs.batchSet(batch)));
    expect([400, 413]).toContain(error.responseDetails.status);
    expect(platform.dumpStorage()).toEqual([]);
  });
});

describe('a transaction', () => {
  const variants: [string, Partial<Doubts>][] = [
    ['kind', kindDoubts],
    ['hostile', hostileDoubts],
    ...(['conflict-409', 'bad-request-400', 'server-error-500'] as const).flatMap((failedCondition) =>
      (['false', 'true', 'as-empty', 'not-found-404'] as const).map((absentRow): [string, Partial<Doubts>] => [
        `${failedCondition}, absent ${absentRow}`,
        { failedCondition, absentRow },
      ]),
    ),
  ];

  it.each(variants)('lets one of two contenders win, the other one hears an error (%s)', async (_name, doubts) => {
    const { run } = openSample({ doubts });
    await run(async () => kvs.entity<Lease>('lease').set('dir', leaseOf('nobody', 0), { keyPolicy: 'FAIL_IF_EXISTS' }));
    const contend = async (holder: string) =>
      run(async () =>
        kvs
          .transact()
          .set('dir', leaseOf(holder, 1), { entityName: 'lease', conditions: fenceIs(0) })
          .execute()
          .then(
            () => [holder],
            () => [],
          ),
      );
    const winners = (await Promise.all([contend('a'), contend('b')])).flat();
    expect(winners).toHaveLength(1);
    expect(await run(async () => kvs.entity<Lease>('lease').get('dir'))).toEqual(leaseOf(winners[0] ?? '', 1));
  });

  it.each<[Doubts['failedCondition'], number, string]>([
    ['conflict-409', 409, 'CONDITION_FAILED'],
    ['bad-request-400', 400, 'TRANSACTION_CANCELLED'],
    ['server-error-500', 500, 'UNKNOWN_ERROR'],
  ])('whose check fails (%s) answers %i %s and writes nothing', async (failedCondition, status, code) => {
    const { run } = openSample({ doubts: { failedCondition } });
    const seen = await run(async () => {
      await kvs.entity<Lease>('lease').set('dir', leaseOf('a', 7));
      await kvs.set('gone', 'still here');
      const error = await failureOf(
        kvs
          .transact()
          .set('checkpoint', { step: 2 })
          .delete('gone')
          .check('dir', { entityName: 'lease', conditions: fenceIs(6) })
          .execute(),
      );
      const { responseDetails } = error;
      return [responseDetails.status, error.code, await kvs.get('checkpoint'), await kvs.get('gone')];
    });
    expect(seen).toEqual([status, code, undefined, 'still here']);
  });

  it('whose check holds writes and deletes together', async () => {
    const { run } = openSample();
    const seen = await run(async () => {
      await kvs.entity<Lease>('lease').set('dir', leaseOf('a', 7));
      await kvs.set('gone', 1);
      const check = { entityName: 'lease', conditions: fenceIs(7) };
      await kvs.transact().set('checkpoint', 2).delete('gone').check('dir', check).execute();
      return [await kvs.get('checkpoint'), await kvs.get('gone')];
    });
    expect(seen).toEqual([2, undefined]);
  });

  it.each<[Doubts['absentRow'], boolean]>([
    ['false', false],
    ['true', true],
    ['as-empty', false],
    ['not-found-404', false],
  ])('with a condition on an absent row, which counts as %s, succeeds: %s', async (absentRow, succeeds) => {
    const { run } = openSample({ doubts: { absentRow } });
    const written = await run(async () => {
      const item = { entityName: 'lease', conditions: fenceIs(0) };
      await kvs
        .transact()
        .set('dir', leaseOf('a', 1), item)
        .execute()
        .catch(() => undefined);
      return (await kvs.entity<Lease>('lease').get('dir')) !== undefined;
    });
    expect(written).toBe(succeeds);
  });

  it.each([
    ['26 operations', () => Array.from({ length: 26 }, (_, at) => `k${at}`)],
    ['one key twice', () => ['k', 'k']],
    ['no operation', () => []],
  ])('with %s is refused', async (_name, keys) => {
    const { run, platform } = openSample();
    const error = await run(async () => {
      const transaction = kvs.transact();
      for (const key of keys()) transaction.set(key, 1);
      return failureOf(transaction.execute());
    });
    expect(error.responseDetails.status).toBe(400);
    expect(platform.dumpStorage()).toEqual([]);
  });
});
