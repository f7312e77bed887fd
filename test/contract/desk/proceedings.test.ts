import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdToRegister, outboxOf, pull, push, syncOnce, takeOverRegistry, type Desk } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import {
  askSurvey,
  cancelHearing,
  fulfilRequest,
  grantCaseFile,
  hearingWarnings,
  issueSummons,
  keepDeliveries,
  keepDraft,
  readDraft,
  readHearingDay,
  readProceedings,
  setHearing,
  sumSurveys,
  withdrawCaseFile,
} from '../../../main/proceedings/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { submitFiling } from '../../../main/sync/index.ts';
import type { HearingPlan, Proceedings } from '../../../shared/contract/index.ts';
import { REGISTRY_PATHS, type CabinetHearings, type CaseFile, type Fulfilment } from '../../../shared/registry/index.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

let court: SharedCourt;
let [a, b]: [CourtDesk, CourtDesk] = [] as never;
let secretary: string;
let head: string;
let judge: string;

beforeEach(async () => {
  court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  [a, b] = court.desks as [CourtDesk, CourtDesk];
  [secretary, head, judge] = [court.userOf('secretary'), court.userOf('office-head'), court.userOf('judge')];
});
afterEach(() => court.close());

const SENDER = 'Әлия Өмірбекова';
const OTHER_SIDE = 'Ғани Мысалов';
const PAPER = Buffer.from('%PDF-1.7 талап');
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

type Sent = { readonly id: string; readonly number: string };
/** A filing of its kind, with one paper, registered at the first desk; the registry has it unless its line is down. */
async function registered(kind = 'claim'): Promise<Sent> {
  const parties = [
    { side: 'claimant', type: 'person', iin: '870131400012', name: SENDER },
    { side: 'respondent', type: 'person', name: OTHER_SIDE, phone: '+7 700 000 00 04' },
  ];
  const documents = [{ role: 'claim', title: 'Талап қою', file: 'talap.pdf', signatures: [] }];
  const folder = { court: '9900', kind, language: 'kk' as const, parties, documents };
  const read = () => Promise.resolve(new Uint8Array(PAPER));
  const { id, cabinetNumber } = must(await submitFiling({ registryUrl: court.registry.url, folder, read, idempotencyKey: newId() }));
  must(await pull(a.desk));
  must(await holdToRegister(a.desk, id, secretary));
  const seen = () => ({ id, revision: readFiling(a.desk.store.read, id)!.revision, actor: secretary });
  must(flagFiling(a.desk.registration, seen(), [{ code: 'signature', note: null }]));
  must(registerFiling(a.desk.registration, seen(), { joinsCase: null }));
  await round(a.desk);
  return { id, number: cabinetNumber };
}
async function round(desk: Desk): Promise<void> {
  must(await syncOnce(desk));
  must(await pull(desk));
}
const look = (desk: Desk, filingId: string, role: 'secretary' | 'office-head' = 'secretary'): Proceedings =>
  readProceedings(desk.store.read, desk.reference, { filingId, role, now: desk.config.clock() })!;
const cabinet = (path: string) => fetch(`${court.registry.url}${path}`);
const cabinetJson = async <T>(path: string) => (await (await cabinet(path)).json()) as T;
const hearingsInCabinet = async ({ number }: Sent) => (await cabinetJson<CabinetHearings>(REGISTRY_PATHS.cabinetHearings(number))).hearings;

const plan = (filing: Sent, more: Partial<HearingPlan> = {}): HearingPlan => ({
  ...{ startsAt: '2030-12-03T05:00:00.000Z', place: 'Астана, Сарыарқа даңғылы, 1', room: '214', judgeId: judge, mode: 'in-person' },
  ...{ link: null, recordingNote: 'Отырыс бейнежазбаға түсіріледі' },
  recipients: [
    { name: SENDER, channel: 'cabinet', address: null, filingId: filing.id },
    { name: OTHER_SIDE, channel: 'post', address: null, filingId: null },
  ],
  ...more,
});
const set = (desk: Desk, filing: Sent, more: Partial<HearingPlan> = {}) =>
  setHearing(desk.proceedings, { filingId: filing.id, hearing: null, plan: plan(filing, more), actor: secretary });
const move = (desk: Desk, filing: Sent, id: string, revision: number, more: Partial<HearingPlan>) =>
  setHearing(desk.proceedings, { filingId: filing.id, hearing: { id, revision }, plan: plan(filing, more), actor: secretary });
const standings = (desk: Desk, filing: Sent) => look(desk, filing.id).hearings.map(({ standing }) => standing.state);
const actions = (desk: Desk, filing: Sent) =>
  desk.store.read
    .all<{ action: string }>('SELECT action FROM journal WHERE subject = ? ORDER BY seq', filing.id)
    .map(({ action }) => action);

describe('a hearing', () => {
  it('is set, read in the cabinet, moved, read again and cancelled; what became of each notice comes back, and every desk sees it', async () => {
    const filing = await registered();
    const { hearingId } = must(set(a.desk, filing));
    expect(standings(a.desk, filing)).toEqual(['waiting']);
    await round(a.desk);
    expect(standings(a.desk, filing)).toEqual(['confirmed']);
    const [first] = await hearingsInCabinet(filing);
    expect(first).toMatchObject({
      id: hearingId,
      startsAt: '2030-12-03T05:00:00.000Z',
      room: '214',
      recordingNote: 'Отырыс бейнежазбаға түсіріледі',
    });
    await round(a.desk);
    expect(look(a.desk, filing.id).deliveries).toMatchObject([
      { notice: 'hearing-set', name: SENDER, state: 'delivered', subject: hearingId },
    ]);
    expect(keepDeliveries(a.desk.store, must(await a.desk.client.deliveries(filing.id)))).toBe(true);
    expect(look(a.desk, filing.id).deliveries).toContainEqual(
      expect.objectContaining({ name: OTHER_SIDE, channel: 'post', state: 'waiting' }),
    );

    await round(b.desk);
    expect(look(b.desk, filing.id).hearings).toMatchObject([
      { id: hearingId, revision: 1, judgeId: judge, standing: { state: 'confirmed' } },
    ]);
    must(move(b.desk, filing, hearingId, 1, { startsAt: '2030-12-04T06:30:00.000Z', mode: 'video', link: 'https://video.example.kz/r/7' }));
    await round(b.desk);
    await round(a.desk);
    expect(look(a.desk, filing.id).hearings).toMatchObject([
      { revision: 2, startsAt: '2030-12-04T06:30:00.000Z', mode: 'video', held: null },
    ]);
    const [moved] = await hearingsInCabinet(filing);
    expect(moved!.changes.map(({ event }) => event)).toEqual(['hearing-set', 'hearing-moved']);
    expect(moved).toMatchObject({ startsAt: '2030-12-04T06:30:00.000Z', link: 'https://video.example.kz/r/7' });

    must(cancelHearing(a.desk.proceedings, { hearingId, reason: 'Судья ауырып қалды', actor: secretary }));
    await round(a.desk);
    await round(b.desk);
    for (const { desk } of court.desks) {
      expect(look(desk, filing.id).hearings[0]!.cancelledAt).not.toBeNull();
      expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
      expect(desk.store.read.all('SELECT * FROM feed_deferred')).toEqual([]);
    }
    expect(cancelHearing(a.desk.proceedings, { hearingId, reason: null, actor: secretary })).toMatchObject({
      error: { code: 'move-not-allowed' },
    });
    expect(actions(a.desk, filing)).toEqual(expect.arrayContaining(['hearing.set', 'hearing.confirmed', 'hearing.cancelled']));
  });

  it('that was set and moved without a line is sent later, once and in this order, and is nowhere called told before', async () => {
    const filing = await registered();
    a.cable.out = true;
    const { hearingId } = must(set(a.desk, filing));
    must(move(a.desk, filing, hearingId, 1, { room: '301' }));
    must(await issueSummons(a.desk.proceedings, { hearingId, revision: 2, recipients: plan(filing).recipients, actor: secretary }));
    await push(a.desk);
    expect(look(a.desk, filing.id).hearings).toMatchObject([{ revision: 2, standing: { state: 'waiting' } }]);
    expect(look(a.desk, filing.id).hearings[0]!.summonses.map(({ standing }) => standing.state)).toEqual(['waiting', 'waiting']);
    expect(await hearingsInCabinet(filing)).toEqual([]);
    await a.plugIn();
    a.cable.losesAnswers = 2; // what was sent and not answered is asked again
    await push(a.desk);
    await a.plugIn();
    await round(a.desk);
    await round(a.desk);
    expect(look(a.desk, filing.id).hearings).toMatchObject([{ revision: 2, room: '301', standing: { state: 'confirmed' } }]);
    const [hearing] = await hearingsInCabinet(filing);
    expect(hearing!.changes.map(({ event }) => event)).toEqual(['hearing-set', 'hearing-moved']);
    expect(hearing!.summonses).toHaveLength(1); // the other side reads nowhere
  });

  it('summons each person by a paper, which the cabinet gives out as it was drawn', async () => {
    const filing = await registered();
    const { hearingId } = must(set(a.desk, filing));
    expect(
      await issueSummons(a.desk.proceedings, { hearingId, revision: 9, recipients: plan(filing).recipients, actor: secretary }),
    ).toMatchObject({
      error: { code: 'stale-revision' },
    });
    must(await issueSummons(a.desk.proceedings, { hearingId, revision: 1, recipients: plan(filing).recipients, actor: secretary }));
    await round(a.desk);
    await round(b.desk);
    const { summonses } = look(b.desk, filing.id).hearings[0]!;
    expect(summonses.map(({ name, standing }) => [name, standing.state])).toEqual([
      [SENDER, 'confirmed'],
      [OTHER_SIDE, 'confirmed'],
    ]);
    const own = summonses.find(({ name }) => name === SENDER)!;
    const paper = new Uint8Array(await (await cabinet(REGISTRY_PATHS.cabinetSummons(filing.number, own.id))).arrayBuffer());
    expect(sha256Of(paper)).toBe(own.sha256);
    await round(a.desk);
    expect(look(a.desk, filing.id).deliveries).toContainEqual(
      expect.objectContaining({ notice: 'summons', subject: own.id, state: 'delivered' }),
    );
  });

  it('that another desk has moved meanwhile is parked with its reason; a person takes what the registry holds', async () => {
    const filing = await registered();
    const { hearingId } = must(set(a.desk, filing));
    await round(a.desk);
    await round(b.desk);
    a.cable.out = true;
    must(move(a.desk, filing, hearingId, 1, { room: '301' }));
    must(move(b.desk, filing, hearingId, 1, { room: '404' }));
    await round(b.desk);
    await a.plugIn();
    await round(a.desk);
    const [parked] = outboxOf(a.desk).parked;
    expect(parked).toMatchObject({ kind: 'hearing.set', code: 'hearing-outdated', subject: filing.id });
    expect(look(a.desk, filing.id).hearings).toMatchObject([
      { room: '301', standing: { state: 'refused', code: 'hearing-outdated' }, held: { room: '404' } },
    ]);
    must(await takeOverRegistry(a.desk, parked!.id, { actor: secretary, reason: 'Орталықтағы дұрыс', isHead: false }));
    expect(look(a.desk, filing.id).hearings).toMatchObject([{ room: '404', revision: 2, standing: { state: 'confirmed' } }]);
    must(move(a.desk, filing, hearingId, 2, { room: '500' }));
    await round(a.desk);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect((await hearingsInCabinet(filing))[0]).toMatchObject({ room: '500' });
  });

  it('warns of a day off and of a judge or a room at the same time, and is set all the same', async () => {
    const filing = await registered();
    const { hearingId } = must(set(a.desk, filing));
    const warn = (startsAt: string, more: object = {}) =>
      hearingWarnings(a.desk.store.read, a.desk.reference, { hearingId: null, startsAt, room: '214', judgeId: judge, ...more }).map(
        ({ code }) => code,
      );
    expect(warn('2030-12-03T05:29:00.000Z')).toEqual(['judge-busy', 'room-busy']);
    expect(warn('2030-12-03T05:30:00.000Z')).toEqual([]);
    expect(warn('2030-12-03T05:00:00.000Z', { room: '1', judgeId: null })).toEqual([]);
    expect(warn('2030-12-03T05:00:00.000Z', { hearingId })).toEqual([]);
    expect(warn('2030-11-30T19:00:00.000Z')).toEqual(['day-off']); // Sunday 1 December at midnight here
    must(set(a.desk, filing));
    await round(a.desk);
    expect(readHearingDay(a.desk.store.read, a.desk.reference, '2030-12-03')).toMatchObject({
      isCourtDay: true,
      hearings: [{ filingId: filing.id, parties: `${SENDER} – ${OTHER_SIDE}` }, { filingId: filing.id }],
    });
    expect(readHearingDay(a.desk.store.read, a.desk.reference, '2030-12-04').hearings).toEqual([]);
  });

  it('that cannot be is not set, and nothing is queued', async () => {
    const filing = await registered();
    for (const [more, field] of [
      [{ startsAt: '2020-01-01T05:00:00.000Z' }, 'startsAt'],
      [{ mode: 'video' as const }, 'link'],
      [{ judgeId: secretary }, 'judgeId'],
    ] as const)
      expect(set(a.desk, filing, more)).toMatchObject({ error: { code: 'input-invalid', params: { field } } });
    const unregistered = await court.submit();
    must(await pull(a.desk));
    expect(set(a.desk, { id: unregistered, number: '' })).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(outboxOf(a.desk).waiting).toBe(0);
    expect(a.desk.store.read.all('SELECT id FROM hearing')).toEqual([]);
  });
});

describe('a request', () => {
  it('is fulfilled when the registry says so, and the cabinet gives out the same bytes', async () => {
    const request = await registered('minutes_request');
    const bytes = Buffer.from('%PDF-1.7 хаттама');
    const paper = must(await a.desk.blobs.putBytes(new Uint8Array(bytes)));
    const document = { ...paper, title: 'Сот отырысының хаттамасы', fileName: 'hattama.pdf' };
    const answer = (more: object = {}) =>
      fulfilRequest(a.desk.proceedings, {
        filingId: request.id,
        documents: [document],
        note: ' Хаттама берілді ',
        actor: secretary,
        ...more,
      });
    expect(answer({ documents: [], note: '  ' })).toMatchObject({ error: { code: 'input-invalid' } });
    expect(answer({ documents: [{ ...document, sha256: 'a'.repeat(64) }] })).toMatchObject({ error: { code: 'document-missing' } });
    a.desk.store.write((tx) => keepDraft(tx, { user: secretary, filingId: request.id, form: 'answer' }, '{}', a.desk.config.clock()));
    must(answer());
    expect(readDraft(a.desk.store.read, { user: secretary, filingId: request.id, form: 'answer' })).toBeNull();
    expect(answer()).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(readFiling(a.desk.store.read, request.id)!.state).toBe('registered');
    expect(look(a.desk, request.id)).toMatchObject({ isRequest: true, fulfilment: { standing: { state: 'waiting' } } });
    await round(a.desk);
    await round(b.desk);
    for (const { desk } of court.desks) {
      expect(readFiling(desk.store.read, request.id)!.state).toBe('fulfilled');
      expect(look(desk, request.id).fulfilment).toMatchObject({
        documents: [document],
        note: 'Хаттама берілді',
        standing: { state: 'confirmed' },
      });
      expect(look(desk, request.id).allowed).not.toContain('fulfil');
    }
    const given = await cabinetJson<Fulfilment>(REGISTRY_PATHS.cabinetFulfilment(request.number));
    expect(given.documents).toEqual([document]);
    const got = await cabinet(REGISTRY_PATHS.cabinetFulfilmentDocument(request.number, paper.sha256));
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
    const claim = await registered();
    expect(fulfilRequest(a.desk.proceedings, { filingId: claim.id, documents: [], note: 'x', actor: secretary })).toMatchObject({
      error: { code: 'move-not-allowed' },
    });
  });
});

describe('the case file', () => {
  it('is opened until a time; a look into it arrives at the desk; closed again, nothing can be seen', async () => {
    const filing = await registered();
    const [open] = look(a.desk, filing.id, 'office-head').caseFile;
    expect(open).toMatchObject({ title: 'Талап қою', sha256: sha256Of(PAPER) });
    const grant = { filingId: filing.id, person: SENDER, documents: [open!.sha256], until: '2030-12-31T18:00:00.000Z', actor: head };
    expect(grantCaseFile(a.desk.proceedings, { ...grant, documents: ['a'.repeat(64)] })).toMatchObject({
      error: { params: { field: 'documents' } },
    });
    expect(grantCaseFile(a.desk.proceedings, { ...grant, until: '2020-01-01T00:00:00.000Z' })).toMatchObject({
      error: { params: { field: 'until' } },
    });
    const { grantId } = must(grantCaseFile(a.desk.proceedings, grant));
    expect(look(a.desk, filing.id).grants).toMatchObject([{ grantedAt: null, standing: { state: 'waiting' }, looks: [] }]);
    await round(a.desk);
    expect((await cabinetJson<CaseFile>(REGISTRY_PATHS.cabinetCaseFile(filing.number))).documents).toMatchObject([{ grantId }]);
    const see = () => cabinet(REGISTRY_PATHS.cabinetCaseFileDocument(filing.number, open!.sha256));
    expect(Buffer.from(await (await see()).arrayBuffer()).equals(PAPER)).toBe(true);
    await round(a.desk);
    expect(look(a.desk, filing.id).grants).toMatchObject([{ standing: { state: 'confirmed' }, looks: [{ title: 'Талап қою' }] }]);
    must(withdrawCaseFile(a.desk.proceedings, { grantId, reason: 'Іс жабық отырыста қаралады', actor: head }));
    await round(a.desk);
    await round(b.desk);
    expect((await see()).status).toBe(404);
    expect(look(b.desk, filing.id).grants).toMatchObject([{ reason: 'Іс жабық отырыста қаралады', withdrawnAt: expect.any(String) }]);
    expect(look(a.desk, filing.id, 'secretary').allowed).not.toContain('grant');
  });
});

describe('a survey', () => {
  it('is asked once, answered in the cabinet, shown with the filing and summed without names', async () => {
    const filing = await registered();
    const { surveyId } = must(askSurvey(a.desk.proceedings, { filingId: filing.id, questionSet: 'registration-1', actor: secretary }));
    expect(askSurvey(a.desk.proceedings, { filingId: filing.id, questionSet: 'registration-1', actor: secretary })).toMatchObject({
      error: { code: 'move-not-allowed' },
    });
    await round(a.desk);
    const answers = [
      { question: 'ease', value: 4 },
      { question: 'time', value: 5 },
      { question: 'visit', value: false },
      { question: 'words', value: 'Бәрі түсінікті' },
    ];
    const answered = await fetch(`${court.registry.url}${REGISTRY_PATHS.cabinetSurvey(filing.number, surveyId)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answers }),
    });
    expect(answered.status).toBe(200);
    await round(a.desk);
    await round(b.desk);
    const [survey] = look(b.desk, filing.id).surveys;
    expect(survey!.answers.map(({ question, value }) => [question.id, value])).toEqual(
      answers.map(({ question, value }) => [question, value]),
    );
    const sums = sumSurveys(b.desk.store.read, b.desk.reference).filter(({ questionSet }) => questionSet === 'registration-1');
    expect(sums.map(({ question, count, mean }) => [question.id, count, mean])).toEqual([
      ['ease', 1, 4],
      ['time', 1, 5],
      ['visit', 1, 0],
      ['words', 1, null],
    ]);
    expect(JSON.stringify(sums)).not.toContain(SENDER);
    expect(sums.at(-1)!.texts).toEqual(['Бәрі түсінікті']);
  });
});
