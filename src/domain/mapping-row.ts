/** Attributes of an Atlassian account that a mapping row can fill. */
export type AtlassianAttribute =
  | 'email'
  | 'displayName'
  | 'nickname'
  | 'jobTitle'
  | 'department'
  | 'organization'
  | 'location'
  | 'timeZone'
  | 'locale';

/** What the attributes are called in the page and in sentences. */
export const attributeNames: Readonly<Record<AtlassianAttribute, string>> = {
  email: 'E-mail',
  displayName: 'Name',
  nickname: 'Nickname',
  jobTitle: 'Job title',
  department: 'Department',
  organization: 'Organization',
  location: 'Location',
  timeZone: 'Time zone',
  locale: 'Locale',
};

/** One step that changes a text. Those that look for something (e-mail domain, search, expression) apply only where they find it. */
export type Transformation =
  | { readonly kind: 'trim' }
  | { readonly kind: 'lower-case' }
  | { readonly kind: 'strip-email-domain' }
  /** Every occurrence of a literal text. */
  | { readonly kind: 'replace'; readonly search: string; readonly replacement: string }
  /** Every match of an RE2 expression, unanchored; `$1` to `$9` and `$0` stand for its groups. */
  | { readonly kind: 'regex'; readonly pattern: string; readonly replacement: string }
  | { readonly kind: 'constant'; readonly value: string };

/** What a Keycloak attribute with several values becomes; `all` is joined with a comma and a space. */
export type SeveralValues =
  { readonly kind: 'first' } | { readonly kind: 'join'; readonly separator: string } | { readonly kind: 'all' };

/**
 * What happens when no template has a value, or when the row looks for something and nothing of it is found: the text as it is, the
 * existing value kept, the value cleared, the person frozen, or the person no longer in scope.
 */
export type Otherwise = 'as-is' | 'ignore' | 'clear' | 'leave-out' | 'leave-scope';

/** One row of the attribute mapping. */
export interface MappingRow {
  readonly attribute: AtlassianAttribute;
  /** The first whose attributes all have a value is used: `${firstName} ${lastName}`, then `${username}`. */
  readonly templates: readonly string[];
  readonly values: SeveralValues;
  readonly transformations: readonly Transformation[];
  readonly otherwise: Otherwise;
}

/**
 * The manual's standard attributes: e-mail, and a display name from first and last name, else from the user name, and then without
 * its domain where it is an address.
 */
export const standardMapping: readonly MappingRow[] = [
  {
    attribute: 'email',
    templates: ['${email}'],
    values: { kind: 'first' },
    transformations: [{ kind: 'trim' }, { kind: 'lower-case' }],
    otherwise: 'leave-out',
  },
  {
    attribute: 'displayName',
    templates: ['${firstName} ${lastName}', '${firstName}', '${lastName}'],
    values: { kind: 'first' },
    transformations: [{ kind: 'trim' }],
    otherwise: 'ignore',
  },
  {
    attribute: 'displayName',
    templates: ['${username}', '${email}'],
    values: { kind: 'first' },
    transformations: [{ kind: 'trim' }, { kind: 'strip-email-domain' }],
    otherwise: 'as-is',
  },
];

/** A realm whose people come from LDAP: the same, and what its usual mappers bring along. */
export const ldapMapping: readonly MappingRow[] = [
  ...standardMapping,
  ...(
    [
      ['jobTitle', 'title'],
      ['department', 'department'],
      ['organization', 'company'],
      ['location', 'l'],
    ] as const
  ).map(([attribute, name]): MappingRow => ({
    attribute,
    templates: [`\${${name}}`],
    values: { kind: 'first' },
    transformations: [{ kind: 'trim' }],
    otherwise: 'ignore',
  })),
];
