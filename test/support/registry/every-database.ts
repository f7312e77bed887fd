import { afterAll, beforeAll, describe } from 'vitest';
import type { RegistryOptions } from '../../../registry/index.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from './postgres-cluster.ts';

/** Options of a registry on an empty database. */
export type FreshDatabase = () => Promise<Pick<RegistryOptions, 'database' | 'dataDir'>>;

export const postgresPrograms = findPostgres();

/** Runs a suite on the embedded database, and on a PostgreSQL server where one is installed. */
export function describeOnEveryDatabase(title: string, suite: (fresh: FreshDatabase) => void): void {
  describe(`${title}, embedded`, () => suite(() => Promise.resolve({ database: 'embedded', dataDir: null })));

  if (postgresPrograms === null) console.warn(`PostgreSQL is not installed: "${title}" runs on the embedded database only`);
  describe.skipIf(postgresPrograms === null)(`${title}, PostgreSQL`, () => {
    let cluster: PostgresCluster;
    beforeAll(async () => {
      cluster = await startPostgresCluster(postgresPrograms!);
    });
    afterAll(() => cluster.stop());
    suite(async () => ({ database: await cluster.freshDatabase(), dataDir: null }));
  });
}
