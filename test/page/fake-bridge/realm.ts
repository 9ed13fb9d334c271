import type { ReportRow, ReportedChange } from '../../../src/domain/report';
import { accountId, groupId, sourceGroupId, sourceUserId } from '../../../src/domain/identity';
import type { Candidate, GroupOperation, PersonOperation, PlanCounts } from '../../../src/domain/plan';
import type { ConnectorSettings } from '../../../src/domain/connector';
import type { GroupSet } from '../../../src/domain/group-set';
import type { SurveyResult } from '../../../src/domain/survey';
import type { SurveyedChoice, SurveyedChoices } from '../../../src/domain/survey-choices';
import { makeAttributes } from './mapping';

const firstNames = [
  'Ada',
  'Björn',
  'Chiara',
  'Dmitri',
  'Elif',
  'Farid',
  'Grace',
  'Hana',
  'Ines',
  'Jonas',
  'Keiko',
  'Liam',
];
const lastNames = ['Anders', 'Brandt', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Huber', 'Ivanova', 'Jansen'];
const teams = ['engineering', 'sales', 'support', 'finance', 'people', 'design', 'legal', 'operations'];
const domains = ['acme.example', 'acme-europe.example', 'contractors.example'];

/** Picks the same element for the same number, always. */
function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

const pathOf = (index: number) =>
  `/${pick(teams, index)}${index < teams.length ? '' : `/team ${Math.floor(index / teams.length)}`}`;

interface Fate {
  readonly operation: PersonOperation;
  readonly reason: string;
  readonly changes: readonly ReportedChange[];
  readonly notes?: readonly string[];
  readonly candidate?: Candidate;
  readonly guest?: true;
}

const change = (kind: string, text: string, reason: string, group?: number): ReportedChange => ({
  kind,
  text,
  reason,
  ...(group === undefined ? {} : { group: sourceGroupId(`group-${group}`) }),
});

function fateOf(index: number, name: string, email: string, groups: number): Fate {
  const place = index % Math.max(1, groups);
  const group = pathOf(place).slice(1);
  if (index % 71 === 9) {
    const agrees = index % 4 !== 0;
    return {
      operation: 'conflict',
      reason: 'An account has this address, and Keycloak has not verified it.',
      changes: [],
      candidate: {
        accountId: accountId(`account-${index}`),
        name: agrees ? name : `${name.slice(0, 1)}. ${name.split(' ')[1] ?? ''}-Smith`,
        email,
        why: index % 3 === 0 ? 'relink' : 'unproven-email',
        agrees,
      },
    };
  }
  if (index % 67 === 6) {
    return {
      operation: 'updated',
      reason: 'Memberships differ.',
      changes: [change('remove-member', `Remove from ${group}`, 'No longer a member in Keycloak.', place)],
    };
  }
  if (index % 97 === 3) {
    return {
      operation: 'conflict',
      reason: 'Two accounts have this address; an administrator must choose one.',
      changes: [],
      notes: ['Nothing changes for this person until the conflict is solved.'],
    };
  }
  if (index % 61 === 5) {
    return {
      operation: 'deactivated',
      reason: 'The user is disabled in Keycloak.',
      changes: [
        change('remove-member', `Remove from ${group}`, 'No longer a member in Keycloak.', place),
        change('suspend', 'Deactivate the account', 'Disabled in Keycloak.'),
      ],
    };
  }
  if (index % 41 === 7) return { operation: 'filtered', reason: 'Not in a required group.', changes: [] };
  if (index % 83 === 11) return { operation: 'frozen', reason: 'The user has no usable e-mail address.', changes: [] };
  if (index % 53 === 13) {
    return {
      operation: 'blocked-by-hand',
      reason: 'Somebody suspended this account in Atlassian; it is not brought back.',
      changes: [],
    };
  }
  if (index % 17 === 2) {
    return {
      operation: 'added',
      reason: `No account has ${email}.`,
      changes: [
        change('invite', `Invite ${email}`, 'In scope and without an account.'),
        change('add-member', `Add to ${group}`, 'A member in Keycloak.', place),
      ],
    };
  }
  if (index % 23 === 4) {
    return {
      operation: 'updated',
      reason: 'Memberships differ.',
      changes: [change('add-member', `Add to ${group}`, 'A member in Keycloak.', place)],
      notes: [
        `The name differs: "${name}" in Keycloak, "${name} Jr." in Atlassian. Switch on "Update names" to set it.`,
      ],
    };
  }
  if (index % 89 === 9) {
    const before = email.replace('@', '.old@');
    return {
      operation: 'updated',
      reason: 'The e-mail address changes. The profile changes.',
      changes: [
        change(
          'update-profile',
          `Name from "${name}-Old" to "${name}"; job title from nothing to "Clerk".`,
          'Is so in Keycloak.',
        ),
        change(
          'update-email',
          `Change the e-mail address from ${before} to ${email}: signs the person out everywhere.`,
          'Is so in Keycloak, and proven to be the person’s.',
        ),
      ],
      notes: [
        `The e-mail address changes from ${before} to ${email}: Atlassian signs the person out everywhere, and the new one is for signing in.`,
      ],
    };
  }
  if (index % 19 === 8) {
    return {
      operation: 'not-modified',
      reason: 'Is as wished.',
      changes: [],
      notes: ['The account itself belongs to the connector "Acme Europe": only memberships are synced here.'],
      guest: true,
    };
  }
  return { operation: 'not-modified', reason: 'Already as it should be.', changes: [] };
}

/** Rows of a report: people and groups, with the outcomes of a full run when it was one. */
export function makeRows(people: number, groups: number, applied: boolean): readonly ReportRow[] {
  const outcome = (row: ReportedChange, index: number): ReportedChange =>
    !applied
      ? row
      : index % 170 === 2
        ? { ...row, outcome: 'refused', message: 'Atlassian refused: the user limit of the product is reached.' }
        : { ...row, outcome: 'done' };
  const personRows = Array.from({ length: people }, (_, index): ReportRow => {
    const name = `${pick(firstNames, index)} ${pick(lastNames, Math.floor(index / 3))}`;
    const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}${index}@${pick(domains, index % 11 === 0 ? 1 : 0)}`;
    const fate = fateOf(index, name, email, groups);
    return {
      kind: 'person',
      row: {
        user: sourceUserId(`user-${index}`),
        ...(fate.operation === 'added' ? {} : { accountId: accountId(`account-${index}`) }),
        name,
        email,
        operation: fate.operation,
        reason: fate.reason,
        notes: fate.notes ?? [],
        ...(fate.candidate === undefined ? {} : { candidate: fate.candidate }),
        ...(fate.guest === undefined ? {} : { guest: fate.guest }),
        changes: fate.changes.map((_change, at) => at),
      },
      changes: fate.changes.map((row) => outcome(row, index)),
    };
  });
  const groupRows = Array.from({ length: groups }, (_, index): ReportRow => {
    const path = pathOf(index);
    const operations: readonly GroupOperation[] = ['not-modified', 'updated', 'created', 'not-modified', 'protected'];
    const operation = pick(operations, index);
    return {
      kind: 'group',
      row: {
        group: sourceGroupId(`group-${index}`),
        ...(operation === 'created' ? {} : { groupId: groupId(`atlassian-${index}`) }),
        name: path.slice(1),
        path,
        operation,
        reason: operation === 'protected' ? 'The group grants administration.' : 'Named as in Keycloak.',
        notes: [],
        grantsAccess: index % 6 === 0 ? ['Jira'] : [],
        added: operation === 'not-modified' ? 0 : index + 1,
        removed: operation === 'updated' ? 2 : 0,
      },
      changes:
        operation === 'created'
          ? [outcome(change('create-group', `Create the group ${path.slice(1)}`, 'No group has this name.'), 1)]
          : [],
    };
  });
  return [...personRows, ...groupRows];
}

/** Counts of rows, as a plan has them. */
export function countRows(rows: readonly ReportRow[]): PlanCounts {
  const people: Record<PersonOperation, number> = {
    added: 0,
    adopted: 0,
    updated: 0,
    reactivated: 0,
    deactivated: 0,
    leaving: 0,
    removed: 0,
    'not-modified': 0,
    filtered: 0,
    frozen: 0,
    waiting: 0,
    'blocked-by-hand': 0,
    conflict: 0,
    protected: 0,
    'held-back': 0,
  };
  const groups: Record<GroupOperation, number> = {
    created: 0,
    adopted: 0,
    updated: 0,
    'not-modified': 0,
    filtered: 0,
    conflict: 0,
    orphaned: 0,
    protected: 0,
  };
  for (const row of rows) {
    if (row.kind === 'person') people[row.row.operation] += 1;
    else groups[row.row.operation] += 1;
  }
  const kinds = rows.flatMap((row) => row.changes.map(({ kind }) => kind));
  const of = (kind: string) => kinds.filter((other) => other === kind).length;
  return {
    people,
    groups,
    changes: {
      'create-group': of('create-group'),
      'adopt-group': of('adopt-group'),
      invite: of('invite'),
      'adopt-account': of('adopt-account'),
      restore: of('restore'),
      'update-profile': of('update-profile'),
      'update-email': of('update-email'),
      'add-member': of('add-member'),
      'remove-member': of('remove-member'),
      suspend: of('suspend'),
      'remove-account': of('remove-account'),
    },
  };
}

/** What each choice of the settings catches; a group of another name than the realm's is gone. */
function makeChoices(people: number, groups: number, settings: ConnectorSettings): SurveyedChoices {
  const count = ({ groupIds, rules }: GroupSet): readonly SurveyedChoice[] => [
    ...groupIds.map((id): SurveyedChoice => {
      const index = Number(/^group-(\d+)$/.exec(id)?.[1] ?? groups);
      return index < groups
        ? { kind: 'group', id, path: pathOf(index), people: Math.max(1, Math.round(people / (index + 2))) }
        : { kind: 'group', id, people: 0 };
    }),
    ...rules.map((rule): SurveyedChoice => {
      const found = Array.from({ length: groups }, (_, index) => pathOf(index)).filter((path) =>
        path.startsWith(rule.text),
      ).length;
      return { kind: 'rule', rule, groups: found, people: Math.min(people, found * 7) };
    }),
  ];
  const { scope } = settings;
  const { selection, exclude } = settings.groups;
  return {
    'scope.include': scope.kind === 'realm' ? [] : count(scope.include),
    'scope.exclude': scope.kind === 'realm' ? [] : count(scope.exclude),
    'groups.selection.include': selection.kind === 'all' ? [] : count(selection.include),
    'groups.exclude': count(exclude),
  };
}

/** A survey of a realm of some size. */
export function makeSurvey(people: number, groups: number, settings: ConnectorSettings): SurveyResult {
  const { scope } = settings;
  const choices = makeChoices(people, groups, settings);
  const lost = choices['scope.include'].filter((each) => each.kind === 'group' && each.path === undefined);
  return {
    readAt: Date.now(),
    users: people,
    inScope: scope.kind === 'groups' ? Math.round(people / (scope.include.groupIds.length + 1)) : people,
    scopeProblems: lost.length === 0 ? [] : ['A required group no longer exists in Keycloak.'],
    choices,
    groups: Array.from({ length: groups }, (_, index) => ({
      id: `group-${index}`,
      path: pathOf(index),
      members: Math.max(1, Math.round(people / (index + 2))),
    })),
    domains: [
      { domain: 'acme.example', people: Math.round(people * 0.85), proven: Math.round(people * 0.8) },
      { domain: 'acme-europe.example', people: Math.round(people * 0.1), proven: Math.round(people * 0.1) },
      { domain: 'contractors.example', people: Math.round(people * 0.04), proven: 0 },
    ],
    federations: people > 100 ? [{ id: 'a81f2c55-6d0e-4c2c-9f52-2b6f0f8b7a10', people: Math.round(people * 0.6) }] : [],
    attributes: makeAttributes(people),
    access: [
      {
        sourceGroupId: 'group-0',
        path: '/engineering',
        name: 'engineering',
        synced: false,
        people: 160,
        seats: [
          { product: 'confluence', people: 4 },
          { product: 'jira', people: 18 },
        ],
      },
      {
        sourceGroupId: 'group-2',
        path: '/support',
        name: 'support',
        synced: true,
        people: 1,
        seats: [
          { product: 'jira', people: 1 },
          { product: 'confluence', people: 0 },
        ],
      },
    ],
    adoptable: [
      {
        sourceGroupId: 'group-0',
        groupId: 'atlassian-0',
        name: 'engineering',
        path: '/engineering',
        onBothSides: 142,
        onlyInKeycloak: 18,
        onlyInAtlassian: 7,
        unknownToKeycloak: 5,
        grantsAccess: ['Jira', 'Confluence'],
      },
      {
        sourceGroupId: 'group-1',
        groupId: 'atlassian-1',
        name: 'sales',
        path: '/sales',
        onBothSides: 31,
        onlyInKeycloak: 0,
        onlyInAtlassian: 2,
        unknownToKeycloak: 0,
        grantsAccess: [],
        adopted: 'add-only',
      },
      {
        sourceGroupId: 'group-6',
        groupId: 'atlassian-6',
        name: 'site-admins',
        path: '/site-admins',
        onBothSides: 2,
        onlyInKeycloak: 1,
        onlyInAtlassian: 3,
        unknownToKeycloak: 1,
        grantsAccess: ['Administration'],
        protectedBecause: 'This group grants administration. It is protected whatever it is called in Keycloak.',
      },
    ],
  };
}
