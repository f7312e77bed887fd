/** A row as the driver gives it: integers, texts, booleans, parsed jsonb. */
export type Row = Record<string, unknown>;

/** Parameters are `$1`, `$2`, …; jsonb travels as its text. */
export type Sql = {
  query<R extends Row>(text: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** Of a transaction: the courts whose feeds it makes longer. Those who wait hear of them after the commit. */
  readonly grown?: Set<string>;
};

/** The one door to PostgreSQL, whether embedded or a server. An answered change is on the disk. */
export type Database = Sql & {
  /** Runs alone on one connection; rolled back when `work` throws or when `keeps` says no to its value. */
  transaction<T>(work: (sql: Sql) => Promise<T>, keeps?: (value: T) => boolean): Promise<T>;
  readonly growth: Growth;
  /** Of a server: how many connections are open, how many of them idle, and how many requests wait for one. */
  connections?(): { readonly open: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
};

/** What is heard of feeds that have grown, whichever process made them grow. */
export type Growth = {
  /** Called with the courts, or with null when any may have grown unheard. Answers how to stop. */
  readonly subscribe: (listener: (courts: readonly string[] | null) => void) => () => void;
  /** False while the other processes cannot be heard. */
  readonly heard: boolean;
};

/** The only row of an answer that always has one. */
export function single<R>(rows: readonly R[]): R {
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`one row expected, ${rows.length} came`);
  return row;
}

/** Marks a failure with the statement it came from, which holds no values; a driver's own trace ends inside the driver. */
export async function ofStatement<T>(statement: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw Object.assign(error as Error, { statement });
  }
}
