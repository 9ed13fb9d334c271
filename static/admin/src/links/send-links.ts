import type { Api } from '../../../../src/api';
import type { LinksFile } from '../../../../src/domain/links-file';

type Taken = Api['importLinks']['value'];

/** How far an import has come. */
export interface Sent {
  /** Parts that the app has taken. */
  readonly done: number;
  readonly parts: number;
  readonly taken: Taken;
}

export const nothingSent: Sent = { done: 0, parts: 0, taken: { accounts: 0, groups: 0 } };

/**
 * Sends the parts of a file one after another, from where an earlier try ended, and tells of each. A part that fails ends it with its
 * error; what was told before is taken.
 */
export async function sendLinks(
  parts: readonly LinksFile[],
  before: Sent,
  send: (part: LinksFile) => Promise<Taken>,
  tell: (sent: Sent) => void,
): Promise<Sent> {
  let sent: Sent = { ...before, parts: parts.length };
  for (const part of parts.slice(before.done)) {
    const { accounts, groups } = await send(part);
    const taken = { accounts: sent.taken.accounts + accounts, groups: sent.taken.groups + groups };
    sent = { ...sent, done: sent.done + 1, taken };
    tell(sent);
  }
  return sent;
}
