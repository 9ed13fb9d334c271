import type { LimitPreset } from './connector';

/**
 * How much a run may do without approval (product.md, promise 3). *Normal* doubles *strict*. *First load* creates without limit
 * and takes no more than *strict*. What holds under every preset: never more than a quarter of the accounts, and never the last
 * member of a group.
 */
export interface Limits {
  readonly deprovisioned: Limit;
  readonly membershipsRemoved: Limit;
  /** Of one group; groups under ten members have a number instead of a share. */
  readonly groupShare: number;
  readonly smallGroup: number;
  readonly created: Limit;
  readonly reactivated: number;
  /** Accounts that get another name or profile. */
  readonly profiles: Limit;
}

/** The larger of a number and a share of what is managed and active. */
export interface Limit {
  readonly number: number;
  readonly share: number;
}

const strict: Limits = {
  deprovisioned: { number: 10, share: 0.01 },
  membershipsRemoved: { number: 50, share: 0.05 },
  groupShare: 0.2,
  smallGroup: 2,
  created: { number: 25, share: 0.02 },
  reactivated: 10,
  profiles: { number: 50, share: 0.2 },
};

export const limitsOf: Readonly<Record<LimitPreset, Limits>> = {
  strict,
  normal: {
    deprovisioned: double(strict.deprovisioned),
    membershipsRemoved: double(strict.membershipsRemoved),
    groupShare: strict.groupShare * 2,
    smallGroup: strict.smallGroup * 2,
    created: double(strict.created),
    reactivated: strict.reactivated * 2,
    profiles: double(strict.profiles),
  },
  'first-load': { ...strict, created: { number: Infinity, share: 1 } },
};

/** Under ten members a share of one group says little. */
export const smallGroupSize = 10;

export function computeLimit(limit: Limit, size: number): number {
  return Math.max(limit.number, Math.floor(size * limit.share));
}

/**
 * Accounts that one run may deprovision when so many managed accounts are active; never more than a quarter of them.
 * It is no use to confirm more vanished people than this: the plan is held anyway.
 */
export function deprovisionLimit(preset: LimitPreset, managed: number): number {
  return Math.min(computeLimit(limitsOf[preset].deprovisioned, managed), Math.floor(managed / 4));
}

function double({ number, share }: Limit): Limit {
  return { number: number * 2, share: share * 2 };
}
