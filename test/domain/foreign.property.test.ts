import fc from 'fast-check';
import { computePlan } from '../../src/domain/compute-plan';
import { nothingForeign } from '../../src/domain/foreign';
import { connectorId } from '../../src/domain/identity';
import { applyChanges } from './model';
import { build, world } from './worlds';

const other = connectorId('connector-2');

/** Some accounts and groups of a world belong to another connector; its links of them are ours as guests. */
const shared = fc.record({
  of: world,
  accounts: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
  groups: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
});

function buildShared({ of, accounts, groups }: typeof shared extends fc.Arbitrary<infer Value> ? Value : never) {
  const input = build(of);
  const theirs = new Set(input.directory.accounts.filter((_, index) => accounts[index] === true).map(({ id }) => id));
  const theirGroups = input.directory.groups.filter((_, index) => groups[index] === true).map(({ id }) => id);
  const links = {
    ...input.links,
    accounts: input.links.accounts.map((link) =>
      theirs.has(link.accountId) ? { ...link, guest: true as const } : link,
    ),
  };
  const foreign = {
    ...nothingForeign,
    accounts: new Map([...theirs].map((id) => [id, other])),
    groups: new Map(theirGroups.map((id) => [id, other])),
    names: new Map([[other, 'Second']]),
    managedAccounts: theirs,
    managedGroups: new Set(theirGroups),
  };
  return { ...input, links, foreign };
}

describe('beside another connector', () => {
  it('a plan never suspends, restores, removes or empties what the other one owns', () => {
    fc.assert(
      fc.property(shared, (given) => {
        const input = buildShared(given);
        for (const change of computePlan(input).changes) {
          if (change.kind === 'suspend' || change.kind === 'restore' || change.kind === 'remove-account') {
            expect(input.foreign.accounts.has(change.accountId)).toBe(false);
          }
          if (change.kind === 'adopt-account') {
            expect(change.guest === true).toBe(input.foreign.accounts.has(change.accountId));
          }
          if ('groupId' in change && change.groupId !== undefined)
            expect(input.foreign.groups.has(change.groupId)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('planning again after a plan was carried out is quiet', () => {
    fc.assert(
      fc.property(shared, (given) => {
        const input = buildShared(given);
        const done = computePlan(input).changes.filter(
          (change) => !('evidence' in change && change.evidence === 'unconfirmed'),
        );
        const again = computePlan(applyChanges(input, done)).changes;
        expect(again.filter((change) => !('evidence' in change && change.evidence === 'unconfirmed'))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
