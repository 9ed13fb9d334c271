import { normalizeEmail } from './identity';
import { createRow, withoutHarm, type HiddenTest, type MappedRow, type RowResult } from './map-row';
import { attributeNames, type AtlassianAttribute, type MappingRow } from './mapping-row';
import type { SourceUser } from './snapshot';
import { describeUnseen, squeeze } from './text-rules/invisible';

/** Attributes of an account besides the e-mail address. */
export type ProfileAttribute = Exclude<AtlassianAttribute, 'email'>;

/** What the mapping wants an account to say; an empty text clears, and what is absent stays as it is. */
export type Profile = Readonly<Partial<Record<ProfileAttribute, string>>>;

export type MappedUser =
  | {
      readonly kind: 'mapped';
      /** Normalized. */
      readonly email: string;
      /** The rows would give another address if a value were not hidden or too long. */
      readonly isEmailDoubtful?: true;
      /** What the person is called in plans and reports, whether or not a name is mapped. */
      readonly displayName: string;
      readonly profile: Profile;
      readonly active: boolean;
    }
  /** Nothing changes for the person. `email` is the address that the rows give all the same, normalized: it stays the person's. */
  | { readonly kind: 'unmappable'; readonly reason: string; readonly email?: string }
  /** The row says expressly that the person is no longer in scope. */
  | { readonly kind: 'left-scope'; readonly reason: string; readonly email?: string };

/** The attribute mapping of one connector. */
export interface Mapper {
  readonly map: (user: SourceUser) => MappedUser;
  /** The way through each row, in the order of the rows: the same that `map` decides by. */
  readonly trace: (user: SourceUser) => readonly MappedRow[];
}

/**
 * Prepares the rows of the mapping. Several rows may fill one attribute: they are tried in order, and one that keeps the existing
 * value passes on to the next. A missing attribute that Keycloak hides clears nothing and puts nobody out of scope, in no template
 * and row behind it either. The e-mail comes out trimmed and in lower case; names and other attributes in one line, without
 * characters that nobody sees.
 */
export function createMapper(rows: readonly MappingRow[], isHidden: HiddenTest = () => false): Mapper {
  const work = rows.map((row) => createRow(row, isHidden));
  const trace = (user: SourceUser) => withoutDoubtful(work.map((each) => each(user)));
  return { trace, map: (user) => decide(user, trace(user)) };
}

/** What a row behind a doubtful one would take for want of a value may be taken for the value that is hidden. */
function withoutDoubtful(rows: readonly MappedRow[]): readonly MappedRow[] {
  const doubtful = new Map<AtlassianAttribute, MappedRow>();
  return rows.map((row) => {
    const before = doubtful.get(row.attribute);
    if (row.doubtful === true) doubtful.set(row.attribute, row);
    if (before === undefined) return row;
    const { hidden = row.hidden } = before;
    return { ...row, result: withoutHarm(row.result), doubtful: true, ...(hidden === undefined ? {} : { hidden }) };
  });
}

function decide(user: SourceUser, mapped: readonly MappedRow[]): MappedUser {
  const decided = new Map<AtlassianAttribute, RowResult>();
  let left: MappedRow | undefined;
  let isEmailDoubtful = false;
  for (const row of mapped) {
    const { attribute, result } = row;
    if ((decided.get(attribute)?.kind ?? 'keep') !== 'keep') continue;
    if (result.kind === 'leave-out' || result.kind === 'leave-scope') left ??= row;
    if (attribute === 'email') isEmailDoubtful = row.doubtful === true;
    decided.set(attribute, result);
  }
  const email = decided.get('email');
  const address = email?.kind === 'value' ? normalizeEmail(email.text) : undefined;
  // With characters that nobody sees it is another address than it looks like.
  const usable = address === undefined || describeUnseen(address) !== undefined ? undefined : address;
  if (left !== undefined) {
    const kind = left.result.kind === 'leave-scope' ? 'left-scope' : 'unmappable';
    return { kind, reason: describeLeftOut(left), ...(usable === undefined ? {} : { email: usable }) };
  }
  if (email?.kind !== 'value') return { kind: 'unmappable', reason: 'Has no e-mail address in Keycloak.' };
  if (usable === undefined)
    return { kind: 'unmappable', reason: 'The e-mail address in Keycloak is not a usable one.' };
  const profile = readProfile(decided);
  const displayName = profile.displayName || nameOf(user);
  const doubt = isEmailDoubtful ? ({ isEmailDoubtful } as const) : {};
  return { kind: 'mapped', email: usable, ...doubt, displayName, profile, active: user.enabled };
}

function readProfile(decided: ReadonlyMap<AtlassianAttribute, RowResult>): Profile {
  const entries = [...decided].flatMap(([attribute, result]): readonly (readonly [string, string])[] => {
    if (attribute === 'email' || result.kind === 'keep') return [];
    return [[attribute, result.kind === 'value' ? squeeze(result.text) : '']];
  });
  return Object.fromEntries(entries);
}

/** What a person is called where the mapping gives no name. */
export function nameOf(user: SourceUser): string {
  return squeeze(`${user.firstName ?? ''} ${user.lastName ?? ''}`) || squeeze(user.username);
}

function describeLeftOut({ attribute, from, before, hidden }: MappedRow): string {
  if (attribute === 'email' && before === undefined && from.every(({ name }) => name === 'email')) {
    return 'Has no e-mail address in Keycloak.';
  }
  const name = attributeNames[attribute];
  const shows =
    hidden === undefined
      ? ''
      : ` Keycloak shows the attribute "${hidden}" of nobody, so nothing changes before it shows it again.`;
  return before === undefined
    ? `The mapping leaves out who has no ${from.map((each) => each.name).join(' or ')} in Keycloak (row "${name}").${shows}`
    : `The mapping leaves out whom none of the transformations fits (row "${name}").${shows}`;
}
