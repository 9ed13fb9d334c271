import {
  attributeNames,
  type AtlassianAttribute,
  type MappingRow,
  type Otherwise,
  type SeveralValues,
  type Transformation,
} from '../../../../../src/domain/mapping-row';
import { otherwiseWords } from './mapping-words';

// The keys of these records are their values.
const attributes = Object.keys(attributeNames) as readonly AtlassianAttribute[];
const everyOtherwise = Object.keys(otherwiseWords) as readonly Otherwise[];

/** What an attribute may do when nothing applies: an account cannot be without an e-mail address or a name. */
export function listOtherwise(attribute: AtlassianAttribute): readonly Otherwise[] {
  return everyOtherwise.filter((each) => {
    if (attribute === 'email') return each !== 'ignore' && each !== 'clear';
    return attribute !== 'displayName' || each !== 'clear';
  });
}

/** The row for another attribute. What that one cannot do becomes the mildest that it can: for an e-mail, nothing changes for the user. */
export function withAttribute(row: MappingRow, attribute: AtlassianAttribute): MappingRow {
  const fits = listOtherwise(attribute).includes(row.otherwise);
  const otherwise = fits ? row.otherwise : attribute === 'email' ? 'leave-out' : 'ignore';
  return { ...row, attribute, otherwise };
}

/** A new row: for an attribute that has none yet, from a Keycloak attribute that is still to be chosen. */
export function makeRow(rows: readonly MappingRow[]): MappingRow {
  const attribute = attributes.find((each) => rows.every((row) => row.attribute !== each)) ?? 'displayName';
  const empty: MappingRow = {
    attribute,
    templates: [''],
    values: { kind: 'first' },
    transformations: [{ kind: 'trim' }],
    otherwise: 'ignore',
  };
  return withAttribute(empty, attribute);
}

export function withSeveral(values: SeveralValues, kind: SeveralValues['kind']): SeveralValues {
  if (kind !== 'join') return { kind };
  return values.kind === 'join' ? values : { kind, separator: '; ' };
}

/** Another transformation in the place of one; texts that both have stay. */
export function withKind(step: Transformation, kind: Transformation['kind']): Transformation {
  if (kind === step.kind) return step;
  const sought = step.kind === 'replace' ? step.search : step.kind === 'regex' ? step.pattern : '';
  const replacement = step.kind === 'replace' || step.kind === 'regex' ? step.replacement : '';
  switch (kind) {
    case 'replace':
      return { kind, search: sought, replacement };
    case 'regex':
      return { kind, pattern: sought, replacement };
    case 'constant':
      return { kind, value: replacement };
    case 'trim':
    case 'lower-case':
    case 'strip-email-domain':
      return { kind };
  }
}
