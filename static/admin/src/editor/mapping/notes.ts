import type { UserProvisioning } from '../../../../../src/domain/connector';
import type { AtlassianAttribute, MappingRow } from '../../../../../src/domain/mapping-row';
import type { SurveyResult } from '../../../../../src/domain/survey';
import { attributeRules, switchNames } from '../../../../../src/domain/writable-attributes';
import { listPlaceholders } from '../../../../../src/domain/text-rules/template';
import { isStandard } from './template';

type Updates = Pick<UserProvisioning, 'updateName' | 'updateEmail' | 'updateProfile'>;

/** What becomes of an attribute, and what the directory can do with it: sentences for its row. */
export function tellLimits(attribute: AtlassianAttribute, updates: Updates): readonly string[] {
  const { says } = attributeRules[attribute];
  const idle = describeIdle(attribute, updates);
  return [
    ...(attribute === 'email' ? ['People are found and invited by it.'] : []),
    ...(idle === undefined || idle === neverWritten ? [] : [`${idle}.`]),
    says,
  ];
}

const neverWritten = 'Never written';

/** Why nothing is written to existing accounts as the switches stand, in few words; absent where it is. */
export function describeIdle(attribute: AtlassianAttribute, updates: Updates): string | undefined {
  const { of, needs } = attributeRules[attribute];
  if (of === 'nobody') return neverWritten;
  return updates[needs] ? undefined : `Not written to existing accounts: ${switchNames[needs]} is off`;
}

type Surveyed = NonNullable<SurveyResult['attributes']>;

/** What stands against the Keycloak attributes that a row names, as the survey saw the realm; nothing before it was read. */
export function warnOfNames(
  { templates }: Pick<MappingRow, 'templates'>,
  surveyed: Surveyed | undefined,
): readonly string[] {
  if (surveyed === undefined) return [];
  const names = [...new Set(templates.flatMap(listPlaceholders))].filter((name) => !isStandard(name));
  return names.flatMap((name) => warnOfName(name, surveyed));
}

/** The same of one attribute. */
export function warnOfName(name: string, surveyed: Surveyed): readonly string[] {
  const found = surveyed.find((each) => each.name === name);
  if (found === undefined) {
    return [
      `Keycloak shows the attribute ${name} of nobody: check its spelling, and that the realm's user profile declares it.`,
    ];
  }
  return found.people === 0 ? [`Nobody in the realm has a value of ${name} now.`] : [];
}
