import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerAct,
  decideFiling,
  readDecision,
  reviewAct,
  sendBackAct,
  sentBackDrafts,
  signAct,
  takeBackAct,
  type AnswerRequest,
  type DecisionRequest,
} from '../../../main/acts/index.ts';
import { versionsOf } from '../../../main/acts/act-versions.ts';
import { finishWork, holdToRegister, outboxOf, pull, syncOnce, viewFiling } from '../../../main/core/index.ts';
import { decisionOnFiling, readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import type { ActSummary } from '../../../shared/contract/index.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { decisionMessageSchema, REGISTRY_PATHS, type CabinetStatus } from '../../../shared/registry/index.ts';
import { sharedCourt } from '../../support/desk/shared-court.ts';
import { arriveRegistered, must, sampleOf, staffedOffice, type TrainingOffice, wordsInPdf } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
let judge: string;
beforeAll(async () => {
  // a Monday; the term of a private complaint is ten court days
  ({ office, secretary, judge } = await staffedOffice('2026-11-23T04:00:00Z'));
});
afterAll(() => office.close());

const read = () => office.desk.store.read;
const look = (filingId: string, user: { id: string; role: Role } = { id: judge, role: 'judge' }) =>
  readDecision(read(), office.desk.reference, { filingId, user, courtCode: '9900', now: office.desk.config.clock() })!;
const actOf = (id: string): ActSummary => look(id).act!;
const seenOf = (id: string) => {
  const { act } = look(id);
  return act?.state === 'draft' ? { actId: act.id, revision: act.revision } : null;
};
const decide = (filingId: string, more: Partial<DecisionRequest>) =>
  decideFiling(office.desk.acts, {
    ...{ filingId, seen: seenOf(filingId), decision: 'accept', grounds: [], transferTo: null, actor: judge },
    ...more,
  });
const ground = (code: string, note: string | null = null) => ({ code, note });
/** A claim of the kind, registered and before the judge with its draft. */
async function before(change: { kind?: string; language?: 'kk' | 'ru' } = {}): Promise<string> {
  const { folder, files } = sampleOf(office, 'good', 'claim');
  return arriveRegistered(office, { folder: { ...folder, ...change }, files }, secretary);
}
const textOf = (sha256: string) => wordsInPdf(office, sha256);
async function sign(id: string): Promise<void> {
  const act = actOf(id);
  const seen = { id: act.id, revision: act.revision, sha256: act.sha256, actor: judge };
  must(reviewAct({ store: office.desk.store, clock: office.desk.config.clock }, seen));
  const request = { actId: act.id, revision: act.revision + 1, sha256: act.sha256, actor: judge, key: office.keyOf('judge') };
  must(await signAct(office.desk.acts, { ...request, display: { title: '', lines: [] } }));
}
const journal = (id: string) =>
  read()
    .all<{ action: string }>('SELECT action FROM journal WHERE subject = ? ORDER BY seq', id)
    .map(({ action }) => action);
const cabinet = async (number: string) =>
  (await (await fetch(office.registry.url + REGISTRY_PATHS.cabinetStatus(number))).json()) as CabinetStatus;

describe('the judge’s decision on a filing', () => {
  it('replaces the draft that was proposed, keeps it as a version, and what was read no longer counts as read', async () => {
    const id = await before();
    const proposed = actOf(id);
    expect(look(id)).toMatchObject({ current: { decision: 'accept', grounds: [], signedAt: null }, terms: [] });
    const seen = { id: proposed.id, revision: proposed.revision, sha256: proposed.sha256, actor: judge };
    must(reviewAct({ store: office.desk.store, clock: office.desk.config.clock }, seen));
    expect(actOf(id).reviewed).toBe(true);

    must(await decide(id, { decision: 'refuse', grounds: [ground('151.1.2', 'Шешім 2025 жылғы 3 наурызда шығарылған')] }));
    const drawn = actOf(id);
    expect(drawn).toMatchObject({ id: proposed.id, kind: 'ruling-refuse', state: 'draft', reviewed: false });
    expect(drawn.sha256).not.toBe(proposed.sha256);
    expect(versionsOf(read(), drawn.id)).toMatchObject([
      { number: 1, kind: 'ruling-accept', sha256: proposed.sha256, why: 'drafted', madeBy: null },
      { number: 2, kind: 'ruling-refuse', sha256: drawn.sha256, why: 'decided', madeBy: judge },
    ]);
    expect(office.desk.blobs.has(proposed.sha256), 'the old draft can still be read').toBe(true);
    const text = await textOf(drawn.sha256);
    expect(text).toContain('қабылдаудан бас тарту туралы');
    expect(text).toContain('Шешім 2025 жылғы 3 наурызда шығарылған');
    expect(viewFiling(office.desk, id, 'judge')!.state, 'nothing is decided before the signature').toBe('with-judge');
    expect(decisionOnFiling(read(), id)).toBeNull();
    expect(journal(id)).toContain('act.decided');

    must(await decide(id, { decision: 'refuse', grounds: [ground('151.1.2', 'Шешім 2025 жылғы 3 наурызда шығарылған')] }));
    expect(versionsOf(read(), drawn.id), 'the same again changes nothing').toHaveLength(2);
    expect(actOf(id).revision).toBe(drawn.revision);
  });

  it('signed, moves the filing and starts its terms here, in the registry and in the cabinet of the filer', async () => {
    const id = await before({ language: 'ru' });
    const transferTo = { code: '1094', name: '' };
    must(await decide(id, { decision: 'transfer', grounds: [ground('34.2', 'Ответчик проживает в Семее')], transferTo }));
    expect(await textOf(actOf(id).sha256)).toMatch(/о передаче дела в другой суд по подсудности.*Специализированный межрайонный/);
    await sign(id);
    const due = '2026-12-07T19:00:00Z';
    const decision = {
      grounds: ['34.2'],
      transferTo: { code: '1094', name: 'Специализированный межрайонный административный суд области Абай' },
      terms: [{ id: 'gpk.private_complaint', dueAt: due }],
    };
    expect(decisionOnFiling(read(), id)).toMatchObject({ kind: 'ruling-transfer', decision });
    expect(viewFiling(office.desk, id, 'secretary')!.state).toBe('transferred');
    expect(look(id)).toMatchObject({
      current: { decision: 'transfer', grounds: [{ code: '34.2', note: 'Ответчик проживает в Семее' }], signedAt: expect.any(String) },
      offered: [],
      terms: [{ id: 'gpk.private_complaint', source: 'ГПК 429', dueAt: due, courtDaysLeft: 10 }],
    });

    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk)).toMatchObject({ waiting: 0, parked: [] });
    const { cabinetNumber } = viewFiling(office.desk, id, 'secretary')!;
    const { id: actId } = actOf(id);
    const payload = { actId, filingId: id, recipients: [{ name: 'Әлия', channel: 'cabinet' as const }] };
    const entry = {
      id: office.desk.config.newId(),
      subject: id,
      kind: 'act.dispatch',
      actor: judge,
      at: office.desk.config.clock(),
    } as const;
    office.desk.store.write((tx) => tx.outbox({ ...entry, uploads: [], payload }));
    must(await syncOnce(office.desk));
    expect(await cabinet(cabinetNumber)).toMatchObject({ state: 'transferred', acts: [{ kind: 'ruling-transfer', decision }] });
    expect(JSON.stringify(await cabinet(cabinetNumber)), 'the judge’s words stand in the ruling alone').not.toContain('Семее');
  });

  it.each([
    ['return', [ground('152.1.7'), ground('fee', 'Түбіртек жоқ')], 'returned', ['gpk.private_complaint']],
    ['refuse', [ground('151.1.1')], 'refused', ['gpk.private_complaint']],
    ['accept', [], 'accepted', ['gpk.prep.send_claim', 'gpk.prep']],
  ] as const)('%s leads to its own state and its own terms', async (decision, grounds, state, terms) => {
    const id = await before();
    if (decision !== 'accept') must(await decide(id, { decision, grounds: [...grounds] }));
    await sign(id);
    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk).parked).toEqual([]);
    expect(viewFiling(office.desk, id, 'secretary')!.state).toBe(state);
    expect(look(id).terms.map((term) => term.id)).toEqual(terms);
    expect(await decide(id, { decision: 'accept' }), 'what is signed is decided').toMatchObject({
      ok: false,
      error: { code: 'move-not-allowed' },
    });
  });

  it('is the judge’s alone, of what the judge saw, and of what the law knows', async () => {
    const id = await before();
    const refusals: [Partial<DecisionRequest>, object][] = [
      [{ actor: secretary }, { code: 'not-found' }],
      [{ filingId: '00000000-0000-4000-8000-000000000000', seen: null }, { code: 'not-found' }],
      [{ seen: null }, { code: 'stale-revision' }],
      [{ seen: { actId: actOf(id).id, revision: 7 } }, { code: 'stale-revision' }],
      [{ decision: 'return' }, { code: 'input-invalid', params: { field: 'grounds' } }],
      [
        { decision: 'return', grounds: [ground('151.1.1')] },
        { code: 'input-invalid', params: { field: 'grounds' } },
      ],
      [
        { decision: 'return', grounds: [ground('fee'), ground('fee')] },
        { code: 'input-invalid', params: { field: 'grounds' } },
      ],
      [
        { decision: 'accept', grounds: [ground('152.1.1')] },
        { code: 'input-invalid', params: { field: 'grounds' } },
      ],
      [
        { decision: 'transfer', grounds: [ground('34.2')] },
        { code: 'input-invalid', params: { field: 'transferTo' } },
      ],
      [
        { decision: 'transfer', grounds: [ground('34.2')], transferTo: { code: '9900', name: '' } },
        { code: 'input-invalid', params: { field: 'transferTo' } },
      ],
      [
        { decision: 'transfer', grounds: [ground('34.2')], transferTo: { code: null, name: ' ' } },
        { code: 'input-invalid', params: { field: 'transferTo' } },
      ],
    ];
    for (const [request, error] of refusals) expect(await decide(id, request)).toMatchObject({ ok: false, error });
    expect(versionsOf(read(), actOf(id).id)).toHaveLength(1);
    expect(look(id, { id: secretary, role: 'secretary' }).offered, 'a secretary reads alone').toEqual([]);
  });

  it('is made where nothing was drafted, and only what the law offers there', async () => {
    const id = await before({ kind: 'court_order_app' });
    expect(look(id)).toMatchObject({ act: null, current: null });
    expect(look(id).offered.map(({ decision }) => decision)).toEqual(['return', 'refuse']);
    expect(await decide(id, { decision: 'accept' })).toMatchObject({ ok: false, error: { code: 'decision-not-offered' } });
    must(await decide(id, { decision: 'return', grounds: [ground('138.1.4')] }));
    expect(actOf(id)).toMatchObject({ kind: 'ruling-return', state: 'draft', preparedBy: expect.stringMatching(/./) });
    must(await finishWork(office.desk));
    expect(versionsOf(read(), actOf(id).id), 'nothing drafts over it').toHaveLength(1);
  });
});

describe('the talk about a draft', () => {
  const sentBack = async (id: string, comment: string) => {
    const { id: actId, revision } = actOf(id);
    return sendBackAct(office.desk.acts, { actId, revision, comment, actor: judge });
  };
  const answer = (id: string, more: Partial<AnswerRequest>) => {
    const { id: actId, revision } = actOf(id);
    return answerAct(office.desk.acts, { ...{ actId, revision, answer: 'Иә', change: null, actor: secretary }, ...more });
  };
  const asOffice = (id: string) => look(id, { id: secretary, role: 'secretary' });

  it('is with the office until it answers, cannot be signed meanwhile, and keeps every word with the text that was there', async () => {
    const id = await before();
    const first = actOf(id);
    must(await sentBack(id, ' Баж толық төленген бе? '));
    expect(look(id)).toMatchObject({ act: { sentBack: true, state: 'draft' }, talking: 'take-back' });
    expect(asOffice(id)).toMatchObject({ talking: 'answer', offered: [{ decision: 'accept' }, {}, {}, {}] });
    expect(sentBackDrafts(read())).toMatchObject([{ filingId: id, actId: first.id, comment: 'Баж толық төленген бе?' }]);
    const seen = { id: first.id, revision: actOf(id).revision, sha256: first.sha256, actor: judge };
    must(reviewAct({ store: office.desk.store, clock: office.desk.config.clock }, seen));
    const request = { actId: first.id, revision: actOf(id).revision, sha256: first.sha256, actor: judge, key: office.keyOf('judge') };
    expect(await signAct(office.desk.acts, { ...request, display: { title: '', lines: [] } })).toMatchObject({
      error: { code: 'act-sent-back' },
    });
    expect(await sentBack(id, 'Тағы')).toMatchObject({ error: { code: 'act-sent-back' } });

    must(
      await answer(id, {
        answer: 'Жоқ, жарты төленген.',
        change: { decision: 'return', grounds: [ground('fee', '1 500 ₸ жетпейді')], transferTo: null },
      }),
    );
    const after = look(id);
    expect(after).toMatchObject({
      act: { kind: 'ruling-return', sentBack: false, reviewed: false },
      current: { decision: 'return', grounds: [{ code: 'fee', note: '1 500 ₸ жетпейді' }] },
      talking: 'send-back',
      talk: [
        { kind: 'sent-back', text: 'Баж толық төленген бе?', version: 1 },
        { kind: 'answered', text: 'Жоқ, жарты төленген.', version: 2 },
      ],
    });
    expect(versionsOf(read(), first.id).map(({ why, madeBy }) => [why, madeBy])).toEqual([
      ['drafted', null],
      ['answered', secretary],
    ]);
    expect(sentBackDrafts(read())).toEqual([]);
    expect(asOffice(id)).toMatchObject({ talking: null, offered: [] });
    expect(journal(id)).toEqual(expect.arrayContaining(['act.sent-back', 'act.answered']));
    // the journal says which word it was, and not what was said
    const said = read().all<{ action: string; details: string }>(
      "SELECT action, details FROM journal WHERE subject = ? AND action IN ('act.sent-back', 'act.answered') ORDER BY seq",
      id,
    );
    expect(said.map(({ action, details }) => [action, JSON.parse(details) as unknown])).toEqual([
      ['act.sent-back', { act: first.id, word: 1 }],
      ['act.answered', { act: first.id, word: 2 }],
    ]);
    await sign(id);
    expect(viewFiling(office.desk, id, 'secretary')!.state).toBe('returned');
  });

  it('an answer alone leaves the text and what was read of it as they were', async () => {
    const id = await before();
    const { sha256 } = actOf(id);
    must(await sentBack(id, 'Неге қабылданды?'));
    must(await answer(id, { answer: 'Құжаттар түгел.' }));
    expect(actOf(id)).toMatchObject({ sha256, sentBack: false });
    expect(versionsOf(read(), actOf(id).id)).toHaveLength(1);
  });

  it('is taken back, or decided over, by the judge without an answer', async () => {
    const id = await before();
    must(await sentBack(id, 'Сұрақ'));
    const { id: actId, revision } = actOf(id);
    must(takeBackAct(office.desk.acts, { actId, revision, actor: judge }));
    expect(look(id)).toMatchObject({ act: { sentBack: false }, talk: [{ kind: 'sent-back' }, { kind: 'taken-back', text: '' }] });
    must(await sentBack(id, 'Тағы бір сұрақ'));
    must(await decide(id, { decision: 'refuse', grounds: [ground('151.1.4')] }));
    expect(actOf(id)).toMatchObject({ kind: 'ruling-refuse', sentBack: false });
    expect(await answer(id, {}), 'nobody waits for it any more').toMatchObject({ error: { code: 'move-not-allowed' } });
  });

  it('begins with the judge of the filing alone, with words, on what was seen', async () => {
    const id = await before();
    const { id: actId, revision } = actOf(id);
    const ask = (more: object) => sendBackAct(office.desk.acts, { ...{ actId, revision, comment: 'Сұрақ', actor: judge }, ...more });
    expect(ask({ comment: ' ' })).toMatchObject({ error: { code: 'input-invalid' } });
    expect(ask({ actor: secretary })).toMatchObject({ error: { code: 'not-found' } });
    expect(ask({ revision: revision + 1 })).toMatchObject({ error: { code: 'stale-revision' } });
    expect(takeBackAct(office.desk.acts, { actId, revision, actor: judge })).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(await answer(id, {})).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(look(id)).toMatchObject({ act: { sentBack: false, revision }, talk: [] });
    must(await sentBack(id, 'Сұрақ'));
    expect(await answer(id, { change: { decision: 'return', grounds: [], transferTo: null } })).toMatchObject({
      error: { code: 'input-invalid', params: { field: 'grounds' } },
    });
    expect(look(id).act!.sentBack, 'an answer that was refused answers nothing').toBe(true);
  });

  it('outlasts a restart of the desk', async () => {
    const id = await before();
    must(await sentBack(id, 'Қайта іске қосқанға дейін'));
    await office.reopen();
    expect(look(id)).toMatchObject({ act: { sentBack: true }, talk: [{ text: 'Қайта іске қосқанға дейін' }] });
  });
});

it('another desk of the court hears what was decided and which terms began', async () => {
  const court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  try {
    const [here, there] = court.desks.map(({ desk }) => desk) as [typeof office.desk, typeof office.desk];
    const id = await court.submit();
    must(await pull(here));
    const clerk = court.userOf('secretary');
    must(await holdToRegister(here, id, clerk));
    const seen = () => ({ id, revision: readFiling(here.store.read, id)!.revision, actor: clerk });
    must(flagFiling(here.registration, seen(), [{ code: 'jurisdiction', note: null }]));
    must(registerFiling(here.registration, seen(), { joinsCase: null }));
    const paper = must(await here.blobs.putBytes(Buffer.from('%PDF-1.7 ұйғарым')));
    const terms = [{ id: 'gpk.private_complaint', dueAt: '2030-12-07T19:00:00Z' }];
    const decision = { grounds: ['34.2'], transferTo: { code: null, name: 'Өскемен қалалық соты' }, terms };
    const signedAt = here.config.clock();
    const payload = { actId: here.config.newId(), filingId: id, kind: 'ruling-transfer', ...paper, level: 'B', signedAt } as const;
    const uploads = [paper.sha256];
    const entry = { id: here.config.newId(), subject: id, kind: 'act.issue', actor: court.userOf('judge'), at: signedAt, uploads } as const;
    here.store.write((tx) => tx.outbox({ ...entry, payload: { ...payload, state: 'transferred', decision } }));
    must(await syncOnce(here));
    expect(outboxOf(here).parked).toEqual([]);
    must(await pull(there));
    expect(readFiling(there.store.read, id)!.state).toBe('transferred');
    const asked = { filingId: id, user: { id: clerk, role: 'secretary' as const }, courtCode: '9900', now: there.config.clock() };
    expect(readDecision(there.store.read, there.reference, asked)).toMatchObject({
      act: null,
      current: {
        decision: 'transfer',
        grounds: [{ code: '34.2', article: 'ГПК 34(2)', note: null }],
        transferTo: { name: 'Өскемен қалалық соты' },
      },
      offered: [],
      terms: [{ id: 'gpk.private_complaint', dueAt: '2030-12-07T19:00:00Z' }],
    });
  } finally {
    await court.close();
  }
});

it('a decision that a desk did not send, or that is of a later day, is read as it is', () => {
  expect(decisionMessageSchema.safeParse({ grounds: [], transferTo: null, terms: [], more: 1 }).success).toBe(true);
  expect(decisionMessageSchema.safeParse({ grounds: [], transferTo: { code: '10', name: '' }, terms: [] }).success).toBe(false);
});
