import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listActs, reviewAct, signAct } from '../../../main/acts/index.ts';
import { finishWork, holdToRegister, makeDispatchPaper, outboxOf, pull, push, syncOnce, type Desk } from '../../../main/core/index.ts';
import {
  listDispatches,
  proposedRecipients,
  readDispatch,
  recordLetter,
  resendDispatch,
  sendDispatch,
} from '../../../main/dispatch/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { submitFiling } from '../../../main/sync/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { DispatchRecipient } from '../../../shared/contract/index.ts';
import { parseActCheck } from '../../../shared/domain/act-check.ts';
import { REGISTRY_PATHS } from '../../../shared/registry/index.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { pictureOf, readQr } from '../../unit/pdf/page-picture.ts';

let court: SharedCourt;
let [a, b]: [CourtDesk, CourtDesk] = [] as never;
let secretary: string;
let judge: string;

beforeEach(async () => {
  court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  [a, b] = court.desks as [CourtDesk, CourtDesk];
  [secretary, judge] = [court.userOf('secretary'), court.userOf('judge')];
});
afterEach(() => court.close());

const SENDER = 'Әлия Өмірбекова';
const OTHER_SIDE = 'Ғани Мысалов';
const ADDRESS = 'Алматы қаласы, Абай даңғылы, 1-үй';

async function round(desk: Desk): Promise<void> {
  must(await syncOnce(desk));
  must(await pull(desk));
}

/** A filing with a signed ruling at the first desk; the registry has not heard of the signature. */
async function signed(otherSide = OTHER_SIDE): Promise<{ id: string; number: string; actId: string }> {
  const parties = [
    { side: 'claimant', type: 'person', iin: '870131400012', name: SENDER, phone: '+7 701 000 00 01' },
    { side: 'respondent', type: 'person', name: otherSide, address: ADDRESS },
  ];
  const documents = [{ role: 'claim', title: 'Талап қою', file: 'talap.pdf', signatures: [] }];
  const folder = { court: '9900', kind: 'claim', language: 'kk' as const, parties, documents };
  const read = () => Promise.resolve(new Uint8Array(Buffer.from('%PDF-1.7 талап')));
  const sent = must(await submitFiling({ registryUrl: court.registry.url, folder, read, idempotencyKey: newId() }));
  must(await pull(a.desk));
  must(await holdToRegister(a.desk, sent.id, secretary));
  const { store, reference, config, registration, acts } = a.desk;
  const seen = () => ({ id: sent.id, revision: readFiling(store.read, sent.id)!.revision, actor: secretary });
  must(flagFiling(registration, seen(), [{ code: 'signature', note: null }]));
  must(registerFiling(registration, seen(), { joinsCase: null }));
  must(await finishWork(a.desk));
  await round(a.desk);
  const [act] = listActs(store.read, { reference, now: config.clock() }, judge, 'to-sign').filter(({ filingId }) => filingId === sent.id);
  must(reviewAct({ store, clock: config.clock }, { id: act!.id, revision: act!.revision, sha256: act!.sha256, actor: judge }));
  const file = path.join(profilePaths(config.profileDir).training, 'keys', 'judge.p12');
  const signing = { actId: act!.id, revision: act!.revision + 1, sha256: act!.sha256, actor: judge };
  const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
  must(await signAct({ ...acts, tokenHost }, { ...signing, key: { kind: 'pkcs12', file }, display: { title: '', lines: [] } }));
  return { id: sent.id, number: sent.cabinetNumber, actId: act!.id };
}
type Signed = Awaited<ReturnType<typeof signed>>;

const look = ({ desk }: CourtDesk, { actId }: Signed) =>
  must(readDispatch(desk.store.read, desk.reference, { actId, now: desk.config.clock(), judgeId: null }));
const of = (at: CourtDesk, act: Signed, name: string): DispatchRecipient | undefined =>
  look(at, act).act.recipients.find((recipient) => recipient.name === name);
const everyone = (at: CourtDesk, act: Signed) => proposedRecipients(look(at, act).people.map((person) => ({ ...person, proposed: true })));
const send = (at: CourtDesk, act: Signed) =>
  sendDispatch(at.desk.dispatch, { actId: act.actId, actor: secretary, recipients: everyone(at, act) });
const actions = ({ desk }: CourtDesk, { id }: Signed) =>
  desk.store.read.all<{ action: string }>('SELECT action FROM journal WHERE subject = ? ORDER BY seq', id).map(({ action }) => action);

describe('a signed act on its way to people', () => {
  it('is sent to nobody by the signature itself, and stands among what needs a hand', async () => {
    const act = await signed();
    await round(a.desk);
    const list = listDispatches(a.desk.store.read, { judgeId: null, filingId: null }, 'hand');
    expect(list.acts.map(({ actId, issued, recipients }) => [actId, issued, recipients])).toEqual([[act.actId, true, []]]);
    expect(list.acts[0]!.dispatched, 'nobody can check it yet').toBe(false);
    expect(await fetch(`${court.registry.url}${REGISTRY_PATHS.cabinetAct(act.number, act.actId)}`)).toMatchObject({ status: 404 });
  });

  it('is queued while the cable is out, behind the act itself, and is not called sent or issued before the registry says so', async () => {
    const act = await signed();
    must(send(a, act));
    expect(look(a, act).act.issued).toBe(false);
    expect([of(a, act, SENDER)?.state, of(a, act, OTHER_SIDE)?.state]).toEqual(['queued', 'queued']);
    expect(
      recordLetter(a.desk.dispatch, {
        actId: act.actId,
        id: of(a, act, OTHER_SIDE)!.id,
        event: 'handed-over',
        day: '2026-01-01',
        number: null,
        actor: secretary,
      }),
    ).toMatchObject({ ok: false });
    const kinds = a.desk.store.read
      .all<{ kind: string }>("SELECT kind FROM outbox WHERE state = 'waiting' ORDER BY position")
      .map(({ kind }) => kind);
    expect(kinds).toEqual(['act.issue', 'dispatch.send']);
    await round(a.desk);
    expect(look(a, act).act.issued).toBe(true);
    expect(of(a, act, OTHER_SIDE)).toMatchObject({ state: 'waiting', via: 'post', task: 'letter', standing: { state: 'confirmed' } });
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('is seen at every desk of the court, sent from another one, and read in the cabinet with its time', async () => {
    const act = await signed();
    await round(a.desk);
    must(await pull(b.desk));
    expect(look(b, act).act).toMatchObject({ issued: true, recipients: [], signedBy: expect.any(String) as string });
    must(send(b, act));
    must(await push(b.desk));
    must(await pull(a.desk));
    must(await pull(b.desk));
    for (const desk of [a, b]) expect(of(desk, act, SENDER)).toMatchObject({ via: 'push', state: 'waiting' });
    const file = await fetch(`${court.registry.url}${REGISTRY_PATHS.cabinetAct(act.number, act.actId)}`);
    expect(
      createHash('sha256')
        .update(new Uint8Array(await file.arrayBuffer()))
        .digest('hex'),
    ).toBe(look(a, act).act.sha256);
    for (const desk of [a, b]) {
      must(await pull(desk.desk));
      expect(of(desk, act, SENDER)).toMatchObject({ state: 'read', via: 'cabinet', task: null });
      expect(of(desk, act, SENDER)?.attempts.map(({ channel, outcome }) => [channel, outcome])).toEqual([
        ['cabinet', 'sent'],
        ['cabinet', 'read'],
      ]);
    }
  });

  it('two desks that send at once tell nobody twice', async () => {
    const act = await signed();
    await round(a.desk);
    must(await pull(b.desk));
    must(send(a, act));
    must(send(b, act));
    for (const { desk } of [a, b]) must(await push(desk));
    for (const desk of [a, b]) {
      must(await pull(desk.desk));
      expect(
        look(desk, act)
          .act.recipients.map(({ name }) => name)
          .sort(),
      ).toEqual([OTHER_SIDE, SENDER].sort());
      expect(outboxOf(desk.desk)).toMatchObject({ waiting: 0, parked: [] });
    }
    expect(look(a, act).people).toEqual([]);
  });

  it('a letter needs a person: address, sheet, handing over with number and day, return, another address with a reason, delivery', async () => {
    const act = await signed();
    await round(a.desk);
    const people = everyone(a, act).filter(({ name }) => name === OTHER_SIDE);
    const wrong = people.map((person) => ({ ...person, steps: [{ channel: 'post' as const, address: 'Абай', waitHours: null }] }));
    expect(sendDispatch(a.desk.dispatch, { actId: act.actId, actor: secretary, recipients: wrong })).toMatchObject({
      error: { code: 'address-unusable', params: { channel: 'post' } },
    });
    must(sendDispatch(a.desk.dispatch, { actId: act.actId, actor: secretary, recipients: people }));
    await round(a.desk);
    const { id } = of(a, act, OTHER_SIDE)!;
    const record = (event: 'handed-over' | 'delivered' | 'returned', day: string, number: string | null = null) =>
      recordLetter(a.desk.dispatch, { actId: act.actId, id, event, day, number, actor: secretary });
    expect(record('delivered', '2026-01-02')).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect(record('handed-over', '2999-01-01')).toMatchObject({ error: { code: 'input-invalid' } });
    must(record('handed-over', '2026-01-02', 'RR123456789KZ'));
    expect(of(a, act, OTHER_SIDE)).toMatchObject({ state: 'waiting', task: null, standing: { state: 'waiting' } });
    await round(a.desk);
    expect(of(a, act, OTHER_SIDE)).toMatchObject({ state: 'sent', via: 'post', letterGone: true });
    expect(of(a, act, OTHER_SIDE)?.attempts).toEqual([
      expect.objectContaining({
        channel: 'post',
        outcome: 'sent',
        reference: 'RR123456789KZ',
        at: '2026-01-02T07:00:00.000Z',
        by: expect.any(String) as string,
      }),
    ]);
    must(record('returned', '2026-01-09'));
    await round(a.desk);
    expect(of(a, act, OTHER_SIDE)).toMatchObject({ state: 'failed', task: 'failed', reason: 'letter-returned' });
    const steps = [{ channel: 'post' as const, address: 'Алматы қаласы, Төле би көшесі, 2-үй', waitHours: null }];
    must(resendDispatch(a.desk.dispatch, { actId: act.actId, id, steps, reason: 'жаңа мекенжайы анықталды', actor: secretary }));
    await round(a.desk);
    expect(of(a, act, OTHER_SIDE)).toMatchObject({ state: 'waiting', task: 'letter', steps });
    must(record('handed-over', '2026-01-10'));
    await round(a.desk);
    must(record('delivered', '2026-01-12'));
    await round(a.desk);
    expect(of(a, act, OTHER_SIDE)).toMatchObject({ state: 'delivered', task: null });
    expect(resendDispatch(a.desk.dispatch, { actId: act.actId, id, steps, reason: 'тағы', actor: secretary })).toMatchObject({
      error: { code: 'move-not-allowed' },
    });
    expect(actions(a, act).filter((action) => action.startsWith('dispatch.'))).toEqual([
      ...['dispatch.asked', 'dispatch.letter-handed-over', 'dispatch.letter-returned', 'dispatch.asked-again'],
      ...['dispatch.letter-handed-over', 'dispatch.letter-delivered'],
    ]);
  });

  it('somebody without any address is shown, and left to a person', async () => {
    const act = await signed();
    const [sender] = look(a, act).people.filter(({ name }) => name === SENDER);
    const nowhere = { ...sender!, name: OTHER_SIDE, filingId: null, steps: [{ channel: 'post' as const, address: null, waitHours: null }] };
    expect(proposedRecipients([{ ...nowhere, proposed: true }])).toEqual([]);
    expect(proposedRecipients(look(a, act).people).map(({ name }) => name)).toContain(SENDER);
  });

  it('its sheet leads to the signed original by a QR code, and changes not one byte of it', async () => {
    const act = await signed();
    await round(a.desk);
    const paper = (kind: 'check' | 'letter' | 'original' | 'protocol', id: string) =>
      makeDispatchPaper(a.desk, { paper: kind, id, madeBy: 'Әсел', judgeId: null });
    expect(await paper('check', act.actId)).toMatchObject({ error: { code: 'not-yet-issued' } });
    must(send(a, act));
    await round(a.desk);
    const { sha256 } = look(a, act).act;
    const original = must(await paper('original', act.actId));
    expect(original.sha256).toBe(sha256);
    const check = must(await paper('check', act.actId));
    const dir = tempDir();
    const save = async (name: string, stored: { sha256: string; size: number }) => {
      const file = path.join(dir, name);
      writeFileSync(file, (await a.desk.blobs.readAll(stored.sha256, stored.size))!);
      return file;
    };
    const sheet = await save('check.pdf', check);
    const text = readQr(pictureOf(sheet, 1, 150));
    expect(parseActCheck(text)).toMatchObject({ actId: act.actId, sha256, court: '9900' });
    const page = await (await fetch(`${court.registry.url}/check?lang=kk&number=${encodeURIComponent(text)}`)).text();
    expect(page).toContain('Түпнұсқа тізілімде бар');
    expect(page).toContain(sha256);
    const signedFile = await save('act.pdf', original);
    expect(createHash('sha256').update(readFileSync(signedFile)).digest('hex')).toBe(sha256);
    expect(execFileSync('pdfsig', ['-nocert', signedFile], { encoding: 'utf8' })).toContain('Signature #1');
    expect(execFileSync('pdftotext', ['-layout', sheet, '-'], { encoding: 'utf8' })).toContain('Бұл парақта қолтаңба жоқ');

    const letter = await save('letter.pdf', must(await paper('letter', of(a, act, OTHER_SIDE)!.id)));
    const words = execFileSync('pdftotext', ['-layout', letter, '-'], { encoding: 'utf8' });
    for (const told of [OTHER_SIDE, ADDRESS, 'СОТ АКТІСІН ЖОЛДАУ ХАТЫ']) expect(words).toContain(told);
    const protocol = await save('protocol.pdf', must(await paper('protocol', act.actId)));
    const evidence = execFileSync('pdftotext', ['-layout', protocol, '-'], { encoding: 'utf8' });
    for (const told of [SENDER, OTHER_SIDE, sha256, 'Сот кабинеті: жіберілді']) expect(evidence).toContain(told);
    for (const file of [sheet, letter, protocol]) execFileSync('qpdf', ['--check', file]);
    expect(await makeDispatchPaper(a.desk, { paper: 'original', id: act.actId, madeBy: 'Әсел', judgeId: newId() })).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

it('a namesake on the other side is proposed, sent and shown beside the sender, at every desk', async () => {
  const act = await signed(SENDER);
  expect(look(a, act).people.map(({ name, side, namesake }) => [name, side, namesake])).toEqual([
    [SENDER, 'claimant', undefined],
    [SENDER, 'respondent', 1],
  ]);
  const recipients = everyone(a, act);
  const ask = () => must(sendDispatch(a.desk.dispatch, { actId: act.actId, actor: secretary, recipients })).ids;
  expect(ask()).toHaveLength(2);
  expect(ask()).toHaveLength(0);
  const shown = (at: CourtDesk) => look(at, act).act.recipients.map(({ side, namesake }) => [side, namesake]);
  const both = [
    ['claimant', undefined],
    ['respondent', 1],
  ];
  expect(shown(a)).toEqual(both);
  await round(a.desk);
  await round(a.desk);
  await round(b.desk);
  for (const at of [a, b]) {
    expect(shown(at)).toEqual(both);
    expect(look(at, act).act.recipients.map(({ state }) => state)).not.toContain('queued');
    expect(look(at, act).people).toEqual([]);
  }
});
