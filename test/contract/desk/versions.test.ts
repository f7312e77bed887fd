import { afterEach, describe, expect, it } from 'vitest';
import { lastSuccessOf, outboxOf, pull, push, resume, syncOnce } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { readUpdateHold } from '../../../main/sync/index.ts';
import { startRegistry } from '../../../registry/index.ts';
import { expectWhole } from '../../support/desk/expect-whole.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
afterEach(() => office.close());

const openRows = () =>
  office.desk.store.read.all<{ state: string; last_code: string | null }>(
    "SELECT DISTINCT state, last_code FROM outbox WHERE state <> 'done'",
  );

describe('a desk that is older than the registry asks for', () => {
  it('registers and reads on, parks nothing, and sends by itself after the update', async () => {
    const desk = { version: '0.9.0' };
    office = await trainingOffice({ samples: 4, registry: { minimumDesk: '1.0.0' }, desk });
    must(await pull(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, id, secretary));
    const tried = await syncOnce(office.desk);
    expect(tried).toMatchObject({ ok: false, error: { code: 'update-needed', params: { minimum: '1.0.0' } } });
    expect(await push(office.desk)).toMatchObject({ ok: false, error: { code: 'update-needed' } });
    expect(outboxOf(office.desk)).toMatchObject({ waiting: expect.any(Number), parked: [] });
    expect(outboxOf(office.desk).waiting).toBeGreaterThan(1);

    const later = await arrive(office, sampleOf(office, 'good', 'claim'));
    expect(readFiling(office.desk.store.read, later)).toMatchObject({ intake: 'ready' });
    expect(readFiling(office.desk.store.read, id)!.confirmedAt).toBeNull();

    desk.version = '1.0.0';
    resume(await office.reopen());
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    expect(readUpdateHold(office.desk.store.read)).toBeNull();
    expect(readFiling(office.desk.store.read, id)!.confirmedAt).not.toBeNull();
    await expectWhole(office.desk, 2);
  });

  it('goes on without an update when the registry asks for less', async () => {
    const dataDir = tempDir();
    office = await trainingOffice({ samples: 1, registry: { minimumDesk: '9.0.0', dataDir } });
    expect(await syncOnce(office.desk)).toMatchObject({ error: { code: 'update-needed' } });
    const port = Number(new URL(office.registry.url).port);
    await office.registry.close();
    const lenient = await startRegistry({ database: 'embedded', dataDir, mode: 'training', clock: office.desk.config.clock, port });
    must(await syncOnce(office.desk));
    expect(readUpdateHold(office.desk.store.read)).toBeNull();
    await lenient.close();
  });
});

describe('a registry that does not know what a desk says', () => {
  it('keeps the command waiting in its order, lets the others go, and takes it after the update', async () => {
    office = await trainingOffice({ samples: 4 });
    must(await pull(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const [unknown, known] = [
      await arrive(office, sampleOf(office, 'good', 'claim')),
      await arrive(office, sampleOf(office, 'good', 'claim')),
    ];
    for (const id of [unknown, known]) must(register(office, id, secretary));
    const { store } = office.desk;
    store.write((tx) => tx.run("UPDATE outbox SET schema_version = 2 WHERE subject = ? AND kind = 'filing.register'", unknown));
    must(await syncOnce(office.desk));
    expect(readFiling(store.read, known)!.confirmedAt).not.toBeNull();
    expect(readFiling(store.read, unknown)!.confirmedAt).toBeNull();
    expect(outboxOf(office.desk).parked).toEqual([]);
    expect(openRows()).toContainEqual({ state: 'waiting', last_code: 'update-needed' });

    // what a version before this one has parked for that reason goes on as well
    store.write((tx) => tx.run("UPDATE outbox SET schema_version = 1, state = 'parked' WHERE last_code = 'update-needed'"));
    resume(await office.reopen());
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 2);
  });
});

it('reading alone is a success that has its moment', async () => {
  office = await trainingOffice({ samples: 1 });
  expect(lastSuccessOf(office.desk)).toBeNull();
  must(await pull(office.desk));
  expect(lastSuccessOf(office.desk)).toMatch(/^\d{4}-/);
});
