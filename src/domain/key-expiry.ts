const dayMs = 86_400_000;

export interface KeyExpiry {
  readonly state: 'fine' | 'warning' | 'expired' | 'unknown';
  readonly message: string;
  /** Of a warning: the smallest of `expiryWarningDays` that is reached, so that each stage can be shown once. */
  readonly within?: number;
}

/** Days before the expiry at which a warning begins or becomes more urgent. */
export const expiryWarningDays: readonly number[] = [1, 7, 14, 30];

/**
 * What to say about the typed date (`2027-05-31`): Atlassian tells nobody when a key ends (facts 3.1).
 * The key counts as usable until the end of that day, UTC; `now` in epoch milliseconds.
 */
export function describeKeyExpiry(date: string | undefined, now: number): KeyExpiry {
  const day = parseDay(date);
  if (day === undefined) {
    return {
      state: 'unknown',
      message: 'No expiry date is noted for the key. Type it in: Atlassian does not warn before a key expires.',
    };
  }
  const days = Math.floor(day / dayMs) - Math.floor(now / dayMs);
  const renew = 'Create a new key in Atlassian Administration and save it here.';
  if (days < 0) return { state: 'expired', message: `By its date the key expired on ${date ?? ''}. ${renew}` };
  const within = expiryWarningDays.find((limit) => days <= limit);
  if (within === undefined) {
    return { state: 'fine', message: `The key expires in ${days} days, on ${date ?? ''}.` };
  }
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days, on ${date ?? ''}`;
  return { state: 'warning', message: `The key expires ${when}. ${renew}`, within };
}

function parseDay(date: string | undefined): number | undefined {
  if (date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? undefined : time;
}
