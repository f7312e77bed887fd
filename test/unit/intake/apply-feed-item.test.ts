import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyFeedItem, applyRecallItem, readFiling } from '../../../main/intake/index.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { replayDeferred } from '../../../main/sync/index.ts';
import type { FeedItem } from '../../../shared/registry/index.ts';
import { tempDir } from '../../support/temp-dir.ts';

const AT = '2026-11-21T10:00:00.000Z';
const [HERE, LATE, NOWHERE, COMMAND, PERSON] = [1, 2, 3, 4, 5].map((n) => `01980000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
  string,
  string,
];
const NUMBER = '100000000001';
const reference = loadReference('resources');

let store: Store;
let seq: number;
let ids: number;
beforeEach(() => {
  const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
  [seq, ids] = [0, 0];
  take('filing.submitted', message(HERE));
});
afterEach(() => store.close());

const apply = (tx: Parameters<typeof applyFeedItem>[1], item: FeedItem) =>
  applyFeedItem({ reference, clock: () => AT, newId: () => `d${++ids}`, workstationId: 'w' }, tx, item);
/** Takes an item as the pull of the feed does: what is deferred is kept. */
function take(kind: string, data: object): string {
  const subject = 'id' in data ? String(data.id) : String((data as { filingId?: string }).filingId);
  const item: FeedItem = { seq: ++seq, kind, version: 1, subject, at: AT, data };
  return store.write((tx) => {
    const outcome = apply(tx, item);
    if (outcome === 'applied') return outcome;
    tx.run('INSERT INTO feed_deferred (seq, item, reason) VALUES (?, ?, ?)', item.seq, JSON.stringify(item), outcome.deferred);
    return outcome.deferred;
  });
}
const message = (id: string) => ({
  ...{ id, cabinetNumber: NUMBER, kind: 'claim', language: 'kk', court: '9900', sentAt: AT, receivedAt: AT, claimValue: null },
  ...{ parties: [{ side: 'claimant', type: 'individual', name: 'Ахметов А.', iin: '850101300124' }], documents: [], fields: {} },
});
const state = (id: string) => ({
  ...{
    id,
    cabinetNumber: NUMBER,
    state: 'registered',
    flagged: false,
    incomingNumber: '9900-26-000017',
    caseNumber: null,
    joinsCase: null,
  },
  ...{ registeredAt: AT, talon: null, acts: [] },
});
const assigned = (filingId: string) => ({ filingId, assignee: PERSON, by: PERSON, command: COMMAND, at: AT });
const reasons = () => store.read.all<{ reason: string }>('SELECT reason FROM feed_deferred ORDER BY seq').map(({ reason }) => reason);

it('what the registry told of a filing that could not be taken yet is kept behind it and taken in its order', () => {
  expect(take('filing.submitted', message(LATE))).toBe('cabinet-number-taken');
  expect(take('filing.assigned', assigned(LATE))).toBe('filing-unknown');
  expect(take('filing.changed', state(LATE))).toBe('filing-unknown');
  expect(readFiling(store.read, LATE)).toBeNull();

  store.write((tx) => tx.run("UPDATE filing SET cabinet_number = '100000000009' WHERE id = ?", HERE));
  expect(replayDeferred({ store, apply })).toBe(3);
  expect(readFiling(store.read, LATE)).toMatchObject({ state: 'registered', incomingNumber: '9900-26-000017' });
  expect(store.read.get('SELECT assignee FROM filing WHERE id = ?', LATE)).toEqual({ assignee: PERSON });
  expect(reasons()).toEqual([]);
});

it('what is told of a filing that nobody sent here is not kept', () => {
  expect(take('filing.changed', state(NOWHERE))).toBe('applied');
  expect(take('filing.assigned', assigned(NOWHERE))).toBe('applied');
  expect(reasons()).toEqual([]);
});

it('who registered at another desk is told later too, of the same registration alone, and the first word stays', () => {
  const by = () => store.read.get<{ by: string | null }>('SELECT registered_by AS by FROM filing WHERE id = ?', HERE)!.by;
  expect(take('filing.changed', state(HERE))).toBe('applied');
  expect(by()).toBeNull();
  take('filing.changed', { ...state(HERE), incomingNumber: '9900-26-000018', registeredBy: COMMAND });
  expect(by()).toBeNull();
  take('filing.changed', { ...state(HERE), registeredBy: PERSON });
  take('filing.changed', { ...state(HERE), registeredBy: COMMAND });
  expect(by()).toBe(PERSON);
  // it goes on where its own desk takes it, and nothing is made for it here
  take('filing.changed', { ...state(HERE), state: 'accepted', registeredBy: PERSON });
  expect(readFiling(store.read, HERE)).toMatchObject({ state: 'accepted', registeredBy: PERSON });
  expect(store.read.get('SELECT 1 FROM talon')).toBeUndefined();
});

it('before whom a filing is and what is proposed on it is told with its state, also later, and goes when the proposal is taken back', () => {
  const JUDGE = PERSON;
  const judge = () => readFiling(store.read, HERE)!.judgeId;
  const marked = () => [
    store.read.all('SELECT code, note FROM defect WHERE filing_id = ?', HERE),
    store.read.all('SELECT decision, grounds, transfer_to, notice_ru, by_user, at FROM proposal WHERE filing_id = ?', HERE),
  ];
  const defects = [{ code: 'fee', note: 'Доплатите пошлину.' }];
  const notice = { kk: 'Баж төленбеген', ru: 'Пошлина не уплачена' };
  const proposal = { decision: 'refuse', grounds: [{ code: '151.1.1', note: null }], transferTo: null, notice, by: PERSON, at: AT };
  store.write((tx) => tx.run("INSERT INTO defect (filing_id, code, note) VALUES (?, 'signature', NULL)", HERE));

  expect(take('filing.changed', { ...state(HERE), flagged: true, defects, proposal })).toBe('applied');
  expect(judge()).toBeNull();
  const kept = {
    decision: 'refuse',
    grounds: '[{"code":"151.1.1","note":null}]',
    transfer_to: null,
    notice_ru: notice.ru,
    by_user: PERSON,
    at: AT,
  };
  expect(marked()).toEqual([defects, [kept]]);
  take('filing.changed', { ...state(HERE), state: 'with-judge', flagged: true, defects, proposal, judge: JUDGE });
  expect(readFiling(store.read, HERE)).toMatchObject({ state: 'with-judge', judgeId: JUDGE });
  // an older registry says nothing of it, and takes nothing away
  take('filing.changed', { ...state(HERE), state: 'with-judge', flagged: true });
  expect([judge(), marked()]).toEqual([JUDGE, [defects, [kept]]]);

  const data = { recallId: COMMAND, filingId: HERE, reason: 'Қате', recalledAt: AT, by: PERSON };
  const item: FeedItem = { seq: ++seq, kind: 'filing.proposal-recalled', version: 1, subject: HERE, at: AT, data };
  expect(store.write((tx) => applyRecallItem(tx, item, AT))).toBe('applied');
  take('filing.changed', { ...state(HERE), state: 'with-judge', judge: JUDGE });
  expect([judge(), marked()]).toEqual([JUDGE, [[], []]]);
});

it('a ruling of another desk ends what is drafted here and takes the filing along; one that is signed here is waited for', () => {
  const [DRAFT, RULING] = [COMMAND, LATE];
  const acts = [{ id: RULING, kind: 'ruling-accept', sha256: 'b'.repeat(64), signedAt: AT, dispatched: false }];
  const put = (as: string, signed: string | null) =>
    store.write((tx) =>
      tx.run(
        `INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, handed_at, signed_sha256, signed_size, signed_by, signed_at, level)
         VALUES (?, ?, 'ruling-return', ?, 'kk', '', ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
        ...[DRAFT, HERE, as, AT, 'a'.repeat(64), AT],
        ...(signed === null ? [null, null, null, null, null] : [signed, 1, PERSON, AT, 'B']),
      ),
    );
  const isAt = () => [readFiling(store.read, HERE)!.state, store.read.all('SELECT id FROM act').length];
  const told = { ...state(HERE), state: 'with-judge', judge: PERSON };
  take('filing.changed', told);
  put('signed', 'c'.repeat(64));
  store.write((tx) => tx.run("UPDATE filing SET state = 'returned' WHERE id = ?", HERE));
  take('filing.changed', told);
  expect(isAt(), 'what the registry has not seen is not taken back').toEqual(['returned', 1]);

  store.write((tx) => {
    tx.run('DELETE FROM act');
    tx.run("UPDATE filing SET state = 'with-judge' WHERE id = ?", HERE);
  });
  put('draft', null);
  take('filing.changed', told);
  expect(isAt()).toEqual(['with-judge', 1]);
  take('filing.changed', { ...told, state: 'accepted', acts });
  expect(isAt()).toEqual(['accepted', 0]);
  expect(store.read.all("SELECT details FROM journal WHERE action = 'act.discarded'")).toEqual([
    { details: JSON.stringify({ act: DRAFT, kind: 'ruling-return', issued: RULING }) },
  ]);
});
