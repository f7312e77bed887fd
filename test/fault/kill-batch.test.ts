import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBatches, readBatch } from '../../main/acts/index.ts';
import { verifyFile } from '../../main/signature/index.ts';
import { actsToSign, readAll } from '../support/desk/acts-to-sign.ts';
import { userOf, type ActToRead } from '../support/desk/office-work.ts';
import { must, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { seededRandom } from '../support/seeded-random.ts';

const ACTS = 100;
const KILLS = 20;
/** The longest that a desk signs before it is killed; a hundred acts take it longer than all of these lives together. */
const LIFE_MS = 120;

let office: TrainingOffice;
let acts: ActToRead[];
beforeAll(async () => {
  office = await trainingOffice({ samples: 12 });
  acts = await actsToSign(office, ACTS);
  readAll(office.desk, acts);
}, 240_000);
afterAll(() => office.close());

const desk = (): ChildProcess =>
  fork(path.resolve('test/support/desk/batch-worker.ts'), [office.profileDir], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

describe('a batch of a hundred acts whose process is killed twenty times', () => {
  it('ends with a hundred results: each act signed once, issued once, and none dispatched', { timeout: 300_000 }, async () => {
    const seed = Number(process.env['KENSE_SEED'] ?? 20261122);
    const random = seededRandom(seed);
    office.desk.close();
    let killed = 0;
    for (let n = 0; n < KILLS; n++) {
      const child = desk();
      const ended = once(child, 'exit');
      await Promise.race([once(child, 'message'), ended]);
      await Promise.race([new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS)), ended]);
      child.kill('SIGKILL');
      await ended;
      if (child.signalCode === 'SIGKILL') killed++;
    }
    expect(killed, `seed ${seed}`).toBe(KILLS);
    const [code] = (await once(desk(), 'exit')) as [number | null];
    expect(code, `seed ${seed}`).toBe(0);

    const { store, blobs, trust, policy, config } = await office.reopen();
    const judge = userOf(office.desk, 'judge')!;
    const [summary, ...more] = listBatches(store.read, judge);
    expect(more, `seed ${seed}`).toEqual([]);
    expect(summary, `seed ${seed}`).toMatchObject({ state: 'done', total: ACTS, signed: ACTS, failed: 0, notTried: 0, stop: null });
    const { items } = readBatch(store.read, judge, summary!.id)!;
    expect(items.map(({ actId }) => actId)).toEqual(acts.map(({ id }) => id));
    for (const { actId, signedSha256 } of items) {
      expect(store.read.get('SELECT state, signed_sha256 AS sha256 FROM act WHERE id = ?', actId)).toEqual({
        state: 'signed',
        sha256: signedSha256,
      });
      const bytes = (await blobs.readAll(signedSha256!, 1 << 24))!;
      const verified = must(await verifyFile({ file: 'act.pdf', bytes, content: null, trust: await trust(), policy, at: config.clock() }));
      expect(verified.report.signatures).toHaveLength(1);
      expect(verified.report.overall).toBe('valid');
    }
    const count = (sql: string) => store.read.all<{ act: string; n: number }>(sql).filter(({ n }) => n !== 1);
    expect(
      count("SELECT json_extract(details, '$.act') AS act, count(*) AS n FROM journal WHERE action = 'act.signed' GROUP BY 1"),
    ).toEqual([]);
    expect(count("SELECT json_extract(payload, '$.actId') AS act, count(*) AS n FROM outbox WHERE kind = 'act.issue' GROUP BY 1")).toEqual(
      [],
    );
    expect(store.read.get("SELECT count(*) AS n FROM journal WHERE action = 'act.signed'")).toEqual({ n: ACTS });
    expect(store.read.get("SELECT count(*) AS n FROM outbox WHERE kind = 'act.issue'")).toEqual({ n: ACTS });
    expect(store.read.get("SELECT count(*) AS n FROM outbox WHERE kind = 'act.dispatch'")).toEqual({ n: 0 });
    expect(store.checkJournal().chain).toBe('ok');
  });
});
