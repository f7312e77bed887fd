import { expect, it } from 'vitest';
import { whoSaw } from '../../../main/journal/index.ts';
import { syncOnce } from '../../../main/core/index.ts';
import { must, sampleOf, signInAs, trainingOffice } from '../../support/desk/training-office.ts';

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
    const report = whoSaw(store.read, { person: iin! });
    expect(report.filings).toEqual([{ id, number: cabinetNumber }]);
    const byHand = report.people.filter((person) => person.name !== null);
    expect(byHand).toEqual([
      { name: expect.any(String), entries: 2, taken: 1, first: '2026-11-20T04:00:00.000Z', last: '2026-11-20T04:01:00.000Z' },
      { name: expect.any(String), entries: 1, taken: 0, first: '2026-11-21T04:00:00.000Z', last: '2026-11-21T04:00:00.000Z' },
    ]);
    expect(report.lines.every((line) => line.subject?.id === id)).toBe(true);
    expect(whoSaw(store.read, { person: name.toUpperCase() }).filings).toEqual(report.filings);
    expect(whoSaw(store.read, { person: iin!, from: '2026-11-21T00:00:00.000Z' }).people.some(({ taken }) => taken > 0)).toBe(false);
    const corrected = (value: string, command: string | null) =>
      store.write((tx) =>
        tx.run(
          `INSERT INTO fact_correction (id, filing_id, fact, party, before_value, after_value, reason, by_user, made_at, command)
           VALUES (?, ?, 'iin', 0, NULL, ?, 'қате', ?, '2026-11-21T06:00:00.000Z', ?)`,
          ...[`c-${value}`, id, value, secretary, command],
        ),
      );
    corrected('870131400099', null);
    expect(whoSaw(store.read, { person: '870131400099' }).filings).toEqual(report.filings);
    const command = '01980000-0000-7000-8000-0000000000aa';
    store.write((tx) => {
      const at = '2026-11-21T06:00:00.000Z';
      const fact = { filingId: id, fact: 'iin', party: 0, before: null, after: '870131400088', reason: 'қате', madeAt: at } as const;
      const payload = { correctionId: command, ...fact };
      tx.outbox({ id: command, subject: id, kind: 'fact.correct', actor: secretary, at, uploads: [], payload });
      tx.run("UPDATE outbox SET state = 'done', last_code = 'withdrawn' WHERE id = ?", command);
    });
    corrected('870131400088', command);
    expect(whoSaw(store.read, { person: '870131400088' }).filings).toEqual([]);
    expect(whoSaw(store.read, { person: '000000000000' })).toEqual({ filings: [], people: [], lines: [], entries: 0 });
    expect(whoSaw(store.read, { person: ' ' }).filings).toEqual([]);
  } finally {
    await office.close();
  }
});
