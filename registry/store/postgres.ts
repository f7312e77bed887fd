import pg from 'pg';
import { ofStatement, type Database, type Row, type Sql } from './database.ts';
import { openPostgresGrowth } from './postgres-growth.ts';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** No statement of the registry is long; a stuck one must not hold a court's lock for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** SQLSTATE connection_failure, for failures that the driver tells by words alone. */
const CONNECTION_FAILURE = '08006';

/** A failure that the server did not tell is a failure of the connection. */
async function throughConnection<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof pg.DatabaseError || 'code' in (error as object)) throw error;
    throw Object.assign(error as Error, { code: CONNECTION_FAILURE });
  }
}

/** The texts are few and fixed, so each connection plans them once. A text without parameters may hold several statements. */
const prepared = (text: string, parameters: readonly unknown[] | undefined) => ({
  text,
  ...(parameters === undefined ? {} : { name: nameOf(text), values: parameters.slice() }),
});
const names = new Map<string, string>();
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
}

/** A PostgreSQL server (15 or newer). `url` is a `postgres://` address; a lost connection is replaced at the next use. */
export function openPostgres(url: string): Database {
  const connection = { connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, application_name: 'kense-registry' };
  const pool = new pg.Pool({ ...connection, max: CONNECTIONS, statement_timeout: STATEMENT_TIMEOUT_MS });
  // an idle connection that breaks is dropped by the pool; whoever asks next sees the failure
  pool.on('error', () => undefined);
  const growth = openPostgresGrowth({ ...connection, keepAlive: true }, (text, parameters) => pool.query(text, parameters));
  return {
    growth,
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    query: async <R extends Row>(text: string, parameters?: readonly unknown[]) =>
      (await ofStatement(text, throughConnection(pool.query<R>(prepared(text, parameters))))).rows,
    async transaction<T>(work: (sql: Sql) => Promise<T>, keeps: (value: T) => boolean = () => true) {
      const client = await throughConnection(pool.connect());
      const sql = {
        grown: new Set<string>(),
        query: async <R extends Row>(text: string, parameters?: readonly unknown[]) =>
          (await ofStatement(text, throughConnection(client.query<R>(prepared(text, parameters))))).rows,
      } satisfies Sql;
      let broken = false;
      // between two statements nobody waits for the connection, and a failure that nobody hears would end the process
      const onLost = () => (broken = true);
      client.on('error', onLost);
      try {
        await throughConnection(client.query('BEGIN'));
        const value = await work(sql);
        const kept = keeps(value);
        await throughConnection(client.query(kept ? 'COMMIT' : 'ROLLBACK'));
        if (kept) growth.announce(sql.grown);
        return value;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => (broken = true));
        throw error;
      } finally {
        client.removeListener('error', onLost);
        client.release(broken);
      }
    },
    async close() {
      await growth.close();
      await pool.end();
    },
  };
}
