import type { Profile } from '../domain/mapping';

export interface Refusal {
  readonly kind: 'refused';
  /** For machines: `licence-limit`, `synced-group`, `not-modifiable`, `exists`, `not-found`, `forbidden`, `protected`, `invalid`, `known-address`, `not-invited`, `not-settable`. */
  readonly code: string;
  /** One sentence: what happened and what to do. */
  readonly message: string;
}

/** What became of one write. Already as wished is as good as done. */
export type WriteOutcome = { readonly kind: 'done' } | { readonly kind: 'already' } | Refusal;

export type ProfileOutcome =
  | WriteOutcome
  /** Some attributes were written, and others refused; `message` says which and why. */
  | { readonly kind: 'part'; readonly written: Profile; readonly message: string };

/** Normalized addresses. */
export interface EmailChange {
  readonly before: string;
  readonly after: string;
}
