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
    expect(whoSaw(store.read, { person: '000000000000' })).toEqual({ filings: [], people: [], lines: [], entries: 0 });
    expect(whoSaw(store.read, { person: ' ' }).filings).toEqual([]);
  } finally {
    await office.close();
  }
});
