import { defaultSettings, type ConnectorSettings } from '../../../src/domain/connector';
import { groupId } from '../../../src/domain/identity';
import { ldapMapping, type MappingRow, type Transformation } from '../../../src/domain/mapping-row';
import type { SurveyResult } from '../../../src/domain/survey';

/** Custom attributes of a realm of some size. */
export function makeAttributes(people: number): NonNullable<SurveyResult['attributes']> {
  return [
    { name: 'company', declared: true, multivalued: false, people: Math.round(people * 0.9) },
    { name: 'department', declared: true, multivalued: false, people: Math.round(people * 0.8) },
    { name: 'l', declared: true, multivalued: false, people: Math.round(people * 0.6) },
    { name: 'LDAP_ENTRY_DN', declared: false, multivalued: false, people: Math.round(people * 0.6) },
    { name: 'LDAP_ID', declared: true, multivalued: false, people: Math.round(people * 0.6) },
    { name: 'mobile', declared: true, multivalued: true, people: 0 },
    { name: 'title', declared: true, multivalued: false, people: Math.round(people * 0.4) },
  ];
}

/** Groups of a directory: some grant access, some are protected. */
export function makeDirectoryGroups(count: number): NonNullable<SurveyResult['directoryGroups']> {
  return Array.from({ length: count }, (_, index) => ({
    id: `atlassian-${index}`,
    name: index === 1 ? 'site-admins' : index === 2 ? 'jira-users' : `team of the northern subsidiaries ${index + 1}`,
    members: (index * 7) % 400,
    grantsAccess: index === 2 ? ['Jira', 'Confluence'] : index % 9 === 5 ? ['Jira'] : [],
    ...(index === 1
      ? { protectedBecause: 'This group grants administration. It is protected whatever it is called in Keycloak.' }
      : {}),
  }));
}

const steps: readonly Transformation[] = [
  { kind: 'trim' },
  { kind: 'lower-case' },
  { kind: 'strip-email-domain' },
  { kind: 'replace', search: 'ext-', replacement: '' },
  { kind: 'regex', pattern: '^([^,]+), (.+)$', replacement: '$2 $1' },
  { kind: 'replace', search: 'Contractors of the northern subsidiaries', replacement: 'Contractors' },
  { kind: 'regex', pattern: '\\s+', replacement: ' ' },
  { kind: 'constant', value: 'Employee' },
  { kind: 'trim' },
  { kind: 'lower-case' },
];

/** Thirty rows, the fourth with ten transformations, one of an attribute that nobody has. */
function makeManyRows(): readonly MappingRow[] {
  const more = Array.from({ length: 23 }, (_, index): MappingRow => ({
    attribute: index % 2 === 0 ? 'nickname' : 'location',
    templates: index === 5 ? ['${officeOfThePerson}'] : ['${l} / ${department}', '${username}'],
    values: index % 3 === 0 ? { kind: 'join', separator: '; ' } : { kind: 'all' },
    transformations: steps.slice(0, index % 4),
    otherwise: index % 5 === 0 ? 'clear' : 'ignore',
  }));
  const rows = [...ldapMapping, ...more];
  return rows.map((row, index) => (index === 3 ? { ...row, transformations: steps, otherwise: 'leave-scope' } : row));
}

/** Settings that use all that can be set, also what is gone from the directory. */
export function makeBusySettings(settings: ConnectorSettings): ConnectorSettings {
  return {
    ...settings,
    users: { ...settings.users, mapping: makeManyRows(), relinkAttribute: 'LDAP_NUMBER', updateName: true },
    groups: {
      ...defaultSettings.groups,
      naming: { from: 'path', separator: '-', prefix: 'kc-', transformations: steps.slice(0, 5) },
      alwaysAssign: [groupId('atlassian-1'), groupId('atlassian-2'), groupId('atlassian-gone')],
      neverRemove: [groupId('atlassian-0')],
    },
  };
}
