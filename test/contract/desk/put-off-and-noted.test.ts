import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pull, syncOnce, viewFiling, type Desk } from '../../../main/core/index.ts';
import { addNote, withdrawNote } from '../../../main/documents/index.ts';
import { listQueue, postponeFilings } from '../../../main/intake/index.ts';
import { twoDesks, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

let court: SharedCourt;
let first: Desk;
let second: Desk;
let secretary: string;
beforeAll(async () => {
  ({ court, first, second, secretary } = await twoDesks());
}, 120_000);
afterAll(() => court.close());

const parts = ({ store, config }: Desk) => ({ store, clock: config.clock, newId: config.newId });
const receive = async () => {
  const id = await court.submit();
  for (const desk of [first, second]) must(await pull(desk));
  return id;
};

describe('a filing at both desks', () => {
  it('says until when it is put off, why and by whom, and no longer once that is over', async () => {
    const id = await receive();
    expect(viewFiling(first, id, 'secretary')!.postponed).toBeNull();
    const until = new Date(Date.parse(first.config.clock()) + 3_600_000).toISOString();
    must(postponeFilings(parts(first), { ids: [id], until, reason: 'түбіртек күтілуде', actor: secretary }));
    const { name } = first.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', secretary)!;
    const said = { until, reason: 'түбіртек күтілуде', by: name };
    expect(viewFiling(first, id, 'secretary')!.postponed).toEqual(said);
    must(await syncOnce(first));
    must(await syncOnce(second));
    expect(viewFiling(second, id, 'secretary')!.postponed).toEqual(said);
    court.pass(3700);
    for (const desk of [first, second]) expect(viewFiling(desk, id, 'secretary')!.postponed).toBeNull();
  });

  it('says in its row how many notes hold', async () => {
    const id = await receive();
    const notesAt = ({ store, reference, config }: Desk) =>
      listQueue(store.read, reference, config.clock(), { view: 'all' }).rows.find((row) => row.id === id)!.notes;
    expect(notesAt(first)).toBe(0);
    const { noteId } = must(addNote(parts(first), { filingId: id, text: 'бірінші', actor: secretary }));
    must(addNote(parts(first), { filingId: id, text: 'екінші', actor: secretary }));
    expect([notesAt(first), notesAt(second)]).toEqual([2, 0]);
    must(withdrawNote(parts(first), { noteId, actor: secretary }));
    expect(notesAt(first)).toBe(1);
    must(await syncOnce(first));
    must(await syncOnce(second));
    expect(notesAt(second)).toBe(1);
  });
});
