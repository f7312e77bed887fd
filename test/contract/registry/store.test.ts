import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Registry } from '../../../registry/http/context.ts';
import { leaseBlock } from '../../../registry/numbers/lease-block.ts';
import type { Database } from '../../../registry/store/database.ts';
import { openEmbedded } from '../../../registry/store/embedded.ts';
import { migrate, type Migration } from '../../../registry/store/migrate.ts';
import { keepLeases } from '../../../registry/leases/keep-leases.ts';
import { accountNumbers } from '../../../registry/numbers/account-numbers.ts';
import { returnNumbers } from '../../../registry/numbers/return-numbers.ts';
import { MIGRATIONS } from '../../../registry/store/migrations/index.ts';
import { openPostgres } from '../../../registry/store/postgres.ts';
import { FILING_STATES } from '../../../shared/domain/filing-status.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { NOW } from '../../support/registry/open-registry.ts';

describeOnEveryDatabase('the database of the registry', (fresh) => {
  let db: Database;
  beforeEach(async () => {
    const { database, dataDir } = await fresh();
    db = database === 'embedded' ? await openEmbedded(dataDir) : openPostgres(database);
    await migrate(db);
  });
  afterEach(() => db?.close());

  async function addCourt() {
    await db.query("INSERT INTO court (code, name_kk, name_ru, enrolment_code) VALUES ('7599', 'a', 'b', 'code')");
    const id = randomUUID();
    await db.query(
      "INSERT INTO workstation (id, court, name, public_key, enrolment_code, enrolled_at) VALUES ($1, '7599', 'd', 'k', 'code', $2)",
      [id, NOW],
    );
    return { id, court: '7599' };
  }

  it('migrating again changes nothing', async () => {
    await migrate(db);
    expect(await db.query('SELECT number, name FROM migration ORDER BY number')).toEqual(
      MIGRATIONS.map(({ number, name }) => ({ number, name })),
    );
  });

  it('migrations are numbered in growing tens', () => {
    const numbers = MIGRATIONS.map((migration) => migration.number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.filter((number) => number % 10 !== 0)).toEqual([]);
  });

  it('a migration that fails leaves nothing of itself', async () => {
    const broken: Migration = { number: 9990, name: 'broken', statements: ['CREATE TABLE half (id integer)', 'no SQL at all'] };
    await expect(migrate(db, [...MIGRATIONS, broken])).rejects.toThrow();
    expect(await db.query("SELECT 1 FROM pg_tables WHERE tablename = 'half'")).toEqual([]);
    await migrate(db);
  });

  /** A database with the tables of an earlier day. */
  async function fromBefore(number: number): Promise<Database> {
    const { database, dataDir } = await fresh();
    const old = database === 'embedded' ? await openEmbedded(dataDir) : openPostgres(database);
    if (database === 'embedded') {
      // the embedded database begins with the tables of today
      await old.query('DROP SCHEMA public CASCADE');
      await old.query('CREATE SCHEMA public');
    }
    await migrate(
      old,
      MIGRATIONS.filter((migration) => migration.number < number),
    );
    return old;
  }

  it('acts from before belong to the workstation whose command was the first to be answered with them', async () => {
    const old = await fromBefore(220);
    try {
      const [mine, others, judge, filing, first, second, lost] = Array.from({ length: 7 }, () => randomUUID());
      await old.query("INSERT INTO court (code, name_kk, name_ru, enrolment_code) VALUES ('7599', 'a', 'b', 'code')");
      for (const id of [mine, others])
        await old.query(
          "INSERT INTO workstation (id, court, name, public_key, enrolment_code, enrolled_at) VALUES ($1, '7599', 'd', $3, 'code', $2)",
          [id, NOW, `key of ${id}`],
        );
      await old.query("INSERT INTO court_user VALUES ($1, '7599', 'j', null, '[]', '[]', true)", [judge]);
      await old.query(
        "INSERT INTO filing (id, court, cabinet_number, message, received_at, state) VALUES ($1, '7599', '261100000001', '{}', $2, 'received')",
        [filing, NOW],
      );
      await old.query('INSERT INTO document VALUES ($1, 1, $2)', ['a'.repeat(64), NOW]);
      for (const [position, act] of [first, second, lost].entries())
        await old.query(
          `INSERT INTO act (id, filing, kind, sha256, level, signed_at, signed_by, position) VALUES ($1, $2, 'ruling', $3, 'B', $4, $5, $6)`,
          [act, filing, 'a'.repeat(64), NOW, judge, position],
        );
      const issued = (workstation: string | undefined, acts: (string | undefined)[]) =>
        old.query(
          `INSERT INTO applied_command (workstation, id, kind, done_at, applied_at, envelope_sha256, answer) VALUES ($1, $2, 'act.issue', $3, $4, 'x', $5::jsonb)`,
          [
            workstation,
            randomUUID(),
            NOW,
            NOW,
            JSON.stringify({ outcome: 'applied', code: null, filing: { acts: acts.map((id) => ({ id })) } }),
          ],
        );
      await issued(others, [first, second]);
      await issued(mine, [first]);
      await migrate(old);
      expect(await old.query('SELECT id, workstation FROM act ORDER BY position')).toEqual([
        { id: first, workstation: mine },
        { id: second, workstation: others },
        { id: lost, workstation: null },
      ]);
    } finally {
      await old.close();
    }
  });

  it('filings from before belong to the person whose command registered them', async () => {
    const old = await fromBefore(370);
    try {
      const [workstation, clerk, colleague, ...filings] = Array.from({ length: 6 }, () => randomUUID());
      await old.query("INSERT INTO court (code, name_kk, name_ru, enrolment_code) VALUES ('7599', 'a', 'b', 'code')");
      await old.query(
        "INSERT INTO workstation (id, court, name, public_key, enrolment_code, enrolled_at) VALUES ($1, '7599', 'd', 'k', 'code', $2)",
        [workstation, NOW],
      );
      for (const user of [clerk, colleague])
        await old.query(
          "INSERT INTO court_user (id, court, name, iin, roles, certificates, active) VALUES ($1, '7599', 'j', null, '[]', '[]', true)",
          [user],
        );
      for (const [place, id] of filings.entries())
        await old.query(
          `INSERT INTO filing (id, court, cabinet_number, message, received_at, state, incoming_number, registered_at)
           VALUES ($1, '7599', $2, '{}', $3, $4, $5, $6)`,
          [
            id,
            `26110000000${place}`,
            NOW,
            place < 2 ? 'registered' : 'received',
            place < 2 ? `7599-26-00000${place}` : null,
            place < 2 ? NOW : null,
          ],
        );
      const command = (kind: string, actor: string | undefined, filing: string | undefined) =>
        old.query(
          `INSERT INTO applied_command (workstation, id, kind, actor, done_at, applied_at, envelope_sha256, answer) VALUES ($1, $2, $3, $4, $5, $5, 'x', $6::jsonb)`,
          [workstation, randomUUID(), kind, actor, NOW, JSON.stringify({ outcome: 'applied', code: null, filing: { id: filing } })],
        );
      await command('filing.register', clerk, filings[0]);
      await command('talon.issue', colleague, filings[0]);
      await command('filing.send-to-judge', colleague, filings[1]);
      await migrate(old);
      expect(await old.query('SELECT id, registered_by FROM filing ORDER BY cabinet_number')).toEqual([
        { id: filings[0], registered_by: clerk },
        { id: filings[1], registered_by: null },
        { id: filings[2], registered_by: null },
      ]);
    } finally {
      await old.close();
    }
  });

  it('a database from before leases keeps its blocks and filings, and gives and takes numbers and leases as a new one', async () => {
    const old = await fromBefore(MIGRATIONS[1]!.number);
    try {
      const [workstation, block, filing] = [randomUUID(), randomUUID(), randomUUID()];
      await old.query("INSERT INTO court (code, name_kk, name_ru, enrolment_code) VALUES ('7599', 'a', 'b', 'code')");
      await old.query(
        "INSERT INTO workstation (id, court, name, public_key, enrolment_code, enrolled_at) VALUES ($1, '7599', 'd', 'k', 'code', $2)",
        [workstation, NOW],
      );
      await old.query("INSERT INTO number_series VALUES ('7599', 'incoming', '26', '', 11)");
      await old.query("INSERT INTO number_block VALUES ($1, $2, $3, '7599', 'incoming', '26', '', 1, 10, $4)", [
        block,
        workstation,
        randomUUID(),
        NOW,
      ]);
      await old.query(
        "INSERT INTO filing (id, court, cabinet_number, message, received_at, state) VALUES ($1, '7599', '261100000001', '{}', $2, 'received')",
        [filing, NOW],
      );
      await migrate(old);

      const registry = { db: old, clock: () => NOW, newId: randomUUID } as unknown as Registry;
      const own = { id: workstation, court: '7599' };
      const word = { known: null, reserve: { count: 9, onlyAlone: true }, renew: [], release: [], giveBack: [] };
      expect(await keepLeases(registry, own, word)).toMatchObject({
        value: { leases: [{ filingId: filing, workstationId: workstation }] },
      });
      await returnNumbers({ sql: old, workstation: own, now: NOW }, { blockId: block, first: 4 });
      const request = { requestId: randomUUID(), series: 'incoming' as const, year: '26', typeIndex: '', size: 20 };
      expect(await leaseBlock(registry, own, request)).toMatchObject({ ok: true, value: { first: 4, last: 10 } });
      expect(await accountNumbers(old, '7599', { series: 'incoming', year: '26' })).toMatchObject({
        blocks: [
          { id: block, first: 1, last: 10, returned: { first: 4 }, open: 3 },
          { first: 4, last: 10, returned: null, open: 7 },
        ],
      });
    } finally {
      await old.close();
    }
  });

  it('a database of a newer registry is left alone', async () => {
    await migrate(db, [...MIGRATIONS, { number: 9990, name: 'of tomorrow', statements: ['CREATE TABLE tomorrow (id integer)'] }]);
    await expect(migrate(db)).rejects.toMatchObject({ code: 'database-newer' });
  });

  it('a value that is not kept is rolled back, and so is a failure', async () => {
    const write = (name: string, keeps: boolean) =>
      db.transaction(
        (sql) => sql.query('INSERT INTO setting (name, value) VALUES ($1, $1)', [name]),
        () => keeps,
      );
    await write('kept', true);
    await write('not kept', false);
    const failing = db.transaction(async (sql) => {
      await sql.query("INSERT INTO setting (name, value) VALUES ('failed', 'x')");
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await db.query('SELECT name FROM setting')).toEqual([{ name: 'kept' }]);
  });

  it('knows exactly the states of the workflow', async () => {
    const [check] = await db.query<{ definition: string }>(
      "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = 'filing'::regclass AND pg_get_constraintdef(oid) LIKE '%fulfilled%'",
    );
    const states = [...check!.definition.matchAll(/'([a-z-]+)'/g)].map((m) => m[1]);
    expect(states).toEqual([...FILING_STATES]);
  });

  it.each(['feed', 'journal_anchor', 'applied_command', 'number_block'])('%s takes additions only', async (table) => {
    const { id } = await addCourt();
    await db.query("INSERT INTO feed VALUES ('7599', 1, 'k', 1, 's', 'at', '{}', 2)");
    await db.query("INSERT INTO journal_anchor (workstation, entries, head, at, anchored_at) VALUES ($1, 1, 'h', 'a', 'a')", [id]);
    await db.query("INSERT INTO applied_command VALUES ($1, $2, 'k', NULL, 'a', 'a', 'h', '{}')", [id, randomUUID()]);
    await db.query("INSERT INTO number_block VALUES ($1, $2, $3, '7599', 'incoming', '26', '', 1, 2, 'a')", [
      randomUUID(),
      id,
      randomUUID(),
    ]);
    await expect(db.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
    const [column] = await db.query<{ column_name: string }>(
      "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_identity = 'NO' LIMIT 1",
      [table],
    );
    await expect(db.query(`UPDATE ${table} SET ${column!.column_name} = ${column!.column_name}`)).rejects.toThrow('append-only');
    expect(await db.query(`SELECT 1 FROM ${table}`)).toHaveLength(1);
  });

  it('a series of numbers ends at six digits', async () => {
    const workstation = await addCourt();
    const registry = { db, clock: () => NOW, newId: randomUUID } as unknown as Registry;
    const lease = (size: number) =>
      leaseBlock(registry, workstation, { requestId: randomUUID(), series: 'incoming', year: '26', typeIndex: '', size });
    await lease(1);
    await db.query('UPDATE number_series SET next = 999990');
    expect(await lease(11)).toEqual({ ok: false, problem: 'numbers-exhausted' });
    expect(await lease(10)).toMatchObject({ ok: true, value: { first: 999_990, last: 999_999 } });
    expect(await lease(1)).toEqual({ ok: false, problem: 'numbers-exhausted' });
  });
});
