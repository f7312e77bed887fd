import { RegistryStartError } from '../start-error.ts';
import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** One step forward; there are none back. Numbers grow in tens. */
export type Migration = { readonly number: number; readonly name: string; readonly statements: readonly string[] };

/** Any number that only this program takes: several registries starting on one server wait for each other. */
const MIGRATION_LOCK = 7_205_109;

/** Brings the schema up to date, each migration in its own transaction; a database of a newer program is left alone. */
export async function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await sql.query('CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL)');
  });
  const newest = Math.max(...migrations.map((m) => m.number));
  for (const migration of migrations) {
    await db.transaction(async (sql) => {
      await sql.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      const applied = await sql.query<{ number: number }>('SELECT number FROM migration');
      if (applied.some((a) => a.number > newest))
        throw new RegistryStartError('database-newer', 'The database was written by a newer registry.');
      if (applied.some((a) => a.number === migration.number)) return;
      for (const statement of migration.statements) await sql.query(statement);
      await sql.query('INSERT INTO migration (number, name) VALUES ($1, $2)', [migration.number, migration.name]);
    });
  }
}
