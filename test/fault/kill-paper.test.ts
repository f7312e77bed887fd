import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareWithRegistry, outboxOf, pull } from '../../main/core/index.ts';
import { must, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { seededRandom } from '../support/seeded-random.ts';

const KILLS = 25;
const FILINGS = 12;
/** The longest a counter lives after it is open; taking and registering one filing takes less. */
const LIFE_MS = 400;

let office: TrainingOffice;
beforeAll(async () => {
  office = await trainingOffice({ samples: 0 });
  must(await pull(office.desk));
}, 120_000);
afterAll(() => office.close());

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
const ready = (child: ChildProcess) => new Promise<unknown>((resolve) => child.once('message', resolve).once('exit', resolve));

it('a counter that is killed while it takes, registers and sends has each filing once, with one number and one talon', async () => {
  const seed = Number(process.env['KENSE_SEED'] ?? 20261122);
  const random = seededRandom(seed);
  const ids = Array.from({ length: FILINGS }, () => newId());
  office.desk.close();
  const counter = () =>
    fork(path.resolve('test/support/desk/paper-worker.ts'), [office.profileDir, ids.join(',')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  for (let kills = 0; kills < KILLS; kills++) {
    const child = counter();
    const end = ended(child);
    await ready(child);
    await new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS));
    child.kill('SIGKILL');
    await end;
  }
  expect(await ended(counter()), `seed ${seed}`).toBe(0);

  const { store } = await office.reopen();
  expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
  expect(store.checkJournal().chain).toBe('ok');
  expect(must(await compareWithRegistry(office.desk))).toEqual({ filings: FILINGS, differences: [] });
  const filings = store.read.all<{ id: string; incoming_number: string; cabinet_number: string; talon: string | null }>(
    'SELECT f.id, f.incoming_number, f.cabinet_number, t.sha256 AS talon FROM filing f LEFT JOIN talon t ON t.filing_id = f.id ORDER BY f.id',
  );
  expect(filings.map(({ id }) => id)).toEqual(ids.toSorted());
  expect(new Set(filings.map((f) => f.incoming_number)).size).toBe(FILINGS);
  expect(new Set(filings.map((f) => f.cabinet_number)).size).toBe(FILINGS);
  expect(filings.filter(({ talon }) => talon === null)).toEqual([]);
  expect(
    store.read.all(
      "SELECT subject FROM journal WHERE action IN ('filing.taken-on-paper', 'filing.registered') GROUP BY subject, action HAVING count(*) <> 1",
    ),
  ).toEqual([]);
  const taken = store.read.get<{ used: number }>("SELECT sum(next - first) AS used FROM number_block WHERE series = 'incoming'")!;
  expect(taken.used).toBe(FILINGS);
}, 300_000);
