import type { ExternalOperation } from '../../dev/forge/external';
import { openFlow, type Flow, type FlowOptions } from './flow';
import { calmDown, disable, invitedAddresses, outcomes, planned } from './look';

/** Forge's limits of a stored value, of a batch of writes, and of events that one event brings about. */
const valueBytes = 240 * 1024;
const cyclicPushes = 1_000;

let flow: Flow;
afterEach(() => flow.stop());

interface Effort {
  readonly pushes: number;
  readonly invocations: number;
}

/** Opens the app, runs it, and counts what the consumer did. */
async function runCounted(options: FlowOptions): Promise<Effort & { readonly changes: Record<string, number> }> {
  flow = await openFlow(options);
  const operations: ExternalOperation[] = [];
  flow.stage.platform.controls.onExternal = (operation) => {
    if (operation.invocation.module.type === 'consumer') operations.push(operation);
    return 'continue';
  };
  const run = await flow.run('full');
  expect({ state: run.state, failure: run.failure }).toEqual({ state: 'finished', failure: undefined });
  expect(Object.keys(outcomes(run))).toEqual(['done']);
  return {
    pushes: operations.filter(({ kind }) => kind === 'queue').length,
    invocations: new Set(operations.map(({ invocation }) => invocation.id)).size,
    changes: planned(run),
  };
}

const state = () => JSON.stringify(flow.organization.snapshot()).replaceAll(flow.connectorId, 'connector');

it('ends the same when a realm takes many invocations as when it takes one', async () => {
  const size = { users: 150, groups: 10 };
  const once = await runCounted(size);
  const wanted = state();
  await flow.stop();
  expect(once.invocations).toBe(1);
  const often = await runCounted({ ...size, consumerCalls: 60 });
  expect(often.invocations).toBeGreaterThan(4);
  expect(often.changes).toEqual(once.changes);
  expect(state()).toBe(wanted);
  const addresses = invitedAddresses(flow);
  expect(addresses).toEqual([...new Set(addresses)]);
  // One event follows the other; no step pushes more than one.
  expect(often.pushes).toBe(often.invocations - 1);
});

it('fails with a sentence when one piece of work never fits into an invocation', async () => {
  flow = await openFlow({ users: 10, groups: 3, consumerCalls: 3 });
  const run = await flow.run('full');
  expect(run).toMatchObject({ state: 'failed', failure: { code: 'out-of-budget' } });
  expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
});

it('brings 3,000 people within the limits of storage and of events', async () => {
  const { pushes, changes } = await runCounted({ users: 3_000, groups: 6 });
  expect(changes).toEqual({ 'create-group': 6, invite: 3_000, 'add-member': 6_000 });
  expect(pushes).toBeLessThan(cyclicPushes / 20);
  const largest = Math.max(...flow.stage.platform.dumpStorage().map((value) => Buffer.byteLength(value)));
  expect(largest).toBeLessThan(valueBytes);

  calmDown(flow);
  const [email] = disable(flow, 7);
  flow.stage.atlassian.traffic.clear();
  const run = await flow.run('full');
  expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: { suspend: 1 } });
  expect(flow.organization.account(email ?? '')).toBeDefined();
  expect(flow.stage.atlassian.traffic.writes().length).toBe(1);
}, 120_000);

it('keeps nothing of a run that ended but its plan, what it did of it for an undo, and its report', async () => {
  flow = await openFlow({ users: 20, groups: 3 });
  const kept = new Set<string>();
  flow.stage.platform.controls.onExternal = (operation) => {
    if (operation.kind !== 'kvs') return 'continue';
    for (const key of operation.keys) {
      if (operation.path.includes('delete')) kept.delete(key);
      else kept.add(key);
    }
    return 'continue';
  };
  expect((await flow.run('full')).state).toBe('finished');
  const names = [...kept].filter((key) => key.startsWith('work:')).map((key) => key.split(':')[2]);
  expect(names.sort()).toEqual(['done', 'plan', 'report-0']);
});
