import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkToRegister,
  finishWork,
  outboxOf,
  pull,
  syncOnce,
  takeOverRegistry,
  viewFiling,
  type Desk,
} from '../../../main/core/index.ts';
import { readCaseCard } from '../../../main/core/case-card.ts';
import { collectDocuments, readFiling } from '../../../main/intake/index.ts';
import {
  addAnnexes,
  addWork,
  beginPaperWork,
  directPaperWork,
  importFile,
  openPaperWorks,
  readPaperWork,
  takeFolder,
} from '../../../main/paper/index.ts';
import { caseFileOf, grantCaseFile } from '../../../main/proceedings/open-case-file.ts';
import { registerFiling } from '../../../main/registration/index.ts';
import type { FilingSubmission } from '../../../shared/registry/index.ts';
import { twoDesks, type SharedCourt } from '../../support/desk/shared-court.ts';
import { tickChecks } from '../../support/desk/tick-checks.ts';
import { must } from '../../support/desk/training-office.ts';
import { drawSheet } from '../../support/paper/draw-sheet.ts';

let court: SharedCourt;
let counter: Desk;
let second: Desk;
let secretary: string;
beforeAll(async () => {
  ({ court, first: counter, second, secretary } = await twoDesks());
}, 120_000);
afterAll(() => court.close());

const look = (desk: Desk, id: string) => viewFiling(desk, id, 'secretary')!;
/** Scans one sheet for a filing and adds it. */
async function handIn(desk: Desk, filingId: string, handedInBy = 'Қайрат Өмірбеков') {
  const work = beginPaperWork(desk.paper, secretary).id;
  must(directPaperWork(desk.paper, { id: work, owner: secretary, annexTo: { filingId, handedInBy } }));
  must(await importFile(desk.paper, work, { ...must(await desk.blobs.putBytes(await drawSheet({ dpi: 150 }))), title: '' }));
  must(await addWork(desk.paper, { id: work, filingId, handedInBy, actor: secretary }, 'kk'));
  await desk.verify(filingId);
  return work;
}
/** A paper whose bytes are here, without pages. */
async function paperOf(desk: Desk, text: string): Promise<FilingSubmission['documents']> {
  const kept = must(await desk.blobs.putBytes(Buffer.from(text)));
  return [{ ...kept, role: 'duty_payment', title: 'Түбіртек', fileName: 'tubirtek.txt', signatures: [] }];
}
const facts = new Map();
/** A claim with nothing wrong, taken here on paper. */
async function takeClaim(desk: Desk): Promise<string> {
  const folder = {
    ...{ court: '9900', kind: 'claim', language: 'kk', claimValue: '1500000.00' },
    parties: [
      { side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' },
      { side: 'respondent', type: 'organisation', bin: '980140001231', name: '«Өркен» ЖШС' },
    ],
    payment: { amount: '15000.00', date: '2026-11-20', number: newId(), kbk: '108126' },
    documents: [{ role: 'claim', title: 'Талап қою арызы', file: 'claim.png', signatures: [] }],
  };
  const sheet = await drawSheet({ dpi: 100, format: 'jpeg' });
  const id = newId();
  must(await takeFolder(desk.paper, { id, actor: secretary }, { folder, read: () => Promise.resolve(sheet) }));
  await desk.verify(id);
  return id;
}
const receive = async () => {
  const id = await court.submit();
  for (const desk of [counter, second]) must(await pull(desk));
  return id;
};
const register = async (desk: Desk, id: string) => {
  await checkToRegister(desk, id);
  tickChecks(desk, id, secretary);
  const { revision } = readFiling(desk.store.read, id)!;
  return must(registerFiling(desk.registration, { id, revision, actor: secretary }, { joinsCase: null }));
};

describe('papers that are handed in to a filing', () => {
  it('have their own moment and name, are seen by the checks without a line, and then stand at the registry and at the other desk', async () => {
    const id = await receive();
    const before = look(counter, id);
    expect(before.anomalies.map(({ rule }) => rule)).toContain('no-documents');
    court.desks[0]!.cable.out = true;
    const annexId = await handIn(counter, id);
    const here = look(counter, id);
    expect(here).toMatchObject({ sentAt: before.sentAt, receivedAt: before.receivedAt, dueAt: before.dueAt, intake: 'ready' });
    expect(here.annexes).toMatchObject([{ id: annexId, handedInBy: 'Қайрат Өмірбеков', standing: { state: 'waiting', code: null } }]);
    expect(Date.parse(here.annexes[0]!.receivedAt)).toBeGreaterThan(Date.parse(before.receivedAt));
    expect(here.documents).toMatchObject([{ annexId, role: 'evidence', contentType: 'pdf', state: 'stored', signature: 'on-paper' }]);
    expect(here.anomalies.map(({ rule }) => rule)).not.toContain('no-documents');
    expect(here.anomalies.map(({ rule }) => rule)).not.toContain('signature-missing');
    expect(here.history[0]).toMatchObject({ action: 'filing.annexed', details: { annex: annexId, documents: 1 } });
    expect(JSON.stringify(here.history[0])).not.toContain('Қайрат');

    await court.desks[0]!.plugIn();
    must(await syncOnce(counter));
    expect(look(second, id).documents).toEqual([]);
    must(await syncOnce(second));
    const there = look(second, id);
    expect(there.annexes).toMatchObject([
      {
        id: annexId,
        handedInBy: 'Қайрат Өмірбеков',
        receivedAt: here.annexes[0]!.receivedAt,
        standing: { state: 'confirmed', code: null },
      },
    ]);
    expect(there.documents).toMatchObject([{ annexId, sha256: here.documents[0]!.sha256, state: 'stored', signature: 'on-paper' }]);
    expect(there).toMatchObject({ sentAt: before.sentAt, receivedAt: before.receivedAt, intake: 'ready' });
    must(await syncOnce(counter));
    expect(look(counter, id).annexes).toMatchObject([{ standing: { state: 'confirmed', code: null } }]);
  });

  it('take back what was ticked about the documents, and nothing else', async () => {
    const id = await takeClaim(counter);
    tickChecks(counter, id, secretary);
    const ticked = () =>
      look(counter, id)
        .checklist.filter(({ auto, passed }) => !auto && passed)
        .map((check) => check.id);
    const before = ticked();
    expect(before).toEqual(expect.arrayContaining(['attachments', 'legible', 'authority']));
    await handIn(counter, id);
    expect(ticked()).toEqual(before.filter((check) => check !== 'attachments' && check !== 'legible'));
  });

  it('come to a registered filing without changing what was decided, and lie in its case file', async () => {
    const id = await takeClaim(counter);
    await register(counter, id);
    must(await finishWork(counter));
    must(await syncOnce(counter));
    must(await syncOnce(second));
    const asDecided = new Map([counter, second].map((desk) => [desk, look(desk, id)]));
    await handIn(counter, id);
    must(await syncOnce(counter));
    must(await syncOnce(second));
    for (const desk of [counter, second]) {
      const [before, after] = [asDecided.get(desk)!, look(desk, id)];
      expect(after).toMatchObject({
        state: before.state,
        incomingNumber: before.incomingNumber,
        verdict: before.verdict,
        signature: before.signature,
      });
      expect(after.anomalies).toEqual(before.anomalies);
      expect(after.documents).toMatchObject([{ annexId: null }, { annexId: after.annexes[0]!.id, state: 'stored', signature: 'on-paper' }]);
      expect(readFiling(desk.store.read, id)!.recheckAt).toBeNull();
      expect(caseFileOf(desk.store.read, after).map(({ sha256 }) => sha256)).toContain(after.documents[1]!.sha256);
    }
  });

  it('that do not come as they should leave a registered filing as it was decided on, and are looked at when they are here', async () => {
    const id = await takeClaim(counter);
    await register(counter, id);
    must(await finishWork(counter));
    await handIn(counter, id);
    const { store, blobs, config } = counter;
    store.write((tx) => {
      tx.run("UPDATE document SET state = 'missing', report = NULL WHERE filing_id = ? AND annex_id IS NOT NULL", id);
      tx.run("INSERT INTO anomaly (filing_id, rule, severity, params) VALUES (?, 'duty-short', 'error', '{}')", id);
      tx.run('UPDATE filing SET recheck_at = ? WHERE id = ?', config.clock(), id);
    });
    const before = look(counter, id);
    await counter.verify(id);
    expect(look(counter, id).anomalies).toEqual(before.anomalies);
    expect(look(counter, id)).toMatchObject({ verdict: before.verdict, revision: before.revision });
    expect(readFiling(store.read, id)!.recheckAt).toBeNull();

    const touched = new Set<string>();
    const download = () => Promise.resolve({ ok: true, value: 'stored' } as const);
    must(
      await collectDocuments(
        { store, blobs, download, clock: config.clock, random: () => 0, impatient: true, countPages: () => Promise.resolve(1) },
        touched,
      ),
    );
    expect([...touched]).toEqual([id]);
    expect(readFiling(store.read, id)!.recheckAt).not.toBeNull();
    await counter.verify(id);
    expect(look(counter, id).anomalies.map(({ rule }) => rule)).toContain('duty-short');
    expect(readFiling(store.read, id)!.recheckAt).toBeNull();
    must(await syncOnce(counter));
  });

  it('go to the filing that they are for when they are added, once, also when that changes while they are made', async () => {
    const [one, other] = [await receive(), await receive()];
    const work = beginPaperWork(counter.paper, secretary).id;
    const annexTo = (filingId: string) =>
      must(directPaperWork(counter.paper, { id: work, owner: secretary, annexTo: { filingId, handedInBy: 'Әлия' } }));
    const adding = (filingId: string) => ({ id: work, filingId, handedInBy: 'Әлия', actor: secretary });
    annexTo(one);
    must(await importFile(counter.paper, work, { ...must(await counter.blobs.putBytes(await drawSheet({ dpi: 150 }))), title: '' }));
    const making = addWork(counter.paper, adding(one), 'kk');
    annexTo(other);
    expect(await making).toMatchObject({ error: { code: 'stale-revision' } });
    must(await addWork(counter.paper, adding(other), 'kk'));
    expect(await addWork(counter.paper, adding(one), 'kk')).toMatchObject({ error: { code: 'stale-revision' } });
    expect([look(counter, one).annexes, look(counter, other).annexes.length]).toEqual([[], 1]);
    must(await syncOnce(counter));
  });

  it('are added once under one id, and go behind a filing on paper that the registry does not have', async () => {
    court.desks[0]!.cable.out = true;
    const folder = {
      ...{ court: '9900', kind: 'claim', language: 'kk' },
      parties: [{ side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' }],
      documents: [],
    };
    const filingId = newId();
    must(await takeFolder(counter.paper, { id: filingId, actor: secretary }, { folder, read: () => Promise.resolve(null) }));
    const adding = { id: newId(), filingId, handedInBy: 'Әлия', actor: secretary };
    const documents = await paperOf(counter, 'бір');
    for (let press = 0; press < 2; press++) must(addAnnexes(counter.paper, adding, documents, facts));
    const { read } = counter.store;
    expect(read.all("SELECT subject FROM outbox WHERE kind = 'filing.add-annexes' AND state <> 'done'")).toEqual([{ subject: filingId }]);
    expect(look(counter, filingId).documents).toHaveLength(1);
    await court.desks[0]!.plugIn();
    must(await syncOnce(counter));
    expect(outboxOf(counter)).toMatchObject({ waiting: 0, parked: [] });
    must(await syncOnce(second));
    expect(look(second, filingId)).toMatchObject({ annexes: [{ handedInBy: 'Әлия' }], documents: [{ role: 'duty_payment' }] });
  });

  it('that the registry refused are told apart from those that wait, and from those that are not to be sent; the other desks never hear of them', async () => {
    const id = await takeClaim(counter);
    await register(counter, id);
    must(await finishWork(counter));
    must(await syncOnce(counter));
    must(await syncOnce(second));
    const documents = await paperOf(counter, newId());
    const adding = { id: newId(), filingId: id, handedInBy: 'Әлия', actor: court.userOf('judge') };
    must(addAnnexes(counter.paper, adding, documents, facts));
    const standing = () => look(counter, id).annexes.map((annex) => annex.standing);
    const { sha256 } = documents[0]!;
    const inCaseFile = () =>
      caseFileOf(counter.store.read, look(counter, id)).find((document) => document.sha256 === sha256)?.standing.state;
    const inCard = () => {
      const number = look(counter, id).caseNumber!;
      const [filing] = readCaseCard(counter, { number, user: { id: secretary, role: 'secretary' } })!.filings;
      return filing!.documents.map((document) => document.standing?.state ?? null);
    };
    const give = () =>
      grantCaseFile(counter.proceedings, {
        filingId: id,
        person: 'Әлия',
        documents: [sha256],
        until: '2999-01-01T00:00:00.000Z',
        actor: secretary,
      });
    expect(standing()).toEqual([{ state: 'waiting', code: null }]);
    must(await syncOnce(counter));
    expect(standing()).toEqual([{ state: 'refused', code: 'role-not-allowed' }]);
    counter.store.write((tx) => tx.run("UPDATE document SET state = 'stored' WHERE annex_id = ?", adding.id));
    expect([inCaseFile(), inCard()]).toEqual(['refused', [null, 'refused']]);
    expect(give(), 'what the registry does not have is opened to nobody').toMatchObject({ error: { code: 'input-invalid' } });
    const { revision } = look(counter, id);
    const [item] = outboxOf(counter).parked;
    must(await takeOverRegistry(counter, item!.id, { actor: secretary, reason: 'Қате', isHead: false }));
    expect(standing()).toEqual([{ state: 'withdrawn', code: null }]);
    expect(look(counter, id).revision).toBeGreaterThan(revision);
    expect([inCaseFile(), inCard()]).toEqual([undefined, [null, 'withdrawn']]);
    must(await syncOnce(counter));
    must(await syncOnce(second));
    expect(standing()).toEqual([{ state: 'withdrawn', code: null }]);
    expect(look(second, id)).toMatchObject({ annexes: [], documents: [{ annexId: null }] });
    expect(outboxOf(counter)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('are not added to a filing that is not here, without a name, without a paper, or with bytes that are not here', async () => {
    const filingId = await receive();
    const documents = await paperOf(counter, 'екі');
    const adding = { id: newId(), filingId, handedInBy: 'Әлия', actor: secretary };
    const count = () => counter.store.read.get('SELECT count(*) AS n FROM filing_annex');
    const before = count();
    expect(addAnnexes(counter.paper, { ...adding, filingId: newId() }, documents, facts)).toMatchObject({ error: { code: 'not-found' } });
    expect(addAnnexes(counter.paper, { ...adding, handedInBy: '  ' }, documents, facts)).toMatchObject({
      error: { code: 'input-invalid', params: { field: 'handedInBy' } },
    });
    expect(addAnnexes(counter.paper, adding, [], facts)).toMatchObject({
      error: { code: 'input-invalid', params: { field: 'documents' } },
    });
    const absent = documents.map((document) => ({ ...document, sha256: '0'.repeat(64) }));
    expect(addAnnexes(counter.paper, adding, absent, facts)).toMatchObject({ error: { code: 'document-missing' } });
    expect(count()).toEqual(before);
  });

  it('what is being scanned for a filing is kept when the program dies, and only for whoever scanned it', async () => {
    const filingId = await receive();
    const work = beginPaperWork(counter.paper, secretary).id;
    must(directPaperWork(counter.paper, { id: work, owner: secretary, annexTo: { filingId, handedInBy: 'Әл' } }));
    expect(directPaperWork(counter.paper, { id: work, owner: newId(), annexTo: null })).toMatchObject({ error: { code: 'not-found' } });
    await court.desks[0]!.kill();
    counter = court.desks[0]!.desk;
    expect(readPaperWork(counter.store.read, work, secretary)?.annexTo).toEqual({ filingId, handedInBy: 'Әл' });
    expect(openPaperWorks(counter.store.read, secretary).map(({ id }) => id)).toContain(work);
    expect(readPaperWork(counter.store.read, work, newId())).toBeNull();
  });
});
