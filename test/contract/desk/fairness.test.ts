import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkToRegister, officeReport, finishWork, pull, syncOnce } from '../../../main/core/index.ts';
import { fairnessPatterns } from '../../../main/core/office-reports.ts';
import { readLedger } from '../../../main/fairness/index.ts';
import { readExpired, wipeExpired } from '../../../main/journal/index.ts';
import { postponeFilings } from '../../../main/intake/index.ts';
import type { SampleFiling } from '../../../main/training/index.ts';
import type { CourtDay } from '../../../shared/domain/court-day.ts';
import { must, register, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

/** A Monday, 10:00 in the court. */
const MORNING = Date.parse('2026-11-16T05:00:00.000Z');
let now = MORNING;
let office: TrainingOffice;
let secretary: string;
let claims: SampleFiling[];
beforeAll(async () => {
  office = await trainingOffice({
    samples: 30,
    registry: { clock: () => new Date(now).toISOString() },
    desk: { clock: () => new Date(now).toISOString() },
  });
  claims = office.samples.filter(({ story, folder }) => story === 'good' && folder.kind === 'claim');
  expect(claims.length).toBeGreaterThan(3);
});
afterAll(() => office.close());
const pass = (hours: number) => (now += hours * 3_600_000);
const at = () => new Date(now).toISOString();

async function come(): Promise<string> {
  const { id } = await office.submit(claims.shift()!);
  must(await pull(office.desk));
  must(await finishWork(office.desk));
  return id;
}
async function enter(id: string): Promise<void> {
  await checkToRegister(office.desk, id);
  must(register(office, id, secretary));
}
const ledger = () =>
  office.desk.store.snapshot((read) =>
    readLedger(read, office.desk.reference, {
      span: { from: '2026-11-15T19:00:00.000Z', until: '2026-11-30T19:00:00.000Z' },
      now: at(),
    }),
  );

describe('the fairness ledger of a desk', () => {
  it('says who was passed over, by which filing, for how much working time and why', { timeout: 120_000 }, async () => {
    must(await syncOnce(office.desk));
    secretary = await signInAs(office, 'secretary');
    const [first, put] = [await come(), await come()];
    pass(1);
    const until = new Date(MORNING + 30 * 3_600_000).toISOString();
    must(postponeFilings(office.desk.registration, { ids: [put], until, reason: 'аударманы күтеміз', actor: secretary }));
    pass(1);
    const late = await come();
    pass(1);
    await enter(late);
    expect(
      (await ledger()).passedOver
        .map(({ filingId, firstId, ahead, reason, words, minutes, registeredAt }) => ({
          filingId,
          firstId,
          ahead,
          reason,
          words,
          minutes,
          registeredAt,
        }))
        .sort((a, b) => (a.filingId < b.filingId ? -1 : 1)),
    ).toEqual([
      { filingId: first, firstId: late, ahead: 1, reason: 'none', words: null, minutes: 0, registeredAt: null },
      { filingId: put, firstId: late, ahead: 1, reason: 'postponed', words: 'аударманы күтеміз', minutes: 0, registeredAt: null },
    ]);
    // from 13:00 on: the pause until 14:30, then until 18:30, then an hour of the next morning
    pass(21);
    await enter(first);
    const line = (await ledger()).passedOver.find(({ filingId }) => filingId === first)!;
    expect(line).toMatchObject({ minutes: 4 * 60 + 60, firstBy: line.registeredBy });
    expect(line.registeredBy).not.toBeNull();
    expect((await ledger()).registered.find(({ filingId }) => filingId === late)?.outOfTurn).toBe(true);
    expect((await ledger()).registered.find(({ filingId }) => filingId === first)?.outOfTurn).toBe(false);

    // the day until which the other was put off is over, and it is passed over again: nobody has written why
    pass(7);
    const later = await come();
    const [before] = (await ledger()).passedOver.filter(({ filingId }) => filingId === put);
    await enter(later);
    const again = at();
    pass(1);
    expect((await ledger()).passedOver.filter(({ filingId }) => filingId === put)).toMatchObject([
      { firstId: late, ahead: 1, reason: 'postponed', words: 'аударманы күтеміз', minutes: before!.minutes },
      { firstId: later, since: again, ahead: 1, reason: 'none', words: null, minutes: 60 },
    ]);
    expect((await ledger()).registered.find(({ filingId }) => filingId === later)?.outOfTurn).toBe(true);
  });

  it('is a report in both languages, each line of which leads to its filing, and points at nothing where too little happened', async () => {
    const period = { from: '2026-11-16' as CourtDay, until: '2026-11-30' as CourtDay };
    const report = must(await officeReport(office.desk, { id: 'order', ...period, language: 'kk' }));
    expect(report.filings).toEqual((await ledger()).passedOver.map(({ filingId }) => filingId));
    expect(report.rows.map((row) => row.map(({ text }) => text)).flat()).toEqual(
      expect.arrayContaining(['себебі жазылмаған', 'кейінге қалдырылған']),
    );
    const russian = must(await officeReport(office.desk, { id: 'order', ...period, language: 'ru', by: 'reason' }));
    expect(russian.columns[0]!.title).toBe('Причина');
    expect(russian.rows.map(([reason]) => reason!.text).sort()).toEqual(['отложено', 'причина не записана', 'причина не записана']);
    expect(await fairnessPatterns(office.desk, { ...period, language: 'kk' })).toMatchObject({ value: { patterns: [] } });
    expect(await fairnessPatterns(office.desk, { from: period.until, until: period.from, language: 'kk' })).toMatchObject({
      error: { code: 'period-wrong' },
    });
    expect(await officeReport(office.desk, { id: 'order', ...period, language: 'kk', by: 'salary' })).toMatchObject({
      error: { code: 'input-invalid' },
    });
  });

  it('says of a time whose entries were wiped that the reason is no longer known, and blames nobody for it', async () => {
    now = Date.parse('2031-11-25T05:00:00.000Z');
    const { store, blobs } = office.desk;
    const terms = () => ({ journalYears: 5, draftMonths: 99, reportYears: 9, filingYears: 10, filingYearsByKind: {} });
    const parts = { store, blobs, terms, clock: at, confirmedAt: at() };
    const { journal, drafts, reports, filings } = (await readExpired(parts))!;
    const seen = { entries: journal.entries, drafts: drafts.count, reports: reports.count, filings: filings.count };
    expect(seen.entries).toBeGreaterThan(10);
    must(await wipeExpired(parts, { actor: secretary, reason: 'мерзімі өтті', seen }));
    const { passedOver, registered } = await ledger();
    expect(passedOver.length).toBeGreaterThan(1);
    expect(new Set(passedOver.map(({ reason, words }) => `${reason} ${words}`))).toEqual(new Set(['wiped null']));
    expect(registered.filter(({ outOfTurn }) => outOfTurn)).toEqual([]);
  });
});
