import { computePlan } from '../../src/domain/compute-plan';
import { defaultSettings, type ConnectorSettings, type Scope } from '../../src/domain/connector';
import type { GroupRule, GroupSet } from '../../src/domain/group-set';
import { computeScope } from '../../src/domain/scope';
import { parseSettings } from '../../src/domain/settings/parse';
import type { SourceGroup } from '../../src/domain/snapshot';
import { directory, keycloakGroupId, planInput, settings, source, sourceGroup, user } from './model';

const size = { rules: 500, groups: 5_000 };
const rules = (text: (index: number) => string): readonly GroupRule[] =>
  Array.from({ length: size.rules }, (_, index) => ({ of: 'name', test: 'prefix', text: text(index) }));
const set = (text: (index: number) => string): GroupSet => ({ groupIds: [], rules: rules(text) });
const nameOf = (index: number) => `g${index % size.rules}-${index}`;

const settingsWithRules: ConnectorSettings = settings({
  scope: {
    kind: 'groups',
    include: set((index) => `g${index}-`),
    exclude: set((index) => `none${index}-`),
    match: 'any',
    subGroups: true,
  },
  groups: {
    ...defaultSettings.groups,
    selection: { kind: 'chosen', include: set((index) => `g${index}-`) },
    exclude: set((index) => `none${index}-`),
  },
});

/** Groups that count how often a rule looks at their names. */
function watchedGroups(count: number): { readonly groups: readonly SourceGroup[]; readonly looks: () => number } {
  let looks = 0;
  const groups = Array.from({ length: count }, (_, index) => {
    const group = sourceGroup(`${index}`);
    return Object.defineProperty(group, 'name', { enumerable: true, get: () => ((looks += 1), nameOf(index)) });
  });
  return { groups, looks: () => looks };
}

/** A person whose memberships are counted whenever one is looked at. */
function watchedIds(count: number) {
  let looks = 0;
  const ids = Array.from({ length: count }, (_, index) => keycloakGroupId(`mine-${index}`));
  const groupIds = new Proxy(ids, {
    get: (target, key, receiver): unknown => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  return { groupIds, looks: () => looks };
}

describe('500 rules and 5,000 groups', () => {
  it.each([
    { people: 1, count: 1_000 },
    { people: 100, count: 1_000 },
    { people: 1, count: size.groups },
  ])('let a rule look at a group a few times in a plan: $people people, $count groups', ({ people, count }) => {
    const { groups, looks } = watchedGroups(count);
    const plan = computePlan(
      planInput({
        source: source(
          Array.from({ length: people }, (_, index) => user(`p${index}`, { groups: [`${index}`] })),
          groups,
        ),
        directory: directory([]),
        settings: settingsWithRules,
      }),
    );
    expect(plan.people.filter(({ operation }) => operation === 'added')).toHaveLength(people);
    // Of the two sets of the scope in seven places, and of the two of the synced groups in one; of everything else by a group alone.
    const times = 2 * 7 + 2;
    const otherUses = 20;
    expect(looks()).toBeLessThanOrEqual((times * size.rules + otherUses) * count);
  });

  it('are saved, with 5,000 picked groups beside them', () => {
    const picked = Array.from({ length: size.groups }, (_, index) => keycloakGroupId(`${index}`));
    const { scope } = settingsWithRules;
    if (scope.kind !== 'groups') throw new Error('the scope is chosen');
    const full = { ...settingsWithRules, scope: { ...scope, include: { ...scope.include, groupIds: picked } } };
    expect(parseSettings(full)).toEqual(full);
  });
});

describe('a person', () => {
  const looksWith = (chosen: number, match: 'any' | 'all'): number => {
    const names = Array.from({ length: chosen }, (_, index) => `${index}`);
    const scope: Scope = {
      kind: 'groups',
      include: { groupIds: names.map(keycloakGroupId), rules: [] },
      exclude: { groupIds: [], rules: [] },
      match,
      subGroups: false,
    };
    const { groupIds, looks } = watchedIds(8);
    const member = user('anna', { groups: names });
    const others = Array.from({ length: 8 }, (_, index) => `mine-${index}`);
    const realm = source(
      [{ ...user('bert'), groupIds }, member],
      [...names, ...others].map((name) => sourceGroup(name)),
    );
    const before = looks();
    computeScope(realm, scope);
    return looks() - before;
  };

  it.each(['any', 'all'] as const)('is looked up no longer for 5,000 chosen groups than for 5 (%s)', (match) => {
    expect(looksWith(5_000, match)).toBe(looksWith(5, match));
    expect(looksWith(5, match)).toBeGreaterThan(0);
  });
});

describe('500 transformations and 500 rows of the mapping', () => {
  it('are saved as they are', () => {
    const transformations = Array.from({ length: 500 }, () => ({ kind: 'trim' }) as const);
    const [row] = defaultSettings.users.mapping;
    if (row === undefined) throw new Error('the standard mapping has rows');
    const full = settings({
      users: { mapping: [{ ...row, transformations }, ...Array.from({ length: 499 }, () => row)] },
      groups: { naming: { ...defaultSettings.groups.naming, transformations } },
    });
    expect(parseSettings(full)).toEqual(full);
  });
});
