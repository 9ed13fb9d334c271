import fc from 'fast-check';
import { clearApproved } from '../../src/domain/approval';
import { isDeprovision, type Change } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import { checkGuards, rulesFingerprint } from '../../src/domain/guards';
import type { PlanInput } from '../../src/domain/planning';
import type { DirectoryAccount, SourceUser } from '../../src/domain/snapshot';
import {
  accountLink,
  applyChanges,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  issuer,
  keycloakGroupId,
  links,
  now,
  planInput,
  source,
  sourceGroup,
  user,
} from './model';
import { build, world } from './worlds';

/** What may be applied: everything but what rests on an unconfirmed absence. */
function applicable(changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => !('evidence' in change) || change.evidence !== 'unconfirmed');
}

function holds(check: (input: PlanInput) => void): void {
  fc.assert(
    fc.property(world, (each) => check(build(each))),
    { numRuns: 400 },
  );
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('every plan', () => {
  it('plans nothing more once it is carried out', () =>
    holds((input) => {
      const after = applyChanges(input, applicable(computePlan(input).changes));
      expect(applicable(computePlan(after).changes)).toEqual([]);
    }));

  it('gives everybody who is active and in scope exactly the wanted memberships of groups that are taken over', () =>
    holds((input) => {
      if (input.source.removals.kind === 'withheld' || input.directory.removals.kind === 'withheld') return;
      const plan = computePlan(input);
      const after = applyChanges(input, applicable(plan.changes));
      const aligned = new Set(['added', 'adopted', 'updated', 'reactivated', 'not-modified']);
      const filled = new Set(['created', 'adopted', 'updated', 'not-modified']);
      for (const row of plan.people) {
        const person = input.source.users.find((each) => each.id === row.user);
        const link = after.links.accounts.find((each) => each.sourceUserId === row.user);
        const account = after.directory.accounts.find((each) => each.id === link?.accountId);
        const scoped = input.settings.scope.kind === 'realm' || person?.groupIds.includes(keycloakGroupId('base'));
        if (!aligned.has(row.operation) || person?.enabled !== true || !scoped || account?.status !== 'active')
          continue;
        for (const target of plan.groups) {
          const groupLink = after.links.groups.find((each) => each.sourceGroupId === target.group);
          if (groupLink === undefined || !filled.has(target.operation)) continue;
          const is = account.groupIds.includes(groupLink.groupId);
          const should = person.groupIds.includes(target.group);
          if (should) expect({ row, target, is }).toEqual({ row, target, is: true });
          else if (groupLink.mode === 'take-over' && row.notes.length === 0) {
            expect({ row, target, is }).toEqual({ row, target, is: false });
          }
        }
      }
    }));

  it('changes no account, group or membership that this connector neither owns nor adopts', () =>
    holds((input) => {
      const plan = computePlan(input);
      const after = applyChanges(input, applicable(plan.changes));
      const ownAccounts = new Set(after.links.accounts.map((each) => each.accountId));
      const ownGroups = new Set(after.links.groups.map((each) => each.groupId));
      for (const before of input.directory.accounts) {
        const later = after.directory.accounts.find((each) => each.id === before.id);
        if (input.links.accounts.some((each) => each.accountId === before.id)) {
          const foreign = (ids: DirectoryAccount['groupIds']) => ids.filter((id) => !ownGroups.has(id));
          if (later !== undefined) expect(foreign(later.groupIds)).toEqual(foreign(before.groupIds));
        } else if (!ownAccounts.has(before.id)) expect(later).toEqual(before);
        else expect(later?.status).toBe(before.status);
      }
      for (const before of input.directory.groups) expect(after.directory.groups).toContainEqual(before);
    }));

  it('writes names, profiles and addresses of managed accounts of its own alone, where a switch is on', () => {
    let seen = 0;
    holds((input) => {
      const { updateName, updateEmail, updateProfile } = input.settings.users;
      const after = applyChanges(input, applicable(computePlan(input).changes));
      for (const before of input.directory.accounts) {
        const later = after.directory.accounts.find((each) => each.id === before.id);
        if (later === undefined) continue;
        const isOwn = after.links.accounts.some((each) => each.accountId === before.id && each.guest === undefined);
        const may = isOwn && before.claimed && later.status === 'active';
        if (!may || !updateName) expect(later.name).toBe(before.name);
        if (!may || !updateProfile) expect(later.profile).toEqual(before.profile);
        if (!may || !updateEmail) expect(later.email).toBe(before.email);
        if (later.email !== before.email || later.name !== before.name) seen += 1;
      }
    });
    expect(seen).toBeGreaterThan(50);
  });

  it('gives nobody an address that somebody else has, and none at all while a read is in doubt', () => {
    let seen = 0;
    holds((input) => {
      const { changes, removals } = computePlan(input);
      const moved = changes.flatMap((change) => (change.kind === 'update-email' ? [change] : []));
      if (removals.kind === 'withheld') expect(moved).toEqual([]);
      for (const { accountId, after } of moved) {
        seen += 1;
        const holders = input.directory.accounts.filter(({ email, id }) => email === after && id !== accountId);
        expect(holders).toEqual([]);
        expect(moved.filter((each) => each.after === after)).toHaveLength(1);
        expect(after.endsWith('@example.com')).toBe(true);
      }
    });
    // Random worlds have between five and twenty of them; none would mean that nothing was tried.
    expect(seen).toBeGreaterThan(0);
  });

  it('never touches anything protected', () =>
    holds((input) => {
      const plan = computePlan(input);
      const accounts = new Set<string>(
        input.directory.accounts
          .filter((each) => each.platformRoles.length > 0 || each.synced || !each.person)
          .map((each) => each.id),
      );
      const groups = new Set<string>(
        input.directory.groups.flatMap((each) =>
          each.protectedBecause === undefined ? [] : [each.id, each.id.replace('g-', 'k-')],
        ),
      );
      for (const change of plan.changes) {
        if ('accountId' in change) expect(accounts).not.toContain(change.accountId);
        if ('groupId' in change) expect(groups).not.toContain(change.groupId);
        if ('group' in change) expect(groups).not.toContain(change.group);
      }
      expect(plan.base.protectedChanges).toEqual([]);
    }));

  it('takes nothing at all while removals are withheld', () =>
    holds((input) => {
      const plan = computePlan(input);
      if (plan.removals.kind === 'allowed') return;
      expect(plan.changes.filter(isDeprovision)).toEqual([]);
    }));

  it('takes nothing from anyone of a federation that is out', () =>
    holds((input) => {
      const linked = input.links.accounts.filter(
        (each) => each.lastSeen.federationLink === 'ldap' && each.lastSeen.enabled,
      );
      const left = input.source.users.some((each) => each.federationLink === 'ldap' && each.enabled);
      if (linked.length === 0 || left) return;
      const theirs = new Set(linked.map((each) => each.sourceUserId));
      const taken = computePlan(input).changes.filter(
        (change) => isDeprovision(change) && 'user' in change && theirs.has(change.user),
      );
      expect(taken).toEqual([]);
    }));

  it('has one row for everybody in scope or linked and for every group, and counts that add up', () =>
    holds((input) => {
      const plan = computePlan(input);
      const scoped = (each: SourceUser) =>
        input.settings.scope.kind === 'realm' || each.groupIds.includes(keycloakGroupId('base'));
      const people = new Set([
        ...input.source.users.filter(scoped).map((each) => each.id),
        ...input.links.accounts.map((each) => each.sourceUserId),
      ]);
      const groups = new Set([
        ...input.source.groups.map((each) => each.id),
        ...input.links.groups.map((each) => each.sourceGroupId),
      ]);
      expect(plan.people.map((row) => row.user).sort()).toEqual([...people].sort());
      expect(plan.groups.map((row) => row.group).sort()).toEqual([...groups].sort());
      expect(sum(plan.counts.people)).toBe(plan.people.length);
      expect(sum(plan.counts.groups)).toBe(plan.groups.length);
      expect(sum(plan.counts.changes)).toBe(plan.changes.length);
      const ofPeople = plan.people.flatMap((row) => row.changes);
      const personal = plan.changes.flatMap((change, index) => ('user' in change ? [index] : []));
      expect([...ofPeople].sort((one, other) => one - other)).toEqual(personal);
      for (const row of plan.people) {
        for (const index of row.changes) expect(plan.changes[index]).toMatchObject({ user: row.user });
      }
    }));

  it('applies, when a part of it is approved, only approved changes whose needs are met', () =>
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.boolean()), (each, choices) => {
        const input = build(each);
        const plan = computePlan(input);
        const memory = { deprovisioned: [], recent: [] };
        const rules = rulesFingerprint(input.settings);
        const guarded = checkGuards(plan, { preset: 'strict', memory, rules, issuer, now });
        const approved = plan.changes.filter(() => choices.next().value);
        const cleared = clearApproved(guarded, approved);
        expect(approved).toEqual(expect.arrayContaining([...cleared.changes]));
        expect(cleared.changes.length + cleared.skipped.notApproved.length).toBe(plan.changes.length);
        // The model throws when a change finds no link for its person or group.
        expect(() => applyChanges(input, cleared.changes)).not.toThrow();
      }),
      { numRuns: 200 },
    ));
});

describe('a large plan', () => {
  // Whatever is quadratic in people or memberships does not end within the time of a test.
  it('moves 10,000 people between 8 of 500 groups each', () => {
    const names = Array.from({ length: 500 }, (_, index) => `group${index}`);
    const groupsOf = (index: number) => Array.from({ length: 8 }, (_, step) => `group${(index * 7 + step * 61) % 500}`);
    const people = Array.from({ length: 10_000 }, (_, index) => `person${index}`);
    const input = planInput({
      source: source(
        people.map((name, index) => user(name, { groups: groupsOf(index) })),
        names.map((name) => sourceGroup(name)),
      ),
      directory: directory(
        people.map((name, index) => directoryAccount(name, { groups: groupsOf(index + 1), name: 'Somebody' })),
        names.map((name) => directoryGroup(name)),
      ),
      links: links(
        people.map((name) => accountLink(name)),
        names.map((name) => groupLink(name)),
      ),
    });
    const plan = computePlan(input);
    expect(plan.counts.changes).toMatchObject({ 'add-member': 80_000, 'remove-member': 80_000 });
    expect(plan.counts.people.updated).toBe(10_000);
  });
});
