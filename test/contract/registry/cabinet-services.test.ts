import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandAnswer, CommandPayload, FilingSubmission, Recipient } from '../../../shared/registry/index.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const CASE = '9900-26-00-2/1';
const SENDER = 'Әлия Қуанышқызы Өмірбекова';
const START = Date.parse('2026-11-21T10:00:00.000Z');

const table = readFileSync(new URL('../../../resources/reference/document_types.csv', import.meta.url), 'utf8');
/** Everything that can be sent to a court; the rest of the table is what courts give. */
const INCOMING_KINDS = parse<{ id: string }>(table, { columns: true })
  .map(({ id }) => id)
  .filter((id) => !id.startsWith('act_') && !['writ', 'minutes', 'summons', 'talon'].includes(id));

describeOnEveryDatabase('what the court gives the filer', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let clerk: string;
  let judge: string;
  let nowMs = START;
  /** Later, with a new access token. */
  const minutes = async (count: number) => {
    nowMs += count * 60_000;
    await desk.renewToken();
  };
  const now = () => new Date(nowMs).toISOString();

  beforeAll(async () => {
    open = await openRegistry(fresh, { clock: now });
    desk = await open.desk();
    clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
    judge = await keepUser(open.client, open.registry, '9900', ['judge'], { name: 'Ерлан Қасымұлы' });
  });
  afterAll(() => open?.registry.close());

  const outcome = ({ outcome, code }: CommandAnswer) => [outcome, code];
  const get = async (operationId: string, cabinetNumber: string, more: Record<string, string> = {}) =>
    (await open.client.call(operationId, { path: { number: cabinetNumber, ...more } })).json;
  const submit = (more: Partial<FilingSubmission> = {}) => submitFiling(open.client, '9900', randomUUID(), more);
  const paper = async (text: string) => ({ ...(await desk.upload(Buffer.from(text))), title: text, fileName: 'paper.pdf' });

  async function register(filingId: string, joinsCase: string | null = null): Promise<string> {
    const { first } = await desk.lease('incoming', 1);
    const incomingNumber = `9900-26-${String(first).padStart(6, '0')}`;
    await desk.take(filingId, clerk);
    const registering = { registeredAt: now(), verdict: 'valid' as const, flagged: false, defects: [] };
    const answer = await desk.send('filing.register', { filingId, incomingNumber, caseNumber: null, joinsCase, ...registering }, clerk);
    expect(outcome(answer)).toEqual(['applied', null]);
    return incomingNumber;
  }
  async function registered(more: Partial<FilingSubmission> = {}, joinsCase: string | null = null) {
    const filing = await submit(more);
    return { ...filing, incomingNumber: await register(filing.id, joinsCase) };
  }
  const newHearing = (more: Partial<CommandPayload<'hearing.set'>> = {}): CommandPayload<'hearing.set'> => ({
    ...{ hearingId: randomUUID(), filingId: null, caseNumber: CASE, revision: 1, startsAt: '2026-12-01T05:00:00Z' },
    ...{
      place: 'Астана, Сарыарқа даңғылы 1',
      room: '214',
      judgeId: judge,
      mode: 'in-person',
      link: null,
      recordingNote: null,
      recipients: [],
    },
    ...more,
  });
  async function told(work: () => Promise<unknown>) {
    const before = (await desk.feed()).length;
    await work();
    return desk.feed(before);
  }

  it.each(INCOMING_KINDS)('%s goes to its court as it was sent', async (kind) => {
    const [item] = await told(() => submit({ kind, case: CASE, documents: [] }));
    expect([item?.kind, (item?.data as FilingSubmission).kind, (item?.data as FilingSubmission).case]).toEqual([
      'filing.submitted',
      kind,
      CASE,
    ]);
  });
  it('the table of kinds has requests that belong to a case', () => {
    for (const kind of ['minutes_request', 'av_record_request', 'copy_request', 'writ_request', 'minutes_remarks', 'case_access'])
      expect(INCOMING_KINDS).toContain(kind);
  });

  it('a hearing is set, moved and cancelled; its people read each step, others nothing', async () => {
    const filing = await registered({}, CASE);
    const stranger = await registered({}, CASE);
    const recipients: Recipient[] = [{ name: SENDER, channel: 'cabinet', filingId: filing.id }];
    const hearing = newHearing({ recipients, recordingNote: 'Отырыс жазылады' });
    const set = (more: Partial<CommandPayload<'hearing.set'>>, by = clerk) => desk.send('hearing.set', { ...hearing, ...more }, by);
    const [changed, ...rest] = await told(async () => expect(outcome(await set({}))).toEqual(['applied', null]));
    expect([changed?.kind, changed?.subject, changed?.data, rest]).toEqual([
      'hearing.changed',
      hearing.hearingId,
      { ...hearing, cancelledAt: null, cancelReason: null },
      [],
    ]);
    const first = now();
    const { hearings } = await get('listHearings', filing.cabinetNumber);
    expect(hearings).toEqual([
      {
        ...{ id: hearing.hearingId, caseNumber: CASE, startsAt: hearing.startsAt, place: hearing.place, room: '214', mode: 'in-person' },
        ...{ link: null, recordingNote: 'Отырыс жазылады', judge: 'Ерлан Қасымұлы', cancelledAt: null, summonses: [] },
        changes: [{ event: 'hearing-set', at: first, startsAt: hearing.startsAt }],
      },
    ]);
    expect((await get('listHearings', stranger.cabinetNumber)).hearings).toEqual([]);

    await minutes(5);
    const moved = { revision: 2, startsAt: '2026-12-02T05:00:00Z', mode: 'video', link: 'https://video.example.kz/r/7' } as const;
    expect(outcome(await set(moved))).toEqual(['applied', null]);
    expect(await told(() => set(moved))).toEqual([]); // another desk moved it in the same way
    expect(outcome(await set({ revision: 2 }))).toEqual(['conflict', 'hearing-outdated']);
    expect(outcome(await set({}))).toEqual(['conflict', 'hearing-outdated']);
    expect(outcome(await set({ revision: 3, caseNumber: null, filingId: filing.id }))).toEqual(['refused', 'input-invalid']);
    const second = now();
    await minutes(5);
    const cancel = () => desk.send('hearing.cancel', { hearingId: hearing.hearingId, reason: 'Судья ауырып қалды' }, judge);
    expect(outcome(await cancel())).toEqual(['applied', null]);
    expect(outcome(await cancel())).toEqual(['conflict', 'hearing-cancelled']);
    expect(outcome(await set({ revision: 4 }))).toEqual(['conflict', 'hearing-cancelled']);
    const [ended] = (await get('listHearings', filing.cabinetNumber)).hearings;
    expect(ended).toMatchObject({ startsAt: moved.startsAt, link: moved.link, cancelledAt: now() });
    expect(ended.changes.map((change: { event: string; at: string }) => [change.event, change.at])).toEqual([
      ['hearing-set', first],
      ['hearing-moved', second],
      ['hearing-cancelled', now()],
    ]);
    expect(JSON.stringify(ended)).not.toContain('ауырып');
  });

  it('a hearing that cannot be is not set', async () => {
    const received = await submit();
    const tryIt = async (more: Partial<CommandPayload<'hearing.set'>>, by: string | null = clerk) =>
      outcome(await desk.send('hearing.set', newHearing(more), by));
    expect(await tryIt({ caseNumber: null, filingId: received.id })).toEqual(['conflict', 'move-not-allowed']);
    expect(await tryIt({ caseNumber: '9900-26-00-2/999' })).toEqual(['conflict', 'case-unknown']);
    expect(await tryIt({ caseNumber: null, filingId: randomUUID() })).toEqual(['refused', 'not-found']);
    expect(await tryIt({ filingId: received.id })).toEqual(['refused', 'input-invalid']);
    expect(await tryIt({ caseNumber: null })).toEqual(['refused', 'input-invalid']);
    expect(await tryIt({ mode: 'video' })).toEqual(['refused', 'input-invalid']);
    expect(await tryIt({ mode: 'video', link: 'javascript:alert(1)' })).toEqual(['refused', 'input-invalid']);
    expect(await tryIt({ link: 'https://video.example.kz/' })).toEqual(['refused', 'input-invalid']);
    expect(await tryIt({ judgeId: clerk })).toEqual(['refused', 'role-not-allowed']);
    expect(await tryIt({ recipients: [{ name: 'Ә', channel: 'cabinet', filingId: randomUUID() }] })).toEqual(['refused', 'not-found']);
    expect(await tryIt({}, null)).toEqual(['refused', 'user-unknown']);
    const admin = await keepUser(open.client, open.registry, '9900', ['admin']);
    expect(await tryIt({}, admin)).toEqual(['refused', 'role-not-allowed']);
    expect(outcome(await desk.send('hearing.cancel', { hearingId: randomUUID(), reason: null }, clerk))).toEqual(['refused', 'not-found']);
  });

  it('a summons is read by the person summoned alone', async () => {
    const summoned = await registered({}, CASE);
    const other = await registered({}, CASE);
    const hearing = newHearing();
    await desk.send('hearing.set', hearing, clerk);
    const pdf = await desk.upload(Buffer.from('%PDF сотқа шақыру'));
    const summons = {
      summonsId: randomUUID(),
      hearingId: hearing.hearingId,
      recipient: { name: SENDER, channel: 'cabinet', filingId: summoned.id },
      ...pdf,
    } as const;
    const items = await told(async () => expect(outcome(await desk.send('summons.issue', summons, clerk))).toEqual(['applied', null]));
    expect(items.map(({ kind, data }) => [kind, data])).toEqual([['summons.issued', { ...summons, issuedAt: now() }]]);
    expect(outcome(await desk.send('summons.issue', summons, clerk))).toEqual(['conflict', 'summons-issued']);
    expect(outcome(await desk.send('summons.issue', { ...summons, summonsId: randomUUID(), size: 1 }, clerk))).toEqual([
      'refused',
      'document-missing',
    ]);
    const path = (number: string) => ({ path: { number, summonsId: summons.summonsId } });
    expect((await open.client.call('readSummons', path(other.cabinetNumber))).status).toBe(404);
    const read = await told(async () =>
      expect((await open.client.call('readSummons', path(summoned.cabinetNumber))).bytes.toString()).toBe('%PDF сотқа шақыру'),
    );
    expect(read.map(({ kind, data }) => [kind, (data as { state: string }).state])).toEqual([['delivery.changed', 'delivered']]);
    expect((await get('listHearings', summoned.cabinetNumber)).hearings[0].summonses).toEqual([{ id: summons.summonsId, issuedAt: now() }]);
    await desk.send('hearing.cancel', { hearingId: hearing.hearingId, reason: null }, clerk);
    expect(outcome(await desk.send('summons.issue', { ...summons, summonsId: randomUUID() }, clerk))).toEqual([
      'conflict',
      'hearing-cancelled',
    ]);
  });

  it('a request is fulfilled once, with papers or a note, and its sender alone gets them', async () => {
    const request = await registered({ kind: 'minutes_request', case: CASE }, CASE);
    const fulfil = (more: Partial<CommandPayload<'request.fulfil'>>, by = clerk) =>
      desk.send('request.fulfil', { filingId: request.id, documents: [], note: null, ...more }, by);
    expect(outcome(await fulfil({}))).toEqual(['refused', 'input-invalid']);
    expect(outcome(await fulfil({ note: '  ' }))).toEqual(['refused', 'input-invalid']);
    const minutesOfHearing = await paper('%PDF хаттама');
    expect(outcome(await fulfil({ documents: [{ ...minutesOfHearing, size: 1 }] }))).toEqual(['refused', 'document-missing']);
    const claim = await registered();
    expect(outcome(await fulfil({ filingId: claim.id, note: 'x' }))).toEqual(['conflict', 'not-a-request']);
    const unregistered = await submit({ kind: 'copy_request' });
    expect(outcome(await fulfil({ filingId: unregistered.id, note: 'x' }))).toEqual(['conflict', 'move-not-allowed']);

    const given = { documents: [minutesOfHearing], note: 'Хаттама берілді' };
    const items = await told(async () => expect((await fulfil(given)).filing?.state).toBe('fulfilled'));
    expect(items.map(({ kind }) => kind)).toEqual(['request.fulfilled', 'filing.changed']);
    expect(items[0]?.data).toEqual({ filingId: request.id, ...given, fulfilledAt: now() });
    expect(outcome(await fulfil(given))).toEqual(['conflict', 'move-not-allowed']);
    expect(await get('readFulfilment', request.cabinetNumber)).toEqual({ ...given, fulfilledAt: now() });
    const document = (number: string) => open.client.call('readFulfilmentDocument', { path: { number, sha256: minutesOfHearing.sha256 } });
    expect((await document(request.cabinetNumber)).bytes.toString()).toBe('%PDF хаттама');
    expect((await document(claim.cabinetNumber)).status).toBe(404);
  });

  it('the case file is open as far and as long as it was granted, and each look is told', async () => {
    const request = await registered({ kind: 'case_access', case: CASE }, CASE);
    const other = await registered();
    const [seen, unseen] = [await paper('%PDF бірінші бет'), await paper('%PDF екінші бет')];
    const until = new Date(nowMs + 3_600_000).toISOString();
    const grant = { grantId: randomUUID(), filingId: request.id, person: SENDER, documents: [seen], until };
    const send = (more: object = {}, by = judge) => desk.send('case-file.grant', { ...grant, ...more }, by);
    expect(outcome(await send({}, clerk))).toEqual(['refused', 'role-not-allowed']);
    expect(outcome(await send())).toEqual(['applied', null]);
    expect(outcome(await send())).toEqual(['conflict', 'grant-made']);
    const look = async (sha256: string, number = request.cabinetNumber, headers: Record<string, string> = {}) =>
      (await open.client.call('readCaseFileDocument', { path: { number, sha256 }, headers })).status;
    const looks = await told(async () => {
      expect(await look(seen.sha256)).toBe(200);
      expect(await look(seen.sha256, request.cabinetNumber, { range: 'bytes=1-2' })).toBe(206);
    });
    expect(looks.map(({ kind, data }) => [kind, data])).toEqual([
      ['case-file.seen', { grantId: grant.grantId, filingId: request.id, sha256: seen.sha256, at: now() }],
    ]);
    await minutes(10);
    expect(await told(() => look(seen.sha256))).toHaveLength(1);
    const nothing = await told(async () => {
      expect(await look(unseen.sha256)).toBe(404);
      expect(await look(seen.sha256, other.cabinetNumber)).toBe(404);
    });
    expect(nothing).toEqual([]);

    const second = { grantId: randomUUID(), documents: [unseen], until: new Date(nowMs + 30 * 60_000).toISOString() };
    await send(second);
    expect((await get('readCaseFile', request.cabinetNumber)).documents.map((d: { title: string }) => d.title)).toEqual([
      '%PDF бірінші бет',
      '%PDF екінші бет',
    ]);
    await minutes(30);
    expect(await look(unseen.sha256)).toBe(404); // its time is over
    const withdraw = (by = judge) =>
      desk.send('case-file.withdraw', { grantId: grant.grantId, filingId: request.id, reason: 'Іс жабық' }, by);
    expect(outcome(await withdraw(clerk))).toEqual(['refused', 'role-not-allowed']);
    const [withdrawn] = await told(async () => expect(outcome(await withdraw())).toEqual(['applied', null]));
    expect(withdrawn?.data).toMatchObject({ grantId: grant.grantId, withdrawnAt: now(), reason: 'Іс жабық' });
    expect(outcome(await withdraw())).toEqual(['conflict', 'grant-withdrawn']);
    expect(await look(seen.sha256)).toBe(404);
    expect((await get('readCaseFile', request.cabinetNumber)).documents).toEqual([]);
  });

  it('a survey is answered in its own way and the court hears it', async () => {
    const filing = await registered();
    const survey = { surveyId: randomUUID(), filingId: filing.id, step: 'hearing', questionSet: 'hearing-1' };
    expect(outcome(await desk.send('survey.ask', { ...survey, questionSet: 'constructor' }, clerk))).toEqual([
      'conflict',
      'question-set-unknown',
    ]);
    expect(outcome(await desk.send('survey.ask', survey, clerk))).toEqual(['applied', null]);
    expect(outcome(await desk.send('survey.ask', survey, clerk))).toEqual(['conflict', 'survey-asked']);
    const answer = async (answers: object[]) =>
      (await open.client.call('answerSurvey', { path: { number: filing.cabinetNumber, surveyId: survey.surveyId }, json: { answers } }))
        .status;
    const good = [
      { question: 'notice', value: 4 },
      { question: 'on-time', value: true },
      { question: 'courtesy', value: 5 },
      { question: 'words', value: 'Рақмет' },
    ];
    const wrong = [
      [],
      good.slice(1),
      [...good, { question: 'notice', value: 4 }],
      [...good, { question: 'other', value: 4 }],
      [{ question: 'notice', value: 6 }, ...good.slice(1)],
      [{ question: 'notice', value: 'жақсы' }, ...good.slice(1)],
      [...good.slice(0, 3), { question: 'words', value: 'ж'.repeat(2001) }],
    ];
    const nothing = await told(async () => {
      for (const answers of wrong) expect(await answer(answers)).toBe(400);
    });
    expect(nothing).toEqual([]);
    const items = await told(async () => {
      expect(await answer(good)).toBe(200);
      expect(await answer(good)).toBe(200);
      expect(await answer(good.slice(0, 3))).toBe(409);
    });
    expect(items.map(({ kind, data }) => [kind, data])).toEqual([['survey.answered', { ...survey, answers: good, answeredAt: now() }]]);
  });

  it('the timeline tells what happened when, and nothing of what was not dispatched', async () => {
    const sent = now();
    const filing = await submit();
    await minutes(1);
    const registeredAt = now();
    await register(filing.id);
    await minutes(1);
    const withJudge = now();
    await desk.send('filing.send-to-judge', { filingId: filing.id, judgeId: judge }, clerk);
    await minutes(1);
    const act = { actId: randomUUID(), ...(await desk.upload(Buffer.from('%PDF ұйғарым'))) };
    const issue = { ...act, filingId: filing.id, kind: 'ruling-accept', level: 'B', signedAt: now(), state: 'accepted' } as const;
    await desk.send('act.issue', issue, judge);
    const accepted = now();
    const events = async () => (await get('readFilingStatus', filing.cabinetNumber)).timeline;
    const before = [
      { event: 'sent', at: sent, subject: null },
      { event: 'received', at: sent, subject: null },
      { event: 'registered', at: registeredAt, subject: null },
      { event: 'with-judge', at: withJudge, subject: null },
      { event: 'accepted', at: accepted, subject: null },
    ];
    expect(await events()).toEqual(before);
    await minutes(1);
    await desk.send('act.dispatch', { actId: act.actId, filingId: filing.id, recipients: [] }, judge);
    const dispatched = now();
    await minutes(1);
    const hearing = newHearing({ caseNumber: null, filingId: filing.id });
    await desk.send('hearing.set', hearing, clerk);
    expect(await events()).toEqual([
      ...before,
      { event: 'act-dispatched', at: dispatched, subject: act.actId },
      { event: 'hearing-set', at: now(), subject: hearing.hearingId },
    ]);
  });

  it('what was read in the cabinet is delivered, to the one who read it', async () => {
    const filing = await registered({
      parties: [
        { side: 'claimant', type: 'person', name: SENDER },
        { side: 'respondent', type: 'person', name: 'Болат Сейітов' },
      ],
    });
    const act = { actId: randomUUID(), ...(await desk.upload(Buffer.from('%PDF акт'))) };
    const issue = { ...act, filingId: filing.id, kind: 'ruling-accept', level: 'B', signedAt: now(), state: 'accepted' } as const;
    await desk.send('act.issue', issue, judge);
    const recipients: Recipient[] = [
      { name: SENDER, channel: 'cabinet' },
      { name: 'Болат Сейітов', channel: 'cabinet' },
      { name: 'Болат Сейітов', channel: 'post' },
      { name: 'Болат Сейітов', channel: 'sms' },
    ];
    await desk.send('act.dispatch', { actId: act.actId, filingId: filing.id, recipients }, judge);
    const states = async () => {
      const { deliveries } = (await desk.call('listDeliveries', { path: { id: filing.id } })).json;
      return deliveries
        .slice(1)
        .map((d: { name: string; channel: string; state: string; reason: string }) => [d.name, d.channel, d.state, d.reason]);
    };
    const waiting = [
      [SENDER, 'cabinet', 'waiting', null],
      ['Болат Сейітов', 'cabinet', 'waiting', null],
      ['Болат Сейітов', 'post', 'waiting', null],
      ['Болат Сейітов', 'sms', 'failed', 'address-missing'],
    ];
    expect(await states()).toEqual(waiting);
    const read = await told(async () => {
      for (let again = 0; again < 2; again++)
        await open.client.call('readAct', { path: { number: filing.cabinetNumber, actId: act.actId } });
    });
    expect(read.map(({ kind }) => kind)).toEqual(['delivery.changed']);
    expect(await states()).toEqual([[SENDER, 'cabinet', 'delivered', null], ...waiting.slice(1)]);
  });
});
