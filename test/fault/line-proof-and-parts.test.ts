import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, pull, push, syncOnce } from '../../main/core/index.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { summon } from '../support/desk/summon.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { startFaultProxy, type FaultProxy, type LineFault } from '../support/fault-proxy.ts';
import { LINE_FAULTS } from '../support/line-faults.ts';
import { tempDir } from '../support/temp-dir.ts';

let office: TrainingOffice;
let line: FaultProxy;
let submitted = 0;
/** Instead of the half minute of a real desk. */
const SILENCE_MS = 1_000;

beforeAll(async () => {
  office = await trainingOffice({
    registry: { dataDir: tempDir() },
    line: async (url) => (line = await startFaultProxy(url)).url,
    desk: { registrySilenceMs: SILENCE_MS, random: () => 0 },
  });
  must(await syncOnce(office.desk));
  // whoever signed in once with a line may go on where it breaks
  await signInAs(office, 'secretary');
});
afterAll(async () => {
  await office?.close();
  await line?.close();
});

/** 2 KB a second and 2 s of latency, played as much faster as silence is borne shorter. */
const FASTER = 30_000 / SILENCE_MS;
const SLOW: LineFault = { kind: 'slow', latencyMs: 2000 / FASTER, bytesPerSecond: 2000 * FASTER };
const MANDATE = 'POST /v1/sign-in/sessions';
const PATCH = 'PATCH /v1/uploads/{id}';
const HEAD = 'HEAD /v1/uploads/{id}';
const POINTS = [MANDATE, 'POST /v1/commands', 'POST /v1/uploads', PATCH];

/** Somebody signs in anew and does what has to be proven, with a paper that goes up in several parts; what fails is left for the next round. */
async function work(script: (request: string, n: number) => LineFault | null): Promise<{ session: string }> {
  submitted++;
  const id = await arrive(office, sampleOf(office, 'good', 'claim'));
  line.follow(({ method, route, n }) => script(`${method} ${route}`, n));
  const secretary = await signInAs(office, 'secretary');
  must(register(office, id, secretary));
  await summon(office.desk, id, secretary);
  must(await finishWork(office.desk));
  for (let round = 0; round < 3; round++) {
    await pull(office.desk);
    await push(office.desk);
    office.desk.store.write((tx) => tx.run('UPDATE outbox SET next_attempt_at = NULL'));
  }
  line.follow(null);
  must(await syncOnce(office.desk));
  must(await syncOnce(office.desk));
  const rows = office.desk.store.read.all<{ session: string; attempts: number }>(
    "SELECT session, attempts FROM outbox WHERE subject = ? AND kind <> 'talon.issue' AND proof IS NOT NULL",
    id,
  );
  expect(rows, 'registered, handed to the judge, hearing set, summoned').toHaveLength(4);
  const [session, ...others] = new Set(rows.map((row) => row.session));
  expect(others).toEqual([]);
  return { session: session! };
}
const stateOf = (session: string) =>
  office.desk.store.read.get<{ state: string }>('SELECT state FROM user_session WHERE id = ?', session)!.state;

describe.each(Object.entries(LINE_FAULTS))('%s', (_, fault) => {
  it('at the mandate, a command, the beginning of an upload and a part of it: what was proven is done once, and the paper arrives whole', async () => {
    const hits = new Map<string, number>();
    const { session } = await work((request, n) => {
      if (!POINTS.includes(request) || n > 1) return null;
      hits.set(request, n);
      return fault;
    });
    expect([...hits.keys()].toSorted()).toEqual(POINTS.toSorted());
    expect(stateOf(session)).toBe('known');
    await expectWhole(office.desk, submitted);
  });

  it('where the desk asks how far a broken upload came: it goes on', async () => {
    let hits = 0;
    await work((request, n) => {
      if (n > 1) return null;
      if (request === HEAD) hits++;
      return request === HEAD ? fault : request === PATCH ? { kind: 'cut-request' } : null;
    });
    expect(hits).toBe(1);
    await expectWhole(office.desk, submitted);
  });
});

it('a slow line carries mandate, proofs and all parts', async () => {
  const { session } = await work(() => SLOW);
  expect(stateOf(session)).toBe('known');
  await expectWhole(office.desk, submitted);
});

it('commands that overtake each other do not undo the order of one filing', async () => {
  const { session } = await work((request, n) => (request === 'POST /v1/commands' && n === 1 ? { kind: 'overtaken' } : null));
  expect(stateOf(session)).toBe('known');
  await expectWhole(office.desk, submitted);
});
