import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerAct,
  discardAct,
  draftAct,
  editAct,
  handAct,
  listActs,
  readDraftText,
  readFilingActs,
  reviewAct,
  sendBackAct,
  sentBackDrafts,
  signAct,
  type DraftRequest,
} from '../../../main/acts/index.ts';
import { finishWork, holdToRegister, outboxOf, pull, syncOnce, viewFiling } from '../../../main/core/index.ts';
import { sendAsProposed } from '../../../main/dispatch/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { keepDraft, readDraft, setHearing } from '../../../main/proceedings/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import type { FilingAct } from '../../../shared/contract/index.ts';
import type { ActText } from '../../../shared/domain/act-text.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { REGISTRY_PATHS, type CabinetStatus } from '../../../shared/registry/index.ts';
import { sharedCourt } from '../../support/desk/shared-court.ts';
import { arriveRegistered, must, sampleOf, staffedOffice, type TrainingOffice, wordsInPdf } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let judge: string;
beforeAll(async () => {
  // a Monday
  ({ office, secretary, judge } = await staffedOffice('2026-11-23T04:00:00Z'));
});
afterAll(() => office.close());

const read = () => office.desk.store.read;
const clerk = () => ({ id: secretary, role: 'office' as const });
const bench = () => ({ id: judge, role: 'judge' as const });
const as = (role: Role, id = role === 'judge' ? judge : secretary) => ({ id, role });
const look = (filingId: string, role: Role = 'secretary', id?: string) =>
  readFilingActs(read(), office.desk.reference, { filingId, user: as(role, id), now: office.desk.config.clock() })!;
const only = (filingId: string, role: Role = 'secretary'): FilingAct => {
  const { acts } = look(filingId, role);
  expect(acts).toHaveLength(1);
  return acts[0]!;
};
const draft = (filingId: string, kind: string, more: Partial<DraftRequest> = {}) =>
  draftAct(office.desk.acts, { filingId, kind, language: null, title: null, text: null, editor: clerk(), ...more });
/** A filing of the kind, registered and, where the kind calls for one, before the judge. */
async function before(kind = 'claim', change: { language?: 'kk' | 'ru' } = {}): Promise<string> {
  const { folder, files } = sampleOf(office, 'good', 'claim');
  // a receipt pays for one filing
  const payment = { ...folder.payment!, number: `000${++receipts}` };
  return arriveRegistered(office, { folder: { ...folder, kind, payment, ...change }, files }, secretary);
}
let receipts = 0;
const textOf = (sha256: string) => wordsInPdf(office, sha256);
const review = ({ act }: FilingAct) =>
  reviewAct(
    { store: office.desk.store, clock: office.desk.config.clock },
    { id: act.id, revision: act.revision, sha256: act.sha256, actor: judge },
  );
const signOnly = ({ act }: FilingAct, actor = judge) => {
  const request = { actId: act.id, revision: act.revision + 1, sha256: act.sha256, actor, key: office.keyOf('judge') };
  return signAct(office.desk.acts, { ...request, display: { title: '', lines: [] } });
};
async function sign(found: FilingAct): Promise<void> {
  must(review(found));
  must(await signOnly(found));
}
const hand = ({ act }: FilingAct) => handAct(office.desk.acts, { actId: act.id, revision: act.revision, editor: clerk() });
const stateOf = (id: string) => viewFiling(office.desk, id, 'secretary')!.state;
const cabinet = async (id: string) => {
  const { cabinetNumber } = viewFiling(office.desk, id, 'secretary')!;
  return (await (await fetch(office.registry.url + REGISTRY_PATHS.cabinetStatus(cabinetNumber))).json()) as CabinetStatus;
};
const written = (...texts: string[]): ActText => ({ version: 1, blocks: texts.map((text) => ({ type: 'paragraph', text })) });

describe('an act beside the ruling on a filing', () => {
  it('is prepared by the office, filled from the case with its hearing, and signed it moves nothing and starts its terms', async () => {
    const id = await before();
    const plan = {
      ...{ startsAt: '2026-12-03T05:30:00Z', place: 'Қабанбай батыр көшесі, 5', room: '№ 12 зал', judgeId: null },
      ...{ mode: 'in-person' as const, link: null, recordingNote: null, recipients: [] },
    };
    must(setHearing(office.desk.proceedings, { filingId: id, hearing: null, plan, actor: secretary }));
    expect(look(id).offered.map(({ kind }) => kind)).toEqual(['ruling-prep', 'certificate', 'free-act']);
    must(await draft(id, 'ruling-prep'));
    const prepared = only(id);
    expect(prepared).toMatchObject({ act: { kind: 'ruling-prep', preparing: true }, may: ['edit', 'discard', 'hand', 'versions'] });
    expect(await textOf(prepared.act.sha256)).toMatch(/2026 жылғы 3 желтоқсан, сағат 10:30.*Қабанбай батыр көшесі, 5, № 12 зал/);

    const judges = () => listActs(read(), { reference: office.desk.reference, now: office.desk.config.clock() }, judge, 'to-sign');
    expect(
      judges()
        .filter(({ filingId }) => filingId === id)
        .map(({ kind }) => kind),
      'the judge has not got it',
    ).toEqual(['ruling-accept']);
    expect(review(prepared)).toMatchObject({ error: { code: 'act-in-preparation' } });
    expect(look(id, 'judge').acts).toEqual([]);
    must(hand(prepared));
    expect(hand(only(id))).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(judges().filter(({ filingId }) => filingId === id)).toHaveLength(2);

    await sign(only(id, 'judge'));
    expect(stateOf(id), 'only a decision moves a filing').toBe('with-judge');
    const due = '2026-11-24T19:00:00Z';
    expect(only(id)).toMatchObject({
      act: { state: 'signed', level: 'B' },
      may: ['versions'],
      terms: [{ id: 'gpk.notice.send', dueAt: due, source: 'ГПК 127(3)' }],
      termsFromDelivery: [],
    });
    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
    must(sendAsProposed(office.desk.dispatch, { actId: only(id).act.id, actor: judge }));
    must(await syncOnce(office.desk));
    expect(await cabinet(id)).toMatchObject({
      state: 'with-judge',
      acts: [
        {
          kind: 'ruling-prep',
          title: 'Істі дайындау туралы ұйғарым',
          terms: [{ id: 'gpk.notice.send', dueAt: due }],
        },
      ],
    });
  });

  it('a court order fulfils its application; objections run from the day on which the debtor got it', async () => {
    const id = await before('court_order_app', { language: 'ru' });
    expect(look(id, 'judge').offered.map(({ kind }) => kind)).toContain('court-order');
    must(await draft(id, 'court-order', { editor: bench() }));
    const found = only(id, 'judge');
    expect(found.act).toMatchObject({ language: 'ru', preparing: false });
    const { parties } = readFiling(read(), id)!.message;
    const text = await textOf(found.act.sha256);
    for (const part of ['СУДЕБНЫЙ ПРИКАЗ', 'Взыскатель:', 'Должник:', '10 рабочих дней', parties[0]!.name]) expect(text).toContain(part);
    await sign(found);
    expect(stateOf(id)).toBe('fulfilled');
    expect(
      look(id, 'judge').offered.map(({ kind }) => kind),
      'there is nothing left to order',
    ).not.toContain('court-order');
    expect(only(id)).toMatchObject({
      terms: [{ id: 'gpk.order.send', dueAt: '2026-11-24T19:00:00Z' }],
      termsFromDelivery: [{ id: 'gpk.order.objection', source: 'ГПК 141(2)' }],
    });
    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk).parked).toEqual([]);
    expect((await cabinet(id)).state).toBe('fulfilled');

    const [debtor] = parties.filter(({ side }) => side === 'respondent');
    const attempt = { channel: 'post', at: '2026-11-25T07:00:00Z', outcome: 'delivered', code: null, reference: 'RZ1', by: null };
    const delivery = {
      id: office.desk.config.newId(),
      notice: 'act-dispatched',
      name: debtor!.name,
      state: 'delivered',
      attempts: [attempt],
    };
    office.desk.store.write((tx) =>
      tx.run(
        'INSERT INTO delivery (id, subject, at, content) VALUES (?, ?, ?, ?)',
        delivery.id,
        found.act.id,
        attempt.at,
        JSON.stringify(delivery),
      ),
    );
    expect(only(id)).toMatchObject({
      terms: [{ id: 'gpk.order.send' }, { id: 'gpk.order.objection', dueAt: '2026-12-09T19:00:00Z' }],
      termsFromDelivery: [],
    });
  });

  it('several kinds may be open for one filing, one under each name, beside the ruling', async () => {
    const id = await before();
    const first = must(await draft(id, 'certificate'));
    must(await draft(id, 'ruling-prep'));
    must(await draft(id, 'free-act', { title: 'Жекеше ұйғарым', text: written('Мәтін.') }));
    must(await draft(id, 'free-act', { title: 'Шешім', text: written('Мәтін.') }));
    expect(must(await draft(id, 'certificate')), 'the one that is open').toEqual(first);
    expect(look(id).acts).toHaveLength(4);
    must(await finishWork(office.desk));
    expect(viewFiling(office.desk, id, 'judge')!.acts.map(({ kind }) => kind)).toContain('ruling-accept');
    const asked: [Partial<DraftRequest> & { kind: string }, string][] = [
      [{ kind: 'court-order' }, 'act-kind-not-offered'],
      [{ kind: 'ruling-accept' }, 'act-kind-not-offered'],
      [{ kind: 'no-such' }, 'act-kind-not-offered'],
      [{ kind: 'free-act', title: ' ' }, 'input-invalid'],
      [{ kind: 'free-act', title: 'Ә'.repeat(301) }, 'input-invalid'],
      [{ kind: 'certificate', editor: { id: office.desk.config.newId(), role: 'judge' } }, 'not-found'],
      [{ kind: 'certificate', filingId: office.desk.config.newId() }, 'not-found'],
    ];
    for (const [change, code] of asked)
      expect(await draft(id, change.kind, change), JSON.stringify(change)).toMatchObject({ error: { code } });
    expect(look(id).acts).toHaveLength(4);
  });

  it('is made for what no judge has, and then signed by the judge whom the draft names', async () => {
    const id = await before('copy_request');
    expect(readFiling(read(), id)!.judgeId).toBeNull();
    must(await draft(id, 'certificate'));
    must(hand(only(id)));
    await sign(only(id, 'judge'));
    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk).parked).toEqual([]);
    expect(stateOf(id), 'the request itself is still open').toBe('registered');
  });

  it('is sent back with a question, answered, edited meanwhile by the office alone, and thrown away by whoever has it', async () => {
    const id = await before();
    must(await draft(id, 'certificate'));
    must(hand(only(id)));
    const seen = () => ({ actId: only(id).act.id, revision: only(id).act.revision });
    expect(discardAct(office.desk.acts, { ...seen(), editor: clerk() })).toMatchObject({ error: { code: 'move-not-allowed' } });
    must(sendBackAct(office.desk.acts, { ...seen(), actor: judge, comment: 'Кімге беріледі?' }));
    expect(sentBackDrafts(read())).toMatchObject([{ filingId: id, kind: 'certificate', comment: 'Кімге беріледі?' }]);
    expect(only(id)).toMatchObject({ talking: 'answer', may: ['edit', 'discard', 'versions'] });
    expect(await signOnly(only(id, 'judge'))).toMatchObject({ error: { code: 'act-sent-back' } });
    const { text } = must(readDraftText(office.desk.acts, { actId: seen().actId, editor: clerk() }));
    const longer = { ...text, blocks: [...text.blocks, { type: 'paragraph' as const, text: 'Банкке ұсыну үшін.' }] };
    must(await editAct(office.desk.acts, { ...seen(), text: longer, editor: clerk() }));
    must(await answerAct(office.desk.acts, { ...seen(), answer: 'Банкке', change: null, actor: secretary }));
    expect(only(id, 'judge')).toMatchObject({ talking: 'send-back', talk: [{ kind: 'sent-back' }, { kind: 'answered' }] });
    expect(await textOf(only(id).act.sha256)).toContain('Банкке ұсыну үшін.');
    must(discardAct(office.desk.acts, { ...seen(), editor: bench() }));
    expect(look(id).acts).toEqual([]);
    const actions = read()
      .all<{ action: string }>('SELECT action FROM journal WHERE subject = ?', id)
      .map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['act.drafted', 'act.handed', 'act.edited', 'act.discarded']));
  });

  it('in free form is neither handed over nor signed before somebody has written it', async () => {
    const id = await before();
    must(await draft(id, 'free-act', { title: 'Жекеше ұйғарым' }));
    expect(hand(only(id))).toMatchObject({ error: { code: 'act-empty' } });
    must(await draft(id, 'free-act', { title: 'Шешім', editor: bench() }));
    const own = look(id, 'judge').acts[0]!;
    expect(own.act.title).toBe('Шешім');
    must(review(own));
    expect(await signOnly(own)).toMatchObject({ error: { code: 'act-empty' } });
    const { id: actId, revision } = own.act;
    expect(await editAct(office.desk.acts, { actId, revision: revision + 1, text: written(' '), editor: bench() })).toMatchObject({
      error: { code: 'input-invalid', params: { reason: 'text-missing' } },
    });
    must(await editAct(office.desk.acts, { actId, revision: revision + 1, text: written('Сот шешті.'), editor: bench() }));
    await sign(look(id, 'judge').acts[0]!);
    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk).parked).toEqual([]);
  });

  it('shows the head of the office nothing before it is signed, and another judge nothing at all', async () => {
    const id = await before();
    must(await draft(id, 'certificate', { editor: bench() }));
    expect(look(id, 'office-head')).toMatchObject({ acts: [], offered: [] });
    expect(look(id, 'judge', office.desk.config.newId())).toMatchObject({ acts: [], offered: [] });
    await sign(only(id, 'judge'));
    expect(look(id, 'office-head').acts).toMatchObject([{ talk: [], may: [], talking: null }]);
  });

  it('outlasts a restart of the desk while the office is at it, with what was being typed', async () => {
    const id = await before();
    must(await draft(id, 'certificate'));
    const { act } = only(id);
    const key = { user: secretary, filingId: id, form: `text:${act.id}` };
    const typed = JSON.stringify({ base: act.sha256, text: written('Жартысы') });
    office.desk.store.write((tx) => keepDraft(tx, key, typed, office.desk.config.clock()));
    await office.reopen();
    expect(only(id)).toMatchObject({
      act: { id: act.id, sha256: act.sha256, preparing: true },
      may: ['edit', 'discard', 'hand', 'versions'],
    });
    expect(readDraft(read(), key)).toBe(typed);
    must(discardAct(office.desk.acts, { actId: act.id, revision: act.revision, editor: clerk() }));
    expect(readDraft(read(), key), 'nothing of it is left').toBeNull();
  });

  it('outlasts a decision on the filing, and an order that came too late is signed by nobody', async () => {
    const id = await before('court_order_app');
    must(await draft(id, 'court-order', { editor: bench() }));
    must(await draft(id, 'certificate', { editor: bench() }));
    office.desk.store.write((tx) => tx.run("UPDATE filing SET state = 'returned' WHERE id = ?", id));
    const [order, certificate] = look(id, 'judge').acts;
    must(review(order!));
    expect(await signOnly(order!)).toMatchObject({ error: { code: 'move-not-allowed' } });
    await sign(certificate!);
    expect(stateOf(id)).toBe('returned');
    office.desk.store.write((tx) => tx.run("UPDATE filing SET state = 'with-judge' WHERE id = ?", id));
  });
});

it('another desk of the court hears what the act is called and which terms began', async () => {
  const court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  try {
    const [here, there] = court.desks.map(({ desk }) => desk) as [typeof office.desk, typeof office.desk];
    const id = await court.submit();
    must(await pull(here));
    const user = court.userOf('secretary');
    must(await holdToRegister(here, id, user));
    const seen = () => ({ id, revision: readFiling(here.store.read, id)!.revision, actor: user });
    must(flagFiling(here.registration, seen(), [{ code: 'jurisdiction', note: null }]));
    must(registerFiling(here.registration, seen(), { joinsCase: null }));
    const paper = must(await here.blobs.putBytes(Buffer.from('%PDF-1.7 ұйғарым')));
    const signedAt = here.config.clock();
    const terms = [{ id: 'gpk.notice.send', dueAt: '2030-12-07T19:00:00Z' }];
    const payload = { actId: here.config.newId(), filingId: id, kind: 'ruling-stay', ...paper, level: 'B', signedAt } as const;
    const entry = { id: here.config.newId(), subject: id, kind: 'act.issue', actor: court.userOf('judge'), at: signedAt } as const;
    here.store.write((tx) =>
      tx.outbox({
        ...entry,
        uploads: [paper.sha256],
        payload: { ...payload, state: null, title: 'Іс жүргізуді тоқтата тұру туралы', terms },
      }),
    );
    must(await syncOnce(here));
    expect(outboxOf(here).parked).toEqual([]);
    must(await pull(there));
    const issued = there.store.read.get('SELECT kind, title FROM issued_act WHERE id = ?', payload.actId);
    expect(issued).toEqual({ kind: 'ruling-stay', title: 'Іс жүргізуді тоқтата тұру туралы' });
    const kept = there.store.read.get<{ terms: string }>('SELECT terms FROM filing_decision WHERE act_id = ?', payload.actId);
    expect(JSON.parse(kept!.terms)).toEqual(terms);
    expect(readFiling(there.store.read, id)!.state, 'nothing was decided').not.toBe('accepted');
  } finally {
    await court.close();
  }
});
