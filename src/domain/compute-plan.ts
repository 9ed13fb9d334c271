import { listAssigned } from './assigned-groups';
import { changeOrder, type Change } from './change';
import { decidePerson } from './decide-person';
import { computeDesired, type Wish } from './desired';
import { indexDirectory, type DirectoryIndex } from './directory-index';
import { computeDoubts, computeFederations, type Doubts } from './doubts';
import { describeTaken, findWantedEmail } from './email-change';
import { chooseEmailTurns, everybodysTurn, type EmailTurns } from './email-turns';
import { decideGroups, type GroupDecision } from './grouping';
import { computeGroupRows, createsAndAdoptions } from './group-rows';
import type { SourceGroupId, SourceUserId } from './identity';
import type { AccountLink } from './link';
import { mapPeople, type MappedPeople } from './map-people';
import { openMatching, type MatchContext } from './match-context';
import { matchPeople, type Match } from './matching';
import { collectTargets, computeMemberships } from './memberships';
import type { PersonRow, Plan } from './plan';
import { computeBase } from './plan-base';
import { countPlan } from './plan-counts';
import { describeOutcome, describePerson } from './person-words';
import { describePlan } from './plan-notes';
import type { PlanInput } from './planning';
import { findOpenInvitations, overlayRecent } from './recent';
import { computeReturning } from './returning';
import { computeScope } from './scope';
import { planStrangers } from './strangers';

/**
 * The ordered changes that turn the directory into the desired state, with one row for everybody who is in scope or linked and
 * one for every group that is selected or linked. Same input, same plan; linear in users, groups and memberships.
 * Throws `SourceError` `scope-matches-nothing` when the required groups match nothing.
 */
export function computePlan(input: PlanInput): Plan {
  const sides = computeSides(input);
  const people = planPeople(input, sides);
  const known = new Set(people.flatMap(({ row }) => row.accountId ?? []));
  const targets = collectTargets(sides.groups).byGroup.values();
  return assemblePlan(input, sides, [...people, ...planStrangers({ ...input, ...sides, targets, known })]);
}

/** A plan of these people and of the groups in `sides`: ordered, counted, and measured against what is managed. */
export function assemblePlan(input: PlanInput, sides: PlanSides, people: readonly PlannedPerson[]): Plan {
  const { groups } = sides;
  const members = people.flatMap(({ changes }) => changes);
  const wanted = new Set(members.flatMap((change) => (change.kind === 'add-member' ? [change.group] : [])));
  const ordered = order([...createsAndAdoptions(groups, wanted), ...members]);
  const indexes = new Map(ordered.map((change, index) => [change, index]));
  const rows = people.map(({ row, changes }): PersonRow => {
    const own = changes.flatMap((change) => indexes.get(change) ?? []);
    return { ...row, changes: own.sort((one, other) => one - other) };
  });
  const groupRows = computeGroupRows(input, groups, ordered);
  const inDoubt = people.reduce((sum, person) => sum + person.inDoubt, 0);
  return {
    changes: ordered,
    people: rows,
    groups: groupRows,
    counts: countPlan(ordered, rows, groupRows),
    removals: sides.doubts.removals,
    notes: [...sides.doubts.notes, ...describePlan(input, sides.mapped, groupRows, ordered)],
    base: {
      ...computeBase(input, sides.directory, groups, ordered, inDoubt),
      returning: computeReturning(input.links, ordered),
    },
  };
}

/** What a plan is made of: everybody's wish and match, every group's decision, and the doubts. */
export function computeSides(input: PlanInput): PlanSides {
  const sides = prepare(input);
  const groups = decideGroups({
    connectorId: input.connectorId,
    links: input.links,
    adoptions: input.adoptions,
    foreign: input.foreign,
    groups: input.source.groups,
    directory: sides.directory,
    settings: input.settings.groups,
  });
  return { ...sides, groups };
}

/**
 * Addresses that the plan would invite or give to an account as far as the directory alone tells, and those of invitations that
 * were cut off: the organization is asked whether it knows them, for `PlanInput.elsewhere`.
 */
export function findUnknownEmails(input: Omit<PlanInput, 'elsewhere' | 'confirmedAbsent'>): readonly string[] {
  const { wishes, matches, openInvitations } = prepare({ ...input, elsewhere: [], confirmedAbsent: new Set() });
  const emails = new Set<string>();
  for (const [user, wish] of wishes) {
    const match = matches.get(user);
    if (wish.kind !== 'account' || match === undefined) continue;
    const open = match.kind === 'none' && match.operation === 'waiting' && openInvitations.has(wish.email);
    if (match.kind === 'invite' || open || findWantedEmail(input.settings.users, wish, match) !== undefined) {
      emails.add(wish.email);
    }
  }
  return [...emails];
}

interface Sides {
  readonly directory: DirectoryIndex;
  readonly doubts: Doubts;
  readonly mapped: MappedPeople;
  readonly wishes: ReadonlyMap<SourceUserId, Wish>;
  readonly matches: ReadonlyMap<SourceUserId, Match>;
  readonly openInvitations: ReadonlySet<string>;
  readonly matching: MatchContext;
}

export interface PlanSides extends Sides {
  readonly groups: ReadonlyMap<SourceGroupId, GroupDecision>;
}

function prepare(input: PlanInput): Sides {
  const { source, links, elsewhere, recent, now, settings } = input;
  computeScope(source, settings.scope);
  const mapped = mapPeople(source, settings);
  const directory = indexDirectory(overlayRecent(input.directory, recent, now));
  const wishes = computeDesired(input, mapped);
  const openInvitations = findOpenInvitations(recent, now);
  const { confirmed, released, foreign } = input;
  const matching = openMatching({
    source,
    mapped,
    wishes,
    links,
    directory,
    elsewhere,
    openInvitations,
    confirmed,
    released,
    foreign,
    settings: settings.users,
  });
  const matches = matchPeople(matching);
  return { directory, doubts: computeDoubts(input), mapped, wishes, matches, openInvitations, matching };
}

/** One person of a plan: the row without places, and the changes in the order in which they were decided. */
export interface PlannedPerson {
  readonly row: Omit<PersonRow, 'changes'>;
  readonly changes: readonly Change[];
  readonly inDoubt: number;
}

/** What happens to everybody who is in scope or linked; the groups' changes come with `assemblePlan`. */
export function planPeople(input: PlanInput, sides: PlanSides): readonly PlannedPerson[] {
  const people = planInTurn(input, sides, everybodysTurn);
  const turns = chooseEmailTurns(
    people.flatMap(({ changes }) => changes),
    input.now,
    input.approved,
  );
  return turns === undefined ? people : planInTurn(input, sides, turns);
}

function planInTurn(
  input: PlanInput,
  { directory, doubts, wishes, matches, matching, groups }: PlanSides,
  mayChangeEmail: EmailTurns,
): readonly PlannedPerson[] {
  const users = new Map(input.source.users.map((user) => [user.id, user]));
  const links = new Map(input.links.accounts.map((link) => [link.sourceUserId, link]));
  const places = {
    targets: collectTargets(groups),
    assigned: listAssigned(input.settings.groups.alwaysAssign, groups),
  };
  const directoryComplete = input.directory.removals.kind === 'allowed';
  return [...wishes].flatMap(([id, wish]): PlannedPerson[] => {
    const match = matches.get(id);
    if (match === undefined) return [];
    const user = users.get(id);
    const link = links.get(id);
    const federations = computeFederations(user, link);
    const { settings, foreign, now } = input;
    const context = {
      user: id,
      settings,
      doubts,
      federations,
      foreign,
      directoryComplete,
      ...(user === undefined ? {} : { person: user }),
      describeTaken: (own: AccountLink, email: string) => describeTaken(matching, own, email),
      mayChangeEmail,
      now,
    };
    const decision = decidePerson(context, wish, match);
    const { changes, held } = computeMemberships(id, decision, places, doubts, federations);
    const account = decision.accountId === undefined ? undefined : directory.account.get(decision.accountId);
    const row = {
      user: id,
      ...(decision.accountId === undefined ? {} : { accountId: decision.accountId }),
      ...describePerson(wish, user, account?.name, link?.email),
      ...describeOutcome(decision, changes.length, held),
      ...(decision.guest === undefined ? {} : { guest: decision.guest }),
      ...(match.kind === 'none' && match.candidate !== undefined ? { candidate: match.candidate } : {}),
    };
    const heldCount = [...held.values()].reduce((sum, count) => sum + count, decision.inDoubt ? 1 : 0);
    return [{ row, changes: [...decision.changes, ...changes], inDoubt: heldCount }];
  });
}

/** First what gives access, last what takes it; inside a kind as the source lists people. */
function order(changes: readonly Change[]): readonly Change[] {
  return changeOrder.flatMap((kind) => changes.filter((change) => change.kind === kind));
}
