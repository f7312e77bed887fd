import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithRegistry, finishWork, outboxOf, pull, push, syncOnce } from '../../main/core/index.ts';
import { readFiling } from '../../main/intake/index.ts';
import { retryParked } from '../../main/sync/index.ts';
import { startRegistry } from '../../registry/index.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { tempDir } from '../support/temp-dir.ts';

let office: TrainingOffice;
let secretary: string;
const dataDir = tempDir();
beforeAll(async () => {
  office = await trainingOffice({ registry: { dataDir } });
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());
const claim = () => sampleOf(office, 'good', 'claim');
const confirmed = (id: string) => readFiling(office.desk.store.read, id)!.confirmedAt !== null;

describe('with the cable out', () => {
  it('two filings are registered with final numbers and arrive once when the line is back', async () => {
    const ids = [await arrive(office, claim()), await arrive(office, claim())];
    office.fault = () => ({ kind: 'drop' });
    const numbers = ids.map((id) => must(register(office, id, secretary)));
    must(await finishWork(office.desk));
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-unreachable' } });
    expect(outboxOf(office.desk).waiting).toBeGreaterThan(0);
    expect(ids.map(confirmed)).toEqual([false, false]);
    expect(new Set(numbers.map((n) => n.incomingNumber)).size).toBe(2);

    const desk = await office.reopen();
    office.fault = null;
    must(await syncOnce(desk));
    must(await syncOnce(desk));
    expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(ids.map(confirmed)).toEqual([true, true]);
    expect(ids.map((id) => readFiling(desk.store.read, id)!.incomingNumber)).toEqual(numbers.map((n) => n.incomingNumber));
    expect(must(await compareWithRegistry(desk)).differences).toEqual([]);
  });

  it.each(['drop-answer', 'error', 'garbage', 'truncate'] as const)(
    'an answer lost by %s is asked again under the same key and done once',
    async (kind) => {
      const id = await arrive(office, claim());
      must(register(office, id, secretary));
      must(await finishWork(office.desk));
      let left = 2;
      office.fault = ({ method, route }) =>
        route === '/v1/commands' && method === 'POST' && left-- > 0 ? (kind === 'error' ? { kind, handled: true } : { kind }) : null;
      await push(office.desk);
      office.fault = null;
      must(await syncOnce(office.desk));
      must(await syncOnce(office.desk));
      expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
      expect(confirmed(id)).toBe(true);
      expect(must(await compareWithRegistry(office.desk)).differences).toEqual([]);
    },
  );

  it('a poisoned entry is parked with its reason and never holds up another filing', async () => {
    const [bad, good] = [await arrive(office, claim()), await arrive(office, claim())];
    must(register(office, bad, secretary));
    must(register(office, good, secretary));
    office.desk.store.write((tx) =>
      tx.run(
        "UPDATE outbox SET payload = json_set(payload, '$.incomingNumber', '9900-26-999999') WHERE subject = ? AND kind = 'filing.register'",
        bad,
      ),
    );
    must(await syncOnce(office.desk));
    const { parked } = outboxOf(office.desk);
    expect(parked).toMatchObject([{ kind: 'filing.register', subject: bad, code: 'number-not-leased' }]);
    expect(confirmed(good)).toBe(true);
    expect(confirmed(bad)).toBe(false);

    const number = readFiling(office.desk.store.read, bad)!.incomingNumber;
    office.desk.store.write((tx) =>
      tx.run("UPDATE outbox SET payload = json_set(payload, '$.incomingNumber', ?) WHERE id = ?", number, parked[0]!.id),
    );
    office.desk.store.write((tx) => tx.run('UPDATE outbox SET id = ? WHERE id = ?', office.desk.config.newId(), parked[0]!.id));
    const again = outboxOf(office.desk).parked[0]!.id;
    expect(retryParked(office.desk.store, again, secretary, office.desk.config.clock())).toBe(true);
    expect(retryParked(office.desk.store, again, secretary, office.desk.config.clock())).toBe(false);
    must(await syncOnce(office.desk));
    expect(confirmed(bad)).toBe(true);
    expect(must(await compareWithRegistry(office.desk)).differences).toEqual([]);
  });

  it('numbers whose lease was answered into the void are the same when asked again', async () => {
    const blocks = () => office.desk.store.read.all<{ id: string; first: number }>('SELECT id, first FROM number_block ORDER BY rowid');
    const before = blocks().length;
    office.desk.store.write((tx) => tx.run("UPDATE number_block SET next = last + 1 WHERE series = 'incoming'"));
    let left = 1;
    office.fault = ({ route }) => (route === '/v1/number-blocks' && left-- > 0 ? { kind: 'drop-answer' } : null);
    expect(await pull(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-unreachable' } });
    expect(blocks()).toHaveLength(before);
    office.fault = null;
    must(await pull(office.desk));
    const [fresh] = blocks().slice(before);
    const { last } = office.desk.store.read.get<{ last: number }>(
      "SELECT max(last) AS last FROM number_block WHERE series = 'incoming' AND id <> ?",
      fresh!.id,
    )!;
    expect(fresh!.first).toBe(last + 1);
  });

  it('without a number left it says so and binds nothing', async () => {
    const id = await arrive(office, claim());
    const keep = office.desk.store.read.all<{ id: string; next: number }>('SELECT id, next FROM number_block');
    office.desk.store.write((tx) => tx.run("UPDATE number_block SET next = last + 1 WHERE series = 'case' AND type_index = '2'"));
    expect(register(office, id, secretary)).toMatchObject({ ok: false, error: { code: 'numbers-exhausted' } });
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ incomingNumber: null, registeredAt: null });
    const incoming = keep.filter(
      (k) => office.desk.store.read.get<{ next: number }>('SELECT next FROM number_block WHERE id = ?', k.id)!.next !== k.next,
    );
    expect(
      incoming.every(
        (k) => office.desk.store.read.get<{ series: string }>('SELECT series FROM number_block WHERE id = ?', k.id)!.series === 'case',
      ),
    ).toBe(true);
    must(await pull(office.desk));
    expect(must(register(office, id, secretary)).caseNumber).toMatch(/^9900-\d\d-00-2\/\d+$/);
  });

  it('a desk refuses a registry of another mode', async () => {
    const health = () => office.desk.client.health();
    const other = {
      ...office.desk,
      client: {
        ...office.desk.client,
        health: async () =>
          ({ ...(await health()), value: { status: 'ok', mode: 'real', protocol: 1, time: '2026-01-01T00:00:00Z' } }) as never,
      },
    };
    expect(await pull(other)).toMatchObject({ ok: false, error: { code: 'registry-mode-mismatch' } });
  });
});

it('a registry that is stopped and started again on its data has everything', async () => {
  const id = await arrive(office, claim());
  must(register(office, id, secretary));
  const port = Number(new URL(office.registry.url).port);
  await office.registry.close();
  expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-unreachable' } });
  const again = await startRegistry({ database: 'embedded', dataDir, mode: 'training', port, clock: office.desk.config.clock });
  try {
    must(await syncOnce(office.desk));
    expect(confirmed(id)).toBe(true);
    expect(must(await compareWithRegistry(office.desk)).differences).toEqual([]);
  } finally {
    await again.close();
  }
});
