/**
 * What Atlassian's documents leave open. The app must come out right under every answer, so each one is a switch.
 * No variant reports success for a refused write.
 */
export interface Doubts {
  /** Status of a transaction whose condition does not hold; the 500 carries no code at all. */
  readonly failedCondition: 'conflict-409' | 'bad-request-400' | 'server-error-500';
  /** A condition on a row that does not exist: false, true, read as a row without attributes, or refused with 404. */
  readonly absentRow: 'false' | 'true' | 'as-empty' | 'not-found-404';
  /** Rows past their time to live: documented as readable for up to 48 hours. */
  readonly expiredRows: 'readable' | 'gone';
  /** How far queries lag behind writes, in milliseconds of the platform's clock. */
  readonly queryLag: number;
  /** How a call to an address that is not approved comes back. */
  readonly blockedEgress: 'forbidden-403' | 'rejected';
  readonly missingScope: 'unauthorized-401' | 'forbidden-403';
  /** Deleting what is not there. */
  readonly deleteAbsent: 'empty-200' | 'not-found-404';
}

export const kindDoubts: Doubts = {
  failedCondition: 'conflict-409',
  absentRow: 'false',
  expiredRows: 'gone',
  queryLag: 0,
  blockedEgress: 'forbidden-403',
  missingScope: 'unauthorized-401',
  deleteAbsent: 'empty-200',
};

export const hostileDoubts: Doubts = {
  failedCondition: 'server-error-500',
  absentRow: 'true',
  expiredRows: 'readable',
  queryLag: 5_000,
  blockedEgress: 'rejected',
  missingScope: 'forbidden-403',
  deleteAbsent: 'not-found-404',
};
