import fc from 'fast-check';
import type { Change } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import type { AccountLink } from '../../src/domain/link';
import type { PlanInput } from '../../src/domain/planning';
import type { DirectoryAccount, SourceUser } from '../../src/domain/snapshot';
import { applyChanges, keycloakGroupId } from './model';
import { build, world } from './worlds';

/*
 * What becomes of each managed account once a plan was carried out, said without the planner: by the realm, the settings and the
 * account alone. People of federations are left to the properties about outages.
 */
interface Case {
  readonly input: PlanInput;
  readonly link: AccountLink;
  readonly person: SourceUser | undefined;
  readonly before: DirectoryAccount;
  readonly after: DirectoryAccount | undefined;
}

function applicable(changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => !('evidence' in change) || change.evidence !== 'unconfirmed');
}

/** Every linked person of the realm itself whose account is an ordinary one in the directory, in a world beyond doubt. */
function casesOf(input: PlanInput): readonly Case[] {
  if (input.source.removals.kind === 'withheld' || input.directory.removals.kind === 'withheld') return [];
  const later = applyChanges(input, applicable(computePlan(input).changes));
  return input.links.accounts.flatMap((link): readonly Case[] => {
    const before = input.directory.accounts.find(({ id }) => id === link.accountId);
    const person = input.source.users.find(({ id }) => id === link.sourceUserId);
    const federated = link.lastSeen.federationLink ?? person?.federationLink;
    if (before === undefined || federated !== undefined || sharesAddress(input, person, before)) return [];
    if (!before.person || before.synced || before.platformRoles.length > 0) return [];
    return [{ input, link, person, before, after: later.directory.accounts.find(({ id }) => id === before.id) }];
  });
}

/**
 * Two people with one address, somebody else with the address of the account, or another account with the person's are a conflict:
 * nothing is taken from either.
 */
function sharesAddress(
  { source, directory }: PlanInput,
  person: SourceUser | undefined,
  account: DirectoryAccount,
): boolean {
  const own = new Set([person?.email, account.email].filter((email) => email !== undefined));
  const isTaken = directory.accounts.some(({ id, email }) => id !== account.id && email === person?.email);
  if (person?.email !== undefined && person.email !== account.email && isTaken) return true;
  return source.users.some(({ id, email }) => id !== person?.id && email !== undefined && own.has(email));
}

const inScope = ({ input, person }: Case): boolean =>
  person !== undefined && (input.settings.scope.kind === 'realm' || person.groupIds.includes(keycloakGroupId('base')));

function holds(name: string, applies: (each: Case) => boolean, check: (each: Case) => void): void {
  let met = 0;
  it(name, () => {
    fc.assert(
      fc.property(world, (each) => {
        for (const one of casesOf(build(each)).filter(applies)) {
          met += 1;
          check(one);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(met).toBeGreaterThan(0);
  });
}

describe('once a plan is carried out', () => {
  holds(
    'whoever is enabled and in scope is active, unless somebody else switched the account off',
    (each) => inScope(each) && each.person?.enabled === true && each.person.email !== undefined,
    ({ link, before, after }) => {
      const ours = before.status === 'suspended' && link.suspendedAt !== undefined;
      expect(after?.status).toBe(ours ? 'active' : before.status);
    },
  );

  holds(
    'whoever is disabled has no access, and keeps account and memberships',
    (each) =>
      inScope(each) &&
      each.person?.enabled === false &&
      each.person.email !== undefined &&
      each.before.status === 'active',
    ({ before, after }) => expect(after).toEqual({ ...before, status: 'suspended' }),
  );

  holds(
    'whoever left the scope has what the cleanup says',
    (each) => each.person !== undefined && !inScope(each) && each.before.status === 'active',
    ({ input, before, after }) => {
      const { behaviour } = input.settings.cleanup;
      expect(after?.status).toBe(behaviour === 'keep' ? 'active' : 'suspended');
      const added = after?.groupIds.filter((id) => !before.groupIds.includes(id)) ?? [];
      expect(added).toEqual([]);
    },
  );

  holds(
    'whoever is gone has what the cleanup says once that is confirmed, and everything before',
    ({ person, before }) => person === undefined && before.status === 'active',
    ({ input, link, before, after }) => {
      const { behaviour } = input.settings.cleanup;
      if (!input.confirmedAbsent.has(link.sourceUserId)) expect(after).toEqual(before);
      else expect(after?.status).toBe(behaviour === 'keep' ? 'active' : 'suspended');
    },
  );

  holds(
    'an account that is off for another reason stays exactly as it is',
    ({ link, before }) => before.status !== 'active' && link.suspendedAt === undefined,
    ({ before, after }) => expect(after).toEqual(before),
  );
});
