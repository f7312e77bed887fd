import fs from 'node:fs';
import path from 'node:path';
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { takeFeedItem } from '../../../main/core/take-feed-item.ts';
import { viewFiling } from '../../../main/core/filing-view.ts';
import type { Desk } from '../../../main/core/desk.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { finishWiping, readExpired, wipeExpired, type WipeParts } from '../../../main/journal/index.ts';
import { listExpiredFilings } from '../../../main/journal/expired-filings.ts';
import { createBlobStore, openStore, type Pace, type Store } from '../../../main/store/index.ts';
import { BOARD_TALLY_RECOUNT } from '../../../main/store/migrations/0260-board-figures.ts';
import { turnsDuring } from '../../support/turns.ts';
import { tempDir } from '../../support/temp-dir.ts';

const reference = loadReference(path.resolve('resources'));
const NOW = '2026-11-20T06:00:00.000Z';
const DAY = 86_400_000;
const KEY = new Uint8Array(32).fill(5);
/** Ten years, in whole days, and a year more or less. */
const TERM = 3653;

const OPEN = ['none', 'outbox', 'act', 'lease', 'hearing', 'dispatch', 'appeal', 'note', 'correction', 'link'] as const;
const filing = fc.record({
  days: fc.integer({ min: TERM - 800, max: TERM + 800 }),
  kind: fc.constantFrom('claim', 'copy_request'),
  state: fc.constantFrom('accepted', 'returned', 'registered', 'fulfilled'),
  open: fc.constantFrom(...OPEN, 'none', 'none', 'none', 'none', 'none', 'none', 'none'),
  shared: fc.boolean(),
});
type Filing = typeof filing extends fc.Arbitrary<infer F> ? F : never;

const at = (days: number) => new Date(Date.parse(NOW) - days * DAY).toISOString();
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const name = (n: number) => `Құпиябаева${n}Сырғалы`;
const id = (n: number) => `0190aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;

function opened(file: string): Store {
  const made = openStore(file, KEY);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

async function fill(parts: WipeParts, filings: readonly Filing[]): Promise<void> {
  const { store, blobs } = parts;
  const common = await blobs.putBytes(Buffer.from('a price list that many send'));
  if (!common.ok) throw new Error(common.error.code);
  for (const [n, one] of filings.entries()) {
    const kept = await blobs.putBytes(Buffer.from(`claim of ${name(n)}`));
    if (!kept.ok) throw new Error(kept.error.code);
    store.write((tx) => {
      const done = at(one.days);
      const message = {
        ...{ id: id(n), court: '9900', cabinetNumber: String(n).padStart(12, '0'), kind: one.kind, language: 'kk', category: 'еңбек' },
        ...{ parties: [{ side: 'claimant', type: 'person', name: name(n) }], documents: [], sentAt: done, receivedAt: done },
      };
      tx.run(
        `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, incoming_number, case_number,
           registered_at, confirmed_at, intake, category) VALUES (?, ?, ?, 'kk', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ready', 'еңбек')`,
        ...[id(n), message.cabinetNumber, one.kind, JSON.stringify(message), one.state, name(n), name(n), done, done],
        ...[`9900-16-${n}`, `9900-16-00-2/${n}`, done, done],
      );
      const files = [[`d${n}`, kept.value.sha256], ...(one.shared ? [[`s${n}`, common.value.sha256]] : [])] as const;
      files.forEach(([doc, hash], position) => {
        tx.run(
          "INSERT INTO document (id, filing_id, position, role, title, file_name, size, sha256, state) VALUES (?, ?, ?, 'x', ?, ?, 1, ?, 'stored')",
          ...[doc, id(n), position, name(n), `${name(n)}.pdf`, hash],
        );
      });
      tx.run('INSERT INTO document_text (document_id, page, text) VALUES (?, 1, ?)', `d${n}`, `Талап қоюшы ${name(n)} сұрайды`);
      tx.run("INSERT INTO filing_note (id, filing_id, text, by_user, made_at) VALUES (?, ?, ?, 'u', ?)", `n${n}`, id(n), name(n), done);
      const sent = JSON.stringify({ filingId: id(n), text: name(n) });
      tx.run(
        "INSERT INTO outbox (id, subject, kind, schema_version, at, payload, state) VALUES (?, ?, 'note.add', 1, ?, ?, 'done')",
        ...[`o${n}`, `n${n}`, done, sent],
      );
      tx.run(
        "INSERT INTO outbox (id, subject, kind, schema_version, at, payload, state) VALUES (?, ?, 'fact.correct', 1, ?, ?, 'done')",
        ...[`k${n}`, `fact:${id(n)}`, done, JSON.stringify({ filingId: id(n), fact: 'name', after: name(n) })],
      );
      tx.run(
        `INSERT INTO verification (id, filing_id, document_id, at, file_name, sha256, policy_id, policy_version, policy_sha256, attempts, report)
         VALUES (?, ?, ?, ?, ?, ?, 'p', '1', 'x', '[]', ?)`,
        ...[`v${n}`, id(n), `d${n}`, done, `${name(n)}.pdf`, kept.value.sha256, JSON.stringify({ signer: name(n) })],
      );
      tx.run("INSERT INTO verification_evidence (verification_id, kind, position, sha256) VALUES (?, 'cert', 0, ?)", `v${n}`, sha(`c${n}`));
      tx.run(
        'INSERT INTO delivery (id, subject, at, content) VALUES (?, ?, ?, ?)',
        ...[`y${n}`, id(n), done],
        JSON.stringify({ filingId: id(n), name: name(n), state: one.open === 'dispatch' ? 'waiting' : 'read', channel: 'cabinet' }),
      );
      keepOpen(tx, n, one);
    });
  }
}

type Tx = Parameters<Parameters<Store['write']>[0]>[0];
function keepOpen(tx: Tx, n: number, { open }: Filing): void {
  if (open === 'outbox')
    tx.run(
      "INSERT INTO outbox (id, subject, kind, schema_version, at, payload) VALUES (?, ?, 'filing.assign', 1, ?, '{}')",
      ...[`w${n}`, `work:${id(n)}`, NOW],
    );
  if (open === 'correction')
    tx.run(
      "INSERT INTO outbox (id, subject, kind, schema_version, at, payload, state) VALUES (?, ?, 'fact.correct', 1, ?, '{}', 'parked')",
      ...[`p${n}`, `fact:${id(n)}`, NOW],
    );
  if (open === 'link')
    tx.run(
      "INSERT INTO outbox (id, subject, kind, schema_version, at, payload) VALUES (?, ?, 'filing.link', 1, ?, ?)",
      ...[`l${n}`, `link:${id(901)}`, NOW, JSON.stringify({ filingId: id(901), otherId: id(n) })],
    );
  if (open === 'act')
    tx.run(
      "INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages) VALUES (?, ?, 'ruling-accept', 'draft', 'kk', 'u', ?, 'x', 1)",
      ...[`a${n}`, id(n), at(5000)],
    );
  if (open === 'lease') tx.run('INSERT INTO lease (filing_id, id, reserved) VALUES (?, ?, 1)', id(n), `l${n}`);
  if (open === 'hearing')
    tx.run(
      'INSERT INTO hearing (id, case_number, held) VALUES (?, ?, ?)',
      `h${n}`,
      `9900-16-00-2/${n}`,
      JSON.stringify({ startsAt: at(-3) }),
    );
  if (open === 'appeal')
    tx.run(
      `INSERT INTO filing (id, kind, language, message, state, claimant, search_text, received_at) VALUES (?, 'appeal', 'kk', ?, 'received', 'x', 'x', ?)`,
      ...[`appeal${n}`, JSON.stringify({ case: `9900-16-00-2/${n}` }), at(1)],
    );
  if (open === 'note')
    tx.run("INSERT INTO filing_note (id, filing_id, text, by_user, made_at) VALUES (?, ?, 'x', 'u', ?)", `m${n}`, id(n), at(9));
}

const isBeyond = ({ days, kind, state, open }: Filing) =>
  open === 'none' && state !== 'registered' && at(days) < (kind === 'copy_request' ? '2017-11-20' : '2016-11-20') + NOW.slice(10);

/** Every byte of the database without its encryption, with free pages. */
function plainBytes(file: string): Buffer {
  const copy = path.join(tempDir(), 'plain.db');
  fs.copyFileSync(file, copy);
  const db = new Database(copy);
  db.pragma(`key = "raw:${Buffer.from(KEY).toString('hex')}"`);
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  return fs.readFileSync(copy);
}

const blobFile = (dir: string, hash: string) => {
  const key = Buffer.from(hkdfSync('sha256', KEY, Buffer.alloc(0), 'kense blob names', 32));
  const named = createHmac('sha256', key).update(hash).digest('hex');
  return path.join(dir, named.slice(0, 2), named);
};

it('property: nothing goes that is not beyond its term, and what went is in no byte of the store', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(filing, { minLength: 1, maxLength: 8 }), fc.boolean(), async (filings, interrupted) => {
      const folder = tempDir();
      const file = path.join(folder, 'kense.db');
      const dir = path.join(folder, 'documents');
      const store = opened(file);
      const blobs = createBlobStore({ dir, key: KEY });
      const terms = { journalYears: 100, draftMonths: 1200, reportYears: 100, filingYears: 10, filingYearsByKind: { copy_request: 9 } };
      const parts: WipeParts = { store, blobs, terms: () => terms, clock: () => NOW, confirmedAt: NOW };
      await fill(parts, filings);
      const desk = {
        store,
        reference,
        profile: { workstationId: 'w' },
        config: { clock: () => NOW, newId: () => id(900) },
      } as unknown as Desk;
      const rows = () => store.read.all<Record<string, unknown>>('SELECT * FROM filing ORDER BY id');
      const before = rows();
      const gone = filings.flatMap((one, n) => (isBeyond(one) ? [n] : []));
      const expired = (await readExpired(parts))!;
      const listed = (pace: Pace) =>
        store.snapshot((read) => listExpiredFilings(read, terms, (years) => `${2026 - years}${NOW.slice(4)}`), pace);
      const slow = await turnsDuring(() => listed({ rows: 1 }));
      expect(slow.value).toEqual(await listed({ alone: true }));
      expect(slow.value).toHaveLength(gone.length);
      if (gone.length > 0) expect(slow.turns).toBeGreaterThan(filings.length);
      const days = gone.map((n) => at(filings[n]!.days)).sort();
      expect(expired.filings).toMatchObject({ count: gone.length, oldest: days[0] ?? null, newest: days.at(-1) ?? null });

      const wiping = { actor: 'head', reason: 'мерзімі өтті', seen: { entries: 0, drafts: 0, reports: 0, filings: gone.length } };
      if (interrupted && gone.length > 0) {
        const falling = { ...blobs, remove: () => expect.fail('power cut') };
        await expect(wipeExpired({ ...parts, blobs: falling }, wiping)).rejects.toThrow('power cut');
        await finishWiping(store, blobs);
      } else expect((await wipeExpired(parts, wiping)).ok).toBe(gone.length > 0);

      const after = rows();
      const stays = ['id', 'cabinet_number', 'kind', 'state', 'incoming_number', 'case_number', 'received_at', 'registered_at', 'category'];
      before.forEach((row, i) => {
        const n = filings.findIndex((_, m) => id(m) === row['id']);
        if (!gone.includes(n)) return expect(after[i]).toEqual(row);
        for (const column of stays) expect(after[i]![column]).toEqual(row[column]);
        expect(viewFiling(desk, id(n), 'secretary')).toMatchObject({ wipedAt: NOW, parties: [], documents: [], allowed: [] });
      });
      filings.forEach((one, n) => {
        expect(fs.existsSync(blobFile(dir, sha(`claim of ${name(n)}`)))).toBe(!gone.includes(n));
        expect(store.read.all('SELECT id FROM document WHERE filing_id = ?', id(n)).length).toBe(gone.includes(n) ? 0 : one.shared ? 2 : 1);
      });
      const needed = filings.some((one, n) => one.shared && !gone.includes(n));
      if (filings.some(({ shared }) => shared)) expect(fs.existsSync(blobFile(dir, sha('a price list that many send')))).toBe(needed);
      expect(store.read.all('SELECT what, at, split, value, n FROM board_tally ORDER BY what, at, split, value')).toEqual(
        store.read.all(`SELECT * FROM (${BOARD_TALLY_RECOUNT}) ORDER BY what, at, split, value`),
      );
      expect(store.read.get('SELECT filings, registered FROM queue_tally')).toEqual(
        store.read.get('SELECT count(*) AS filings, count(registered_at) AS registered FROM filing'),
      );
      expect(store.checkJournal()).toMatchObject({ chain: 'ok' });
      expect(store.read.all("SELECT subject FROM journal WHERE action = 'filing.wiped' ORDER BY subject")).toEqual(
        gone.map((n) => ({ subject: id(n) })),
      );
      // the registry repeats what it told
      for (const n of gone)
        store.write((tx) => {
          const data = { filingId: id(n), id: id(n), parties: [{ name: name(n) }], text: name(n) };
          for (const kind of ['filing.submitted', 'filing.changed', 'filing.corrected', 'filing.annexed', 'survey.asked'])
            expect(takeFeedItem(desk, tx, { seq: 1, version: 1, kind, at: NOW, subject: id(n), data })).toBe('applied');
          tx.run("INSERT INTO filing_note (id, filing_id, text, by_user, made_at) VALUES (?, ?, ?, 'u', ?)", `n${n}`, id(n), name(n), NOW);
          tx.run(
            'INSERT INTO delivery (id, subject, at, content) VALUES (?, ?, ?, ?)',
            `z${n}`,
            id(n),
            NOW,
            JSON.stringify({ name: name(n) }),
          );
        });
      store.settle();
      store.close();
      expect(fs.existsSync(`${file}-wal`) ? fs.statSync(`${file}-wal`).size : 0).toBe(0);
      const bytes = plainBytes(file);
      filings.forEach((_, n) => {
        const found = [name(n), name(n).toLowerCase(), `Купиябаева${n}Сыргалы`].some((word) => bytes.includes(word));
        expect(found).toBe(!gone.includes(n));
      });
    }),
    { numRuns: 20 },
  );
});
