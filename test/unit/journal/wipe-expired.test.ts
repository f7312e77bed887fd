import path from 'node:path';
import fs from 'node:fs';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { gzipSync, gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkJournalArchive, exportJournal, readExpired, readJournal, wipeExpired, type WipeParts } from '../../../main/journal/index.ts';
import { COUNTED_AT_ONCE } from '../../../main/journal/wipe-expired.ts';
import { createBlobStore, openStore, type Store } from '../../../main/store/index.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { tempDir } from '../../support/temp-dir.ts';

const NOW = '2026-11-20T06:00:00.000Z';
const OLD = '2019-03-01T06:00:00.000Z';
let store: Store;
let file: string;
beforeEach(() => {
  file = path.join(tempDir(), 'kense.db');
  store = opened();
});
afterEach(() => store.close());

function opened(): Store {
  const made = openStore(file, new Uint8Array(32).fill(9));
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}
const parts = (over: Partial<WipeParts> = {}): WipeParts => ({
  store,
  blobs: createBlobStore({ dir: path.join(path.dirname(file), 'documents'), key: new Uint8Array(32).fill(9) }),
  terms: () => ({ journalYears: 5, draftMonths: 12, reportYears: 5, filingYears: 10, filingYearsByKind: {} }),
  clock: () => NOW,
  confirmedAt: NOW,
  ...over,
});
const note = (at: string, n: number, action = 'filing.assigned') =>
  store.write((tx) => tx.journal({ at, actor: `user${n}`, action, subject: `filing${n}`, details: { reason: `құпия${n}` } }));
const wipe = async (reason = 'мерзімі өтті') => {
  const expired = (await readExpired(parts()))!;
  return wipeExpired(parts(), {
    actor: 'head',
    reason,
    seen: { entries: expired.journal.entries, drafts: expired.drafts.count, reports: expired.reports.count, filings: 0 },
  });
};
const rows = () =>
  store.read.all<{ seq: number; at: string; actor: string | null; details: string; hash: string }>('SELECT * FROM journal ORDER BY seq');

it('what is beyond its term is seen before it goes, goes with its reason, and the chain still holds', async () => {
  for (let n = 1; n <= 6; n++) note(n <= 4 ? OLD : NOW, n);
  const before = rows();
  expect(await readExpired(parts())).toMatchObject({ journal: { before: '2021-11-19T19:00:00.000Z', entries: 4, first: 1, last: 4 } });
  expect(await wipe()).toEqual({ ok: true, value: { entries: 4, drafts: 0, reports: 0, filings: 0 } });
  const after = rows();
  for (const n of [0, 1, 2, 3]) expect(after[n]).toEqual({ ...before[n], actor: null, subject: null, details: '{}', wiped_by: 7 });
  expect(after.slice(4, 6)).toEqual(before.slice(4));
  expect(readJournal(store.read, { action: 'journal' }, { offset: 0, limit: 9 }).lines).toMatchObject([
    { seq: 7, actor: { id: 'head' }, details: { entries: 4, from: 1, to: 4, reason: 'мерзімі өтті' } },
  ]);
  expect(store.checkJournal()).toEqual({ entries: 7, chain: 'ok', brokenAt: null });
  expect(readJournal(store.read, { text: 'құпия1' }, { offset: 0, limit: 9 }).lines).toEqual([]);
  expect(readJournal(store.read, { text: 'құпия5' }, { offset: 0, limit: 9 }).lines).toMatchObject([{ seq: 5, wiped: false }]);
  // it was done: there is nothing more
  expect(await wipe()).toMatchObject({ ok: false, error: { code: 'nothing-expired' } });
});

it('nothing goes that was not shown, and nothing while the registry has not confirmed the time', async () => {
  note(OLD, 1);
  const seen = { entries: 1, drafts: 0, reports: 0, filings: 0 };
  note(OLD, 2);
  expect(await wipeExpired(parts(), { actor: 'head', reason: 'x', seen })).toMatchObject({ ok: false, error: { code: 'stale-revision' } });
  expect(await readExpired(parts({ confirmedAt: null }))).toBeNull();
  // a clock that runs ahead makes nothing old
  const ahead = parts({ clock: () => '2090-01-01T00:00:00.000Z', confirmedAt: '2022-01-01T00:00:00.000Z' });
  expect(await readExpired(ahead)).toMatchObject({ journal: { before: '2016-12-31T19:00:00.000Z', entries: 0 } });
  expect(rows().every(({ details }) => details !== '{}')).toBe(true);
});

it('what is beyond its term stays the same all the court day, whatever the registry confirms meanwhile; the next day it is more', async () => {
  // a busy day five years ago, an entry every minute
  const noon = Date.parse('2021-11-20T05:30:00.000Z');
  note(OLD, 1);
  for (let n = 0; n < 60; n++) note(new Date(noon + n * 60_000).toISOString(), n + 2);
  const seen = { entries: 1, drafts: 0, reports: 0, filings: 0 };
  expect((await readExpired(parts()))!.journal.entries).toBe(1);
  const later = (at: string) => parts({ clock: () => at, confirmedAt: at });
  const asked = { actor: 'head', reason: 'мерзімі өтті', seen };
  expect(await wipeExpired(later('2026-11-20T19:00:00.000Z'), asked)).toMatchObject({ ok: false, error: { code: 'stale-revision' } });
  expect(await wipeExpired(later('2026-11-20T18:59:59.999Z'), asked)).toMatchObject({ ok: true, value: { entries: 1 } });
  expect((await readExpired(later('2026-11-20T19:00:00.000Z')))!.journal.entries).toBe(60);
});

/** All that the files of the database hold now, deciphered page by page, also what no row names any more. */
function plainBytes(): Buffer {
  const copy = path.join(tempDir(), 'plain.db');
  for (const part of ['', '-wal']) if (fs.existsSync(`${file}${part}`)) fs.copyFileSync(`${file}${part}`, `${copy}${part}`);
  const db = new Database(copy);
  db.pragma(`key = "raw:${Buffer.alloc(32, 9).toString('hex')}"`);
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  return fs.readFileSync(copy);
}

it('the bytes are gone from the files of the database', async () => {
  for (let n = 1; n <= 40; n++) note(OLD, n);
  expect(plainBytes().includes('құпия')).toBe(true);
  await wipe();
  expect(fs.statSync(`${file}-wal`).size).toBe(0);
  expect(plainBytes().includes('құпия')).toBe(false);
  expect(store.read.get("SELECT count(*) AS n FROM journal WHERE details LIKE '%құпия%'")).toEqual({ n: 0 });
  expect(store.read.get('PRAGMA secure_delete')).toEqual({ secure_delete: 1 });
});

it('a wiping that was interrupted goes on, each part told by an entry of its own', async () => {
  for (let n = 1; n <= 4500; n++) note(OLD, n);
  let commits = 0;
  const falling: Store = {
    ...store,
    write: (work) => {
      if (++commits > 1) throw new Error('power cut');
      return store.write(work);
    },
  };
  const seen = { entries: 4500, drafts: 0, reports: 0, filings: 0 };
  await expect(wipeExpired(parts({ store: falling }), { actor: 'head', reason: 'x', seen })).rejects.toThrow('power cut');
  expect(store.checkJournal().chain).toBe('ok');
  expect((await readExpired(parts()))?.journal).toMatchObject({ entries: 2500, first: 2001 });
  expect(await wipe()).toEqual({ ok: true, value: { entries: 2500, drafts: 0, reports: 0, filings: 0 } });
  expect(
    readJournal(store.read, { action: 'journal.wiped' }, { offset: 0, limit: 9 }).lines.map(({ details }) => details['entries']),
  ).toEqual([500, 2000, 2000]);
  expect(store.checkJournal().chain).toBe('ok');
});

it('a long journal is counted piece by piece, and what others do meanwhile is done', async () => {
  const many = 2 * COUNTED_AT_ONCE + 500;
  store.write((tx) => {
    for (let n = 1; n <= many; n++) tx.journal({ at: OLD, actor: null, action: 'filing.viewed', subject: `filing${n}`, details: {} });
  });
  const pieces: number[] = [];
  const read: Store['read'] = {
    ...store.read,
    get: (sql, ...params) => {
      const [asked] = params as [{ first: number; last: number } | undefined];
      if (sql.includes('count(*) AS entries')) pieces.push(asked!.last - asked!.first + 1);
      return store.read.get(sql, ...params);
    },
  };
  const turns: number[] = [];
  const other = () => {
    turns.push(pieces.length);
    note(NOW, turns.length);
    if (pieces.length < 3) setImmediate(other);
  };
  setImmediate(other);
  const expired = await readExpired(parts({ store: { ...store, read } }));
  expect(expired?.journal).toMatchObject({ entries: many, first: 1, last: many });
  expect(pieces).toEqual([COUNTED_AT_ONCE, COUNTED_AT_ONCE, 500]);
  // between any two pieces something else had its turn
  expect(turns).toEqual(expect.arrayContaining([1, 2]));
  expect(store.journalHead().entries).toBe(many + turns.length);
});

it('what was noted while the clock was set back by years stays', async () => {
  note(OLD, 1);
  note(NOW, 2);
  for (const n of [3, 4]) note('2020-11-20T06:00:00.000Z', n);
  expect(await readExpired(parts())).toMatchObject({ journal: { entries: 1, first: 1, last: 1 } });
  const before = rows();
  expect(await wipe()).toMatchObject({ ok: true, value: { entries: 1 } });
  expect(rows().slice(1, before.length)).toEqual(before.slice(1));
});

it('drafts older than their term go, younger ones and everything else stay', async () => {
  store.write((tx) => {
    for (const [form, at] of [
      ['old', '2025-11-19T00:00:00.000Z'],
      ['young', '2025-11-21T00:00:00.000Z'],
    ] as const)
      tx.run('INSERT INTO form_draft (user_id, filing_id, form, content, at) VALUES (?, ?, ?, ?, ?)', 'u', 'f', form, '{}', at);
  });
  expect(await readExpired(parts())).toMatchObject({ drafts: { before: '2025-11-19T19:00:00.000Z', count: 1 } });
  expect(await wipe()).toMatchObject({ value: { drafts: 1 } });
  expect(store.read.all('SELECT form FROM form_draft')).toEqual([{ form: 'young' }]);
  expect(readJournal(store.read, {}, { offset: 0, limit: 9 }).lines).toMatchObject([
    { action: 'journal.drafts-wiped', details: { count: 1 } },
  ]);
});

it('a term of months is counted from the last day of a month that has no such day, so that nothing goes early', async () => {
  const before = async (today: string) => {
    const now = `${today}T06:00:00.000Z`;
    const terms = () => ({ journalYears: 5, draftMonths: 6, reportYears: 5, filingYears: 10, filingYearsByKind: {} });
    const expired = (await readExpired(parts({ terms, clock: () => now, confirmedAt: now })))!;
    return [expired.drafts.before, expired.journal.before];
  };
  const since = (draft: string, entry: string) => [`${draft}T19:00:00.000Z`, `${entry}T19:00:00.000Z`];
  expect(await before('2027-08-28')).toEqual(since('2027-02-27', '2022-08-27'));
  for (const day of ['29', '30', '31']) expect((await before(`2027-08-${day}`))[0]).toBe('2027-02-27T19:00:00.000Z');
  expect(await before('2027-09-01')).toEqual(since('2027-02-28', '2022-08-31'));
  expect((await before('2028-02-29'))[1]).toBe('2023-02-27T19:00:00.000Z');
});

it('reports of a month go by their term with their files, and one that another still uses stays', async () => {
  const { blobs } = parts();
  const put = async (text: string) => {
    const kept = await blobs.putBytes(new TextEncoder().encode(text));
    if (!kept.ok) throw new Error(kept.error.code);
    return kept.value.sha256;
  };
  const [old, shared, young] = [await put('old'), await put('shared'), await put('young')];
  store.write((tx) => {
    for (const [id, at, pdf, xlsx] of [
      ['1', '2021-11-19T00:00:00.000Z', old, shared],
      ['2', '2021-11-21T00:00:00.000Z', null, shared],
      ['3', '2026-11-01T00:00:00.000Z', young, young],
    ] as const)
      tx.run(
        `INSERT INTO made_report (id, month, report, title, language, made_at, rows, pdf_sha256, xlsx_sha256, xlsx_size) VALUES (?, ?, 'incoming', '', 'kk', ?, 1, ?, ?, 1)`,
        ...[id, at.slice(0, 7) + id, at, pdf, xlsx],
      );
  });
  expect(await readExpired(parts())).toMatchObject({ reports: { before: '2021-11-19T19:00:00.000Z', count: 1 } });
  expect(await wipe()).toMatchObject({ value: { reports: 1 } });
  expect(store.read.all('SELECT id FROM made_report ORDER BY id')).toEqual([{ id: '2' }, { id: '3' }]);
  expect([old, shared, young].map((sha256) => blobs.has(sha256))).toEqual([false, true, true]);
  expect(readJournal(store.read, {}, { offset: 0, limit: 9 }).lines).toMatchObject([
    { action: 'journal.reports-wiped', details: { count: 1, reason: 'мерзімі өтті' } },
  ]);
});

it('property: whatever the journal holds, just what is beyond its term loses its contents, and every hash stays', async () => {
  const day = fc.integer({ min: 0, max: 4000 });
  const action = fc.constantFrom(
    ...['filing.viewed', 'act.signed', 'filing.assigned'],
    ...[
      'history.found',
      'history.accept-asked',
      'history.accepted',
      'journal.wiped',
      'journal.drafts-wiped',
      'journal.reports-wiped',
      'filing.wiped',
    ],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ day, action }), { maxLength: 25 }), async (made) => {
      store.close();
      file = path.join(tempDir(), 'kense.db');
      store = opened();
      const at = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
      made.forEach(({ day: days, action: what }, n) => note(at(days), n, what));
      const before = rows();
      const limit = (await readExpired(parts()))!.journal.before;
      await wipe();
      const after = rows();
      // up to the latest time before the first that is within its term: what a clock that was set back noted after that is of an unknown age
      const young = before.findIndex((row) => row.at >= limit);
      const old = before.slice(0, young === -1 ? undefined : young);
      const last = old.findLastIndex((row) => old.every(({ at: other }) => other <= row.at));
      before.forEach((row, n) => {
        const kept =
          n > last ||
          /history\.|journal\.wiped|(drafts|reports)-wiped|filing\.wiped|clock\.set-back/.test(
            (row as unknown as { action: string }).action,
          );
        if (kept) expect(after[n]).toEqual(row);
        else expect(after[n]).toMatchObject({ seq: row.seq, at: row.at, hash: row.hash, actor: null, subject: null, details: '{}' });
      });
      expect(store.checkJournal()).toMatchObject({ chain: 'ok' });
    }),
    { numRuns: 25 },
  );
});

it('an archive of a journal with wiped contents is valid, and one whose wiping was made up is not', async () => {
  for (let n = 1; n <= 6; n++) note(n <= 4 ? OLD : NOW, n);
  await wipe();
  const made = selfSigned('desk.example');
  const certificate = new X509Certificate(made.cert).raw;
  const signText = (text: string) =>
    sign('sha256', Buffer.from(text), { key: createPrivateKey(made.key), dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const out = path.join(tempDir(), 'journal.gz');
  const exported = await exportJournal(
    {
      ...{ store, court: { code: '9900', nameKk: 'x', nameRu: 'x' }, workstation: 'w', training: true, clock: () => NOW, anchor: null },
      systemKey: { certificate, signText },
    },
    { file: out, actor: 'head', period: {} },
  );
  expect(exported).toMatchObject({ ok: true, value: { entries: 8 } });
  expect(await checkJournalArchive(out, [certificate])).toMatchObject({ ok: true, value: { valid: true, entries: 8, wiped: 4 } });

  const lines = gunzipSync(fs.readFileSync(out)).toString('utf8').trimEnd().split('\n');
  const edited = async (edit: (entry: Record<string, unknown>) => object | null) => {
    const changed = lines.flatMap((line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      const to = 'seq' in entry ? edit(entry) : entry;
      return to === null ? [] : [JSON.stringify(to)];
    });
    const place = path.join(tempDir(), 'edited.gz');
    fs.writeFileSync(place, gzipSync(`${changed.join('\n')}\n`));
    return checkJournalArchive(place, [certificate]);
  };
  // the contents of an entry that nobody wiped
  expect(
    await edited((entry) => (entry['seq'] === 5 ? { ...entry, actor: null, subject: null, details: '{}', wipedBy: 7 } : entry)),
  ).toMatchObject({ value: { valid: false, reason: 'chain-broken' } });
  // another time on an entry whose contents are gone
  expect(await edited((entry) => (entry['seq'] === 2 ? { ...entry, at: NOW } : entry))).toMatchObject({
    value: { valid: false, reason: 'chain-broken', brokenAt: 1 },
  });
  // a word put into it again
  expect(await edited((entry) => (entry['seq'] === 2 ? { ...entry, actor: 'user9' } : entry))).toMatchObject({
    value: { valid: false, reason: 'chain-broken', brokenAt: 2 },
  });
});
