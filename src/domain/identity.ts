/** Ids of the two sides. They are all text; the types keep a Keycloak group id from standing where an Atlassian one belongs. */
declare const side: unique symbol;
type Id<Kind extends string> = string & { readonly [side]: Kind };

/** Keycloak's id of a user: a UUID, or `f:<provider>:<name>` where a federation does not import. */
export type SourceUserId = Id<'source user'>;
/** Keycloak's id of a group. */
export type SourceGroupId = Id<'source group'>;
/** Atlassian's account id: opaque, may hold `:` and `|`, not always a UUID. */
export type AccountId = Id<'account'>;
/** Atlassian's group id: a bare UUID (an ARI prefix is stripped where it is read). */
export type GroupId = Id<'group'>;
export type ConnectorId = Id<'connector'>;
export type RunId = Id<'run'>;

// The only places where text becomes an id; the casts are what a branded type is made of.
export const sourceUserId = (text: string): SourceUserId => text as SourceUserId;
export const sourceGroupId = (text: string): SourceGroupId => text as SourceGroupId;
export const accountId = (text: string): AccountId => text as AccountId;
export const groupId = (text: string): GroupId => text as GroupId;
export const connectorId = (text: string): ConnectorId => text as ConnectorId;
export const runId = (text: string): RunId => text as RunId;

/** The directory that a run writes to. The lease is taken for this pair. */
export interface DirectoryRef {
  readonly orgId: string;
  readonly directoryId: string;
}

/** E-mail addresses are compared trimmed and in lower case; anything without one `@` inside is no address. */
export function normalizeEmail(text: string | undefined): string | undefined {
  const email = text?.trim().toLowerCase();
  return email !== undefined && /^[^\s@]+@[^\s@]+$/.test(email) ? email : undefined;
}

/** The part behind the `@` of a normalized address. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
