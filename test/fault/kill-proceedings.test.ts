import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outboxOf, pull, syncOnce } from '../../main/core/index.ts';
import { readProceedings } from '../../main/proceedings/index.ts';
import { REGISTRY_PATHS, type CabinetHearings, type Fulfilment } from '../../shared/registry/index.ts';
import { arrive, must, register, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { seededRandom } from '../support/seeded-random.ts';

const KILLS = 25;
const FILINGS = 8;
/** The longest a desk lives after it is open. */
const LIFE_MS = 500;

let office: TrainingOffice;
let filings: { id: string; cabinetNumber: string }[];
beforeAll(async () => {
  office = await trainingOffice({ samples: 1 });
  must(await pull(office.desk));
  const secretary = await signInAs(office, 'secretary');
  filings = [];
  for (let n = 0; n < FILINGS; n++) {
    const parties = [
      { side: 'claimant', type: 'person', iin: '870131400012', name: `Өтініш беруші ${n}` },
      { side: 'respondent', type: 'person', name: `Жауапкер ${n}` },
    ];
    const folder = { court: '9900', kind: 'minutes_request', language: 'kk' as const, parties, documents: [] };
    const id = await arrive(office, { folder, files: new Map() });
    must(register(office, id, secretary, 'signature'));
    filings.push({
      id,
      cabinetNumber: office.desk.store.read.get<{ n: string }>('SELECT cabinet_number AS n FROM filing WHERE id = ?', id)!.n,
    });
  }
  must(await syncOnce(office.desk));
}, 120_000);
afterAll(() => office.close());

const startDesk = (): ChildProcess =>
  fork(path.resolve('test/support/desk/proceedings-worker.ts'), [office.profileDir], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
const ready = (child: ChildProcess) => new Promise<void>((resolve) => child.once('message', () => resolve()));
const cabinet = async <T>(address: string) => (await (await fetch(office.registry.url + address)).json()) as T;

it(
  'a desk that is killed while it sets, moves, summons, asks and answers doubles nothing and leaves nothing half done',
  { timeout: 600_000 },
  async () => {
    const seed = Number(process.env['KENSE_SEED'] ?? 20261122);
    const random = seededRandom(seed);
    office.desk.close();
    for (let kills = 0; kills < KILLS; kills++) {
      const child = startDesk();
      const end = ended(child);
      await ready(child);
      await new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS));
      child.kill('SIGKILL');
      await end;
    }
    expect(await ended(startDesk()), `seed ${seed}`).toBe(0);

    const desk = await office.reopen();
    must(await pull(desk));
    expect(outboxOf(desk), `seed ${seed}`).toMatchObject({ waiting: 0, parked: [] });
    expect(desk.store.checkJournal().chain).toBe('ok');
    for (const { id, cabinetNumber } of filings) {
      const here = readProceedings(desk.store.read, desk.reference, { filingId: id, role: 'secretary', now: desk.config.clock() })!;
      expect(here.hearings.map(({ revision, room, standing, summonses }) => [revision, room, standing.state, summonses.length])).toEqual([
        [2, '305', 'confirmed', 2],
      ]);
      expect(here.surveys.map(({ standing }) => standing.state)).toEqual(['confirmed']);
      const { hearings } = await cabinet<CabinetHearings>(REGISTRY_PATHS.cabinetHearings(cabinetNumber));
      expect(hearings.map(({ changes, summonses }) => [changes.map(({ event }) => event), summonses.length])).toEqual([
        [['hearing-set', 'hearing-moved'], 1],
      ]);
      const { documents } = await cabinet<Fulfilment>(REGISTRY_PATHS.cabinetFulfilment(cabinetNumber));
      expect(documents).toEqual(here.fulfilment!.documents);
      const got = await fetch(office.registry.url + REGISTRY_PATHS.cabinetFulfilmentDocument(cabinetNumber, documents[0]!.sha256));
      expect(await got.text()).toBe(`%PDF-1.7 ${id}`);
    }
    const once = ['hearing.set', 'hearing.moved', 'request.answered', 'request.fulfilled', 'survey.asked', 'survey.confirmed'];
    expect(
      desk.store.read.all(
        'SELECT subject, action FROM journal WHERE action IN (SELECT value FROM json_each(?)) GROUP BY subject, action HAVING count(*) <> 1',
        JSON.stringify(once),
      ),
    ).toEqual([]);
  },
);
