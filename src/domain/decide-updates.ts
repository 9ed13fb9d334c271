import { listProfile, readProfileValue } from './account-profile';
import type { Change } from './change';
import type { UserProvisioning } from './connector';
import type { PersonContext } from './decision';
import type { Wish } from './desired';
import { emailsARun } from './email-turns';
import { domainOf, normalizeEmail } from './identity';
import type { AccountLink } from './link';
import type { ProfileAttribute } from './mapping';
import { attributeNames } from './mapping-row';
import { describeUnproven } from './match-reasons';
import type { DirectoryAccount } from './snapshot';
import { describeUnwritable } from './unwritable';
import { attributeRules, switchNames, type UpdateSwitch } from './writable-attributes';

type Wanted = Extract<Wish, { readonly kind: 'account' }>;

export interface Updates {
  readonly kind: 'updates';
  readonly changes: readonly Change[];
  /** What differs and is not written, each with why, and what an address that is written means for the person; sentences. */
  readonly notes: readonly string[];
  /** What changes, as sentences; empty where nothing does. */
  readonly reason: string;
}

/** Somebody else has the address that the account shall get: nothing happens to either. */
export interface EmailConflict {
  readonly kind: 'conflict';
  readonly reason: string;
}

const nothing: Updates = { kind: 'updates', changes: [], notes: [], reason: '' };

/** What is written to a linked account of our own that is active, or becomes so: only what a switch allows, of a managed account. */
export function decideUpdates(
  context: PersonContext,
  wish: Wanted,
  link: AccountLink,
  account: DirectoryAccount,
): Updates | EmailConflict {
  const email = decideEmail(context, wish, link, account);
  if (email.kind === 'conflict') return email;
  const profile = decideProfile(context, wish, account);
  return {
    kind: 'updates',
    changes: [...profile.changes, ...email.changes],
    notes: [...email.notes, ...profile.notes],
    reason: [email.reason, profile.reason].filter((part) => part !== '').join(' '),
  };
}

/** Names and other attributes. A read in doubt does not hold them: what is read of a person is read whole. */
export function decideProfile({ user, settings }: PersonContext, wish: Wanted, account: DirectoryAccount): Updates {
  const judged = findDifferences(wish, account).map((each) => ({
    ...each,
    why: whyNot(settings.users, account, each),
  }));
  const written = judged.filter(({ why }) => why === undefined);
  const notes = describeNotWritten(judged.flatMap(({ why, ...each }) => (why === undefined ? [] : [{ ...each, why }])));
  if (written.length === 0) return { ...nothing, notes };
  const fields = Object.fromEntries(
    written.map(({ attribute, before, after }) => [attribute, { ...(before === '' ? {} : { before }), after }]),
  );
  const isNameAlone = written.every(({ attribute }) => attribute === 'displayName');
  return {
    kind: 'updates',
    changes: [{ kind: 'update-profile', user, accountId: account.id, fields, reason: 'Is so in Keycloak.' }],
    notes,
    reason: isNameAlone ? 'The name changes.' : 'The profile changes.',
  };
}

/** What differs, where nothing is written for this reason. */
export function describeDifferences(wish: Wanted, account: DirectoryAccount, why: string): readonly string[] {
  const now = normalizeEmail(account.email);
  return [
    ...(now === undefined || now === wish.email ? [] : [describeEmail(wish.email, now, why)]),
    ...describeNotWritten(findDifferences(wish, account).map((each) => ({ ...each, why: { text: why, ofAll: true } }))),
  ];
}

function decideEmail(
  context: PersonContext,
  wish: Wanted,
  link: AccountLink,
  account: DirectoryAccount,
): Updates | EmailConflict {
  const before = normalizeEmail(account.email);
  const after = wish.email;
  if (before === undefined || before === after) return nothing;
  const why = whyNotEmail(context, wish, account);
  if (why !== undefined) return { ...nothing, notes: [describeEmail(after, before, why)] };
  const taken = context.describeTaken(link, after);
  if (taken !== undefined) return { kind: 'conflict', reason: taken };
  if (!context.mayChangeEmail(context.user)) {
    const later = `It changes in a later run: at most ${emailsARun} addresses change in one.`;
    return { ...nothing, notes: [describeEmail(after, before, later)] };
  }
  const { user } = context;
  const reason = 'Is so in Keycloak, and proven to be the person’s.';
  return {
    kind: 'updates',
    changes: [{ kind: 'update-email', user, accountId: account.id, before, after, reason }],
    notes: [
      `The e-mail address changes from ${before} to ${after}: Atlassian signs the person out everywhere, and the new one is for signing in.`,
    ],
    reason: 'The e-mail address changes.',
  };
}

/** The rules by which an account is adopted, for an address that it shall get. */
function whyNotEmail(
  { settings, doubts, federations, person }: PersonContext,
  { email, isEmailDoubtful }: Wanted,
  account: DirectoryAccount,
): string | undefined {
  const off = whyNotAllowed(settings.users, account, 'updateEmail');
  if (off !== undefined) return off;
  if (isEmailDoubtful === true) {
    return 'It is not changed: the mapping looks first for an attribute that Keycloak does not show or that is too long.';
  }
  if (doubts.whyNotDeprovision(federations) !== undefined) return 'It is not changed while a read is in doubt.';
  const domain = domainOf(email);
  if (!settings.users.emailDomains.includes(domain)) {
    return `It is not changed: the domain ${domain} is not among the listed ones.`;
  }
  const unproven = person === undefined ? undefined : describeUnproven(settings.users, person, email);
  return unproven === undefined ? describeUnwritable('email', email) : `It is not changed: ${unproven}`;
}

interface Difference {
  readonly attribute: ProfileAttribute;
  readonly before: string;
  readonly after: string;
}

interface Why {
  readonly text: string;
  /** Nothing about this value: it would be the same for any other. */
  readonly ofAll: boolean;
}

/** What nobody can see is not compared. */
function findDifferences({ profile }: Wanted, account: DirectoryAccount): readonly Difference[] {
  return listProfile(profile).flatMap(([attribute, after]) => {
    const before = readProfileValue(account, attribute);
    return before === after || attributeRules[attribute].of === 'nobody' ? [] : [{ attribute, before, after }];
  });
}

function whyNot(users: UserProvisioning, account: DirectoryAccount, { attribute, after }: Difference): Why | undefined {
  const off = whyNotAllowed(users, account, attributeRules[attribute].needs);
  if (off !== undefined) return { text: off, ofAll: true };
  const unwritable = describeUnwritable(attribute, after);
  return unwritable === undefined ? undefined : { text: unwritable, ofAll: false };
}

function whyNotAllowed(users: UserProvisioning, account: DirectoryAccount, needs: UpdateSwitch): string | undefined {
  if (!account.claimed) return 'It can be set for managed accounts only.';
  // Atlassian: "Cannot manage an unverified target account" (User management, `forbidden.targetUnverified`).
  if (!account.emailVerified) return 'It can be set once the person has verified the e-mail address of the account.';
  return users[needs] ? undefined : `Switch on "${switchNames[needs]}" to set it.`;
}

function describeEmail(after: string, before: string, why: string): string {
  return `The e-mail address differs: ${after} in Keycloak, ${before} in Atlassian. ${why}`;
}

/** The name, and values that are refused, one by one; what else differs in one sentence. */
function describeNotWritten(differences: readonly (Difference & { readonly why: Why })[]): readonly string[] {
  const single = differences.filter(({ attribute, why }) => attribute === 'displayName' || !why.ofAll);
  const rest = differences.filter((each) => !single.includes(each));
  const [first] = rest;
  const tell = (text: string) => (text === '' ? 'nothing' : `"${text}"`);
  const word = (attribute: ProfileAttribute) => attributeNames[attribute].toLowerCase();
  return [
    ...single.map(
      ({ attribute, before, after, why }) =>
        `The ${word(attribute)} differs: ${tell(after)} in Keycloak, ${tell(before)} in Atlassian. ${why.text}`,
    ),
    ...(first === undefined
      ? []
      : [`Also different: ${rest.map(({ attribute }) => word(attribute)).join(', ')}. ${first.why.text}`]),
  ];
}
