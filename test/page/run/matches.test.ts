import { accountId, sourceUserId } from '../../../src/domain/identity';
import type { PersonOperation } from '../../../src/domain/plan';
import type { ReportRow } from '../../../src/domain/report';
import { describeDoubt, findMatches } from '../../../static/admin/src/run/matches';

const row = (name: string, operation: PersonOperation, agrees?: boolean): ReportRow => ({
  kind: 'person',
  row: {
    user: sourceUserId(name),
    name,
    operation,
    reason: '',
    notes: [],
    changes: [],
    ...(agrees === undefined
      ? {}
      : { candidate: { accountId: accountId(name), name, why: agrees ? 'unproven-email' : 'relink', agrees } }),
  },
  changes: [],
});

describe('matches to confirm', () => {
  const matches = findMatches([
    row('differs', 'conflict', false),
    row('agrees', 'conflict', true),
    row('conflict without a candidate', 'conflict'),
    row('linked meanwhile', 'not-modified', true),
  ]);

  it('are the conflicts that have a candidate, those first where everything agrees', () => {
    expect(matches.map(({ name }) => name)).toEqual(['agrees', 'differs']);
  });

  it('say why they are not proven', () => {
    expect(matches.map(describeDoubt)).toEqual([
      'Keycloak has not verified this e-mail address. Everything else agrees.',
      'The person is back under a new Keycloak id. Not everything agrees: look at it yourself.',
    ]);
  });
});
