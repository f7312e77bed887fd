import { expect, it } from 'vitest';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { whoSaw } from '../../../main/journal/index.ts';
import type { Store } from '../../../main/store/index.ts';
import { syncOnce } from '../../../main/core/index.ts';
import { turnsDuring } from '../../support/turns.ts';
import { must, RESOURCES, sampleOf, signInAs, trainingOffice } from '../../support/desk/training-office.ts';

type Question = Parameters<typeof whoSaw>[2];
const seenOf = (store: Store, question: Question, rows?: number) =>
  store.snapshot((read) => whoSaw(read, RESOURCES, question), rows === undefined ? {} : { rows });

it('tells who had a person’s data before them: looks and what was taken out, of every filing that names the person', async () => {
  const office = await trainingOffice({ samples: 12 });
  try {
    const claim = sampleOf(office, 'good', 'claim');
    const { id, cabinetNumber } = await office.submit(claim);
    const other = await office.submit(
      office.samples.find((s) => s !== claim && s.folder.parties[0]?.iin !== claim.folder.parties[0]?.iin)!,
    );
    must(await syncOnce(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const head = await signInAs(office, 'office-head');
    const { store } = office.desk;
    const look = (at: string, actor: string, action: string, subject: string) =>
      store.write((tx) => tx.journal({ at, actor, action, subject, details: {} }));
    look('2026-11-20T04:00:00.000Z', secretary, 'filing.viewed', id);
    look('2026-11-20T04:01:00.000Z', secretary, 'document.saved', id);
    look('2026-11-21T04:00:00.000Z', head, 'filing.viewed', id);
    look('2026-11-21T05:00:00.000Z', head, 'filing.viewed', other.id);

    const { iin, name } = claim.folder.parties[0]!;
    const report = await seenOf(store, { person: iin! });
    expect(report.filings).toEqual([{ id, number: cabinetNumber }]);
    const byHand = report.people.filter((person) => person.name !== null);
    expect(byHand).toEqual([
      { name: expect.any(String), entries: 2, taken: 1, tables: 0, first: '2026-11-20T04:00:00.000Z', last: '2026-11-20T04:01:00.000Z' },
      { name: expect.any(String), entries: 1, taken: 0, tables: 0, first: '2026-11-21T04:00:00.000Z', last: '2026-11-21T04:00:00.000Z' },
    ]);
    expect(report.lines.every((line) => line.subject?.id === id)).toBe(true);
    const one = await seenOf(store, { person: iin!, lines: 1 });
    expect(one).toEqual({ ...report, lines: report.lines.slice(0, 1) });
    // in pieces, between which others read and write, it is the same answer of one moment
    const slow = await turnsDuring(() => {
      const asked = seenOf(store, { person: iin! }, 1);
      look('2026-11-21T04:30:00.000Z', head, 'filing.viewed', id);
      return asked;
    });
    expect(slow.value).toEqual(report);
    expect(slow.turns).toBeGreaterThan(report.entries);
    expect((await seenOf(store, { person: iin! })).entries).toBe(report.entries + 1);
    const [first, ...rest] = name.split(' ');
    for (const person of [
      name.toUpperCase(),
      `${rest.join('  ')} ${first}`,
      `«${name}»`,
      `${iin!.slice(0, 6)} ${iin!.slice(6)}`,
      `${iin!.slice(0, 6)}-${iin!.slice(6)}`,
    ])
      expect((await seenOf(store, { person })).filings, person).toEqual(report.filings);
    for (const person of [cabinetNumber, `${cabinetNumber.slice(0, 4)} ${cabinetNumber.slice(4)}`])
      expect((await seenOf(store, { person })).filings, person).toEqual(report.filings);
    for (const person of [`${name} Бөтен`, iin!.slice(0, 11), '999999999999'])
      expect((await seenOf(store, { person })).filings, person).toEqual([]);
    expect((await seenOf(store, { person: iin!, from: '2026-11-21T00:00:00.000Z' })).people.some(({ taken }) => taken > 0)).toBe(false);
    const corrected = (value: string, command: string | null) =>
      store.write((tx) =>
        tx.run(
          `INSERT INTO fact_correction (id, filing_id, fact, party, before_value, after_value, reason, by_user, made_at, command)
           VALUES (?, ?, 'iin', 0, NULL, ?, 'қате', ?, '2026-11-21T06:00:00.000Z', ?)`,
          ...[`c-${value}`, id, value, secretary, command],
        ),
      );
    corrected('870131400099', null);
    expect((await seenOf(store, { person: '870131400099' })).filings).toEqual(report.filings);
    const command = '01980000-0000-7000-8000-0000000000aa';
    store.write((tx) => {
      const at = '2026-11-21T06:00:00.000Z';
      const fact = { filingId: id, fact: 'iin', party: 0, before: null, after: '870131400088', reason: 'қате', madeAt: at } as const;
      const payload = { correctionId: command, ...fact };
      tx.outbox({ id: command, subject: id, kind: 'fact.correct', actor: secretary, at, uploads: [], payload });
      tx.run("UPDATE outbox SET state = 'done', last_code = 'withdrawn' WHERE id = ?", command);
    });
    corrected('870131400088', command);
    expect((await seenOf(store, { person: '870131400088' })).filings).toEqual([]);
    expect(await seenOf(store, { person: '000000000000' })).toEqual({ filings: [], people: [], lines: [], entries: 0 });
    expect((await seenOf(store, { person: ' ' })).filings).toEqual([]);
  } finally {
    await office.close();
  }
});

it('tells of every report in which a filing of the person stood, on the screen, taken out, made for a month or printed, and of no other', async () => {
  const office = await trainingOffice({ samples: 2 });
  try {
    const claim = office.samples[0]!;
    const { store } = office.desk;
    // before it came, whatever the clock of the desk said
    store.write((tx) => {
      const ages = { from: '2000-01-01', until: '2099-12-31' };
      for (const at of ['2099-01-01T00:00:00.000Z', office.desk.config.clock()])
        tx.journal({ at, actor: null, action: 'report.exported', subject: null, details: { report: 'incoming', ...ages } });
    });
    const { id } = await office.submit(claim);
    must(await syncOnce(office.desk));
    const head = await signInAs(office, 'office-head');
    const { receivedAt } = store.read.get<{ receivedAt: string }>('SELECT received_at AS receivedAt FROM filing WHERE id = ?', id)!;
    const day = courtDayOf(receivedAt);
    const [year, month] = [day.slice(0, 4), day.slice(0, 7)];
    const wholeYear = { from: `${year}-01-01`, until: `${year}-12-31` };
    const years = `${wholeYear.from}/${wholeYear.until}/kk/`;
    const yearBefore = { from: `${Number(year) - 1}-01-01`, until: `${Number(year) - 1}-12-31` };
    const later = new Date(Date.parse(receivedAt) + 3_600_000).toISOString();
    const [slow, dayBehind] = [120_000, 86_400_000].map((ms) => new Date(Date.parse(receivedAt) - ms).toISOString()) as [string, string];
    store.write((tx) =>
      tx.run(
        `INSERT INTO made_report (id, month, report, title, language, made_at, rows, xlsx_sha256, xlsx_size) VALUES ('made', ?, 'incoming', 'x', 'kk', ?, 1, 'x', 1)`,
        ...[month, later],
      ),
    );
    const looks: readonly (readonly [boolean, string, string, Record<string, string>])[] = [
      [true, later, 'report.shown', { report: 'incoming', ...wholeYear }],
      [true, later, 'report.exported', { report: 'incoming', format: 'csv', ...wholeYear }],
      [true, later, 'report.viewed', { report: 'incoming', month }],
      [true, later, 'report.exported', { report: 'incoming', month, format: 'xlsx' }],
      [true, later, 'paper.print-asked', { paper: 'report', id: `incoming/${years}` }],
      [true, later, 'paper.printed', { paper: 'report', id: `incoming/${years}` }],
      [true, later, 'paper.not-printed', { paper: 'made-report', id: 'made' }],
      // it waited all the year: who looked for what waits longest had it before him
      [true, later, 'report.shown', { report: 'order', ...wholeYear }],
      // what a report of which the office data knows nothing held is not known
      [true, later, 'report.shown', { report: 'of-last-year', ...wholeYear }],
      [false, later, 'report.exported', { report: 'incoming', ...yearBefore }],
      // the clock of the desk is behind that of the registry, by which the filing came
      [true, slow, 'report.exported', { report: 'incoming', ...wholeYear }],
      [true, dayBehind, 'report.exported', { report: 'incoming', ...wholeYear }],
      [false, later, 'report.exported', { report: 'registered', ...wholeYear }],
      [false, later, 'report.exported', { report: 'acts', ...wholeYear }],
      // numbers alone
      [false, later, 'report.exported', { report: 'workload', ...wholeYear }],
      [false, later, 'paper.printed', { paper: 'report', id: `registered/${years}` }],
      [false, later, 'paper.printed', { paper: 'letter', id: 'incoming' }],
      [false, later, 'report.exported', {}],
    ];
    const places = looks.map(([, at, action, details]) => {
      store.write((tx) => tx.journal({ at, actor: head, action, subject: null, details }));
      return store.journalHead().entries;
    });

    const report = await seenOf(store, { person: claim.folder.parties[0]!.iin! });
    const inTables = report.lines.filter(({ table }) => table !== null).map(({ seq }) => seq);
    expect(inTables.reverse()).toEqual(places.filter((_, n) => looks[n]![0]));
    expect(report.lines.find(({ seq }) => seq === places[0])!.table).toEqual({ report: 'incoming', ...wholeYear });
    const held = inTables.length;
    expect(report.people.find(({ tables }) => tables > 0)).toMatchObject({ entries: held, tables: held, taken: 6 });

    // registered now, it stands in what is taken out of the register from now on
    store.write((tx) => {
      tx.run("UPDATE filing SET registered_at = ?, incoming_number = '9900-26-000001' WHERE id = ?", receivedAt, id);
      tx.journal({ at: later, actor: head, action: 'report.exported', subject: null, details: { report: 'registered', ...wholeYear } });
    });
    expect((await seenOf(store, { person: claim.folder.parties[0]!.iin! })).lines[0]).toMatchObject({
      table: { report: 'registered' },
    });
    expect(await seenOf(store, { person: '000000000000' })).toMatchObject({ people: [], entries: 0 });
  } finally {
    await office.close();
  }
});
