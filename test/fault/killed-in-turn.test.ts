import fs from 'node:fs';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDesk, syncOnce } from '../../main/core/index.ts';
import { openDataKey } from '../../main/store/index.ts';
import { createTokenHost } from '../../main/token/index.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { killInTurn, type KillPlan } from '../support/desk/kill-in-turn.ts';
import { must, RESOURCES } from '../support/desk/training-office.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../support/registry/postgres-cluster.ts';

/** `scripts/kill-run.mjs` sets these for a long run. */
const given = (name: string, usual: number) => Number(process.env[name] ?? usual);
const plan: KillPlan = {
  seed: given('KENSE_SEED', 20261122),
  kills: given('KENSE_KILLS', 12),
  filings: given('KENSE_FILINGS', 6),
  databaseRestarts: given('KENSE_DATABASE_RESTARTS', 2),
};
const programs = findPostgres();

describe.skipIf(programs === null)('with PostgreSQL behind the registry', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
  });
  afterAll(() => cluster?.stop());

  it(
    `desk and registry killed ${plan.kills} times in turn, and PostgreSQL some times with them, lose nothing and double nothing`,
    {
      timeout: 120_000 + plan.kills * 20_000,
    },
    async () => {
      const started = performance.now();
      const run = await killInTurn(cluster, plan);
      onTestFinished(() => run.close());
      expect(run, `seed ${plan.seed}`).toMatchObject({
        deskKills: plan.kills / 2,
        registryKills: plan.kills / 2,
        databaseRestarts: plan.databaseRestarts,
      });

      const { profileDir } = run;
      const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
      const tokenHost = createTokenHost(() => Promise.resolve(null));
      const clock = () => new Date().toISOString();
      const desk = must(await openDesk({ profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId }, { tokenHost }));
      const { read } = desk.store;
      const count = (sql: string) => read.get<{ n: number }>(sql)!.n;
      must(await syncOnce(desk));
      await expectWhole(desk, plan.filings);

      const acts = count('SELECT count(*) AS n FROM act');
      expect(read.all("SELECT id FROM act WHERE state <> 'dispatched'")).toEqual([]);
      const summonses = count('SELECT count(*) AS n FROM filing WHERE case_number IS NOT NULL');
      expect(count("SELECT count(*) AS n FROM outbox WHERE kind = 'summons.issue' AND state = 'done'")).toBe(summonses);
      const used = count("SELECT sum(next - first) AS n FROM number_block WHERE series = 'incoming'");
      expect(used, 'every number that was taken belongs to a filing').toBe(plan.filings);
      const unproven = "proof IS NULL AND kind NOT IN ('talon.issue', 'number.return', 'journal.anchor')";
      expect(count(`SELECT count(*) AS n FROM outbox WHERE ${unproven}`), 'whatever a person did was proven').toBe(0);

      const registry = await countAtRegistry(run.database);
      expect(registry).toEqual({
        filings: plan.filings,
        registered: plan.filings,
        numbers: plan.filings,
        talons: plan.filings,
        acts,
        summonses,
        applied: count("SELECT count(*) AS n FROM outbox WHERE state = 'done'"),
        places_missing: 0,
      });
      const { entries, chain } = desk.store.checkJournal();
      desk.close();
      const report = {
        ...plan,
        seconds: Math.round((performance.now() - started) / 1000),
        deskKills: run.deskKills,
        registryKills: run.registryKills,
        requests: run.requests,
        submissions: run.submissions,
        ...registry,
        journal: { entries, chain },
      };
      const file = process.env['KENSE_REPORT'];
      if (file) fs.writeFileSync(file, JSON.stringify(report, null, 2));
    },
  );
});

async function countAtRegistry(database: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, number>>(`SELECT
      (SELECT count(*)::integer FROM filing) AS filings,
      (SELECT count(incoming_number)::integer FROM filing) AS registered,
      (SELECT count(DISTINCT incoming_number)::integer FROM filing) AS numbers,
      (SELECT count(*)::integer FROM applied_command WHERE kind = 'talon.issue') AS talons,
      (SELECT count(*)::integer FROM applied_command WHERE kind = 'act.issue') AS acts,
      (SELECT count(*)::integer FROM summons) AS summonses,
      (SELECT count(*)::integer FROM applied_command WHERE kind <> 'journal.anchor') AS applied,
      (SELECT (max(seq) - count(*))::integer FROM feed WHERE court = '9900') AS places_missing`);
    return rows[0]!;
  } finally {
    await client.end();
  }
}
