import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../main/store/index.ts';
import { FILING_STATES } from '../../shared/domain/filing-status.ts';
import { tempDir } from '../support/temp-dir.ts';

const KEY = new Uint8Array(32).fill(7);
const open = (file: string, key = KEY) => {
  const opened = openStore(file, key);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};
const raw = (file: string) => {
  const db = new Database(file);
  db.pragma(`key = "raw:${Buffer.from(KEY).toString('hex')}"`);
  return db;
};

describe('the encrypted store', () => {
  it('keeps nothing readable on disk', () => {
    const file = path.join(tempDir(), 'kense.db');
    const store = open(file);
    store.write((tx) => tx.run("INSERT INTO setting (key, value) VALUES ('name', '\"Ғалымжанов Әділет\"')"));
    store.close();
    const bytes = Buffer.concat(fs.readdirSync(path.dirname(file)).map((f) => fs.readFileSync(path.join(path.dirname(file), f))));
    expect(bytes.includes(Buffer.from('Ғалымжанов'))).toBe(false);
    expect(bytes.includes(Buffer.from('SQLite format 3'))).toBe(false);
  });

  it('says that a wrong key is wrong and leaves the database as it was', () => {
    const file = path.join(tempDir(), 'kense.db');
    open(file).close();
    const wrong = openStore(file, randomBytes(32));
    expect(wrong).toMatchObject({ ok: false, error: { code: 'database-key-wrong' } });
    open(file).close();
  });

  it('leaves no copy from before a migration beside a database that has opened well, and what stands there otherwise alone', () => {
    const file = path.join(tempDir(), 'kense.db');
    const copies = ['kense.db.before-12', 'kense.db.before-340'].map((name) => path.join(path.dirname(file), name));
    const other = path.join(path.dirname(file), 'other.db.before-12');
    open(file).close();
    for (const name of [...copies, other]) fs.writeFileSync(name, 'x');
    expect(openStore(file, randomBytes(32)).ok).toBe(false);
    expect(copies.every((name) => fs.existsSync(name))).toBe(true);
    const store = open(file);
    expect(copies.filter((name) => fs.existsSync(name))).toEqual([]);
    fs.writeFileSync(copies[0]!, 'x');
    store.settle();
    store.close();
    expect(fs.existsSync(copies[0]!)).toBe(false);
    expect(fs.existsSync(other)).toBe(true);
  });

  it('refuses a database of a newer version', () => {
    const file = path.join(tempDir(), 'kense.db');
    open(file).close();
    const db = raw(file);
    db.pragma('user_version = 99990');
    db.close();
    expect(openStore(file, KEY)).toMatchObject({ ok: false, error: { code: 'database-newer', params: { version: 99990 } } });
  });

  it('finds a damaged database', () => {
    const file = path.join(tempDir(), 'kense.db');
    const store = open(file);
    store.write((tx) => tx.run("INSERT INTO setting (key, value) VALUES ('filler', json_quote(hex(zeroblob(200000))))"));
    store.close();
    const bytes = fs.readFileSync(file);
    for (let at = 5000; at < bytes.length; at += 1000) bytes[at] = bytes[at]! ^ 0xff;
    fs.writeFileSync(file, bytes);
    expect(openStore(file, KEY)).toMatchObject({ ok: false, error: { code: 'database-damaged' } });
  });

  it('rolls change, journal and outbox back together', () => {
    const store = open(path.join(tempDir(), 'kense.db'));
    expect(() =>
      store.write((tx) => {
        tx.run("INSERT INTO setting (key, value) VALUES ('a', '1')");
        tx.journal({ at: '2026-11-21T10:00:00Z', actor: null, action: 'settings.changed', subject: null, details: {} });
        tx.outbox({
          id: 'x',
          subject: 's',
          kind: 'journal.anchor',
          actor: null,
          at: '2026-11-21T10:00:00Z',
          payload: { entries: 0, head: '' },
          uploads: [],
        });
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(store.read.get('SELECT count(*) AS n FROM setting')).toEqual({ n: 0 });
    expect(store.read.get('SELECT count(*) AS n FROM outbox')).toEqual({ n: 0 });
    expect(store.checkJournal()).toEqual({ entries: 0, chain: 'ok', brokenAt: null });
    store.close();
  });

  it('gives a read handle that cannot write', () => {
    const store = open(path.join(tempDir(), 'kense.db'));
    expect(() => store.read.get("INSERT INTO setting (key, value) VALUES ('a', '1') RETURNING key")).toThrow(/writes/);
    expect(() => store.read.all('DELETE FROM setting')).toThrow(/writes/);
    store.close();
  });

  it('allows exactly the states of the workflow table', () => {
    const store = open(path.join(tempDir(), 'kense.db'));
    const insert = (state: string) =>
      store.write((tx) =>
        tx.run(
          `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, incoming_number, registered_at)
           VALUES (?, ?, 'claim', 'kk', '{}', ?, '', '', '', '', ?, ?)`,
          `f-${state}`,
          `c-${state}`,
          state,
          ['received', 'checking'].includes(state) ? null : `n-${state}`,
          ['received', 'checking'].includes(state) ? null : 'now',
        ),
      );
    for (const state of FILING_STATES) expect(insert(state), state).toBe(1);
    expect(() => insert('flagged')).toThrow(/CHECK/);
    expect(() => store.write((tx) => tx.run("UPDATE filing SET incoming_number = NULL WHERE id = 'f-registered'"))).toThrow(/CHECK/);
    expect(() => store.write((tx) => tx.run("UPDATE filing SET incoming_number = 'n-accepted' WHERE id = 'f-registered'"))).toThrow(
      /UNIQUE/,
    );
    store.close();
  });
});

describe('the journal', () => {
  const filled = (file: string) => {
    const store = open(file);
    for (let i = 0; i < 5; i++)
      store.write((tx) =>
        tx.journal({
          at: `2026-11-21T10:00:0${i}Z`,
          actor: i % 2 ? 'u' : null,
          action: 'filing.viewed',
          subject: 'f',
          details: { page: i },
        }),
      );
    return store;
  };

  it('cannot be changed or shortened through SQL', () => {
    const store = filled(path.join(tempDir(), 'kense.db'));
    expect(() => store.write((tx) => tx.run("UPDATE journal SET actor = 'x' WHERE seq = 2"))).toThrow(/append-only/);
    expect(() => store.write((tx) => tx.run('DELETE FROM journal WHERE seq = 5'))).toThrow(/append-only/);
    expect(store.checkJournal()).toEqual({ entries: 5, chain: 'ok', brokenAt: null });
    store.close();
  });

  it.each([
    ['an edited entry', 'UPDATE journal SET details = \'{"page":9}\' WHERE seq = 3', 3],
    ['a removed entry', 'DELETE FROM journal WHERE seq = 2', 3],
    [
      'two swapped entries',
      'UPDATE journal SET at = CASE seq WHEN 2 THEN (SELECT at FROM journal WHERE seq = 3) ELSE (SELECT at FROM journal WHERE seq = 2) END WHERE seq IN (2, 3)',
      2,
    ],
  ])('names the place of %s', (_, tamper, brokenAt) => {
    const file = path.join(tempDir(), 'kense.db');
    filled(file).close();
    const db = raw(file);
    db.exec('DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;');
    db.exec(tamper);
    db.close();
    const store = open(file);
    expect(store.checkJournal()).toMatchObject({ chain: 'broken', brokenAt });
    store.close();
  });
});
