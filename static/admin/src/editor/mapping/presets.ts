import { ldapMapping, standardMapping, type MappingRow } from '../../../../../src/domain/mapping-row';

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
    rows: standardMapping,
  },
  {
    name: 'LDAP-backed realm',
    description: 'The same with job title, department, organization and location, as the usual LDAP mappers name them.',
    rows: ldapMapping,
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
