import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { LATEST_VERSION, MIGRATIONS } from '../../main/store/migrations/index.ts';
import { readJournal, type JournalFilter } from '../../main/journal/index.ts';
import { JOURNAL_GENESIS, journalEntryHash, openStore } from '../../main/store/index.ts';
import { leaseToRegister, returnNumbers, unsentRegistrations } from '../../main/sync/index.ts';
import { tempDir } from '../support/temp-dir.ts';

const KEY = new Uint8Array(32).fill(7);

it('a database of the first version keeps its rows and can keep verifications', () => {
  const file = path.join(tempDir(), 'kense.db');
  const old = new Database(file);
  old.pragma(`key = "raw:${Buffer.from(KEY).toString('hex')}"`);
  old.exec(MIGRATIONS[0]!.sql);
  old.pragma('user_version = 10');
  old.exec(`
    INSERT INTO filing (id, cabinet_number, kind, language, message, state, verdict, claimant, search_text, sent_at, received_at)
      VALUES ('f', '100000000001', 'claim', 'kk', '{}', 'received', 'undecided', '', '', '', '');
    INSERT INTO document (id, filing_id, position, role, title, file_name, size, sha256, report)
      VALUES ('d', 'f', 0, 'claim', '', 'claim.pdf', 1, 'aa', '{"signatures":[{"id":"S1"}]}');`);
  old.close();

  const opened = openStore(file, KEY);
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  expect(store.read.get('PRAGMA user_version')).toEqual({ user_version: LATEST_VERSION });
  expect(store.read.get('SELECT verdict FROM filing')).toEqual({ verdict: 'undecided' });
  expect(store.read.get('SELECT report FROM document')).toEqual({ report: '{"signatures":[{"id":"S1"}]}' });
  expect(store.read.get('SELECT count(*) AS n FROM verification')).toEqual({ n: 0 });
  const insert = (document: string) =>
    store.write((tx) =>
      tx.run(
        `INSERT INTO verification (id, filing_id, document_id, at, file_name, sha256, policy_id, policy_version, policy_sha256, attempts, report)
         VALUES ('v', 'f', ?, '', '', '', '', '', '', '[]', '{}')`,
        document,
      ),
    );
  expect(() => insert('unknown')).toThrow('FOREIGN KEY');
  expect(insert('d')).toBe(1);
  store.close();
});

it('a database from before leases keeps its numbers and its unsent registrations, and can lease and return', () => {
  const file = path.join(tempDir(), 'kense.db');
  const old = new Database(file);
  old.pragma(`key = "raw:${Buffer.from(KEY).toString('hex')}"`);
  for (const migration of MIGRATIONS.filter(({ version }) => version < 40)) old.exec(migration.sql);
  old.pragma('user_version = 20');
  old.exec(`
    INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at)
      VALUES ('f', '100000000001', 'claim', 'kk', '{}', 'checking', '', '', '', '');
    INSERT INTO number_block VALUES ('b', 'incoming', '26', '', 1, 100, 42);
    INSERT INTO outbox (id, subject, kind, schema_version, at, payload) VALUES ('o', 'f', 'filing.register', 1, '', '{}');`);
  old.close();

  const opened = openStore(file, KEY);
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const at = '2026-11-21T10:00:00.000Z';
  expect(unsentRegistrations(store.read)).toEqual(['f']);
  expect(leaseToRegister(store.read, 'f', at)).toBeNull();
  expect(store.write((tx) => returnNumbers(tx, { newId: () => 'n', at, actor: null }, 'all'))).toBe(59);
  expect(store.read.get('SELECT first, next, last, returned_from FROM number_block')).toEqual({
    first: 1,
    next: 42,
    last: 100,
    returned_from: 42,
  });
  expect(() => store.write((tx) => tx.run('UPDATE number_block SET next = next + 1'))).toThrow('CHECK');
  expect(store.read.get("SELECT payload FROM outbox WHERE kind = 'number.return'")).toEqual({ payload: '{"blockId":"b","first":42}' });
  store.close();
});

it('a database from before reviews had a name gives each to the judge of the act, else of the filing, and none to what nobody read', () => {
  const file = path.join(tempDir(), 'kense.db');
  const old = new Database(file);
  old.pragma(`key = "raw:${Buffer.from(KEY).toString('hex')}"`);
  for (const migration of MIGRATIONS.filter(({ version }) => version < 221)) old.exec(migration.sql);
  old.pragma('user_version = 220');
  old.exec(`
    INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, judge_id)
      VALUES ('f', '100000000001', 'claim', 'kk', '{}', 'received', '', '', '', '', 'judge of the filing');`);
  const act = old.prepare(
    `INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, judge_id, reviewed_sha256)
     VALUES (?, 'f', ?, 'draft', 'kk', 'u', '', 'aa', 1, ?, ?)`,
  );
  act.run('1', 'order', 'judge of the act', 'aa');
  act.run('2', 'warrant', null, 'aa');
  act.run('3', 'notice', null, null);
  old.close();

  const opened = openStore(file, KEY);
  if (!opened.ok) throw new Error(opened.error.code);
  const reviews = opened.value.read.all<{ by: string | null }>('SELECT reviewed_by AS by FROM act ORDER BY id');
  expect(reviews.map(({ by }) => by)).toEqual(['judge of the act', 'judge of the filing', null]);
  opened.value.close();
});

it('a database from before further kinds of acts keeps its acts with every version and word, and what was being typed', () => {
  const file = path.join(tempDir(), 'kense.db');
  const old = new Database(file);
  old.pragma(`key = "raw:${Buffer.from(KEY).toString('hex')}"`);
  old.pragma('foreign_keys = ON');
  for (const migration of MIGRATIONS.filter(({ version }) => version < 150)) old.exec(migration.sql);
  old.pragma('user_version = 140');
  old.exec(`
    INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at)
      VALUES ('f', '100000000001', 'claim', 'kk', '{}', 'received', '', '', '', ''), ('g', '100000000002', 'claim', 'kk', '{}', 'received', '', '', '', '');
    INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, revision, sent_back_at)
      VALUES ('a', 'f', 'ruling-return', 'draft', 'kk', 'u', '2026-11-01T00:00:00Z', 'aa', 1, 3, '2026-11-02T00:00:00Z');
    INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, signed_sha256, signed_size, signed_by, signed_at, level, set_aside_at)
      VALUES ('b', 'g', 'ruling-accept', 'signed', 'ru', 'u', '2026-11-01T00:00:00Z', 'bb', 2, 'cc', 7, 'j', '2026-11-03T00:00:00Z', 'T', '2026-11-04T00:00:00Z');
    INSERT INTO act_version (act_id, number, kind, sha256, pages, grounds, made_at, why, text)
      VALUES ('a', 1, 'ruling-accept', 'a1', 1, '[]', '', 'drafted', NULL), ('a', 2, 'ruling-return', 'aa', 1, '[]', '', 'edited', '{"version":1,"blocks":[]}');
    INSERT INTO act_word (act_id, number, kind, text, by_user, at, version) VALUES ('a', 1, 'sent-back', 'Неге?', 'j', '', 2);
    INSERT INTO form_draft (user_id, filing_id, form, content, at) VALUES ('u', 'f', 'text', '{}', ''), ('u', 'f', 'reply', '{}', '');`);
  old.close();

  const opened = openStore(file, KEY);
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  expect(
    store.read.all('SELECT id, kind, title, state, revision, sent_back_at, handed_at, set_aside_at, signed_size FROM act ORDER BY id'),
  ).toEqual([
    {
      ...{ id: 'a', kind: 'ruling-return', title: null, state: 'draft', revision: 3, sent_back_at: '2026-11-02T00:00:00Z' },
      ...{ handed_at: '2026-11-01T00:00:00Z', set_aside_at: null, signed_size: null },
    },
    {
      ...{ id: 'b', kind: 'ruling-accept', title: null, state: 'signed', revision: 0, sent_back_at: null },
      ...{ handed_at: '2026-11-01T00:00:00Z', set_aside_at: '2026-11-04T00:00:00Z', signed_size: 7 },
    },
  ]);
  expect(store.read.all('SELECT number, sha256, text FROM act_version ORDER BY number')).toEqual([
    { number: 1, sha256: 'a1', text: null },
    { number: 2, sha256: 'aa', text: '{"version":1,"blocks":[]}' },
  ]);
  expect(store.read.all('SELECT text FROM act_word')).toEqual([{ text: 'Неге?' }]);
  expect(store.read.all('SELECT form FROM form_draft ORDER BY form')).toEqual([{ form: 'reply' }, { form: 'text:a' }]);
  const draft = (id: string, kind: string, title: string | null = null) =>
    store.write((tx) =>
      tx.run(
        "INSERT INTO act (id, filing_id, kind, title, state, language, prepared_by, prepared_at, draft_sha256, pages) VALUES (?, 'f', ?, ?, 'draft', 'kk', 'u', '', 'dd', 1)",
        ...[id, kind, title],
      ),
    );
  expect(() => draft('c', 'ruling-accept'), 'one ruling is open at a time').toThrow('UNIQUE');
  expect(draft('d', 'certificate')).toBe(1);
  expect(() => draft('e', 'certificate')).toThrow('UNIQUE');
  expect(draft('h', 'free-act', 'Шешім')).toBe(1);
  expect(draft('i', 'free-act', 'Қаулы')).toBe(1);
  store.write((tx) => tx.run("DELETE FROM act WHERE id = 'a'"));
  expect(store.read.get('SELECT count(*) AS n FROM act_version')).toEqual({ n: 0 });
  store.close();
});

it('a database from before large journals keeps its chain, finds words and periods in it, and notes where the clock was set back', () => {
  const file = path.join(tempDir(), 'kense.db');
  const old = new Database(file);
  old.pragma(`key = "raw:${Buffer.from(KEY).toString('hex')}"`);
  for (const migration of MIGRATIONS.filter(({ version }) => version < 290)) old.exec(migration.sql);
  old.pragma('user_version = 289');
  let previous = JOURNAL_GENESIS;
  const add = old.prepare('INSERT INTO journal (seq, at, action, details, previous, hash) VALUES (?, ?, ?, ?, ?, ?)');
  ['2026-11-01T00:00:00.000Z', '2026-11-03T00:00:00.000Z', '2026-11-02T00:00:00.000Z'].forEach((at, n) => {
    const entry = { at, actor: null, action: 'filing.viewed', subject: null, details: `{"reason":"сөз${n}"}` };
    const hash = journalEntryHash(previous, n + 1, entry);
    add.run(n + 1, at, entry.action, entry.details, previous, hash);
    previous = hash;
  });
  old.close();

  const opened = openStore(file, KEY);
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  expect(store.checkJournal()).toEqual({ entries: 3, chain: 'ok', brokenAt: null });
  const places = (filter: JournalFilter) => readJournal(store.read, filter, { offset: 0, limit: 10 }).lines.map(({ seq }) => seq);
  expect(places({ text: 'сөз1' })).toEqual([2]);
  expect(places({ from: '2026-11-02T00:00:00.000Z', until: '2026-11-03T00:00:00.000Z' })).toEqual([3]);
  expect(store.read.all('SELECT first, highest FROM journal_stretch ORDER BY first')).toEqual([
    { first: 1, highest: '2026-11-03T00:00:00.000Z' },
    { first: 3, highest: '2026-11-02T00:00:00.000Z' },
  ]);
  for (const edit of [
    'DELETE FROM journal WHERE seq = 1',
    "UPDATE journal SET actor = 'x' WHERE seq = 1",
    "UPDATE journal SET details = '{}' WHERE seq = 1",
  ])
    expect(() => store.write((tx) => tx.run(edit))).toThrow('append-only');
  store.close();
});
