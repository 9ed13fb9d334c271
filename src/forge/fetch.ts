import { fetch } from '@forge/api';

interface Init {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect?: 'manual';
  readonly signal?: AbortSignal;
}

/** Forge's own fetch, called as it wants to be: a text address and plain headers. */
export const forgeFetch = (url: string, init: Init) => fetch(url, init);
