import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCore, type Core } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { questionBehind } from '../../../shared/domain/board-questions.ts';
import { CHANNELS, type ChannelInput, type ChannelName, type ChannelOutput, type EventName } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

let office: TrainingOffice;
let core: Core;
let pin: string | null = '123456';
/** Happens once, while a PIN is asked for. */
let whileAsked: (() => Promise<unknown>) | null = null;
const published = new Map<string, { sha256: string; contentType: string; size: number }>();
const saved: string[] = [];
const events: { event: EventName; payload: unknown }[] = [];

beforeAll(async () => {
  office = await trainingOffice();
  for (const sample of office.samples) await office.submit(sample);
  const { clock, newId } = office.desk.config;
  office.desk.close();
  const tokenHost = createTokenHost(async () => {
    const happens = whileAsked;
    whileAsked = null;
    await happens?.();
    return pin === null ? null : { pin: Buffer.from(pin) };
  });
  const dataKey = must(openDataKey(office.profileDir, { kind: 'open' }));
  core = must(
    await openCore(
      { profileDir: office.profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId, version: '0.0.0' },
      {
        tokenHost,
        shell: {
          chooseDocuments: () => Promise.resolve({ ok: true as const, value: [] }),
          ...withoutPrinter,
          publishDocument: (d) => (published.set(d.sha256, d), Promise.resolve(`app://kense/document/${d.sha256.slice(0, 8)}`)),
          saveDocument: (d) => (saved.push(d.place), Promise.resolve({ ok: true, value: null })),
        },
      },
    ),
  );
  core.onEvent((event, payload) => events.push({ event, payload }));
});
afterAll(async () => {
  await core.close();
  await office.registry.close();
});

/** Calls like the window and checks the answer against the contract. */
async function call<C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>>> {
  const answer = (await core.call({ channel, input }, { trusted: true })) as Result<ChannelOutput<C>>;
  if (answer.ok) expect(CHANNELS[channel].output.safeParse(answer.value).error, channel).toBeUndefined();
  return answer;
}
const signIn = async (role: string) => must(await call('session.sign-in', { optionId: `${role}.p12` }));
const firstOf = async (signature: string, kind?: string) =>
  must(await call('queue.list', { view: 'open' })).rows.find((r) => r.signature === signature && (kind === undefined || r.kind === kind))!;

describe('the core behind the window', () => {
  it('offers the three training people before anybody has signed in', async () => {
    await call('session.get', {});
    expect(must(await call('office.get', {}))).toMatchObject({ courtCode: '9900', mode: 'training' });
    await core.call({ channel: 'sync.now', input: {} }, { trusted: true });
    expect(must(await call('session.options', {})).map((o) => o.id)).toEqual(
      expect.arrayContaining(['secretary.p12', 'judge.p12', 'office-head.p12']),
    );
  });

  it('does not let a wrong PIN, a cancelled prompt or a key outside the folder in', async () => {
    core.startBackground();
    await expect.poll(async () => must(await call('sync.status', {})).online, { timeout: 30_000 }).toBe(true);
    pin = '000000';
    expect(await call('session.sign-in', { optionId: 'secretary.p12' })).toMatchObject({ ok: false, error: { code: 'pin-wrong' } });
    pin = null;
    expect(await call('session.sign-in', { optionId: 'secretary.p12' })).toMatchObject({ ok: false, error: { code: 'pin-cancelled' } });
    pin = '123456';
    for (const optionId of ['../keys/secretary.p12', '/etc/passwd', 'citizens', 'secretary.p12\0'])
      expect(await call('session.sign-in', { optionId })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(must(await call('session.get', {}))).toBeNull();
  });

  it('takes the secretary from the queue to the talon', async () => {
    expect(await signIn('secretary')).toMatchObject({ activeRole: 'secretary', locked: false });
    const row = await firstOf('valid', 'claim');
    let filing = must(await call('filing.get', { id: row.id }));
    expect(filing.state).toBe('checking');
    const opened = must(await call('document.open', { filingId: filing.id, documentId: filing.documents[0]!.id }));
    expect(published.get(opened.sha256)).toMatchObject({ contentType: 'application/pdf', size: filing.documents[0]!.size });
    expect(await call('filing.register', { id: filing.id, revision: filing.revision, joinsCase: null })).toMatchObject({
      ok: false,
      error: { code: 'checks-incomplete' },
    });
    for (const item of filing.checklist.filter((c) => !c.auto))
      filing = must(await call('filing.mark', { id: filing.id, revision: filing.revision, check: item.id, value: true, page: 1 }));
    expect(
      await call('filing.mark', { id: filing.id, revision: filing.revision - 1, check: 'legible', value: false, page: 1 }),
    ).toMatchObject({ ok: false, error: { code: 'stale-revision' } });
    const registered = must(await call('filing.register', { id: filing.id, revision: filing.revision, joinsCase: null }));
    expect(registered.filing).toMatchObject({
      state: 'with-judge',
      incomingNumber: expect.stringMatching(/^9900-\d\d-\d{6}$/),
      caseNumber: expect.stringMatching(/^9900-\d\d-00-2\/\d+$/),
    });
    expect(registered.nextId).not.toBeNull();
    expect(must(await call('talon.open', { filingId: filing.id })).contentType).toBe('application/pdf');
    expect(must(await call('talon.save', { filingId: filing.id }))).toBe(true);
    expect(saved.at(-1)).toContain(registered.filing.incomingNumber);
    expect(await call('filing.register', { id: filing.id, revision: registered.filing.revision, joinsCase: null })).toMatchObject({
      ok: false,
      error: { code: 'move-not-allowed' },
    });
    await expect.poll(async () => must(await call('filing.get', { id: filing.id })).confirmedAt, { timeout: 30_000 }).not.toBeNull();
    await expect.poll(async () => must(await call('sync.status', {})), { timeout: 30_000 }).toMatchObject({ waiting: 0, parked: [] });
  });

  it('journals a look at a filing once, however often the window asks again', async () => {
    const row = await firstOf('valid');
    for (let i = 0; i < 3; i++) await call('filing.get', { id: row.id });
    const filing = must(await call('filing.get', { id: row.id }));
    expect(filing.history.filter((h) => h.action === 'filing.viewed')).toHaveLength(1);
  });

  it('registers an invalid filing only with a defect marked, and drafts a return for it', async () => {
    const row = await firstOf('invalid');
    let filing = must(await call('filing.get', { id: row.id }));
    for (const item of filing.checklist.filter((c) => !c.auto))
      filing = must(await call('filing.mark', { id: filing.id, revision: filing.revision, check: item.id, value: true, page: null }));
    expect(await call('filing.register', { id: filing.id, revision: filing.revision, joinsCase: null })).toMatchObject({
      ok: false,
      error: { code: 'findings-open' },
    });
    expect(await call('filing.flag', { id: filing.id, revision: filing.revision, defects: [{ code: 'bribe', note: null }] })).toMatchObject(
      { ok: false, error: { code: 'input-invalid' } },
    );
    filing = must(
      await call('filing.flag', { id: filing.id, revision: filing.revision, defects: [{ code: 'signature', note: 'Қайта қол қойыңыз' }] }),
    );
    const registered = must(await call('filing.register', { id: filing.id, revision: filing.revision, joinsCase: null }));
    expect(registered.filing).toMatchObject({ flagged: true, acts: [{ kind: 'ruling-return', state: 'draft' }] });
  });

  it('locks, and lets only the same person unlock', async () => {
    must(await call('session.lock', {}));
    expect(await call('queue.list', { view: 'open' })).toMatchObject({ ok: false, error: { code: 'session-locked' } });
    pin = '999999';
    expect(await call('session.unlock', {})).toMatchObject({ ok: false, error: { code: 'pin-wrong' } });
    pin = '123456';
    expect(must(await call('session.unlock', {}))).toMatchObject({ locked: false });
  });

  it('takes the judge from the draft to the dispatched ruling, and signs nothing that was not read', async () => {
    await signIn('judge');
    expect(
      await call('filing.register', { id: published.size ? office.desk.config.newId() : '', revision: 0, joinsCase: null }),
    ).toMatchObject({ ok: false, error: { code: 'role-not-allowed' } });
    const acts = must(await call('acts.list', { view: 'to-sign' }));
    const accept = acts.find((a) => a.kind === 'ruling-accept')!;
    const [key] = must(await call('keys.list', {})).keys;
    expect(key).toMatchObject({ kind: 'pkcs12', label: 'judge.p12', roles: ['judge'], refusal: null, daysLeft: expect.any(Number) });
    const keyId = key!.id;
    expect(await call('act.sign', { id: accept.id, revision: accept.revision, sha256: accept.sha256, keyId })).toMatchObject({
      ok: false,
      error: { code: 'act-not-reviewed' },
    });
    must(await call('act.open', { id: accept.id }));
    const other = 'f'.repeat(64);
    expect(await call('act.review', { id: accept.id, revision: accept.revision, sha256: other })).toMatchObject({
      ok: false,
      error: { code: 'act-changed' },
    });
    const reviewed = must(await call('act.review', { id: accept.id, revision: accept.revision, sha256: accept.sha256 }));
    expect(reviewed.reviewed).toBe(true);
    const told: string[] = [];
    const stop = core.onEvent((event) => {
      if (event === 'work.changed')
        void call('act.get', { id: accept.id }).then((act) => told.push(act.ok ? act.value.state : act.error.code));
    });
    const signed = must(await call('act.sign', { id: accept.id, revision: reviewed.revision, sha256: accept.sha256, keyId }));
    expect(signed).toMatchObject({ level: 'B' });
    expect(signed.sha256).not.toBe(accept.sha256);
    expect(await call('act.sign', { id: accept.id, revision: signed.revision, sha256: signed.sha256, keyId })).toMatchObject({
      ok: false,
      error: { code: 'move-not-allowed' },
    });
    const stateOf = async () => must(await call('acts.list', { view: 'signed' })).find((a) => a.id === accept.id)?.state;
    await expect.poll(stateOf, { timeout: 30_000 }).toBe('confirmed');
    // the signature sends it to nobody; the judge does
    const { act, people } = must(await call('dispatch.get', { actId: accept.id }));
    expect([act.issued, act.recipients]).toEqual([true, []]);
    const recipients = people.filter(({ filingId }) => filingId !== null).map(({ name, filingId, steps }) => ({ name, filingId, steps }));
    const usable = recipients.map((one) => ({ ...one, steps: one.steps.filter(({ channel, address }) => channel !== 'post' || address) }));
    expect(must(await call('dispatch.send', { actId: accept.id, recipients: usable })).act.recipients.length).toBeGreaterThan(0);
    await expect.poll(stateOf, { timeout: 30_000 }).toBe('dispatched');
    await expect.poll(() => told, { timeout: 30_000, message: 'the window is told to look again' }).toContain('dispatched');
    stop();
  });

  it('does not sign with the key of somebody else: neither one that is offered with the reason, nor one that took its place', async () => {
    const { keys: offered } = must(await call('keys.list', {}));
    expect(offered.filter(({ refusal }) => refusal === null).map(({ label }) => label)).toEqual(['judge.p12']);
    const secretary = offered.find(({ label }) => label === 'secretary.p12')!;
    expect(secretary.refusal?.code).toBe('key-not-of-user');
    const [act] = must(await call('acts.list', { view: 'to-sign' }));
    const reviewed = must(await call('act.review', { id: act!.id, revision: act!.revision, sha256: act!.sha256 }));
    const fs = await import('node:fs');
    const keys = `${office.profileDir}/training/keys`;
    const own = fs.readFileSync(`${keys}/judge.p12`);
    fs.copyFileSync(`${keys}/secretary.p12`, `${keys}/judge.p12`);
    const request = { id: act!.id, revision: reviewed.revision, sha256: act!.sha256 };
    const mine = offered.find(({ label }) => label === 'judge.p12')!;
    const answer = await call('act.sign', { ...request, keyId: mine.id });
    fs.writeFileSync(`${keys}/judge.p12`, own);
    expect(answer).toMatchObject({ ok: false, error: { code: 'key-not-of-user' } });
    expect(await call('act.sign', { ...request, keyId: secretary.id })).toMatchObject({ ok: false, error: { code: 'key-not-of-user' } });
    expect(await call('act.sign', { ...request, keyId: 'gone' })).toMatchObject({ ok: false, error: { code: 'token-removed' } });
    const chosen = [{ id: act!.id, sha256: act!.sha256 }];
    expect(await call('batch.start', { acts: chosen, keyId: secretary.id })).toMatchObject({
      ok: false,
      error: { code: 'key-not-of-user' },
    });
    expect(must(await call('batch.list', {}))).toEqual([]);
    expect(must(await call('act.get', { id: act!.id })).state).toBe('draft');
  });

  it('signs nothing for a session that was locked or left while the PIN was asked for', async () => {
    const [act] = must(await call('acts.list', { view: 'to-sign' }));
    const { id, revision, sha256 } = act!;
    const keyId = must(await call('keys.list', {})).keys.find(({ refusal }) => refusal === null)!.id;
    const statesSigned = must(await call('acts.list', { view: 'signed' })).length;
    for (const [leave, code] of [
      ['session.lock', 'session-locked'],
      ['session.sign-out', 'not-signed-in'],
    ] as const) {
      whileAsked = () => call(leave, {});
      expect(await call('act.sign', { id, revision, sha256, keyId })).toMatchObject({ ok: false, error: { code } });
      await signIn('judge');
      expect(must(await call('act.get', { id }))).toMatchObject({ state: 'draft', revision });
    }
    expect(must(await call('acts.list', { view: 'signed' }))).toHaveLength(statesSigned);
  });

  it('signs a batch under one PIN, tells the window of each step, and dispatches nothing', async () => {
    const [act] = must(await call('acts.list', { view: 'to-sign' }));
    const reviewed = must(await call('act.review', { id: act!.id, revision: act!.revision, sha256: act!.sha256, by: 'statement' }));
    const plan = must(await call('batch.plan', { ids: [reviewed.id] }));
    expect([plan.acts.map(({ id }) => id), plan.leftOut]).toEqual([[reviewed.id], []]);
    const { keys } = must(await call('keys.list', {}));
    const before = events.length;
    const keyId = keys.find(({ refusal }) => refusal === null)!.id;
    const batch = must(await call('batch.start', { acts: [{ id: reviewed.id, sha256: reviewed.sha256 }], keyId }));
    expect(batch).toMatchObject({ state: 'done', listSha256: plan.listSha256, items: [{ actId: reviewed.id, state: 'signed' }] });
    expect(must(await call('batch.get', { id: batch.id }))).toEqual(batch);
    expect(must(await call('batch.list', {}))).toMatchObject([{ id: batch.id, total: 1, signed: 1, failed: 0, notTried: 0 }]);
    expect(await call('batch.resume', { id: batch.id, keyId })).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
    const told = events.slice(before).filter(({ event }) => event === 'batch.changed');
    expect(told.length).toBeGreaterThan(2);
    expect(new Set(told.map(({ payload }) => (payload as { id: string }).id))).toEqual(new Set([batch.id]));
    await expect
      .poll(async () => must(await call('acts.list', { view: 'signed' })).find((a) => a.id === act!.id)?.state, { timeout: 30_000 })
      .toBe('confirmed');
    must(await call('batch.stop', {}));
  });

  it('shows the head the counts', async () => {
    await signIn('office-head');
    const board = must(await call('board.get', { period: 'month' }));
    expect(board).toMatchObject({
      scope: 'office',
      arrivedToday: 12,
      registeredToday: 2,
      whole: { waiting: 10, arrived: 12, registered: 2 },
    });
    expect(board.splits.kind!.reduce((n, { figures }) => n + figures.waiting, 0)).toBe(10);
    const { total } = must(await call('queue.list', questionBehind(board, { count: 'waiting' })));
    expect(total).toBe(10);
  });

  it('shows a secretary and a judge their own numbers alone', async () => {
    for (const [role, scope] of [
      ['secretary', 'own'],
      ['judge', 'judge'],
    ] as const) {
      await signIn(role);
      const board = must(await call('board.get', { period: 'month' }));
      expect(board).toMatchObject({ scope, forecast: null });
      expect(board.whole.arrived).toBeLessThan(12);
      expect(board.splits.person).toBeUndefined();
    }
  });

  it('finds filings by folded name, number and IIN', async () => {
    const [row] = must(await call('queue.list', { view: 'all' })).rows;
    const filing = must(await call('filing.get', { id: row!.id }));
    for (const search of [
      row!.claimant.toUpperCase(),
      row!.cabinetNumber.slice(-4),
      filing.parties[0]!.iin ?? filing.parties[0]!.bin ?? '',
    ])
      expect(
        must(await call('queue.list', { view: 'all', search })).rows.map((r) => r.id),
        search,
      ).toContain(row!.id);
    expect(must(await call('queue.list', { view: 'all', search: "%' OR 1=1" })).rows).toEqual([]);
  });

  it('keeps the settings of each person, and those of the desk while nobody is signed in', async () => {
    const themes = () => call('settings.get', {}).then((answer) => must(answer).theme);
    await signIn('secretary');
    events.length = 0;
    must(await call('settings.set', { language: 'ru', theme: 'dark' }));
    expect(must(await call('settings.get', {}))).toMatchObject({ language: 'ru', theme: 'dark', density: 'normal' });
    expect(events.filter((e) => e.event === 'settings.changed')).toHaveLength(1);
    await signIn('judge');
    expect(await themes()).toBe('system');
    must(await call('settings.set', { theme: 'light' }));
    must(await call('session.sign-out', {}));
    expect(await themes()).toBe('system');
    await signIn('secretary');
    expect(await themes()).toBe('dark');
    const asked = { from: null, until: null, actor: null, filingId: null, number: null, text: null, upTo: null, offset: 0, limit: 5 };
    const changed = async () => must(await call('journal.list', { ...asked, action: 'settings.changed' })).lines[0]!.details;
    expect(await changed()).toEqual({ keys: 'language theme', before: 'language=kk, theme=system', after: 'language=ru, theme=dark' });
    must(await call('settings.set', { printer: 'Принтер Алиева' }));
    expect(await changed()).toEqual({ keys: 'printer', before: 'printer=0', after: 'printer=1' });
    expect(events.filter((e) => e.event === 'settings.changed').at(-1)).toMatchObject({ payload: { language: 'ru', theme: 'dark' } });
  });

  it('keeps names, IINs and PINs out of the journal', async () => {
    await core.close();
    const { store } = await office.reopen();
    const journal = JSON.stringify(store.read.all('SELECT * FROM journal'));
    const personal = office.samples.flatMap((s) => s.folder.parties.flatMap((p) => [p.name, p.iin, p.bin])).filter((x): x is string => !!x);
    expect(personal.filter((text) => journal.includes(text))).toEqual([]);
    expect(journal.includes('123456"')).toBe(false);
    expect(store.checkJournal().chain).toBe('ok');
    const kept = store.read.all("SELECT value FROM setting WHERE key LIKE 'ui.settings.%' ORDER BY value");
    expect(kept).toEqual([{ value: '{"language":"ru","theme":"dark","printer":"Принтер Алиева"}' }, { value: '{"theme":"light"}' }]);
    expect(journal).not.toContain('Алиева');
  });
});
