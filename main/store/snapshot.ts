import type { Database, Statement } from 'better-sqlite3';
import { giveWay } from './give-way.ts';

/** A handle that can only read: statements that write are refused by SQLite itself. */
export type Reading = {
  get<T>(sql: string, ...params: readonly unknown[]): T | undefined;
  all<T>(sql: string, ...params: readonly unknown[]): T[];
};
/** Reads of one moment, whatever is written meanwhile. */
export type Snapshot = Reading & {
  /** The rows of a statement piece by piece, with the turn of others after each. The statement itself should not sort or group much: that is done before its first row. */
  pieces<T>(sql: string, ...params: readonly unknown[]): AsyncGenerator<readonly T[], void, undefined>;
  /** All of these rows, read piece by piece. */
  gather<T>(sql: string, ...params: readonly unknown[]): Promise<T[]>;
};
/** `rows`: how many are read and worked on before others have their turn; `alone`: nobody has, for work that must be done to what was read. */
export type Pace = { readonly rows?: number; readonly alone?: boolean };
export type Snapshots = {
  readonly take: <T>(work: (read: Snapshot) => Promise<T>, pace?: Pace) => Promise<T>;
  /** Runs as soon as none is open: at once, or when the last one ends. */
  whenNone(work: () => void): void;
};

const ROWS = 500;

/** Reads through a handle of the database; each statement is prepared once. */
export function readingOf(db: Database): { readonly read: Reading; readonly statement: (sql: string) => Statement } {
  const statements = new Map<string, Statement>();
  const statement = (sql: string) => {
    let s = statements.get(sql);
    if (!s) statements.set(sql, (s = db.prepare(sql)));
    return s;
  };
  const reading = (sql: string) => {
    const s = statement(sql);
    if (!s.readonly) throw new Error('a read handle was given a statement that writes');
    return s;
  };
  const read: Reading = {
    get: <T>(sql: string, ...params: readonly unknown[]) => reading(sql).get(...params) as T | undefined,
    all: <T>(sql: string, ...params: readonly unknown[]) => reading(sql).all(...params) as T[],
  };
  return { read, statement };
}

/** Each snapshot is a read transaction on a connection of its own, as write-ahead logging allows. @param connect opens one that only reads. */
export function createSnapshots(connect: () => Database): Snapshots {
  let open = 0;
  const waiting: (() => void)[] = [];
  return {
    take: async (work, pace = {}) => {
      const db = connect();
      open++;
      try {
        db.exec('BEGIN');
        db.prepare('SELECT 1 FROM sqlite_schema').get(); // the moment is that of the first read
        return await work({
          ...readingOf(db).read,
          pieces: (sql, ...params) => piecesOf(db, pace, sql, params),
          gather: (sql, ...params) => gathered(piecesOf(db, pace, sql, params)),
        });
      } finally {
        db.close();
        if (--open === 0) for (const due of waiting.splice(0)) due();
      }
    },
    whenNone: (work) => {
      if (open === 0) work();
      else waiting.push(work);
    },
  };
}

async function gathered<T>(pieces: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(...piece);
  return all;
}

async function* piecesOf<T>(
  db: Database,
  { rows = ROWS, alone = false }: Pace,
  sql: string,
  params: readonly unknown[],
): AsyncGenerator<readonly T[], void, undefined> {
  let piece: T[] = [];
  for (const row of db.prepare(sql).iterate(...params)) {
    piece.push(row as T);
    if (piece.length < rows) continue;
    yield piece;
    if (!alone) await giveWay();
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
