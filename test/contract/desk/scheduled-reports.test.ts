import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  finishWork,
  listMade,
  makeScheduledReports,
  officeReport,
  pull,
  setSchedule,
  syncOnce,
  takeMade,
} from '../../../main/core/index.ts';
import type { CourtDay } from '../../../shared/domain/court-day.ts';
import { registerOpen } from '../../support/desk/office-work.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const ARRIVED = '2026-10-20T05:00:00.000Z';
/** 1 November is a Sunday: the first working day of the month is the second. */
const [SUNDAY, MONDAY] = ['2026-11-01T05:00:00.000Z', '2026-11-02T04:00:00.000Z'];

let office: TrainingOffice;
let head: string;
let now = ARRIVED;
/** The time of the registry. */
let heard = ARRIVED;
beforeAll(async () => {
  office = await trainingOffice({ samples: 6, now: ARRIVED, registry: { clock: () => heard }, desk: { clock: () => now } });
  for (const sample of office.samples) await office.submit(sample);
  must(await syncOnce(office.desk));
  must(await finishWork(office.desk));
  await registerOpen(office.desk, await signInAs(office, 'secretary'));
  head = await signInAs(office, 'office-head');
});
afterAll(() => office.close());

const made = () => listMade(office.desk.store.read).map(({ month, report }) => `${month} ${report}`);
const entries = (action: string) =>
  office.desk.store.read
    .all<{ details: string }>('SELECT details FROM journal WHERE action = ?', action)
    .map(({ details }) => JSON.parse(details) as object);

describe('reports of a month', () => {
  it('are chosen by name, and no others', () => {
    expect(setSchedule(office.desk, { reports: ['salaries'], language: 'kk' }, head)).toMatchObject({ error: { code: 'not-found' } });
    must(setSchedule(office.desk, { reports: ['registered', 'order', 'terms'], language: 'kk' }, head));
    expect(must(setSchedule(office.desk, { reports: ['registered', 'order'], language: 'kk' }, head))).toEqual({
      reports: ['order', 'registered'],
      language: 'kk',
    });
    expect(entries('report.scheduled')).toEqual([
      { reports: 'order registered terms', language: 'kk', formerReports: '–', formerLanguage: '–' },
      { reports: 'order registered', language: 'kk', formerReports: 'order registered terms' },
    ]);
  });

  it('are not made before the first working day, and once killed in the middle are made once', async () => {
    now = SUNDAY;
    expect(must(await makeScheduledReports(office.desk))).toBe(0);
    // nothing was read since October: by this clock alone the month is not over, and without a line nothing is known of its end
    now = MONDAY;
    expect(must(await makeScheduledReports(office.desk))).toBe(0);
    heard = MONDAY;
    office.fault = () => ({ kind: 'drop' });
    expect((await syncOnce(office.desk)).ok).toBe(false);
    expect(made()).toEqual([]);
    office.fault = null;
    must(await pull(office.desk));
    office.desk.close();
    for (const files of [1, 2, 3, 4]) {
      const worker = fork(path.resolve('test/support/desk/report-worker.ts'), [office.profileDir, MONDAY, String(files)], {
        stdio: 'inherit',
      });
      expect(await new Promise((resolve) => worker.once('exit', (_, signal) => resolve(signal)))).toBe(files === 4 ? null : 'SIGKILL');
    }
    await office.reopen();
    now = MONDAY;
    must(await makeScheduledReports(office.desk));
    expect(made()).toEqual(['2026-10 order', '2026-10 registered']);
    expect(entries('report.made')).toHaveLength(2);
    must(await finishWork(office.desk));
    expect(entries('report.made')).toHaveLength(2);
  });

  it('have the whole month, are kept encrypted and open as files', async () => {
    const { desk } = office;
    const [, registered] = listMade(desk.store.read);
    const whole = must(
      await officeReport(desk, { id: 'registered', from: '2026-10-01' as CourtDay, until: '2026-10-31' as CourtDay, language: 'kk' }),
    );
    expect(registered).toMatchObject({ report: 'registered', rows: whole.rows.length, language: 'kk', pages: true, seen: false });
    expect(whole.rows.length).toBeGreaterThan(2);
    const pages = must(takeMade(desk, { id: registered!.id, format: 'pdf' }));
    const file = path.join(tempDir(), pages.fileName);
    fs.writeFileSync(file, (await desk.blobs.readAll(pages.sha256, pages.size))!);
    execFileSync('qpdf', ['--check', file]);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text).toContain('Тіркелген құжаттар журналы');
    expect(text).toContain('01.10.2026 – 31.10.2026');
    expect(must(takeMade(desk, { id: registered!.id, format: 'xlsx' })).fileName).toBe('registered-2026-10.xlsx');
    expect(listMade(desk.store.read).map(({ seen }) => seen)).toEqual([false, true]);
    expect(takeMade(desk, { id: 'unknown', format: 'pdf' })).toMatchObject({ error: { code: 'not-found' } });
  });

  it('of months in which the desk was off are made at its next start; what is chosen no more is made no more', async () => {
    must(setSchedule(office.desk, { reports: ['order'], language: 'ru' }, head));
    now = '2027-02-10T05:00:00.000Z';
    expect(must(await makeScheduledReports(office.desk))).toBe(0);
    heard = now;
    must(await pull(office.desk));
    expect(must(await makeScheduledReports(office.desk))).toBe(3);
    expect(made()).toEqual(['2027-01 order', '2026-12 order', '2026-11 order', '2026-10 order', '2026-10 registered']);
    expect(listMade(office.desk.store.read)[0]).toMatchObject({ language: 'ru', title: 'Очерёдность регистрации', rows: 0 });
    must(setSchedule(office.desk, { reports: [], language: 'ru' }, head));
    now = '2027-03-10T05:00:00.000Z';
    expect(must(await makeScheduledReports(office.desk))).toBe(0);
  });
});
