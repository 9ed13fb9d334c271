import { listProfile } from '../../domain/account-profile';
import type { AccountId } from '../../domain/identity';
import type { Profile, ProfileAttribute } from '../../domain/mapping';
import { attributeNames } from '../../domain/mapping-row';
import type { ProfileOutcome } from '../../sync/ports';
import {
  accountPath,
  describeRule,
  explainAccountError,
  isRefusal,
  readManageability,
  readRefusedFields,
} from './manageability';
import { refuse } from './refusal';
import type { DirectoryScope } from './scope';

/** Where the API keeps each attribute. */
const fieldOf: Readonly<Record<ProfileAttribute, string>> = {
  displayName: 'name',
  nickname: 'nickname',
  jobTitle: 'extended_profile.job_title',
  department: 'extended_profile.department',
  organization: 'extended_profile.organization',
  location: 'extended_profile.location',
  timeZone: 'zoneinfo',
  locale: 'locale',
};

const what = 'The profile was not changed';

type Refused = readonly (readonly [ProfileAttribute, string])[];

/**
 * Writes what the API says may be written. Attributes that it refuses in spite of that are dropped once and the rest is sent again;
 * sending the same twice does no harm.
 */
export async function updateProfile(
  scope: DirectoryScope,
  account: AccountId,
  profile: Profile,
): Promise<ProfileOutcome> {
  const manage = await readManageability(scope, account, 'profile.write', what);
  if (isRefusal(manage)) return manage;
  const locked = listProfile(profile).flatMap(([attribute]): Refused => {
    const rule = manage.profile[fieldOf[attribute]];
    return rule?.allowed === false ? [[attribute, describeRule(rule)]] : [];
  });
  return write(scope, account, leaveOut(profile, locked), locked, true);
}

async function write(
  scope: DirectoryScope,
  account: AccountId,
  profile: Profile,
  refused: Refused,
  mayTryAgain: boolean,
): Promise<ProfileOutcome> {
  if (listProfile(profile).length === 0) return refuse('not-settable', `${what}: ${describe(refused)}`);
  const answer = await scope.connection.send({
    method: 'PATCH',
    of: 'accounts',
    path: `${accountPath(account)}/profile`,
    body: toBody(profile),
    repeatable: true,
  });
  if (answer.status < 300) {
    if (refused.length === 0) return { kind: 'done' };
    return { kind: 'part', written: profile, message: `Not all of it was written: ${describe(refused)}` };
  }
  const named = readRefusedFields(answer.text);
  if (named === undefined) return explainAccountError(answer, what);
  const dropped = listProfile(profile).flatMap(([attribute]): Refused => {
    const why = named.get(fieldOf[attribute]);
    return why === undefined ? [] : [[attribute, why]];
  });
  if (dropped.length === 0) return explainAccountError(answer, what);
  const all = [...refused, ...dropped];
  if (!mayTryAgain) return refuse('not-settable', `${what}: ${describe(all)}`);
  return write(scope, account, leaveOut(profile, dropped), all, false);
}

function leaveOut(profile: Profile, refused: Refused): Profile {
  const names = new Set(refused.map(([attribute]) => attribute));
  return Object.fromEntries(listProfile(profile).filter(([attribute]) => !names.has(attribute)));
}

/** Attributes with the same reason stand together. */
function describe(refused: Refused): string {
  const byReason = Map.groupBy(refused, ([, why]) => why);
  return [...byReason]
    .map(([why, each]) => `${each.map(([attribute]) => attributeNames[attribute].toLowerCase()).join(', ')}: ${why}`)
    .join(' ');
}

function toBody(profile: Profile): unknown {
  const plain: Record<string, string> = {};
  const extended: Record<string, string> = {};
  for (const [attribute, text] of listProfile(profile)) {
    const [name = '', inside] = fieldOf[attribute].split('.');
    if (inside === undefined) plain[name] = text;
    else extended[inside] = text;
  }
  return Object.keys(extended).length === 0 ? plain : { ...plain, extended_profile: extended };
}
