import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptHistoryOf,
  checkHistory,
  compareWithRegistry,
  createProfile,
  findingOf,
  finishWork,
  outboxOf,
  push,
  syncOnce,
} from '../../main/core/index.ts';
import { readFiling } from '../../main/intake/index.ts';
import { readReceipt } from '../../main/sync/index.ts';
import { editDatabase, rechain, replaceDatabase, reseal } from '../support/desk/edit-database.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { tempDir } from '../support/temp-dir.ts';

let office: TrainingOffice;
let secretary: string;
let head: string;
/** What the registry was asked, newest last. */
const asked: string[] = [];

beforeAll(async () => {
  office = await trainingOffice();
  must(await syncOnce(office.desk));
  secretary = await signInAs(office, 'secretary');
  head = await signInAs(office, 'office-head');
});
beforeEach(() => {
  office.fault = ({ method, route }) => (asked.push(`${method} ${route}`), null);
});
afterEach(() => {
  asked.length = 0;
});
afterAll(() => office.close());

const entriesOf = () => office.desk.store.journalHead().entries;
const claim = () => sampleOf(office, 'good', 'claim');
const reason = 'the disk was replaced';

/** A filing registered and sent. */
async function oneDone(): Promise<{ id: string; incomingNumber: string }> {
  const id = await arrive(office, claim());
  const { incomingNumber } = must(register(office, id, secretary));
  must(await finishWork(office.desk));
  must(await syncOnce(office.desk));
  return { id, incomingNumber };
}

/** A filing registered and waiting to be sent. */
async function oneWaiting(): Promise<string> {
  const id = await arrive(office, claim());
  must(register(office, id, secretary));
  must(await finishWork(office.desk));
  return id;
}

/** What every finding has in common: it is named, nothing is sent, and it stays until a person who may has decided. */
async function expectFound(code: string, entry: number, since: unknown) {
  const waiting = outboxOf(office.desk).waiting;
  const failure = { ok: false, error: { code, params: { entry, ...(since ? { since } : {}) }, next: 'ask-user' } };
  expect(await syncOnce(office.desk)).toEqual(failure);
  expect(await push(office.desk)).toEqual(failure);
  expect(asked.filter((request) => request.startsWith('POST /v1/commands'))).toEqual([]);
  expect(outboxOf(office.desk)).toMatchObject({ waiting, parked: [] });
  await office.reopen();
  expect(await syncOnce(office.desk)).toEqual(failure);
  expect(findingOf(office.desk)).toMatchObject({ code, entry, since });
  expect(must(await checkHistory(office.desk))).toMatchObject({ compared: true, finding: { code, entry, since } });
  expect(await acceptHistoryOf(office.desk, { actor: secretary, reason })).toMatchObject({ error: { code: 'role-not-allowed' } });
  expect(findingOf(office.desk)).not.toBeNull();
}

/** After the decision the desk works on, and both sides hold the same. */
async function expectGoesOn() {
  must(await acceptHistoryOf(office.desk, { actor: head, reason }));
  must(await syncOnce(office.desk));
  await office.reopen();
  must(await syncOnce(office.desk));
  expect(findingOf(office.desk)).toBeNull();
  expect(outboxOf(office.desk).waiting).toBe(0);
  expect(must(await compareWithRegistry(office.desk)).differences).toEqual([]);
  expect(await acceptHistoryOf(office.desk, { actor: head, reason })).toMatchObject({ error: { code: 'not-found' } });
}

it('an untouched desk is never suspected: opened again, its anchors answered into the void, several changes a day', async () => {
  let left = 2;
  office.fault = ({ method, route }) => (method === 'POST' && route === '/v1/commands' && left-- > 0 ? { kind: 'drop-answer' } : null);
  await oneWaiting();
  for (let i = 0; i < 3; i++) await syncOnce(office.desk);
  await office.reopen();
  must(await syncOnce(office.desk));
  expect(must(await checkHistory(office.desk))).toEqual({
    entries: entriesOf(),
    chain: 'ok',
    brokenAt: null,
    fault: null,
    accepted: null,
    anchored: { entries: entriesOf(), at: expect.any(String) },
    compared: true,
    finding: null,
  });
});

describe('an older copy of the database put back', () => {
  it('is called that also when something was written to it before it was compared', async () => {
    await oneDone();
    const copy = path.join(tempDir(), 'copy.db');
    const receipt = readReceipt(office.desk.store.read)!;
    office.desk.store.copyTo(copy);
    const entries = entriesOf();
    const note = () =>
      office.desk.store.write((tx) =>
        tx.journal({ at: office.desk.config.clock(), actor: null, action: 'session.ended', subject: null, details: {} }),
      );
    note();
    must(await syncOnce(office.desk));
    expect(readReceipt(office.desk.store.read)!.entries).toBe(entries + 1);
    await oneDone();
    office.desk.close();
    replaceDatabase(office.profileDir, copy);
    await office.reopen();
    note();

    asked.length = 0;
    await expectFound('journal-rolled-back', entries + 1, receipt.anchoredAt);
    await expectGoesOn();
  });

  it('is found before anything is sent; what was done since comes from the registry, and no number is given twice', async () => {
    await oneDone();
    const copy = path.join(tempDir(), 'copy.db');
    const receipt = readReceipt(office.desk.store.read)!;
    office.desk.store.copyTo(copy);
    const entries = entriesOf();
    const later = await oneDone();
    office.desk.close();
    replaceDatabase(office.profileDir, copy);
    await office.reopen();
    asked.length = 0;

    await expectFound('journal-rolled-back', entries + 1, receipt.anchoredAt);
    expect(readFiling(office.desk.store.read, later.id)?.incomingNumber).toBe(later.incomingNumber);
    const id = await office.submit(claim()).then(({ id }) => id);
    await syncOnce(office.desk);
    expect(register(office, id, secretary)).toMatchObject({ ok: false, error: { code: 'lease-missing' } });
    await expectGoesOn();
    const { incomingNumber } = must(register(office, id, secretary));
    expect(incomingNumber > later.incomingNumber).toBe(true);
    must(await syncOnce(office.desk));
    const gaps = office.desk.store.read.all<{ details: string }>("SELECT details FROM journal WHERE action = 'numbers.abandoned'");
    expect(gaps.map((gap) => JSON.parse(gap.details) as { series: string })).toContainEqual(
      expect.objectContaining({ series: 'incoming', first: Number(later.incomingNumber.slice(-6)) }),
    );
  });

  it('is found too when it was worked with before the line came back', async () => {
    await oneDone();
    const copy = path.join(tempDir(), 'copy.db');
    const receipt = readReceipt(office.desk.store.read)!;
    office.desk.store.copyTo(copy);
    await oneDone();
    office.desk.close();
    replaceDatabase(office.profileDir, copy);
    await office.reopen();
    for (let i = 0; i < 60; i++)
      office.desk.store.write((tx) =>
        tx.journal({ at: office.desk.config.clock(), actor: secretary, action: 'session.signed-in', subject: null, details: {} }),
      );
    asked.length = 0;
    await expectFound('journal-rolled-back', receipt.entries + 1, receipt.anchoredAt);
    await expectGoesOn();
  });
});

describe('an edited database', () => {
  it('an entry changed without care is named itself', async () => {
    const receipt = readReceipt(office.desk.store.read)!;
    await oneDone();
    await oneWaiting();
    office.desk.close();
    const entry = receipt.entries + 2;
    editDatabase(office.profileDir, (db) => db.prepare("UPDATE journal SET actor = 'somebody else' WHERE seq = ?").run(entry));
    await office.reopen();
    asked.length = 0;
    await expectFound('journal-edited', entry, receipt.anchoredAt);
    await expectGoesOn();
  });

  it('an entry changed with the whole chain after it is found by the anchors', async () => {
    must(await syncOnce(office.desk));
    const receipt = readReceipt(office.desk.store.read)!;
    await oneDone();
    await oneDone();
    await oneWaiting();
    office.desk.close();
    editDatabase(office.profileDir, (db) => {
      db.prepare("UPDATE journal SET action = 'nothing.happened' WHERE seq = ?").run(receipt.entries + 1);
      rechain(db, receipt.entries + 1);
    });
    await office.reopen();
    expect(office.desk.store.checkJournal().brokenAt).not.toBe(receipt.entries + 1);
    asked.length = 0;
    await expectFound('journal-edited', receipt.entries + 1, receipt.anchoredAt);
    await expectGoesOn();
  });

  it('a change made beside the running desk is found at its next round', async () => {
    must(await syncOnce(office.desk));
    const receipt = readReceipt(office.desk.store.read)!;
    editDatabase(office.profileDir, (db) => db.prepare("UPDATE journal SET details = '{}' WHERE seq = ?").run(3));
    // the part before an accepted entry was decided about already; what came after is watched
    must(await syncOnce(office.desk));
    const entry = receipt.entries;
    editDatabase(office.profileDir, (db) => db.prepare('UPDATE journal SET details = \'{"x":1}\' WHERE seq = ?').run(entry));
    asked.length = 0;
    await expectFound('journal-edited', entry, expect.any(String));
    await expectGoesOn();
  });
});

it('the database of another desk is found, cannot be accepted, and the right one works on', async () => {
  const other = path.join(tempDir(), 'other');
  const { clock, newId } = office.desk.config;
  const enrolment = { registryUrl: office.registry.url, enrolmentCode: office.registry.courts[0]!.enrolmentCode, clock, newId };
  must(await createProfile({ profileDir: other, training: true, protector: { kind: 'open' }, ...enrolment }));
  must(await syncOnce(office.desk));
  const [mine, theirs] = [path.join(tempDir(), 'mine.db'), path.join(tempDir(), 'theirs.db')];
  office.desk.store.copyTo(mine);
  office.desk.close();
  editDatabase(other, (db) => db.prepare('VACUUM INTO ?').run(theirs));
  reseal(theirs, other, office.profileDir);
  replaceDatabase(office.profileDir, theirs);
  await office.reopen();
  asked.length = 0;
  expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'database-swapped', params: { entry: 1 } } });
  expect(await acceptHistoryOf(office.desk, { actor: head, reason })).toMatchObject({ ok: false, error: { code: 'database-swapped' } });
  expect(asked.filter((request) => request === 'POST /v1/commands')).toEqual([]);
  office.desk.close();
  replaceDatabase(office.profileDir, mine);
  await office.reopen();
  must(await syncOnce(office.desk));
  expect(findingOf(office.desk)).toBeNull();
});
