import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDecision, reviewAct, sendBackAct, signAct } from '../../../main/acts/index.ts';
import { finishWork, pull, viewFiling } from '../../../main/core/index.ts';
import { countViews, listQueue } from '../../../main/intake/index.ts';
import { prepareTalonPrint, recordTalonPrint } from '../../../main/registration/index.ts';
import type { QueueView } from '../../../shared/contract/index.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let judge: string;
beforeAll(async () => {
  office = await trainingOffice({ now: '2026-11-20T04:00:00Z' });
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
  judge = await signInAs(office, 'judge');
});
afterAll(() => office.close());

const rows = (view: QueueView, kind?: string) => {
  const { desk } = office;
  const question = { view, ...(kind && { filter: { kind } }) };
  return listQueue(desk.store.read, desk.reference, desk.config.clock(), question, secretary).rows;
};
const rowOf = (id: string, view: QueueView = 'sent-back') => rows(view).find((row) => row.id === id);
const counts = () => countViews(office.desk.store.read, office.desk.config.clock(), secretary);

async function registered(defect?: string): Promise<string> {
  const id = await arrive(office, sampleOf(office, 'good', 'claim'));
  must(register(office, id, secretary, defect));
  must(await finishWork(office.desk));
  return id;
}
function draftOf(filingId: string) {
  const { desk } = office;
  const asked = { filingId, user: { id: judge, role: 'judge' as const }, courtCode: '9900', now: desk.config.clock() };
  const { id: actId, revision, sha256 } = readDecision(desk.store.read, desk.reference, asked)!.act!;
  return { actId, revision, sha256, actor: judge };
}
async function sign(filingId: string): Promise<void> {
  const { desk } = office;
  const { actId: id, ...draft } = draftOf(filingId);
  must(reviewAct({ store: desk.store, clock: desk.config.clock }, { id, ...draft }));
  must(await signAct(desk.acts, { ...draftOf(filingId), key: office.keyOf('judge'), display: { title: '', lines: [] } }));
}

describe('the lists of what is registered', () => {
  it('name the case, the judge, and whether the talon is drawn and how often it was printed', async () => {
    const id = await registered();
    const row = rowOf(id, 'registered')!;
    expect(row).toMatchObject({ talon: { drawn: true, prints: 0 }, sentBack: null });
    expect(row.caseNumber).toMatch(/^9900-26-/);
    expect(row.judge).toBe(office.desk.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', judge)!.name);
    for (const number of [1, 2]) {
      const print = must(await prepareTalonPrint(office.desk.registration, { filingId: id, actor: secretary }));
      expect(print.number).toBe(number);
      recordTalonPrint(office.desk.registration, print, secretary);
    }
    expect(rowOf(id, 'registered')!.talon).toEqual({ drawn: true, prints: 2 });
    expect(rowOf(id)).toBeUndefined();
  });

  it('tell of what is sent back how far it is, and which filing mends it', async () => {
    const before = counts()['sent-back'];
    const id = await registered('fee');
    expect(rowOf(id)?.sentBack).toEqual({ decision: 'return', stage: 'proposed', mendedBy: null });
    const { actId, revision, actor } = draftOf(id);
    must(sendBackAct(office.desk.acts, { actId, revision, actor, comment: 'Баж төленген бе?' }));
    expect(rowOf(id)?.sentBack).toEqual({ decision: 'return', stage: 'with-office', mendedBy: null });
    const signed = await registered('fee');
    await sign(signed);
    expect(rowOf(signed)?.sentBack).toEqual({ decision: 'return', stage: 'signed', mendedBy: null });
    const cabinetNumber = viewFiling(office.desk, signed, 'secretary')!.cabinetNumber;
    const { folder, files } = sampleOf(office, 'good', 'claim');
    const mending = await arrive(office, { folder: { ...folder, resubmits: cabinetNumber }, files });
    const mendedBy = { id: mending, cabinetNumber: viewFiling(office.desk, mending, 'secretary')!.cabinetNumber, state: 'received' };
    expect(rowOf(signed)?.sentBack).toEqual({ decision: 'return', stage: 'signed', mendedBy });
    // what mends it is in the queue, not in this list
    expect(rowOf(mending)).toBeUndefined();
    expect(counts()['sent-back']).toBe(before + 2);
  });

  it('count and filter exactly, and leave out what is accepted or not registered', async () => {
    const accepted = await registered();
    await sign(accepted);
    const arrived = await arrive(office, sampleOf(office, 'good', 'claim'));
    expect(rowOf(accepted)).toBeUndefined();
    expect(rowOf(arrived)).toBeUndefined();
    expect(rows('sent-back')).toHaveLength(counts()['sent-back']);
    expect(rows('registered')).toHaveLength(counts().registered);
    expect(rows('sent-back', 'claim')).toHaveLength(counts()['sent-back']);
    expect(rows('sent-back', 'complaint')).toEqual([]);
  });
});
