import type { Candidate } from '../../../../src/domain/plan';
import type { ReportRow } from '../../../../src/domain/report';

/** A person of the realm beside the account that is probably theirs. */
export interface Match {
  readonly user: string;
  readonly name: string;
  readonly email?: string;
  readonly candidate: Candidate;
}

/** At most so many matches travel to the app in one call. */
export const mostMatches = 500;

/** The matches that wait for a confirmation: first those where everything agrees. */
export function findMatches(rows: readonly ReportRow[]): readonly Match[] {
  const found = rows.flatMap((row): readonly Match[] => {
    if (row.kind !== 'person' || row.row.operation !== 'conflict' || row.row.candidate === undefined) return [];
    const { user, name, email, candidate } = row.row;
    return [{ user, name, ...(email === undefined ? {} : { email }), candidate }];
  });
  return [...found.filter(({ candidate }) => candidate.agrees), ...found.filter(({ candidate }) => !candidate.agrees)];
}

/** Why a match has to be confirmed. */
export function describeDoubt({ candidate }: Match): string {
  const why =
    candidate.why === 'unproven-email'
      ? 'Keycloak has not verified this e-mail address.'
      : 'The person is back under a new Keycloak id.';
  return candidate.agrees ? `${why} Everything else agrees.` : `${why} Not everything agrees: look at it yourself.`;
}
