import { generateKeyPairSync } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptHistoryOf,
  checkHistory,
  compareWithRegistry,
  findingOf,
  finishWork,
  outboxOf,
  syncOnce,
  type Desk,
} from '../../main/core/index.ts';
import { markRestored, startRegistry, type RunningRegistry } from '../../registry/index.ts';
import { FEED_START } from '../../shared/registry/index.ts';
import { completeFeedChains } from '../../registry/feed/feed-chain.ts';
import { openPostgres } from '../../registry/store/postgres.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../support/registry/postgres-cluster.ts';

const programs = findPostgres();
const reason = 'the registry was put back from a copy';

describe.skipIf(programs === null)('a registry whose past was changed', () => {
  let cluster: PostgresCluster;
  let database: string;
  let db: pg.Client;
  let office: TrainingOffice;
  let secretary: string;
  let head: string;
  let second: RunningRegistry | null = null;
  const asked: string[] = [];

  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
    database = await cluster.freshDatabase();
    office = await trainingOffice({ registry: { database, dataDir: null } });
    must(await syncOnce(office.desk));
    secretary = await signInAs(office, 'secretary');
    head = await signInAs(office, 'office-head');
    db = new pg.Client({ connectionString: database });
    await db.connect();
    for (const table of ['feed', 'feed_link', 'journal_anchor'])
      await db.query(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_append_only`);
  });
  beforeEach(async () => {
    office.fault = ({ method, route }) => (asked.push(`${method} ${route}`), null);
    const done = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, done, secretary));
    must(await finishWork(office.desk));
    must(await syncOnce(office.desk));
    const waiting = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, waiting, secretary));
    must(await finishWork(office.desk));
    asked.length = 0;
  });
  afterAll(async () => {
    await db?.end();
    await second?.close();
    await office?.close();
    await cluster?.stop();
  });

  const lastSeq = async () => (await db.query<{ s: number }>("SELECT feed_seq AS s FROM court WHERE code = '9900'")).rows[0]!.s;
  /** The desk a day later, when it looks again at all it has read. */
  const tomorrow = (): Desk => ({
    ...office.desk,
    config: { ...office.desk.config, clock: () => new Date(Date.now() + 25 * 3_600_000).toISOString() },
  });

  /** Named at the next round with its place, nothing is sent, nothing is lost, and it stays until a person has decided. */
  async function expectFound(desk: Desk, code: string, entry: number) {
    const { waiting } = outboxOf(desk);
    expect(waiting).toBeGreaterThan(0);
    expect(await syncOnce(desk)).toMatchObject({ ok: false, error: { code, params: { entry }, next: 'ask-user' } });
    asked.length = 0;
    await office.reopen();
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code, params: { entry } } });
    expect(findingOf(office.desk)).toMatchObject({ code, entry, since: expect.any(String) });
    expect(must(await checkHistory(office.desk))).toMatchObject({ chain: 'ok', compared: true, finding: { code, entry } });
    expect(asked.filter((request) => request.startsWith('POST /v1/commands'))).toEqual([]);
    expect(outboxOf(office.desk)).toMatchObject({ parked: [] });
  }

  async function expectGoesOn() {
    const { code, entry } = findingOf(office.desk)!;
    must(await acceptHistoryOf(office.desk, { actor: head, reason }));
    must(await syncOnce(office.desk));
    await expectReasonKept(code, entry);
    must(await syncOnce(await office.reopen()));
    expect(must(await checkHistory(office.desk))).toMatchObject({ compared: true, finding: null });
    expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(must(await compareWithRegistry(office.desk)).differences).toEqual([]);
  }

  /** Who let the desk go on and why, in its own journal and at the registry. */
  async function expectReasonKept(code: string, entry: number) {
    const told = "SELECT actor, details FROM journal WHERE action = 'history.accepted' ORDER BY seq DESC LIMIT 1";
    const accepted = office.desk.store.read.get<{ actor: string; details: string }>(told)!;
    expect({ ...accepted, details: JSON.parse(accepted.details) as object }).toEqual({ actor: head, details: { code, entry, reason } });
    const kept = await db.query(
      'SELECT accepted_by, finding, reason FROM journal_anchor WHERE finding IS NOT NULL ORDER BY position DESC LIMIT 1',
    );
    expect(kept.rows).toEqual([{ accepted_by: head, finding: code, reason }]);
  }

  /** The chain as a forger who knows how it is made would leave it. */
  async function rechain() {
    await db.query("DELETE FROM feed_link WHERE court = '9900'");
    const own = openPostgres(database);
    await completeFeedChains(own);
    await own.close();
  }

  it('nothing is found where nothing was changed, not a day later either', async () => {
    must(await syncOnce(tomorrow()));
    expect(must(await checkHistory(office.desk))).toMatchObject({ compared: true, finding: null });
    expect((await db.query<{ hash: string }>("SELECT hash FROM feed_link WHERE court = '9900' AND seq = 1")).rows[0]!.hash).not.toBe(
      FEED_START,
    );
  });

  it('an item changed in its row is found when the desk looks again at what it has read', async () => {
    await db.query(`UPDATE feed SET data = jsonb_set(data, '{name}', '"X"') WHERE court = '9900' AND seq = 2`);
    await expectFound(tomorrow(), 'registry-history-changed', 2);
    await rechain();
    await expectGoesOn();
  });

  it('an item changed with the whole chain after it is found at the next round', async () => {
    await db.query(`UPDATE feed SET subject = subject || 'x' WHERE court = '9900' AND seq = 3`);
    await rechain();
    await expectFound(office.desk, 'registry-history-changed', 3);
    await expectGoesOn();
  });

  it('an item that was removed is found', async () => {
    await db.query("DELETE FROM feed WHERE court = '9900' AND seq = 2");
    expect(must(await checkHistory(office.desk)).finding).toMatchObject({ code: 'registry-history-changed', entry: 2 });
    await expectFound(office.desk, 'registry-history-changed', 2);
    await db.query(
      `INSERT INTO feed (court, seq, kind, version, subject, at, data, data_bytes)
       SELECT court, 2, kind, version, subject, at, data, data_bytes FROM feed WHERE court = '9900' AND seq = 1`,
    );
    await rechain();
    await expectGoesOn();
  });

  it('a feed that became shorter is found, and what the registry lost of our work is sent again', async () => {
    const seq = await lastSeq();
    await db.query("DELETE FROM feed WHERE court = '9900' AND seq > $1", [seq - 2]);
    await db.query("DELETE FROM feed_link WHERE court = '9900' AND seq > $1", [seq - 2]);
    await db.query("UPDATE court SET feed_seq = $1 WHERE code = '9900'", [seq - 2]);
    await expectFound(office.desk, 'registry-history-shorter', seq - 1);
    must(await acceptHistoryOf(office.desk, { actor: head, reason }));
    const { sent } = office.desk.store.read.get<{ sent: number }>("SELECT count(*) AS sent FROM outbox WHERE state = 'waiting'")!;
    expect(sent).toBeGreaterThan(2);
    must(await syncOnce(office.desk));
    await expectReasonKept('registry-history-shorter', seq - 1);
    expect(await syncOnce(office.desk), 'numbers may be forgotten too').toMatchObject({ ok: false, error: { code: 'numbers-held' } });
    await markRestored({ database, dataDir: null, clock: office.desk.config.clock, again: false });
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-restored' } });
    must(await acceptHistoryOf(office.desk, { actor: head, reason }));
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(must(await checkHistory(office.desk))).toMatchObject({ compared: true, finding: null });
  });

  it('an anchor that the registry never signed is found', async () => {
    const { rows } = await db.query<{ entries: number }>(
      `UPDATE journal_anchor SET head = repeat('a', 64) WHERE position = (SELECT max(position) FROM journal_anchor) RETURNING entries`,
    );
    await office.reopen();
    await expectFound(office.desk, 'registry-head-unsigned', rows[0]!.entries);
    await expectGoesOn();
  });

  it('an anchor that was removed is found by the receipt for it', async () => {
    const { rows } = await db.query<{ entries: number }>(
      'DELETE FROM journal_anchor WHERE position = (SELECT max(position) FROM journal_anchor) RETURNING entries',
    );
    await office.reopen();
    await expectFound(office.desk, 'registry-anchors-changed', rows[0]!.entries);
    await expectGoesOn();
  });

  it('a registry with another key is not taken for the one that was known', async () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await db.query("UPDATE setting SET value = $1 WHERE name = 'history-key'", [pem]);
    const port = Number(new URL(office.registry.url).port);
    await office.registry.close();
    second = await startRegistry({ database, dataDir: null, mode: 'training', port, clock: office.desk.config.clock });
    await expectFound(office.desk, 'registry-key-changed', 1);
    await expectGoesOn();
  });
});
