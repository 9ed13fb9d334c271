import * as v from 'valibot';
import type { LinksFile } from '../../../../src/domain/links-file';

/** As the app takes them: what it would refuse in the middle of a long file is refused before anything is sent. */
const opaque = v.pipe(v.string(), v.regex(/^[^\p{Cc}]{1,512}$/u));
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{1,128}$/));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const mostPairs = 100_000;
const longest = 60_000_000;

const linksFile = v.object({
  format: v.literal('user-group-sync-links'),
  version: v.literal(1),
  connectorId: text(512),
  issuer: text(2048),
  accounts: v.pipe(
    v.array(
      v.object({
        user: opaque,
        accountId: opaque,
        email: text(512),
        origin: v.picklist(['invited', 'adopted']),
        suspendedAt: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
        guest: v.exactOptional(v.literal(true)),
      }),
    ),
    v.maxLength(mostPairs),
  ),
  groups: v.pipe(
    v.array(
      v.object({
        sourceGroupId: id,
        groupId: id,
        name: text(512),
        origin: v.picklist(['created', 'adopted']),
        mode: v.picklist(['add-only', 'take-over', 'exact']),
      }),
    ),
    v.maxLength(mostPairs),
  ),
});

const retry = 'choose one that Export links has made.';

/** The links that a chosen file holds. Throws with what to do when it is not a whole file of links. */
export function parseLinksFile(content: string): LinksFile {
  if (content.length > longest) throw new Error(`This file is too large for links: ${retry}`);
  const file = parseJson(content);
  const { format, version, settings } = readHead(file);
  if (settings !== undefined) {
    throw new Error('This file holds settings, not links: use Import settings above the list of connectors.');
  }
  if (format !== 'user-group-sync-links') throw new Error(`This file holds no links: ${retry}`);
  if (version !== 1) throw new Error('This file of links is of another version of the app: export the links again.');
  const parsed = v.safeParse(linksFile, file);
  if (parsed.success) return parsed.output;
  const [{ path, type }] = parsed.issues;
  const [list, place] = (path ?? []).map(({ key }) => key);
  if (type === 'max_length' && (list === 'accounts' || list === 'groups') && place === undefined) {
    throw new Error('This file has more than 100,000 accounts or groups: so many cannot be imported.');
  }
  const where = typeof place === 'number' ? ` at number ${place + 1} of its ${String(list)}` : '';
  throw new Error(`This file of links is damaged${where}, so nothing of it is taken: ${retry}`);
}

function parseJson(content: string): unknown {
  try {
    const file: unknown = JSON.parse(content);
    return file;
  } catch {
    throw new Error(`This file is no JSON: ${retry}`);
  }
}

interface Head {
  readonly format?: unknown;
  readonly version?: unknown;
  /** In a file of settings. */
  readonly settings?: unknown;
}

function readHead(file: unknown): Head {
  return typeof file === 'object' && file !== null ? file : {};
}
