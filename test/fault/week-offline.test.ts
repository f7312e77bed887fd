import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, outboxOf, pull, syncOnce, type Desk } from '../../main/core/index.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { registerOpen, signIn, signOpen } from '../support/desk/office-work.ts';
import { must, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../support/registry/postgres-cluster.ts';
import { tempDir } from '../support/temp-dir.ts';

const DAYS = 7;
/** Five changes each that are sent; `KENSE_FULL=1` makes them 2,000. */
const FILINGS = process.env['KENSE_FULL'] === '1' ? 400 : 60;
const DAY_MS = 24 * 3_600_000;
const programs = findPostgres();

describe.skipIf(programs === null)('a week without a line', () => {
  let cluster: PostgresCluster;
  let office: TrainingOffice;
  let line: FaultProxy;
  let passed = 0;
  const clock = () => new Date(Date.now() + passed).toISOString();
  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
    office = await trainingOffice({
      registry: { clock, database: await cluster.freshDatabase(), dataDir: tempDir() },
      desk: { clock },
      line: async (url) => (line = await startFaultProxy(url)).url,
    });
  });
  afterAll(async () => {
    await office?.close();
    await line?.close();
    await cluster?.stop();
  });

  it(
    `of ${FILINGS} registrations with all that follows from them is sent in one go, in order, without a gap`,
    {
      timeout: 120_000 + FILINGS * 10_000,
    },
    async () => {
      const sound = office.samples.filter(({ story, folder }) => story === 'good' && folder.kind === 'claim');
      for (let i = 0; i < FILINGS; i++) await office.submit(sound[i % sound.length]!);
      must(await pull(office.desk));
      must(await syncOnce(office.desk));
      const numbers = () =>
        office.desk.store.read.all<{ n: number }>(
          'SELECT CAST(substr(incoming_number, 9) AS INTEGER) AS n FROM filing WHERE incoming_number IS NOT NULL ORDER BY n',
        );
      expect(numbers()).toEqual([]);
      const { left } = office.desk.store.read.get<{ left: number }>(
        "SELECT sum(last - next + 1) AS left FROM number_block WHERE series = 'incoming'",
      )!;
      expect(left, 'numbers for whatever is held, and some to spare').toBeGreaterThanOrEqual(FILINGS + 50);

      for (const role of ['secretary', 'judge'] as const) await signIn(office.desk, role); // a day with a line, after which they may come without one
      line.follow(() => ({ kind: 'lose-request' }));
      const started = performance.now();
      for (let day = 1; day <= DAYS; day++) {
        await office.reopen();
        const secretary = await signIn(office.desk, 'secretary');
        const judge = await signIn(office.desk, 'judge');
        await registerOpen(office.desk, secretary!, Math.ceil(FILINGS / DAYS));
        must(await finishWork(office.desk));
        await signOpen(office.desk, judge!);
        expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-unreachable' } });
        passed += DAY_MS;
      }
      const { waiting, parked } = outboxOf(office.desk);
      expect([waiting, parked]).toEqual([FILINGS * 5, []]);
      const worked = performance.now() - started;

      await office.reopen();
      line.follow(null);
      const [sent, desk] = remembering(office.desk);
      const before = performance.now();
      must(await syncOnce(desk));
      const drained = performance.now() - before;
      expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
      const rows = rowsOf(office.desk);
      expect(sent.toSorted(), 'each once').toEqual(rows.map(({ id }) => id).toSorted());
      const place = new Map(sent.map((id, at) => [id, at]));
      const lastOf = new Map<string, number>();
      for (const { id, subject } of rows) {
        expect(place.get(id), 'in the order of its subject').toBeGreaterThan(lastOf.get(subject) ?? -1);
        lastOf.set(subject, place.get(id)!);
      }
      expect(numbers().map(({ n }) => n)).toEqual(Array.from({ length: FILINGS }, (_, i) => i + 1));
      must(await syncOnce(office.desk));
      await expectWhole(office.desk, FILINGS);
      expect(office.desk.store.read.all("SELECT id FROM act WHERE state <> 'dispatched'")).toEqual([]);
      expect(office.desk.store.read.all('SELECT id FROM outbox WHERE proof IS NULL AND kind <> ?', 'talon.issue')).toEqual([]);
      const figures = { changes: waiting, workedSeconds: worked / 1000, drainedSeconds: drained / 1000 };
      if (process.env['KENSE_FULL'] === '1') console.info(JSON.stringify(figures));
    },
  );
});

const rowsOf = (desk: Desk) => desk.store.read.all<{ id: string; subject: string }>('SELECT id, subject FROM outbox ORDER BY position');

/** The same desk, and the ids of the commands that it sends from its outbox, in order. */
function remembering(desk: Desk): [sent: string[], desk: Desk] {
  const sent: string[] = [];
  const own = new Set(rowsOf(desk).map(({ id }) => id));
  const command: Desk['client']['command'] = (envelope) => {
    if (own.has(envelope.id)) sent.push(envelope.id);
    return desk.client.command(envelope);
  };
  return [sent, { ...desk, client: { ...desk.client, command } }];
}
