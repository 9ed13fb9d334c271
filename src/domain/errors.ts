/** What a failure means for a run: tried again later, or the end of the run. Outcomes of one change are no errors. */
export type Fate = 'retry' | 'stop';

export type SourceErrorCode =
  | 'address-not-approved'
  | 'unreachable'
  | 'tls'
  | 'wrong-address'
  | 'admin-api-not-here'
  | 'wrong-realm'
  | 'wrong-client-or-secret'
  | 'service-accounts-off'
  | 'role-missing'
  | 'role-too-small'
  | 'unreadable-answer'
  | 'server-error'
  | 'empty-source'
  | 'scope-matches-nothing';

/** Reading Keycloak failed. The message says in one sentence what happened and what to do next; it holds no secret and no raw body. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  constructor(
    readonly code: SourceErrorCode,
    message: string,
    readonly fate: Fate,
    options?: { readonly cause?: unknown; readonly retryAfterMs?: number },
  ) {
    super(message, { cause: options?.cause });
    this.retryAfterMs = options?.retryAfterMs;
  }
  readonly retryAfterMs: number | undefined;
}

export type DirectoryErrorCode =
  | 'address-not-approved'
  | 'unreachable'
  | 'key-refused'
  | 'key-without-right'
  | 'organization-not-found'
  | 'unreadable-answer'
  | 'server-error'
  | 'quota'
  | 'no-subscription'
  | 'not-configured';

/** Talking to Atlassian failed as a whole; same rules for the message. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
    readonly fate: Fate,
    options?: { readonly cause?: unknown; readonly retryAfterMs?: number },
  ) {
    super(message, { cause: options?.cause });
    this.retryAfterMs = options?.retryAfterMs;
  }
  readonly retryAfterMs: number | undefined;
}

/** A setting that cannot be used, with the path of its field, for example `keycloak.url`. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** Storage failed although nobody else wrote: tried again later. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
}

/** Thrown by every fenced write whose fence is no longer the newest: somebody else goes on with the run. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost';
}
