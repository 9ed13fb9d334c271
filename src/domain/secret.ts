/**
 * A secret on its way from secret storage to the one header or form field that needs it.
 * It prints, joins and serializes as `[secret]`, so it cannot slip into an answer, a log line, a message or a stored value.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself: only for the request that authenticates, and for secret storage. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}
