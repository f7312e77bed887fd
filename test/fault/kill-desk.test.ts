import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithRegistry, outboxOf } from '../../main/core/index.ts';
import { readDocuments } from '../../main/intake/index.ts';
import { must, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { seededRandom } from '../support/seeded-random.ts';

const KILLS = 100;
const FILINGS = 40;
/** The longest a desk lives after it is open; most of its work for one filing takes less. */
const LIFE_MS = 400;

let office: TrainingOffice;
beforeAll(async () => {
  office = await trainingOffice({ samples: FILINGS });
}, 120_000);
afterAll(() => office.close());

function desk(): ChildProcess {
  return fork(path.resolve('test/support/desk/desk-worker.ts'), [office.profileDir, String(FILINGS)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
const ready = (child: ChildProcess) =>
  new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the desk ended before it was open: ${code}`)));
  });

describe('a desk that is killed a hundred times while it pulls, registers, signs and sends', () => {
  it('loses nothing, doubles nothing and leaves nothing half done', { timeout: 900_000 }, async () => {
    const seed = Number(process.env['KENSE_SEED'] ?? 20261121);
    const random = seededRandom(seed);
    office.desk.close();
    let kills = 0;
    for (let submitted = 0; kills < KILLS;) {
      if (submitted < FILINGS && random() < (FILINGS / KILLS) * 1.2) await office.submit(office.samples[submitted++]!);
      const child = desk();
      const end = ended(child);
      await ready(child);
      await new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS));
      child.kill('SIGKILL');
      await end;
      kills++;
      if (kills === KILLS) while (submitted < FILINGS) await office.submit(office.samples[submitted++]!);
    }
    const last = desk();
    expect(await ended(last), `seed ${seed}`).toBe(0);

    const { store, blobs } = await office.reopen();
    expect(outboxOf(office.desk), `seed ${seed}`).toMatchObject({ waiting: 0, parked: [] });
    expect(store.checkJournal().chain).toBe('ok');
    const compared = must(await compareWithRegistry(office.desk));
    expect(compared).toEqual({ filings: FILINGS, differences: [] });

    const filings = store.read.all<{
      id: string;
      incoming_number: string;
      confirmed_at: string | null;
      talon: string | null;
      talon_confirmed: string | null;
    }>(
      'SELECT f.id, f.incoming_number, f.confirmed_at, t.sha256 AS talon, t.confirmed_at AS talon_confirmed FROM filing f LEFT JOIN talon t ON t.filing_id = f.id',
    );
    expect(filings).toHaveLength(FILINGS);
    expect(new Set(filings.map((f) => f.incoming_number)).size).toBe(FILINGS);
    for (const f of filings) {
      expect(f.confirmed_at, f.id).not.toBeNull();
      expect(f.talon !== null && blobs.has(f.talon), f.id).toBe(true);
      expect(f.talon_confirmed, f.id).not.toBeNull();
      for (const d of readDocuments(store.read, f.id))
        expect(
          [d.state, ...d.signatures.map((s) => s.state)].every((s) => s === 'stored'),
          d.id,
        ).toBe(true);
    }
    // one registration each in the journal, one act each for those that call for a ruling, none without its issue
    const twice = store.read.all(
      "SELECT subject FROM journal WHERE action IN ('filing.received', 'filing.registered', 'filing.confirmed', 'talon.made', 'talon.issued') GROUP BY subject, action HAVING count(*) <> 1",
    );
    expect(twice).toEqual([]);
    expect(store.read.all("SELECT id FROM act WHERE state <> 'dispatched'")).toEqual([]);
    // every number up to the last one taken belongs to a filing: kills leave no gaps either
    const taken = store.read.all<{ series: string; type_index: string; used: number }>(
      'SELECT series, type_index, sum(next - first) AS used FROM number_block GROUP BY series, type_index',
    );
    expect(taken.find((t) => t.series === 'incoming')?.used).toBe(FILINGS);
  });
});
