import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideFiling, draftRulings, listActs, readDecision } from '../../../main/acts/index.ts';
import { compareFiling, compareWithRegistry, outboxOf, pull, push, takeOverRegistry, viewFiling } from '../../../main/core/index.ts';
import { readSyncCentre } from '../../../main/core/sync-status.ts';
import { correctFact, countViews, lastRecall, readFacts, readFiling, type CorrectFact } from '../../../main/intake/index.ts';
import { readReturns } from '../../../main/fairness/index.ts';
import { recallProposal } from '../../../main/registration/index.ts';
import { waitingSubjects } from '../../../main/sync/index.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

let court: SharedCourt;
let [a, b]: [CourtDesk, CourtDesk] = [] as never;
let [secretary, head, judge]: string[] = [];

beforeEach(async () => {
  court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  [a, b] = court.desks as [CourtDesk, CourtDesk];
  [secretary, head, judge] = [court.userOf('secretary'), court.userOf('office-head'), court.userOf('judge')];
});
afterEach(() => court.close());

async function round(...desks: CourtDesk[]): Promise<void> {
  for (const { desk } of desks) {
    must(await push(desk));
    must(await pull(desk));
  }
}
/** A claim with a proposal of return, registered at the first desk, with the ruling drafted. */
async function registered(): Promise<string> {
  const filingId = await court.submit();
  for (const { desk } of court.desks) must(await pull(desk));
  for (const kind of ['open', 'hold', 'register'] as const) await a.hands.take({ kind, filingId }, court.people);
  must(await draftRulings(a.desk.acts));
  return filingId;
}
const revisionOf = ({ desk }: CourtDesk, id: string) => readFiling(desk.store.read, id)!.revision;
const look = ({ desk }: CourtDesk, id: string) => viewFiling(desk, id, 'secretary')!;
const journalOf = ({ desk }: CourtDesk, id: string, action: string) =>
  desk.store.read.all<{ details: string }>('SELECT details FROM journal WHERE subject = ? AND action = ?', id, action);

describe('a correction of what a filing was registered with', () => {
  const partsOf = ({ desk: { store, reference, config } }: CourtDesk) => ({ store, reference, clock: config.clock, newId: config.newId });
  const name = { fact: 'name', party: 0, before: 'Әлия Өмірбекова', after: 'Әлия Өмірбекқызы' } as const;
  const correct = (at: CourtDesk, id: string, more: Partial<CorrectFact> = {}) =>
    correctFact(partsOf(at), { id, actor: secretary!, reason: 'Жеке куәлік бойынша', ...name, ...more });

  it('stands beside the fact, which stays as it was registered, at both desks and in both journals', async () => {
    const id = await registered();
    const before = look(a, id);
    must(correct(a, id));
    expect(readFacts(a.desk.store.read, id)!.corrections).toMatchObject([{ ...name, standing: { state: 'waiting' }, now: name.after }]);
    await round(a, b);
    for (const at of [a, b]) {
      const { facts, corrections } = readFacts(at.desk.store.read, id)!;
      expect(corrections).toMatchObject([{ ...name, reason: 'Жеке куәлік бойынша', standing: { state: 'confirmed' } }]);
      expect(facts).toContainEqual({ fact: 'name', party: 0, registered: name.before, now: name.after });
      expect(readFiling(at.desk.store.read, id)).toMatchObject({ claimant: name.before, message: { parties: [{ name: name.before }] } });
      expect(journalOf(at, id, 'fact.corrected')).toHaveLength(1);
      // who it is about stands in the record alone
      expect(journalOf(at, id, 'fact.corrected')[0]!.details).not.toContain('Өмірбек');
      expect(at.desk.store.checkJournal().chain).toBe('ok');
    }
    // nor can what was before and after be changed beside the chain: both journals hold one digest over it
    const correction = readFacts(a.desk.store.read, id)!.corrections[0]!.id;
    const text = `["${correction}",{"name":"${name.before}"},{"name":"${name.after}"}]`;
    const sha256 = createHash('sha256').update(text).digest('hex');
    for (const at of [a, b])
      expect(JSON.parse(journalOf(at, id, 'fact.corrected')[0]!.details)).toMatchObject({ fact: 'name', party: 0, correction, sha256 });
    const after = look(a, id);
    for (const fact of ['incomingNumber', 'caseNumber', 'receivedAt', 'registeredAt', 'category', 'parties', 'talon'] as const)
      expect(after[fact]).toEqual(before[fact]);
  });

  it('of what is nobody’s stands in both journals with what was before and after', async () => {
    const id = await registered();
    const { category } = look(a, id);
    must(correct(a, id, { fact: 'category', party: null, before: category, after: 'Қарыз' }));
    await round(a, b);
    for (const at of [a, b])
      expect(JSON.parse(journalOf(at, id, 'fact.corrected')[0]!.details)).toMatchObject({
        ...{ fact: 'category', before: `category=${category ?? ''}`, after: 'category=Қарыз' },
      });
  });

  it('made at two desks stands twice, and what the registry told last holds at both', async () => {
    const id = await registered();
    await round(a, b);
    must(correct(a, id, { after: 'Бірінші' }));
    must(correct(b, id, { after: 'Екінші', actor: head! }));
    await round(b, a, b);
    for (const at of [a, b]) {
      const { facts, corrections } = readFacts(at.desk.store.read, id)!;
      expect(corrections.map(({ after }) => after)).toEqual(['Бірінші', 'Екінші']);
      expect(facts.find(({ fact }) => fact === 'name')!.now).toBe('Бірінші');
    }
    expect(correct(a, id, { after: 'Үшінші' })).toMatchObject({ ok: false, error: { code: 'stale-revision' } });
    must(correct(a, id, { before: 'Бірінші', after: 'Үшінші' }));
  });

  it('is refused before registration, without a change, and where the value cannot be one', async () => {
    const open = await court.submit();
    must(await pull(a.desk));
    expect(correct(a, open)).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
    const id = await registered();
    const { incomingNumber, receivedAt } = look(a, id);
    const wrong: [Partial<CorrectFact>, string][] = [
      [{ after: name.before }, 'input-invalid'],
      [{ after: ' ' }, 'input-invalid'],
      [{ fact: 'iin', before: '870131400012', after: '12' }, 'input-invalid'],
      [{ fact: 'incomingNumber', party: null, before: incomingNumber, after: 'x' }, 'input-invalid'],
      [{ fact: 'receivedAt', party: null, before: receivedAt, after: '2999-01-01T00:00:00.000Z' }, 'input-invalid'],
      [{ party: 7 }, 'input-invalid'],
      [{ fact: 'kind', party: null, before: 'claim', after: 'no-such-kind' }, 'kind-unknown'],
    ];
    for (const [value, code] of wrong) expect(correct(a, id, value), JSON.stringify(value)).toMatchObject({ ok: false, error: { code } });
    expect(readFacts(a.desk.store.read, id)!.corrections).toEqual([]);
    expect(journalOf(a, id, 'fact.corrected')).toEqual([]);
  });

  it('that the registry refuses stands before nothing else of its filing, is named by it, and goes alone when it is withdrawn', async () => {
    const id = await registered();
    await round(a, b);
    const number = look(a, id).cabinetNumber;
    must(correct(a, id, { actor: judge! }));
    must(correct(a, id, { before: name.after, after: 'Әлия Өмір' }));
    must(recallProposal(a.desk.registration, { id, revision: revisionOf(a, id), actor: secretary! }, 'Баж төленіпті'));
    await round(a, b);
    expect(look(b, id).recalled).toMatchObject({ reason: 'Баж төленіпті', confirmed: true });
    const { status, waiting } = readSyncCentre(a.desk, { problem: null, running: false, step: null, nextAt: null });
    expect(status.parked).toMatchObject([
      { kind: 'fact.correct', subject: `fact:${id}`, code: 'role-not-allowed', cabinetNumber: number, heldBy: null },
    ]);
    expect(waiting.subjects).toMatchObject([
      { subject: `fact:${id}`, cabinetNumber: number, kinds: ['fact.correct'], behindParked: true, code: null },
    ]);

    // neither it nor what waits behind it holds
    const { facts, corrections } = readFacts(a.desk.store.read, id)!;
    const refused = { state: 'refused', code: 'role-not-allowed' };
    expect(facts.find(({ fact }) => fact === 'name')).toMatchObject({ registered: name.before, now: name.before });
    expect(corrections).toMatchObject([
      { after: 'Әлия Өмір', standing: refused, now: name.before },
      { after: name.after, standing: refused, now: name.before },
    ]);
    expect(correct(a, id, { before: name.after, after: 'Әлия' })).toMatchObject({ ok: false, error: { code: 'stale-revision' } });

    const [item] = outboxOf(a.desk).parked;
    const before = readFiling(a.desk.store.read, id)!;
    expect(must(await compareFiling(a.desk, item!.id))).toMatchObject({ withdraws: ['fact.correct'], voids: [], setsAside: 0 });
    must(await takeOverRegistry(a.desk, item!.id, { actor: head!, reason: 'Сот жазбайды', isHead: true }));
    expect(readFiling(a.desk.store.read, id)).toEqual({ ...before, revision: before.revision + 1 });
    await round(a, b);
    for (const at of [a, b])
      expect(readFacts(at.desk.store.read, id)!.corrections).toMatchObject([{ after: 'Әлия Өмір', standing: { state: 'confirmed' } }]);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('is sent after the registration that it refers to, and waits for one that is held up', async () => {
    const id = await court.submit();
    for (const { desk } of court.desks) must(await pull(desk));
    for (const kind of ['open', 'hold'] as const) await a.hands.take({ kind, filingId: id }, court.people);
    a.cable.out = true;
    await a.hands.take({ kind: 'register', filingId: id }, court.people);
    must(correct(a, id));
    const said = (kind: string) => a.desk.store.read.all('SELECT subject, state, attempts FROM outbox WHERE kind = ?', kind);
    const mark = (state: string) =>
      a.desk.store.write((tx) => tx.run("UPDATE outbox SET state = ?, last_code = NULL WHERE kind = 'filing.register'", state));
    mark('parked');
    await a.plugIn();
    await round(a);
    expect(said('filing.register')).toMatchObject([{ state: 'parked' }]);
    expect(said('fact.correct')).toEqual([{ subject: `fact:${id}`, state: 'waiting', attempts: 0 }]);
    mark('waiting');
    await round(a, b);
    expect(said('fact.correct')).toEqual([{ subject: `fact:${id}`, state: 'done', attempts: 1 }]);
    expect(readFacts(b.desk.store.read, id)!.corrections).toMatchObject([{ ...name, standing: { state: 'confirmed' } }]);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('keeps its place behind one that an older program has laid among what is said of the filing itself', async () => {
    const id = await registered();
    await round(a, b);
    a.cable.out = true;
    must(correct(a, id));
    a.desk.store.write((tx) => tx.run("UPDATE outbox SET subject = ? WHERE kind = 'fact.correct'", id));
    must(correct(a, id, { before: name.after, after: 'Әлия Өмір' }));
    expect(a.desk.store.read.all("SELECT DISTINCT subject FROM outbox WHERE kind = 'fact.correct'")).toEqual([{ subject: id }]);
    await a.plugIn();
    await round(a, b);
    expect(readFacts(b.desk.store.read, id)!.corrections.map(({ after }) => after)).toEqual(['Әлия Өмір', name.after]);
    must(correct(a, id, { before: 'Әлия Өмір', after: 'Әлия' }));
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 1 });
    expect(waitingSubjects(a.desk.store.read).subjects).toMatchObject([{ subject: `fact:${id}` }]);
  });
});

describe('a proposal to the judge that is taken back', () => {
  const toSign = ({ desk }: CourtDesk) =>
    listActs(desk.store.read, { reference: desk.reference, now: desk.config.clock() }, judge!, 'to-sign').map(({ filingId }) => filingId);
  const recall = (at: CourtDesk, id: string, actor = secretary!, revision = revisionOf(at, id)) =>
    recallProposal(at.desk.registration, { id, revision, actor }, 'Баж төленіпті');
  const decision = ({ desk }: CourtDesk, filingId: string) =>
    readDecision(desk.store.read, desk.reference, {
      ...{ filingId, courtCode: '9900', now: desk.config.clock() },
      user: { id: judge!, role: 'judge' },
    })!;

  it('shows the judge the words for the filer beside the draft, then leaves the list, and the filing stays registered with the judge', async () => {
    const id = await registered();
    await round(a, b);
    expect(toSign(a)).toContain(id);
    expect(decision(a, id).notice).toEqual(look(a, id).proposal!.notice);
    expect(decision(a, id).notice!.ru).toContain('Решение принимает судья');
    expect(countViews(b.desk.store.read, b.desk.config.clock(), null)['sent-back']).toBe(1);
    const numbers = look(a, id).incomingNumber;
    const returns = async ({ desk }: CourtDesk) => {
      const lines = await desk.store.snapshot((read) => readReturns(read, { from: '2000', until: '9999' }));
      return lines.map(({ filingId, proposed, ruled }) => [filingId, proposed, ruled]);
    };
    expect(await returns(a)).toEqual([[id, 'return', null]]);

    must(recall(a, id, head));
    expect(toSign(a)).not.toContain(id);
    expect(decision(a, id)).toMatchObject({ act: null, current: null, notice: null });
    expect(decision(a, id).offered.length).toBeGreaterThan(0);
    must(await draftRulings(a.desk.acts));
    expect(toSign(a)).not.toContain(id);
    await round(a, b);
    for (const at of [a, b]) {
      expect(look(at, id)).toMatchObject({
        ...{ state: 'with-judge', flagged: false, incomingNumber: numbers, proposal: null, defects: [] },
        recalled: { reason: 'Баж төленіпті', confirmed: true },
      });
      expect(look(at, id).allowed).not.toContain('recall');
      expect(countViews(at.desk.store.read, at.desk.config.clock(), null)['sent-back']).toBe(0);
      expect(journalOf(at, id, 'proposal.recalled')).toHaveLength(1);
    }
    expect(await returns(a)).toEqual([[id, 'return', 'recalled']]);
    expect(must(await compareWithRegistry(a.desk)).differences).toEqual([]);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('is refused before registration, a second time, on an older look, and once the judge has decided', async () => {
    const open = await court.submit();
    must(await pull(a.desk));
    expect(recall(a, open)).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
    const id = await registered();
    expect(recall(a, id, secretary, 0)).toMatchObject({ ok: false, error: { code: 'stale-revision' } });
    const { act } = decision(a, id);
    const request = { filingId: id, seen: { actId: act!.id, revision: act!.revision }, decision: 'accept' as const, grounds: [] };
    must(await decideFiling(a.desk.acts, { ...request, transferTo: null, actor: judge! }));
    expect(recall(a, id)).toMatchObject({ ok: false, error: { code: 'judge-decides' } });
    expect(decision(a, id)).toMatchObject({ current: { decision: 'accept' }, notice: null });
    expect(toSign(a)).toContain(id);
    const other = await registered();
    must(recall(a, other));
    expect(recall(a, other)).toMatchObject({ ok: false, error: { code: 'move-not-allowed' } });
  });

  it('that the registry does not take is proposed again as it was, and the same ruling is drafted', async () => {
    const id = await registered();
    await round(a, b);
    const { proposal, defects } = look(a, id);
    const { kind } = decision(a, id).act!;
    must(recall(a, id));
    a.desk.store.write((tx) => tx.run("UPDATE outbox SET state = 'parked', last_code = 'role-not-allowed' WHERE kind = 'proposal.recall'"));
    const [item] = outboxOf(a.desk).parked;
    must(await takeOverRegistry(a.desk, item!.id, { actor: head!, reason: 'Қабылданбады', isHead: true }));
    expect(look(a, id)).toMatchObject({ flagged: true, proposal, defects, recalled: null });
    must(await draftRulings(a.desk.acts));
    expect(decision(a, id).act).toMatchObject({ kind });
  });

  it('while its ruling is being drafted leaves none', async () => {
    const id = await registered();
    await round(a);
    a.desk.store.write((tx) => tx.run('DELETE FROM act WHERE filing_id = ?', id));
    const drafting = draftRulings(a.desk.acts);
    must(recall(a, id));
    must(await drafting);
    expect(decision(a, id).act).toBeNull();
  });

  it('at another desk leaves what a ruling that is signed here was decided on', async () => {
    const id = await registered();
    await round(a, b);
    const { proposal, defects } = look(a, id);
    must(recall(b, id));
    a.desk.store.write((tx) =>
      tx.run(
        "UPDATE act SET state = 'signed', signed_sha256 = draft_sha256, signed_at = prepared_at, signed_by = ? WHERE filing_id = ?",
        judge,
        id,
      ),
    );
    must(await push(b.desk));
    expect(outboxOf(b.desk)).toMatchObject({ waiting: 0, parked: [] });
    must(await pull(a.desk));
    expect(look(a, id)).toMatchObject({ flagged: true, proposal, defects });
    expect(lastRecall(a.desk.store.read, id)).toMatchObject({ reason: 'Баж төленіпті', confirmed: true });
    expect(journalOf(a, id, 'proposal.recalled')).toHaveLength(1);
  });
});
