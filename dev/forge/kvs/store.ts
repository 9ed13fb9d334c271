import { DatabaseSync } from 'node:sqlite';

/** Which table of the platform's storage: plain values, secrets, or one entity. */
export interface Space {
  readonly kind: 'value' | 'secret' | 'entity';
  /** Empty unless the kind is `entity`. */
  readonly entityName: string;
}

export interface Row {
  readonly key: string;
  readonly value: unknown;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Milliseconds; absent for a row that stays. */
  readonly expireAt?: number;
}

/** Rows in SQLite, with enough of the past that a query can show how things were. */
export interface RowStore {
  get(space: Space, key: string): Row | undefined;
  put(space: Space, row: Row): void;
  remove(space: Space, key: string, at: number): void;
  /** All rows of a space as they were at `at`, in the order of their keys. */
  list(space: Space, at: number): readonly Row[];
  /** Forgets what is no longer needed to show the time `before` or later. */
  setHorizon(milliseconds: number): void;
  atomically<T>(work: () => T): T;
  loadSetting(name: string): unknown;
  saveSetting(name: string, value: unknown): void;
  /** Every value that lies in storage, as text: for a search after planted secrets. */
  dump(kinds: readonly Space['kind'][]): readonly string[];
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS version (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, entity TEXT NOT NULL, key TEXT NOT NULL,
    value TEXT, created INTEGER, updated INTEGER, expire INTEGER, at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS version_of_key ON version (kind, entity, key, seq);
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`;

type SqlRow = Record<string, unknown>;

function toRow(row: SqlRow): Row {
  return {
    key: String(row.key),
    value: JSON.parse(String(row.value)) as unknown, // was written by JSON.stringify below
    createdAt: Number(row.created),
    updatedAt: Number(row.updated),
    ...(row.expire === null ? {} : { expireAt: Number(row.expire) }),
  };
}

/** Opens storage in a file, or in memory without one. What a file holds survives a restart. */
export function openStore(file = ':memory:'): RowStore {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec(schema);
  const latest = database.prepare(
    'SELECT * FROM version WHERE kind = ? AND entity = ? AND key = ? ORDER BY seq DESC LIMIT 1',
  );
  const insert = database.prepare(
    'INSERT INTO version (kind, entity, key, value, created, updated, expire, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const prune = database.prepare(
    `DELETE FROM version WHERE kind = ?1 AND entity = ?2 AND key = ?3 AND seq <
      (SELECT max(seq) FROM version WHERE kind = ?1 AND entity = ?2 AND key = ?3 AND at <= ?4)`,
  );
  const past = database.prepare(
    `SELECT * FROM version AS v WHERE kind = ?1 AND entity = ?2 AND value IS NOT NULL AND seq =
      (SELECT max(seq) FROM version WHERE kind = ?1 AND entity = ?2 AND key = v.key AND at <= ?3) ORDER BY key`,
  );
  const readSetting = database.prepare('SELECT value FROM setting WHERE name = ?');
  const writeSetting = database.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)');
  let horizon = 0;

  function write(space: Space, key: string, value: string | null, row: Row | undefined, at: number): void {
    const times = [row?.createdAt ?? null, row?.updatedAt ?? null, row?.expireAt ?? null] as const;
    insert.run(space.kind, space.entityName, key, value, ...times, at);
    prune.run(space.kind, space.entityName, key, at - horizon);
  }

  return {
    get(space, key) {
      const row = latest.get(space.kind, space.entityName, key);
      return row === undefined || row.value === null ? undefined : toRow(row);
    },
    put: (space, row) => write(space, row.key, JSON.stringify(row.value), row, row.updatedAt),
    remove: (space, key, at) => write(space, key, null, undefined, at),
    list: (space, at) => past.all(space.kind, space.entityName, at).map(toRow),
    setHorizon(milliseconds) {
      horizon = milliseconds;
    },
    atomically(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    loadSetting(name) {
      const row = readSetting.get(name);
      return row === undefined ? undefined : (JSON.parse(String(row.value)) as unknown); // written below
    },
    saveSetting: (name, value) => void writeSetting.run(name, JSON.stringify(value)),
    dump: (kinds) =>
      database
        .prepare('SELECT kind, value FROM version WHERE value IS NOT NULL')
        .all()
        .filter(({ kind }) => kinds.some((each) => each === kind))
        .map(({ value }) => String(value)),
    close: () => database.close(),
  };
}
