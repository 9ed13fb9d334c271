import type { MappingRow, Transformation } from '../../../../../src/domain/mapping-row';

const trimmed: readonly Transformation[] = [{ kind: 'trim' }];
const values = { kind: 'first' } as const;

/** As `standardMapping` of `src/domain/mapping-row`: the page sees only the types of the domain. */
const standard: readonly MappingRow[] = [
  {
    attribute: 'email',
    templates: ['${email}'],
    values,
    transformations: [...trimmed, { kind: 'lower-case' }],
    otherwise: 'leave-out',
  },
  {
    attribute: 'displayName',
    templates: ['${firstName} ${lastName}', '${firstName}', '${lastName}'],
    values,
    transformations: trimmed,
    otherwise: 'ignore',
  },
  {
    attribute: 'displayName',
    templates: ['${username}', '${email}'],
    values,
    transformations: [...trimmed, { kind: 'strip-email-domain' }],
    otherwise: 'as-is',
  },
];

const rowOf = (attribute: MappingRow['attribute'], name: string): MappingRow => ({
  attribute,
  templates: [`\${${name}}`],
  values,
  transformations: trimmed,
  otherwise: 'ignore',
});

export interface Preset {
  readonly name: string;
  readonly description: string;
  readonly rows: readonly MappingRow[];
}

/** Rows to begin with. */
export const presets: readonly Preset[] = [
  {
    name: 'Keycloak standard',
    description: 'E-mail, and the name from first and last name, else from the user name.',
    rows: standard,
  },
  {
    name: 'LDAP-backed realm',
    description: 'The same with job title, department, organization and location, as the usual LDAP mappers name them.',
    rows: [
      ...standard,
      rowOf('jobTitle', 'title'),
      rowOf('department', 'department'),
      rowOf('organization', 'company'),
      rowOf('location', 'l'),
    ],
  },
];

const isSame = (left: MappingRow, right: MappingRow): boolean => JSON.stringify(left) === JSON.stringify(right);

/** The rows that a preset would take away: those that it does not bring itself. */
export function findLostRows(rows: readonly MappingRow[], { rows: next }: Preset): readonly MappingRow[] {
  return rows.filter((row) => !next.some((other) => isSame(row, other)));
}

export function isPreset(rows: readonly MappingRow[], preset: Preset): boolean {
  return rows.length === preset.rows.length && rows.every((row, index) => isSameAt(row, preset.rows[index]));
}

const isSameAt = (row: MappingRow, other: MappingRow | undefined): boolean => other !== undefined && isSame(row, other);
