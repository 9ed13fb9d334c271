import type { AtlassianAttribute } from './mapping-row';
import { attributeRules } from './writable-attributes';

/** The user part and each part of the domain (facts/atlassian.md 5). */
const longestEmailPart = 255;
const controls = /\p{Cc}/u;
const zoneForm = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/;

/** Why Atlassian would refuse this text, as a sentence; `undefined` when nothing speaks against it. Nothing is ever cut to fit. */
export function describeUnwritable(attribute: AtlassianAttribute, text: string): string | undefined {
  const { of, longest, clearable } = attributeRules[attribute];
  if (of === 'nobody') return 'It cannot be set from here.';
  if (text === '') return clearable ? undefined : 'Atlassian does not let it be empty, so it stays.';
  if (controls.test(text)) return 'It is not written: it has control characters, which Atlassian refuses.';
  if (longest !== undefined && text.length > longest) {
    return `It is not written: it is longer than the ${longest} characters that Atlassian takes.`;
  }
  if (attribute === 'timeZone' && !isTimeZone(text)) return 'It is not written: there is no such time zone.';
  if (attribute === 'email' && text.split(/[@.]/).some((part) => part.length > longestEmailPart)) {
    return `It is not written: a part of it is longer than the ${longestEmailPart} characters that Atlassian takes.`;
  }
  return undefined;
}

const commonZones: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'));

/** A name of the tz database in its own spelling, older names included; offsets such as `+01:00` are none. */
function isTimeZone(name: string): boolean {
  if (commonZones.has(name)) return true;
  if (!zoneForm.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
