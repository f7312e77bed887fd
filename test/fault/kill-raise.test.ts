import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithRegistry, finishWork, outboxOf, pull, syncOnce } from '../../main/core/index.ts';
import { registerOpen, signOpen } from '../support/desk/office-work.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { stampBy, trainingTsa } from '../support/desk/training-tsa.ts';
import { startEvidenceServer, type EvidenceServer } from '../support/evidence-server.ts';
import { local } from '../support/asking.ts';
import { seededRandom } from '../support/seeded-random.ts';

const FILINGS = 6;
const KILLS = 12;
/** The longest a desk lives after it is open; a round raises one act in less. */
const LIFE_MS = 500;

let office: TrainingOffice;
let server: EvidenceServer;
beforeAll(async () => {
  server = await startEvidenceServer();
  office = await trainingOffice({
    samples: FILINGS,
    evidenceHosts: [local(server.port)],
    desk: { timestampAuthority: { url: server.url('/tsa'), policy: null, level: 'LT' } },
  });
}, 120_000);
afterAll(() => office.close());

function desk(): ChildProcess {
  return fork(path.resolve('test/support/desk/raise-worker.ts'), [office.profileDir, server.url('/tsa')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
const ready = (child: ChildProcess) =>
  new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the desk ended before it was open: ${code}`)));
  });

describe('a desk that is killed again and again while it raises the signatures of its acts', () => {
  it('raises each once, loses no version and tells the registry', { timeout: 300_000 }, async () => {
    const seed = Number(process.env['KENSE_SEED'] ?? 20261122);
    const random = seededRandom(seed);
    server.answer('/tsa', (_, response) => response.writeHead(503).end());
    for (const sample of office.samples) await office.submit(sample);
    must(await pull(office.desk));
    const [secretary, judge] = [await signInAs(office, 'secretary'), await signInAs(office, 'judge')];
    await registerOpen(office.desk, secretary);
    must(await finishWork(office.desk));
    await signOpen(office.desk, judge);
    must(await syncOnce(office.desk));
    type Act = { id: string; sha256: string; level: string };
    const acts = () =>
      office.desk.store.read.all<Act>('SELECT id, signed_sha256 AS sha256, level FROM act WHERE signed_sha256 IS NOT NULL ORDER BY id');
    const signed = acts();
    expect(signed.length).toBeGreaterThan(1);
    expect(signed.every(({ level }) => level === 'B')).toBe(true);
    office.desk.store.write((tx) => tx.run('UPDATE act_raise SET next_at = ?', office.desk.config.clock()));
    office.desk.close();

    server.answer('/tsa', stampBy(trainingTsa(office.profileDir)));
    for (let kills = 0; kills < KILLS; kills++) {
      const child = desk();
      const end = ended(child);
      await ready(child);
      await new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS));
      child.kill('SIGKILL');
      await end;
    }
    expect(await ended(desk()), `seed ${seed}`).toBe(0);

    const { store, blobs } = await office.reopen();
    expect(outboxOf(office.desk), `seed ${seed}`).toMatchObject({ waiting: 0, parked: [] });
    expect(store.checkJournal().chain).toBe('ok');
    expect(must(await compareWithRegistry(office.desk))).toEqual({ filings: FILINGS, differences: [] });
    const raised = acts();
    expect(raised.map(({ id, level }) => [id, level])).toEqual(signed.map(({ id }) => [id, 'LT']));
    for (const [i, before] of signed.entries()) {
      const [first, last] = [await blobs.readAll(before.sha256, 1e8), await blobs.readAll(raised[i]!.sha256, 1e8)];
      expect(Buffer.from(last!.subarray(0, first!.length)).equals(Buffer.from(first!)), before.id).toBe(true);
    }
    // the journal follows each act from version to version without a gap or a fork
    const steps = store.read.all<{ act: string; signed: string; raised: string }>(
      `SELECT details ->> 'act' AS act, details ->> 'signed' AS signed, details ->> 'raised' AS raised FROM journal WHERE action = 'act.raised' ORDER BY seq`,
    );
    const now = new Map(signed.map(({ id, sha256 }) => [id, sha256]));
    for (const step of steps) {
      expect(now.get(step.act)).toBe(step.signed);
      now.set(step.act, step.raised);
    }
    expect([...now.values()].sort()).toEqual(raised.map(({ sha256 }) => sha256).sort());
  });
});
