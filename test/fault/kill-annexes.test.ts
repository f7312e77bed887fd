import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProfile, openDesk, outboxOf, pull, viewFiling, type Desk } from '../../main/core/index.ts';
import { openPaperWorks } from '../../main/paper/index.ts';
import { openDataKey } from '../../main/store/index.ts';
import { createTokenHost } from '../../main/token/index.ts';
import { ANNEX_STAGES, bringerOf } from '../support/desk/annex-worker.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { userOf } from '../support/desk/office-work.ts';
import { drawSheet } from '../support/paper/draw-sheet.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { tempDir } from '../support/temp-dir.ts';

const KILLS = 12;
/** More than can be brought while the counter is killed. */
const SHEETS = 14;
/** The longest a counter lives after it has said where it is; most stages take less. */
const LATE_MS = 60;

let office: TrainingOffice;
let other: Desk;
/** Two came through the cabinet, the counter takes two on paper. */
const filings: string[] = [];
const sheets = tempDir();
beforeAll(async () => {
  office = await trainingOffice({ samples: 0 });
  const parties = [{ side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' }];
  const folder = { court: '9900', kind: 'claim', language: 'kk' as const, parties, documents: [] };
  for (let n = 0; n < 2; n++) filings.push((await office.submit({ folder, files: new Map() })).id, newId());
  must(await pull(office.desk));
  for (let n = 0; n < SHEETS; n++)
    fs.writeFileSync(path.join(sheets, `${n}.jpg`), await drawSheet({ dpi: 60, format: 'jpeg', seed: n + 1 }));
}, 120_000);
afterAll(async () => {
  other?.close();
  await office.close();
});

/** Another desk of the court, which has only heard what the registry tells. */
async function otherDesk(): Promise<Desk> {
  const profileDir = path.join(tempDir(), 'other');
  const common = { profileDir, registryUrl: office.registry.url, clock: () => new Date().toISOString(), newId };
  const { enrolmentCode } = office.registry.courts[0]!;
  must(await createProfile({ ...common, enrolmentCode, training: true, protector: { kind: 'open' } }));
  const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
  const desk = must(
    await openDesk({ ...common, dataKey, resourcesDir: RESOURCES }, { tokenHost: createTokenHost(() => Promise.resolve(null)) }),
  );
  must(await pull(desk));
  return desk;
}

const ended = (child: ChildProcess) =>
  new Promise<string | number | null>((resolve) => child.once('exit', (code, by) => resolve(by ?? code)));

it('papers that are added while the counter is killed lie with their filing once, here, at the registry and at another desk', async () => {
  const seed = Number(process.env['KENSE_SEED'] ?? 20261122);
  const random = seededRandom(seed);
  office.desk.close();
  const counter = () =>
    fork(path.resolve('test/support/desk/annex-worker.ts'), [office.profileDir, sheets, String(SHEETS), filings.join(',')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  for (let kill = 0; kill < KILLS; kill++) {
    const stage = ANNEX_STAGES[kill % ANNEX_STAGES.length]!;
    const child = counter();
    const end = ended(child);
    await Promise.race([end, new Promise<void>((resolve) => child.on('message', (said) => (said === stage ? resolve() : undefined)))]);
    await new Promise((resolve) => setTimeout(resolve, random() * LATE_MS));
    child.kill('SIGKILL');
    expect(await end, `seed ${seed}, kill ${kill}: it was at work`).toBe('SIGKILL');
  }
  expect(await ended(counter()), `seed ${seed}`).toBe(0);

  const { store, blobs } = await office.reopen();
  expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
  expect(store.checkJournal().chain).toBe('ok');
  expect(openPaperWorks(store.read, userOf(office.desk, 'secretary')!)).toEqual([]);
  expect(store.read.get("SELECT count(*) AS n FROM outbox WHERE kind = 'filing.add-annexes'")).toEqual({ n: SHEETS });
  expect(store.read.get("SELECT count(*) AS n FROM journal WHERE action = 'filing.annexed'")).toEqual({ n: SHEETS });
  other = await otherDesk();
  const brought = filings.flatMap((id, n) => {
    const [here, there] = [office.desk, other].map((desk) => viewFiling(desk, id, 'secretary')!) as [Filing, Filing];
    expect(here.annexes.map(({ handedInBy }) => handedInBy)).toEqual(
      Array.from({ length: SHEETS }, (_, sheet) => sheet).flatMap((sheet) => (sheet % filings.length === n ? [bringerOf(sheet)] : [])),
    );
    expect(here.annexes.map(({ standing }) => standing.state)).toEqual(here.annexes.map(() => 'confirmed'));
    expect(there.annexes).toEqual(here.annexes);
    const papers = ({ documents }: Filing) => documents.map(({ annexId, sha256, pages, state }) => ({ annexId, sha256, pages, state }));
    expect(papers(here)).toEqual(
      here.annexes.map(({ id: annexId }) => ({ annexId, sha256: expect.any(String), pages: 1, state: 'stored' })),
    );
    expect(papers(there)).toEqual(papers(here));
    return here.documents;
  });
  // every sheet is another one, and its bytes are kept
  expect(new Set(brought.map(({ sha256 }) => sha256)).size).toBe(SHEETS);
  for (const { sha256, size } of brought) for (const kept of [blobs, other.blobs]) expect(kept.size(sha256)).toBe(size);
}, 300_000);

type Filing = NonNullable<ReturnType<typeof viewFiling>>;
