import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, noteReportTaken, officeReport, reportFile, syncOnce, type ReportFormat } from '../../../main/core/index.ts';
import { loadReportLayouts, makeReport, writeCsv, writeXlsx } from '../../../main/reports/index.ts';
import type { CourtDay } from '../../../shared/domain/court-day.ts';
import { registerOpen } from '../../support/desk/office-work.ts';
import { must, RESOURCES, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { turnsDuring } from '../../support/turns.ts';
import { tempDir } from '../../support/temp-dir.ts';

const NOW = '2026-11-18T05:00:00.000Z';
const period = { from: '2026-11-01' as CourtDay, until: '2026-11-30' as CourtDay };
const layouts = loadReportLayouts(RESOURCES);
let office: TrainingOffice;
let head: string;

const reportOf = async (id: string, over: { from?: CourtDay; until?: CourtDay; language?: 'kk' | 'ru' } = {}) =>
  must(await officeReport(office.desk, { id, ...period, language: 'kk', ...over }));
async function file(id: string, format: ReportFormat, language: 'kk' | 'ru' = 'kk'): Promise<string> {
  const { bytes, fileName } = must(await reportFile(office.desk, await reportOf(id, { language }), { format, actor: head }));
  const out = path.join(tempDir(), fileName);
  fs.writeFileSync(out, bytes);
  return out;
}

beforeAll(async () => {
  office = await trainingOffice({ now: NOW });
  for (const sample of office.samples) await office.submit(sample);
  must(await syncOnce(office.desk));
  must(await finishWork(office.desk));
  await registerOpen(office.desk, await signInAs(office, 'secretary'));
  head = await signInAs(office, 'office-head');
});
afterAll(() => office.close());

describe('reports', () => {
  it('count what the lists count', async () => {
    const { store } = office.desk;
    const count = (sql: string) => store.read.get<{ n: number }>(`SELECT count(*) AS n FROM filing WHERE ${sql}`)!.n;
    expect((await reportOf('incoming')).rows).toHaveLength(count('1'));
    const registered = await reportOf('registered');
    expect(registered.rows.length).toBeGreaterThan(3);
    expect(registered.rows).toHaveLength(count('registered_at IS NOT NULL'));
    expect((await reportOf('workload')).sums['registered']).toBe(registered.rows.length);
    expect((await reportOf('terms')).sums).toMatchObject({ received: count('1'), registered: registered.rows.length });
    const terms = (await reportOf('terms')).sums;
    // what has no term is neither in time nor late
    expect(terms['inTime']! + terms['late']!).toBe(count('registered_at IS NOT NULL AND due_at IS NOT NULL'));
  });

  it('say so when the period has nothing, and refuse one that ends before it begins', async () => {
    const empty = await reportOf('incoming', { from: '2025-01-01' as CourtDay, until: '2025-01-31' as CourtDay });
    expect(empty.rows).toEqual([]);
    const pdf = path.join(tempDir(), 'empty.pdf');
    fs.writeFileSync(pdf, must(await reportFile(office.desk, empty, { format: 'pdf', actor: head })).bytes);
    expect(execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' })).toContain('Бұл кезеңде деректер жоқ.');
    expect(await officeReport(office.desk, { id: 'incoming', from: period.until, until: period.from, language: 'kk' })).toMatchObject({
      error: { code: 'period-wrong' },
    });
    expect(await officeReport(office.desk, { id: 'nothing', ...period, language: 'kk' })).toMatchObject({ error: { code: 'not-found' } });
  });

  it.each(layouts.map(({ id }) => id))(
    '%s goes out as CSV, XLSX and pages that foreign readers read alike, in Kazakh and Russian',
    async (id) => {
      const report = await reportOf(id);
      const csv = fs.readFileSync(await file(id, 'csv'));
      expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const rows: string[][] = parse(csv, { bom: true, delimiter: ';' });
      expect(rows[0]).toEqual([...report.columns.map(({ title }) => title), 'Оқу режимі']);
      expect(rows).toHaveLength(report.rows.length + 1);

      const sheets = await readXlsxFile(await file(id, 'xlsx'));
      expect(sheets[0]!.data).toHaveLength(report.rows.length + 1);
      for (const row of [...rows, ...sheets[0]!.data]) expect(row.at(-1)).toBe('Оқу режимі');
      const pdf = await file(id, 'pdf', 'ru');
      execFileSync('qpdf', ['--check', pdf]);
      const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
      expect(text).toContain((await reportOf(id, { language: 'ru' })).title);
      expect(text).toMatch(/Страница 1 из \d+/);
      const kazakh = execFileSync('pdftotext', ['-layout', await file(id, 'pdf'), '-'], { encoding: 'utf8' });
      expect(kazakh).toContain(report.title);
      expect(kazakh).toContain('Оқу режимі');
    },
  );

  it('of a real court say nothing of training', async () => {
    const { desk } = office;
    const real = { ...desk, profile: { ...desk.profile, mode: 'real' as const } };
    const report = await reportOf('incoming');
    const csv = must(await reportFile(real, report, { format: 'csv', actor: head })).bytes;
    const rows: string[][] = parse(Buffer.from(csv), { bom: true, delimiter: ';' });
    expect(rows[0]).toEqual(report.columns.map(({ title }) => title));
  });

  it('each taking out is in the journal, by whom and how many rows, without a name from the table', async () => {
    noteReportTaken(office.desk, await reportOf('incoming'), { format: 'csv', actor: head });
    const last = office.desk.store.read.get<{ actor: string; action: string; details: string }>(
      'SELECT actor, action, details FROM journal ORDER BY seq DESC LIMIT 1',
    )!;
    expect(last).toMatchObject({ actor: head, action: 'report.exported' });
    expect(JSON.parse(last.details)).toEqual({
      report: 'incoming',
      format: 'csv',
      ...period,
      rows: (await reportOf('incoming')).rows.length,
    });
  });

  it('a value that a spreadsheet would take for a formula is a text', async () => {
    const dangerous = ['=1+1', '+7 701', '-2+3', '@SUM(A1)', '\t=1', '＝1', '|cmd', ' =1'];
    const safe = ['Қазақстан', '-12,5', '5', 'a=b', '"x";y', 'Алматы, Абай к-сі, 5'];
    const column = { field: 'x', title: '=title', width: 10, type: 'text' as const };
    const rows = [...dangerous, ...safe].map((text) => [{ text, number: null, instant: null }]);
    const csv = new TextDecoder().decode(await writeCsv({ ...(await reportOf('incoming')), columns: [column], rows }));
    const lines: string[][] = parse(csv, { bom: true, delimiter: ';' });
    const cells = lines.map(([cell]) => cell!);
    expect(cells[0]).toBe("'=title");
    expect(cells.slice(1, dangerous.length + 1)).toEqual(dangerous.map((text) => `'${text.replace('\t', "\t'")}`));
    expect(cells.slice(dangerous.length + 1)).toEqual(safe);
  });

  it('and so is what follows a sign that another program takes for the end of a field', async () => {
    const names = ["Иванов,=1+cmd|'/C calc'!A0", 'a;+1', 'a\t-1', 'a, ＝1', 'a",@SUM(A1)'];
    const column = { field: 'x', title: 'x', width: 10, type: 'text' as const };
    const rows = names.map((text) => [{ text, number: null, instant: null }]);
    const csv = new TextDecoder().decode(await writeCsv({ ...(await reportOf('incoming')), columns: [column], rows }));
    for (const delimiter of [';', ',', '\t'])
      for (const quote of ['"', null]) {
        const read: string[][] = parse(csv, { bom: true, delimiter, quote, relax_column_count: true, relax_quotes: true });
        for (const cell of read.flat()) expect(cell, `${delimiter} ${quote}`).not.toMatch(/^[\s"]*[=+\-@＝]/);
      }
  });

  it('a spreadsheet has room for every time and for a long name, and no row is higher than it bears', async () => {
    const name = 'Халықаралық '.repeat(12).trim();
    const row = (text: string) => [
      { text: '18.11.2026, 10:00', number: null, instant: NOW },
      { text, number: null, instant: null },
      { text: 'иә', number: null, instant: null },
    ];
    const columns = [
      { field: 'at', title: 'Уақыты', width: 5, type: 'instant' as const },
      { field: 'claimant', title: 'Арыз беруші', width: 20, type: 'text' as const },
      { field: 'confirmed', title: 'Подтверждено центром', width: 8, type: 'text' as const },
    ];
    const words = { total: 'x', counts: 'y', asOf: 'z', by: 'b' };
    const out = path.join(tempDir(), 'wide.xlsx');
    fs.writeFileSync(
      out,
      await writeXlsx({ ...(await reportOf('incoming')), columns, rows: [row(name), row('Әлия'), row('Себебі '.repeat(1000))] }, words),
    );
    const sheet = execFileSync('unzip', ['-p', out, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    const widths = [...sheet.matchAll(/<col [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths[0]).toBeGreaterThanOrEqual(15);
    expect(widths[2]).toBeGreaterThan('Подтверждено'.length);
    const heights = [...sheet.matchAll(/<row [^>]*? ht="([\d.]+)"/g)].map(([, height]) => Number(height));
    expect(heights).toHaveLength(4);
    expect(heights[3]).toBe(409);
    expect(heights[1]! / heights[2]!).toBeGreaterThan(8);
    expect(heights[2]).toBeLessThan(20);
    expect(sheet).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
    expect(sheet).toMatch(/<pageSetup fitToHeight="0" [^>]*orientation="landscape"/);
  });

  it('totals agree with the table, whatever the period and whatever was filed', async () => {
    const days = fc.integer({ min: 0, max: 59 }).map((n) => new Date(Date.UTC(2026, 9, 1 + n)).toISOString().slice(0, 10) as CourtDay);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...layouts), days, days, async (layout, a, b) => {
        const [from, until] = a <= b ? [a, b] : [b, a];
        const words = { say: (key: string) => key, kindName: (kind: string) => kind };
        const { reference, store } = office.desk;
        const made = await store.snapshot((read) =>
          makeReport(read, layout, { reference, period: { from, until }, language: 'ru', asOf: NOW, words }),
        );
        for (const { counts } of made.breakdowns) expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(made.rows.length);
        made.columns.forEach(({ field, type }, at) => {
          if (type === 'number') expect(made.sums[field]).toBe(made.rows.reduce((sum, row) => sum + (row[at]!.number ?? 0), 0));
        });
        // two parts of a period make the whole
        if (layout.source !== 'received') return;
        const middle = new Date(Date.parse(from)).toISOString().slice(0, 10) as CourtDay;
        const rest = new Date(Date.parse(middle) + 86_400_000).toISOString().slice(0, 10) as CourtDay;
        const part = (p: { from: CourtDay; until: CourtDay }) =>
          store.snapshot(async (read) => {
            const { rows } = await makeReport(read, layout, { reference, period: p, language: 'ru', asOf: NOW, words });
            return rows.length;
          });
        const second = rest > until ? 0 : await part({ from: rest, until });
        expect((await part({ from, until: middle })) + second).toBe(made.rows.length);
      }),
      { numRuns: 60 },
    );
  });

  it.each(layouts.filter(({ source }) => !['kinds', 'overrides'].includes(source)))(
    '$id is read in pieces, between which others have their turn, and tells of one moment',
    async (layout) => {
      const { reference, store } = office.desk;
      const words = { say: (key: string) => key, kindName: (kind: string) => kind };
      const making = { reference, period, language: 'ru', asOf: NOW, words } as const;
      const whole = await store.snapshot((read) => makeReport(read, layout, making));
      const { turns, value } = await turnsDuring(() => store.snapshot((read) => makeReport(read, layout, making), { rows: 1 }));
      expect(value).toEqual(whole);
      // acts come day by day
      const pieces = ['acts', 'dispatches', 'people'].includes(layout.source) ? 30 : whole.rows.length;
      expect(turns).toBeGreaterThanOrEqual(pieces);
    },
  );

  it('a long table is written in pieces, between which others have their turn', async () => {
    const column = { field: 'x', title: 'x', width: 10, type: 'text' as const };
    const rows = Array.from({ length: 2500 }, (_, n) => [{ text: `жол ${n}`, number: null, instant: null }]);
    const { turns, value } = await turnsDuring(async () => writeCsv({ ...(await reportOf('incoming')), columns: [column], rows }));
    expect(turns).toBeGreaterThanOrEqual(3);
    const lines: string[][] = parse(new TextDecoder().decode(value), { bom: true, delimiter: ';' });
    expect(lines.slice(1)).toEqual(rows.map(([cell]) => [cell!.text]));
  });

  it('what no spreadsheet bears in a text is left out, and the rest stands as it was written', async () => {
    const column = { field: 'x', title: 'a & b', width: 10, type: 'text' as const };
    const texts = ['<Тас> & "Ко"', 'нөл\u0000\u001b бар', ' бос  орын ', '𠜎', '_x'];
    const rows = texts.map((text) => [{ text, number: null, instant: null }]);
    const report = { ...(await reportOf('incoming')), title: 'A & B: [1]', columns: [column], rows };
    const out = path.join(tempDir(), 'texts.xlsx');
    fs.writeFileSync(out, await writeXlsx(report, { total: 'x', counts: 'y', asOf: 'z', by: 'b' }));
    const sheets = await readXlsxFile(out);
    expect(sheets[0]!.sheet).toBe('A & B   1 ');
    expect(sheets[0]!.data.map(([text]) => String(text).trim())).toEqual(['a & b', '<Тас> & "Ко"', 'нөл бар', 'бос  орын', '𠜎', '_x']);
  });

  it('a layout that names a field of nothing is refused when it is read', () => {
    const dir = tempDir();
    fs.mkdirSync(path.join(dir, 'reports'));
    const good = JSON.parse(fs.readFileSync(path.join(RESOURCES, 'reports', 'reports.json'), 'utf8')) as {
      reports: { columns: { field: string }[] }[];
    };
    good.reports[0]!.columns[0]!.field = 'salary';
    fs.writeFileSync(path.join(dir, 'reports', 'reports.json'), JSON.stringify(good));
    expect(() => loadReportLayouts(dir)).toThrow('report incoming: received has no field salary');
  });
});
