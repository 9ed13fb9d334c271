import type { UserProvisioning } from '../../../../../src/domain/connector';
import type { AtlassianAttribute, MappingRow } from '../../../../../src/domain/mapping-row';
import type { SurveyResult } from '../../../../../src/domain/survey';
import { listPlaceholders } from '../../../../../src/domain/text-rules/template';
import { isStandard } from './template';

type Updates = Pick<UserProvisioning, 'updateName' | 'updateEmail' | 'updateProfile'>;

const managed = 'accounts that this connector manages and whose e-mail domain your organization has verified';

const forms: Readonly<Partial<Record<AtlassianAttribute, string>>> = {
  displayName: 'Atlassian takes a name of at most 100 characters.',
  nickname: 'Atlassian takes a nickname of at most 30 characters.',
  timeZone: 'Atlassian takes names such as Europe/Berlin.',
  locale: 'Atlassian takes language tags such as de-DE.',
};

/** What the directory can do with an attribute, and for whom: sentences for its row. */
export function tellLimits(attribute: AtlassianAttribute, updates: Updates): readonly string[] {
  const form = forms[attribute];
  return [describeWriting(attribute, updates), ...(form === undefined ? [] : [form])];
}

function describeWriting(attribute: AtlassianAttribute, { updateName, updateEmail, updateProfile }: Updates): string {
  if (attribute === 'email') {
    return updateEmail
      ? `People are found and invited by it. Where it changes, it is written to ${managed}.`
      : 'People are found and invited by it. The address of an existing account stays as it is: Update e-mails is off.';
  }
  if (attribute === 'displayName') {
    return updateName
      ? `Written to ${managed}. Of others it is only what plans and reports call them.`
      : 'It is only what plans and reports call people: Update names is off.';
  }
  return updateProfile
    ? `Written to ${managed}; the directory refuses it for others.`
    : 'Not written now: Update profiles is off.';
}

/** Whether a row does nothing as the switches stand. */
export function isIdle(attribute: AtlassianAttribute, { updateProfile }: Updates): boolean {
  return attribute !== 'email' && attribute !== 'displayName' && !updateProfile;
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
    return [`Keycloak shows the attribute ${name} of nobody: declare it in the realm's user profile.`];
  }
  return found.people === 0 ? [`Nobody in the realm has a value of ${name} now.`] : [];
}
