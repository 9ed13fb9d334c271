import type { RunId } from '../domain/identity';
import type { Lease, LeaseStore } from '../sync/ports';
import { createRecord, loadRecord, saveRecord } from './records';

interface LeaseBody {
  readonly holder: RunId;
  readonly until: number;
}

/** Leases as conditional rows: never deleted, never left to expire by themselves, since an expired row may stay readable. */
export const leaseStore: LeaseStore = {
  load: async (key) => {
    const stored = await loadRecord<LeaseBody>(key);
    return stored === undefined ? undefined : { key, fence: stored.fence, ...stored.value };
  },

  take: async (key, run, now, until) => {
    const body: LeaseBody = { holder: run, until };
    const held = await leaseStore.load(key);
    if (held === undefined) {
      return (await createRecord(key, body)) ? { lease: { key, fence: 1, ...body }, renewed: false } : undefined;
    }
    const renewed = held.holder === run && held.until > 0;
    if (!renewed && held.until > now) return undefined;
    const lease: Lease = { key, fence: held.fence + 1, ...body };
    const taken = await saveRecord({ key, value: body, ifFence: held.fence, fence: lease.fence });
    return taken ? { lease, renewed } : undefined;
  },

  release: async (key, run) => {
    const held = await leaseStore.load(key);
    if (held?.holder !== run || held.until === 0) return;
    const body: LeaseBody = { holder: run, until: 0 };
    // Lost to somebody else in between: then there is nothing to give back.
    await saveRecord({ key, value: body, ifFence: held.fence, fence: held.fence + 1 });
  },
};
