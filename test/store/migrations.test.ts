import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { LATEST_VERSION, MIGRATIONS } from '../../main/store/migrations/index.ts';
import { openStore } from '../../main/store/index.ts';
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
