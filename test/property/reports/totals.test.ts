import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, expect, it } from 'vitest';
import { loadReference } from '../../../main/reference/index.ts';
import {
  breakdownsOf,
  loadReportLayouts,
  makeReport,
  writeCsv,
  writeXlsx,
  type Report,
  type ReportLayout,
} from '../../../main/reports/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { courtDayOf, endOfCourtDay, type CourtDay } from '../../../shared/domain/court-day.ts';
import { tempDir } from '../../support/temp-dir.ts';

const RESOURCES = path.resolve('resources');
const reference = loadReference(RESOURCES);
const layouts = loadReportLayouts(RESOURCES);
const words = { say: (key: string) => key, kindName: (kind: string) => kind };
const NOW = '2026-11-25T05:00:00.000Z';

const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
afterAll(() => store.close());

const PEOPLE = ['aisha', 'bolat', 'judge'] as const;
const KINDS = ['claim', 'appeal', 'motion'] as const;
const instant = fc.integer({ min: 0, max: 60 * 24 * 40 }).map((minute) => new Date(Date.UTC(2026, 9, 12) + minute * 60_000).toISOString());
const later = fc.integer({ min: 0, max: 60 * 24 * 20 });
const filing = fc.record({
  kind: fc.constantFrom(...KINDS),
  category: fc.constantFrom('', 'еңбек', 'отбасы'),
  /** Before the office corrected it. */
  filedAs: fc.constantFrom('', 'еңбек', 'мүлік'),
  language: fc.constantFrom('kk', 'ru'),
  receivedAt: instant,
  registeredAfter: fc.option(later),
  dueAfter: fc.option(later),
  registeredBy: fc.option(fc.constantFrom('aisha', 'bolat')),
  judge: fc.option(fc.constant('judge')),
  flagged: fc.boolean(),
  overrides: fc.array(fc.record({ at: instant, by: fc.constantFrom(...PEOPLE), severity: fc.constantFrom('error', 'fatal') }), {
    maxLength: 2,
  }),
  proposal: fc.option(
    fc.record({ at: instant, by: fc.constantFrom('aisha', 'bolat'), decision: fc.constantFrom('return', 'refuse', 'transfer') }),
  ),
  act: fc.option(
    fc.record({
      kind: fc.constantFrom('ruling-accept', 'ruling-return', 'certificate'),
      at: instant,
      by: fc.option(fc.constant('judge')),
      recipients: fc.integer({ min: 0, max: 2 }),
    }),
  ),
});
type Filing = typeof filing extends fc.Arbitrary<infer F> ? F : never;

const after = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const registeredAt = (one: Filing): string | null => (one.registeredAfter === null ? null : after(one.receivedAt, one.registeredAfter));
/** As the product counts terms: to the end of a day of the court. */
const dueAt = (one: Filing): string | null =>
  one.dueAfter === null ? null : endOfCourtDay(courtDayOf(after(one.receivedAt, one.dueAfter)));
const isOverBy = (one: Filing, at: string): boolean => dueAt(one) !== null && Date.parse(dueAt(one)!) <= Date.parse(at);

/** The store holds these filings and nothing else. */
function fill(filings: readonly Filing[]): void {
  store.write((tx) => {
    for (const table of ['delivery', 'issued_act', 'proposal', 'finding_override', 'document', 'filing_words', 'filing', 'app_user'])
      tx.run(`DELETE FROM ${table}`);
    for (const id of PEOPLE)
      tx.run(
        "INSERT INTO app_user (id, name, roles, certificates, active) VALUES (?, ?, '[]', '[]', ?)",
        id,
        `Name of ${id}`,
        id === 'bolat' ? 0 : 1,
      );
    filings.forEach((one, n) => {
      const [id, at] = [`f${n}`, registeredAt(one)];
      tx.run(
        `INSERT INTO filing (id, cabinet_number, kind, language, message, state, flagged, claimant, search_text, sent_at, received_at, due_at,
           incoming_number, registered_at, registered_by, judge_id, category)
         VALUES (?, ?, ?, ?, ?, ?, ?, '=claimant', '', ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[
          id,
          `c${n}`,
          one.kind,
          one.language,
          JSON.stringify({ category: one.filedAs || null }),
          at === null ? 'checking' : 'registered',
        ],
        ...[
          Number(one.flagged),
          one.receivedAt,
          one.receivedAt,
          dueAt(one),
          at && `i${n}`,
          at,
          at && one.registeredBy,
          at && one.judge,
          one.category || null,
        ],
      );
      one.overrides.forEach((each, m) =>
        tx.run(
          "INSERT INTO finding_override (filing_id, finding, rule, severity, by_user, at, reason) VALUES (?, ?, 'party-missing', ?, ?, ?, 'себебі')",
          ...[id, `x${m}`, each.severity, each.by, each.at],
        ),
      );
      if (one.proposal)
        tx.run(
          "INSERT INTO proposal (filing_id, decision, grounds, notice_kk, notice_ru, by_user, at) VALUES (?, ?, '[]', '', '', ?, ?)",
          ...[id, one.proposal.decision, one.proposal.by, one.proposal.at],
        );
      if (!one.act) return;
      tx.run(
        "INSERT INTO issued_act (id, filing_id, kind, sha256, signed_by, signed_at, dispatched) VALUES (?, ?, ?, 'aa', ?, ?, 1)",
        ...[`a${n}`, id, one.act.kind, one.act.by, one.act.at],
      );
      for (let m = 0; m < one.act.recipients; m++) {
        const content = {
          id: `d${n}-${m}`,
          name: `r${m}`,
          notice: 'act-dispatched',
          channel: 'post',
          state: 'sent',
          via: 'post',
          reason: null,
          at: one.act.at,
        };
        tx.run(
          'INSERT INTO delivery (id, subject, at, content) VALUES (?, ?, ?, ?)',
          content.id,
          `a${n}`,
          content.at,
          JSON.stringify(content),
        );
      }
    });
  });
}

type Period = { readonly from: CourtDay; readonly until: CourtDay };
const within = ({ from, until }: Period, at: string | null): boolean => at !== null && courtDayOf(at) >= from && courtDayOf(at) <= until;
const count = (filings: readonly Filing[], test: (one: Filing) => boolean): number => filings.filter(test).length;

/** How many lines each report has, and its sums, counted from what was generated and not from the store. */
const EXPECTED: Record<string, (filings: readonly Filing[], period: Period) => { rows: number | null; sums?: Record<string, number> }> = {
  incoming: (all, period) => ({ rows: count(all, (f) => within(period, f.receivedAt)), sums: { documents: 0 } }),
  registered: (all, period) => ({ rows: count(all, (f) => within(period, registeredAt(f))) }),
  acts: (all, period) => ({ rows: count(all, (f) => f.act !== null && within(period, f.act.at)) }),
  dispatch: (all, period) => ({ rows: all.reduce((sum, { act }) => sum + (act && within(period, act.at) ? act.recipients : 0), 0) }),
  workload: (all, period) => {
    const registered = all.filter((f) => within(period, registeredAt(f)));
    return {
      rows: null,
      sums: {
        registered: registered.length,
        withDefects: count(registered, (f) => f.flagged),
        late: count(registered, (f) => isOverBy(f, registeredAt(f)!)),
        acts: count(all, (f) => f.act !== null && within(period, f.act.at)),
      },
    };
  },
  terms: (all, period) => {
    const registered = all.filter((f) => within(period, registeredAt(f)));
    const open = all.filter((f) => {
      const done = registeredAt(f);
      return courtDayOf(f.receivedAt) <= period.until && (done === null || courtDayOf(done) > period.until);
    });
    const late = count(registered, (f) => isOverBy(f, registeredAt(f)!));
    const received = count(all, (f) => within(period, f.receivedAt));
    const end = new Date(endOfCourtDay(period.until)).toISOString();
    const openOverdue = count(open, (f) => isOverBy(f, end < NOW ? end : NOW));
    const inTime = count(registered, (f) => dueAt(f) !== null && !isOverBy(f, registeredAt(f)!));
    return {
      rows: null,
      sums: { received, registered: registered.length, inTime, late, open: open.length, openOverdue },
    };
  },
  overrides: (all, period) => ({ rows: all.reduce((sum, f) => sum + f.overrides.filter(({ at }) => within(period, at)).length, 0) }),
  order: (all, period) => {
    const passed = all.map((waiting) =>
      all.filter(
        (other) =>
          other.kind === waiting.kind &&
          within(period, registeredAt(other)) &&
          Date.parse(other.receivedAt) - Date.parse(waiting.receivedAt) > 3_600_000 &&
          (registeredAt(waiting) === null || registeredAt(other)! < registeredAt(waiting)!),
      ),
    );
    // what passed it over before the head had said his word stands in a line of its own
    const headSaid = ({ overrides }: Filing) =>
      overrides.reduce((last, { severity, at }) => (severity === 'fatal' && at > last ? at : last), '');
    const lines = passed.map((others, n) => new Set(others.map((other) => registeredAt(other)! < headSaid(all[n]!))).size);
    const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);
    return { rows: sum(lines), sums: { ahead: sum(passed.map(({ length }) => length)) } };
  },
  returns: (all, period) => ({
    rows: count(
      all,
      (f) => (f.proposal !== null && within(period, f.proposal.at)) || (f.act?.kind === 'ruling-return' && within(period, f.act.at)),
    ),
  }),
};

/** How many rows foreign readers find under the headings of the files. */
async function rowsInFiles(made: Report): Promise<{ csv: number; xlsx: number }> {
  const csv: unknown[] = parse(Buffer.from(await writeCsv(made)), { bom: true, delimiter: ';' });
  const [table] = await readXlsxFile(Buffer.from(await writeXlsx(made, { total: 'total', counts: 'counts', asOf: 'as of', by: 'by' })));
  return { csv: csv.length - 1, xlsx: table!.data.length - 1 };
}

function expectWhole(made: Report, layout: ReportLayout): void {
  expect(made.filings).toHaveLength(made.rows.length);
  for (const row of made.rows) expect(row).toHaveLength(made.columns.length);
  for (const { counts } of made.breakdowns) expect(counts.reduce((sum, part) => sum + part.count, 0)).toBe(made.rows.length);
  made.columns.forEach(({ field, type }, at) => {
    if (type === 'number') expect(made.sums[field]).toBe(made.rows.reduce((sum, row) => sum + (row[at]!.number ?? 0), 0));
  });
  if (made.by !== null) expect(made.columns[0]).toMatchObject(made.by);
  expect(made.id).toBe(layout.id);
}

it.each(layouts.map((layout) => [layout.id, layout] as const))(
  'the totals of %s are those of the list that it counts, of whatever period and by whatever breakdown',
  async (id, layout) => {
    const expected = EXPECTED[id];
    if (!expected) throw new Error(`no list is counted for ${id}`);
    const days = fc.integer({ min: 0, max: 45 }).map((n) => new Date(Date.UTC(2026, 9, 10 + n)).toISOString().slice(0, 10) as CourtDay);
    await fc.assert(
      fc.asyncProperty(fc.array(filing, { maxLength: 12 }), days, days, fc.option(fc.nat(11)), async (filings, a, other, ofTerm) => {
        fill(filings);
        // many a period ends with the last day of a term
        const over = ofTerm === null || !filings[ofTerm] ? null : dueAt(filings[ofTerm]);
        const b = over === null ? other : courtDayOf(new Date(Date.parse(over) - 1).toISOString());
        const period = { from: a < b ? a : b, until: a < b ? b : a };
        const make = (by: string | undefined, rows: number) =>
          store.snapshot((read) => makeReport(read, layout, { reference, period, language: 'ru', asOf: NOW, words, by }), { rows });
        const whole = await make(undefined, 1000);
        expect(await make(undefined, 1)).toEqual(whole);
        expectWhole(whole, layout);
        expect(await rowsInFiles(whole)).toEqual({ csv: whole.rows.length, xlsx: whole.rows.length });
        if (id === 'terms') {
          // another report of the same filings says the same of them
          const list = await store.snapshot((read) =>
            makeReport(
              read,
              layouts.find((one) => one.id === 'registered')!,
              { reference, period, language: 'ru', asOf: NOW, words, by: 'onTime' },
            ),
          );
          const inTime = list.breakdowns[0]!.counts.find(({ name }) => name === 'report.yes')?.count ?? 0;
          expect(whole.sums['inTime']).toBe(inTime);
        }
        const { rows, sums = {} } = expected(filings, period);
        if (rows !== null) expect(whole.rows).toHaveLength(rows);
        expect(whole.sums).toMatchObject(sums);
        for (const by of breakdownsOf(layout)) {
          const broken = await make(by, 2);
          expectWhole(broken, layout);
          expect(broken.sums).toEqual(whole.sums);
          const named = broken.columns.findIndex(({ field }) => field === 'category');
          if (rows !== null && named >= 0)
            expect(broken.rows.map((row) => row[named]!.text)).toEqual(broken.filings.map((of) => filings[Number(of!.slice(1))]!.category));
          if (rows !== null) expect([...broken.filings].sort()).toEqual([...whole.filings].sort());
        }
      }),
      { numRuns: 40 },
    );
  },
  120_000,
);

it('a term that ends with the last day of a period is over at its end, and who registers as it ends is late', async () => {
  const one: Filing = {
    ...{
      kind: 'claim',
      category: '',
      filedAs: '',
      language: 'kk',
      receivedAt: '2026-10-30T05:00:00.000Z',
      registeredBy: 'aisha',
      judge: null,
    },
    ...{ registeredAfter: null, dueAfter: 0, flagged: false, overrides: [], proposal: null, act: null },
  };
  const minutesTo = (at: string) => (Date.parse(at) - Date.parse(one.receivedAt)) / 60_000;
  fill([
    ...[one, { ...one, dueAfter: 24 * 60 }, { ...one, dueAfter: 48 * 60 }],
    ...['18:59:59.999', '19:00:00.000', '19:00:00.500'].map((at) => ({ ...one, registeredAfter: minutesTo(`2026-10-30T${at}Z`) })),
  ]);
  const sumsOf = async (id: string) => {
    const period = { from: '2026-10-01' as CourtDay, until: '2026-10-31' as CourtDay };
    const layout = layouts.find((known) => known.id === id)!;
    return (await store.snapshot((read) => makeReport(read, layout, { reference, period, language: 'ru', asOf: NOW, words }))).sums;
  };
  expect(await sumsOf('terms')).toMatchObject({ open: 3, openOverdue: 2, registered: 3, inTime: 1, late: 2 });
  expect(await sumsOf('workload')).toMatchObject({ registered: 3, late: 2 });
});
