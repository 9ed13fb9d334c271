import type { LastSeen } from './link';

const dayMs = 86_400_000;

/** How many days this connector's suspension must have lasted before an account is removed from the directory. */
export const removalDays = 30;

/** Whether a suspension by this connector has lasted so long that *Remove from the directory* may follow. */
export function isRemovable(suspendedAt: number, now: number): boolean {
  return daysSince(suspendedAt, now) >= removalDays;
}

/** How long somebody who vanished or left the scope keeps everything; nothing when the grace period is over or there is none. */
export function describeGrace(graceDays: number, lastSeen: LastSeen, now: number): string | undefined {
  const past = daysSince(leftSince(lastSeen) ?? now, now);
  return past < graceDays ? `Keeps everything for ${describeDays(graceDays - past)} more.` : undefined;
}

/** When a complete read first showed that somebody was gone or out of scope, epoch milliseconds. */
export function leftSince({ leftSince, absentSince }: LastSeen): number | undefined {
  return leftSince ?? absentSince;
}

/** Whole days that have passed. */
export function daysSince(at: number, now: number): number {
  return Math.floor((now - at) / dayMs);
}

/** `1 day`, `3 days`. */
export function describeDays(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
