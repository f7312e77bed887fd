import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboxOf, pull, push, takeOverRegistry, viewFiling, type Desk } from '../../../main/core/index.ts';
import { addNote, countNotes, readNotes, withdrawNote } from '../../../main/documents/index.ts';
import { correctFiling, readCorrections, readFiling } from '../../../main/intake/index.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

let court: SharedCourt;
let [a, b]: [CourtDesk, CourtDesk] = [] as never;
let secretary: string;
let head: string;

beforeEach(async () => {
  court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  [a, b] = court.desks as [CourtDesk, CourtDesk];
  [secretary, head] = [court.userOf('secretary'), court.userOf('office-head')];
});
afterEach(() => court.close());

async function arrive(): Promise<string> {
  const id = await court.submit();
  for (const { desk } of court.desks) must(await pull(desk));
  return id;
}
async function round(...desks: CourtDesk[]): Promise<void> {
  for (const { desk } of desks) {
    must(await push(desk));
    must(await pull(desk));
  }
}
const partsOf = ({ store, reference, config: { clock, newId } }: Desk) => ({ store, reference, clock, newId });
const texts = ({ desk }: CourtDesk, id: string, reader = secretary) =>
  readNotes(desk.store.read, id, reader).map(({ text, withdrawnAt, confirmed }) => [text, withdrawnAt !== null, confirmed]);

describe('a note to the colleagues', () => {
  it('is seen at once here, at the other desk after a round, with who wrote it, and never in the cabinet', async () => {
    const id = await arrive();
    must(addNote(partsOf(a.desk), { filingId: id, text: 'Сенімхат түпнұсқасы келді', actor: secretary }));
    expect(texts(a, id)).toEqual([['Сенімхат түпнұсқасы келді', false, false]]);
    await round(a, b, a);
    for (const desk of [a, b]) expect(texts(desk, id)).toEqual([['Сенімхат түпнұсқасы келді', false, true]]);
    const [note] = readNotes(b.desk.store.read, id, head);
    expect(note).toMatchObject({
      mine: false,
      by: b.desk.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', secretary)!.name,
    });
    expect(countNotes(b.desk.store.read, [id, 'other'])).toEqual(new Map([[id, 1]]));
    const { cabinetNumber } = readFiling(a.desk.store.read, id)!;
    const status = await fetch(`${court.registry.url}/v1/cabinet/filings/${cabinetNumber}`);
    expect(status.status).toBe(200);
    expect(await status.text()).not.toContain('Сенімхат');
  });

  it('is withdrawn by whoever wrote it alone, stays to be read with its mark, and counts no more', async () => {
    const id = await arrive();
    const { noteId } = must(addNote(partsOf(a.desk), { filingId: id, text: 'қате', actor: secretary }));
    await round(a, b);
    expect(withdrawNote(partsOf(b.desk), { noteId, actor: head })).toMatchObject({ ok: false, error: { code: 'role-not-allowed' } });
    must(withdrawNote(partsOf(a.desk), { noteId, actor: secretary }));
    must(withdrawNote(partsOf(a.desk), { noteId, actor: secretary }));
    await round(a, b, a);
    for (const desk of [a, b]) {
      expect(texts(desk, id)).toEqual([['қате', true, true]]);
      expect(countNotes(desk.desk.store.read, [id])).toEqual(new Map());
    }
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('that is written and withdrawn without a line arrives as withdrawn', async () => {
    const id = await arrive();
    const { noteId } = must(addNote(partsOf(a.desk), { filingId: id, text: 'қате', actor: secretary }));
    must(withdrawNote(partsOf(a.desk), { noteId, actor: secretary }));
    await round(a, b, a);
    for (const desk of [a, b]) expect(texts(desk, id)).toEqual([['қате', true, true]]);
  });
});

describe('a correction of what the filer said', () => {
  const valuesOf = ({ desk }: CourtDesk, id: string) => {
    const { kind, message } = readFiling(desk.store.read, id)!;
    return { kind, category: message.category ?? null, parties: [...message.parties], representative: message.representative ?? null };
  };
  const correct = (at: CourtDesk, id: string, name: string, more: object = {}) => {
    const values = valuesOf(at, id);
    const parties = [{ ...values.parties[0]!, name }];
    const { revision } = readFiling(at.desk.store.read, id)!;
    return correctFiling(partsOf(at.desk), {
      ...{ id, revision, actor: secretary, reason: 'Жеке куәлік бойынша' },
      values: { ...values, parties, ...more },
    });
  };
  const original = ({ desk }: CourtDesk, id: string) =>
    JSON.parse(desk.store.read.get<{ message: string }>('SELECT message FROM filing WHERE id = ?', id)!.message) as {
      kind: string;
      parties: { name: string }[];
    };

  it('holds at both desks with what was there before, is found by search, and leaves the message as it came', async () => {
    const id = await arrive();
    const came = original(a, id);
    must(correct(a, id, 'Әлия Өмірбекқызы', { category: 'Қарыз' }));
    await round(a, b, a);
    for (const at of [a, b]) {
      const { store } = at.desk;
      expect(viewFiling(at.desk, id, 'secretary')).toMatchObject({ category: 'Қарыз', parties: [{ name: 'Әлия Өмірбекқызы' }] });
      expect(readFiling(store.read, id)).toMatchObject({ claimant: 'Әлия Өмірбекқызы' });
      expect(store.read.get<{ s: string }>('SELECT search_text AS s FROM filing WHERE id = ?', id)!.s).toContain('омирбеккызы');
      expect(readCorrections(store.read, id)).toMatchObject([
        {
          reason: 'Жеке куәлік бойынша',
          confirmed: true,
          changes: [
            { field: 'category', party: null, before: null, after: 'Қарыз' },
            { field: 'name', party: 0, before: 'Әлия Өмірбекова', after: 'Әлия Өмірбекқызы' },
          ],
        },
      ]);
      expect(original(at, id)).toEqual(came);
    }
    const noted = [a, b].flatMap(({ desk }) =>
      desk.store.read
        .all<{ details: string }>("SELECT details FROM journal WHERE subject = ? AND action = 'filing.corrected'", id)
        .map(({ details }) => JSON.parse(details) as Record<string, string>),
    );
    const correction = readCorrections(a.desk.store.read, id)[0]!.id;
    const kept = { correction, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), before: 'category=', after: 'category=Қарыз' };
    expect(noted).toEqual([
      { fields: 'category name', ...kept, reason: 'Жеке куәлік бойынша' },
      { elsewhere: 1, ...kept, reason: 'Жеке куәлік бойынша' },
    ]);
    expect(noted[0]!['sha256']).toBe(noted[1]!['sha256']);
  });

  it('of the kind brings the rules of the other kind', async () => {
    const id = await arrive();
    must(correct(a, id, 'Әлия Өмірбекова', { kind: 'motion' }));
    await round(a, b);
    for (const at of [a, b]) expect(readFiling(at.desk.store.read, id)).toMatchObject({ kind: 'motion', message: { kind: 'motion' } });
    const unknown = correct(a, id, 'x', { kind: 'no-such-kind' });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'kind-unknown' } });
  });

  it('is refused when nothing changes, when the filing is another meanwhile, and once it is registered', async () => {
    const id = await arrive();
    expect(correct(a, id, 'Әлия Өмірбекова')).toMatchObject({ ok: false, error: { code: 'input-invalid' } });
    const values = { ...valuesOf(a, id), category: 'x' };
    expect(correctFiling(partsOf(a.desk), { id, revision: 99, actor: secretary, reason: 'r', values })).toMatchObject({
      ok: false,
      error: { code: 'stale-revision' },
    });
    a.desk.store.write((tx) =>
      tx.run("UPDATE filing SET state = 'registered', registered_at = received_at, incoming_number = '9900-26-000001' WHERE id = ?", id),
    );
    expect(correct(a, id, 'Басқа')).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0 });
  });

  it('made at two desks at once: the first at the registry counts, the other is parked for a person and can be taken back', async () => {
    const id = await arrive();
    must(correct(a, id, 'Бірінші'));
    must(correct(b, id, 'Екінші'));
    await round(a);
    must(await push(b.desk));
    const [parked] = outboxOf(b.desk).parked;
    expect(parked).toMatchObject({ kind: 'filing.correct', code: 'correction-outdated', subject: id });
    must(await pull(b.desk));
    expect(readFiling(b.desk.store.read, id)).toMatchObject({ claimant: 'Бірінші' });
    must(await takeOverRegistry(b.desk, parked!.id, { actor: secretary, reason: 'орталықтағы дұрыс', isHead: false }));
    for (const at of [a, b]) {
      expect(readFiling(at.desk.store.read, id)).toMatchObject({ claimant: 'Бірінші' });
      expect(readCorrections(at.desk.store.read, id)).toHaveLength(1);
    }
    must(correct(b, id, 'Үшінші'));
    await round(b, a);
    expect(readFiling(a.desk.store.read, id)).toMatchObject({ claimant: 'Үшінші' });
    expect(readCorrections(a.desk.store.read, id).map(({ changes }) => changes[0]!.before)).toEqual(['Бірінші', 'Әлия Өмірбекова']);
  });
});
