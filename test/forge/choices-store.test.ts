import { confirmPairs, noChoices, releasePair, type ChosenPair } from '../../src/domain/choices';
import { defaultSettings } from '../../src/domain/connector';
import { accountId, connectorId, groupId, runId, sourceGroupId, sourceUserId } from '../../src/domain/identity';
import type { GroupAdoption, LinkEntry } from '../../src/domain/link';
import { conditionDoubts, loadStores, openInside, type Inside, type Stores } from './inside';

const connector = connectorId('connector');
let inside: Inside;
let stores: Stores;
beforeAll(async () => {
  stores = await loadStores();
});
afterEach(() => inside.platform.stop());

const pair = (name: string): ChosenPair => ({
  user: sourceUserId(`user-${name}`),
  accountId: accountId(`account-${name}`),
  by: 'admin',
  at: 0,
});
const load = () => inside.run(() => stores.linkStore.loadChoices(connector));
const confirm = (...names: readonly string[]) =>
  inside.run(() => stores.linkStore.changeChoices(connector, (choices) => confirmPairs(choices, names.map(pair))));

describe('choices', () => {
  it('are none at first', async () => {
    inside = openInside();
    expect(await load()).toEqual(noChoices);
  });

  it.each(conditionDoubts)(
    'of many clicks at once are all kept, whatever a failed condition answers (%o)',
    async (doubts) => {
      inside = openInside(doubts);
      await Promise.all(['a', 'b', 'c', 'd'].map((name) => confirm(name)));
      const { confirmed } = await load();
      expect(confirmed.map(({ user }) => user).sort()).toEqual(['user-a', 'user-b', 'user-c', 'user-d']);
    },
  );

  it('go on from adoptions that an earlier version kept alone', async () => {
    inside = openInside();
    const adoption: GroupAdoption = {
      sourceGroupId: sourceGroupId('a'),
      groupId: groupId('b'),
      mode: 'add-only',
      by: 'admin',
      at: 0,
    };
    const { storage } = await import('../../src/forge/storage');
    await inside.run(() => storage.set(`adoptions:${connector}`, [adoption]));
    expect(await load()).toEqual({ ...noChoices, adoptions: [adoption] });
    await confirm('a');
    expect(await load()).toEqual({ ...noChoices, adoptions: [adoption], confirmed: [pair('a')] });
  });

  it('may be many', async () => {
    inside = openInside();
    const names = Array.from({ length: 20_000 }, (_, index) => `${Math.cos(index)}`);
    await confirm(...names);
    await confirm('late');
    expect((await load()).confirmed.length).toBe(20_001);
  });

  it('replace each other for the same person', async () => {
    inside = openInside();
    await confirm('a', 'b');
    await inside.run(() => stores.linkStore.changeChoices(connector, (choices) => releasePair(choices, pair('a'))));
    expect(await load()).toEqual({ ...noChoices, confirmed: [pair('b')], released: [pair('a')] });
    await confirm('a');
    expect(await load()).toEqual({ ...noChoices, confirmed: [pair('b'), pair('a')] });
  });
});

it('links go on under another issuer, folded or not', async () => {
  inside = openInside();
  const id = runId('run');
  const entry = (index: number): LinkEntry => ({
    kind: 'account',
    link: {
      sourceUserId: sourceUserId(`user-${index}`),
      accountId: accountId(`account-${index}`),
      email: `person-${index}@example.com`,
      origin: 'invited',
      linkedAt: 0,
      visible: true,
      lastSeen: { enabled: true },
    },
  });
  await inside.run(() =>
    stores.runStore.create(
      {
        id,
        connectorId: connector,
        connectorName: 'Staff',
        kind: 'full',
        startedBy: { kind: 'schedule' },
        startedAt: 0,
        state: 'reading-source',
        step: 0,
        fence: 1,
        claimedUntil: 0,
        heartbeat: 0,
        attempts: 0,
        batchesDone: 0,
      },
      defaultSettings,
    ),
  );
  const claim = await inside.run(() => stores.runStore.claim(id, 0, inside.clock.now(), inside.clock.now() + 60_000));
  if (claim === undefined) throw new Error('nobody got the step');
  const { linkStore } = stores;
  // More pieces of the journal than it may have, so that they are folded.
  for (let index = 0; index < 10; index += 1) {
    await inside.run(() => linkStore.append(connector, 'old', [entry(index)], claim.fence));
  }
  await inside.run(() => linkStore.compact(connector, claim.fence));
  await inside.run(() => linkStore.saveIssuer(connector, 'new', claim.fence));
  await inside.run(() => linkStore.append(connector, 'whatever', [entry(10)], claim.fence));
  const links = await inside.run(() => linkStore.load(connector, 'another'));
  expect([links.issuer, links.accounts.length]).toEqual(['new', 11]);
});
