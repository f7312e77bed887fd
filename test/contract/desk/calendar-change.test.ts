import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, pull, viewFiling } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** A Thursday. */
const RECEIVED = '2026-11-19T06:00:00Z';
let now = RECEIVED;
let office: TrainingOffice;
let secretary: string;

/** The resources with a calendar in which 25 November is off from 23 November on, as by a resolution of that day. */
function withNewDayOff(): string {
  const dir = tempDir();
  cpSync('resources', dir, { recursive: true });
  const file = path.join(dir, 'reference/holidays.json');
  const data = JSON.parse(readFileSync(file, 'utf8')) as { editions: { id: string; validFrom: string; daysOff: string[] }[] };
  const last = data.editions.at(-1)!;
  data.editions.push({ ...last, id: '2026-11', validFrom: '2026-11-23', daysOff: [...last.daysOff, '2026-11-25'] });
  writeFileSync(file, JSON.stringify(data));
  return dir;
}

beforeAll(async () => {
  office = await trainingOffice({ now: RECEIVED, desk: { resourcesDir: withNewDayOff(), clock: () => now } });
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());

describe('a calendar that changes while a term runs', () => {
  it('moves the end of a term that is open, says so, and leaves what is decided as it was', async () => {
    const open = await arrive(office, sampleOf(office, 'good', 'claim'));
    const decided = await arrive(office, sampleOf(office, 'good', 'court_order_app'));
    expect(readFiling(office.desk.store.read, open)).toMatchObject({ dueAt: '2026-11-26T19:00:00Z', termEdition: '2026-03' });
    expect(readFiling(office.desk.store.read, decided)).toMatchObject({ dueAt: '2026-11-24T19:00:00Z', termEdition: '2026-03' });
    must(register(office, decided, secretary));

    now = '2026-11-22T18:59:00Z';
    must(await finishWork(office.desk));
    expect(readFiling(office.desk.store.read, open)!.dueAt).toBe('2026-11-26T19:00:00Z');
    // the edition is known, but does not count yet
    expect(viewFiling(office.desk, open, 'secretary')!.courtDaysLeft).toBe(4);

    now = '2026-11-22T19:00:00Z';
    expect(must(await finishWork(office.desk)).filingIds).toContain(open);
    expect(readFiling(office.desk.store.read, open)).toMatchObject({ dueAt: '2026-11-27T19:00:00Z', termEdition: '2026-11' });
    expect(readFiling(office.desk.store.read, decided)).toMatchObject({ dueAt: '2026-11-24T19:00:00Z', termEdition: '2026-03' });
    const shown = viewFiling(office.desk, open, 'secretary')!;
    expect(shown.termEdition).toBe('2026-11');
    expect(shown.courtDaysLeft).toBe(3);
    expect(shown.history.find(({ action }) => action === 'term.recounted')?.details).toMatchObject({
      from: '2026-11-26T19:00:00Z',
      to: '2026-11-27T19:00:00Z',
      edition: '2026-11',
    });
    must(await finishWork(office.desk));
    expect(viewFiling(office.desk, open, 'secretary')!.history.filter(({ action }) => action === 'term.recounted')).toHaveLength(1);
  });
});
