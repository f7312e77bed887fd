import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { LATEST_VERSION, MIGRATIONS } from '../../main/store/migrations/index.ts';
import { openStore } from '../../main/store/index.ts';
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
