import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkToRegister, finishWork, pull, viewFiling } from '../../../main/core/index.ts';
import { listQueue, readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { tickChecks } from '../../support/desk/tick-checks.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let secretary: string;
beforeAll(async () => {
  office = await trainingOffice({ now: '2026-11-20T04:00:00Z' });
  must(await pull(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterAll(() => office.close());
const claim = () => sampleOf(office, 'good', 'claim');
const record = (id: string) => readFiling(office.desk.store.read, id)!;

describe('registering', () => {
  it('joins the case that the clerk chose instead of opening one', async () => {
    const known = office.desk.store.read.get<{ number: string }>('SELECT number FROM court_case ORDER BY number LIMIT 1')!.number;
    const id = await arrive(office, claim());
    tickChecks(office.desk, id, secretary);
    const seen = () => ({ id, revision: record(id).revision, actor: secretary });
    expect(registerFiling(office.desk.registration, seen(), { joinsCase: '9900-26-00-2/99999' })).toMatchObject({
      ok: false,
      error: { code: 'case-unknown' },
    });
    expect(record(id).incomingNumber).toBeNull();
    expect(must(registerFiling(office.desk.registration, seen(), { joinsCase: known }))).toMatchObject({
      caseNumber: null,
      joinsCase: known,
    });
  });

  it('brings a counterclaim before the judge with a draft worded for it', async () => {
    const known = office.desk.store.read.get<{ number: string }>('SELECT number FROM court_case ORDER BY number LIMIT 1')!.number;
    const { folder, files } = claim();
    const id = await arrive(office, {
      folder: {
        ...folder,
        kind: 'counterclaim',
        case: known,
        parties: folder.parties.map((p) => ({ ...p, side: p.side === 'claimant' ? 'respondent' : 'claimant' })),
      },
      files,
    });
    expect(record(id).signature).toBe('valid');
    expect(must(register(office, id, secretary))).toMatchObject({ caseNumber: null, joinsCase: known });
    must(await finishWork(office.desk));
    expect(viewFiling(office.desk, id, 'secretary')).toMatchObject({
      state: 'with-judge',
      acts: [{ kind: 'ruling-accept', state: 'draft' }],
    });
  });

  it('starts a request without a case and leaves it with the office', async () => {
    const request = office.samples.find((s) => s.folder.kind === 'minutes_request')!;
    const id = await arrive(office, request);
    must(register(office, id, secretary));
    expect(record(id)).toMatchObject({ state: 'registered', caseNumber: null, judgeId: null });
  });

  it('refuses a revision that is no longer the one that was seen, and changes nothing', async () => {
    const id = await arrive(office, claim());
    tickChecks(office.desk, id, secretary);
    const old = record(id).revision - 1;
    expect(registerFiling(office.desk.registration, { id, revision: old, actor: secretary }, { joinsCase: null })).toMatchObject({
      ok: false,
      error: { code: 'stale-revision' },
    });
    expect(flagFiling(office.desk.registration, { id, revision: old, actor: secretary }, [])).toMatchObject({
      ok: false,
      error: { code: 'stale-revision' },
    });
    expect(record(id).registeredAt).toBeNull();
  });

  it('counts the term in court days from the day after receipt and shows what is overdue', async () => {
    const id = await arrive(office, claim());
    // received on Friday 20 November 2026: five court days end on Friday 27 November at 24:00, UTC+5
    expect(record(id).dueAt).toBe('2026-11-27T19:00:00Z');
    const at = (now: string, view: 'overdue' | 'due-today') =>
      listQueue(office.desk.store.read, office.desk.reference, now, { view }).rows.map((r) => r.id);
    expect(at('2026-11-27T18:59:00Z', 'due-today')).toContain(id);
    expect(at('2026-11-27T18:59:00Z', 'overdue')).not.toContain(id);
    expect(at('2026-11-27T19:00:00Z', 'overdue')).toContain(id);
  });

  it('tries an undecided signature again by itself, later each time, and stops once it is registered', async () => {
    const id = await arrive(office, sampleOf(office, 'ocsp-unreachable'));
    const first = record(id);
    expect(first).toMatchObject({ verdict: 'undecided', signature: 'undecided' });
    expect(first.recheckAt).not.toBeNull();
    const wait = (f: typeof first) => Date.parse(f.recheckAt!) - Date.parse(office.desk.config.clock());
    await office.desk.verify(id);
    expect(wait(record(id))).toBeGreaterThan(wait(first));
    must(register(office, id, secretary, 'signature'));
    expect(record(id).recheckAt).toBeNull();
  });

  it('registers an unconfirmed signature only on the clerk’s own decision', async () => {
    const id = await arrive(office, sampleOf(office, 'ocsp-unreachable'));
    const checks = viewFiling(office.desk, id, 'secretary')!.checklist.map((c) => c.id);
    expect(checks).toContain('undecided');
    expect(must(register(office, id, secretary))).toMatchObject({ incomingNumber: expect.stringMatching(/^9900-26-/) });
  });

  it('registers nothing that was never checked: what would be found stops it first', async () => {
    const { folder, files } = claim();
    const id = await arrive(office, { folder: { ...folder, payment: { ...folder.payment!, amount: 1 } }, files });
    tickChecks(office.desk, id, secretary);
    // as a program that ended between the last document and the check leaves it
    office.desk.store.write((tx) => {
      tx.run('DELETE FROM anomaly WHERE filing_id = ?', id);
      tx.run('UPDATE filing SET verdict = NULL, recheck_count = 0, recheck_at = NULL WHERE id = ?', id);
    });
    const attempt = () =>
      registerFiling(office.desk.registration, { id, revision: record(id).revision, actor: secretary }, { joinsCase: null });
    expect(attempt()).toMatchObject({ ok: false, error: { code: 'filing-not-checked' } });
    expect(record(id)).toMatchObject({ registeredAt: null, incomingNumber: null });

    expect(await checkToRegister(office.desk, id)).toBe(true);
    expect(attempt()).toMatchObject({ ok: false, error: { code: 'findings-open', params: { rule: 'duty-short' } } });
    expect(await checkToRegister(office.desk, id)).toBe(false);
  });

  it('checks a filing again that got a document or a correction since, and then registers it', async () => {
    const id = await arrive(office, claim());
    tickChecks(office.desk, id, secretary);
    office.desk.store.write((tx) => tx.run('UPDATE filing SET recheck_at = ? WHERE id = ?', office.desk.config.clock(), id));
    const attempt = () =>
      registerFiling(office.desk.registration, { id, revision: record(id).revision, actor: secretary }, { joinsCase: null });
    expect(attempt()).toMatchObject({ ok: false, error: { code: 'filing-not-checked' } });
    await checkToRegister(office.desk, id);
    expect(attempt()).toMatchObject({ ok: true });
  });
});
