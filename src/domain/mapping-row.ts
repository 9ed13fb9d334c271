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

/** The manual's standard attributes: e-mail, and a display name from first and last name, else from the user name. */
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
    templates: ['${firstName} ${lastName}', '${firstName}', '${lastName}', '${username}', '${email}'],
    values: { kind: 'first' },
    transformations: [{ kind: 'trim' }],
    otherwise: 'as-is',
  },
];
