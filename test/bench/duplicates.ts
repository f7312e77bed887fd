import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDuplicates } from '../../main/checking/duplicates.ts';
import { findingMaker } from '../../main/checking/finding.ts';
import { keepTraces } from '../../main/checking/traces.ts';
import { readDocuments, readFiling } from '../../main/intake/index.ts';
import { loadReference } from '../../main/reference/index.ts';
import { openStore, type Store } from '../../main/store/index.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { less, type Measure } from './measure.ts';

const STORED = 500_000;
const RUNS = 200;
/** Hashes kept of a text. */
const PRINT = 128;
const RECEIVED = '2026-11-20T06:00:00.000Z';
/** Every fiftieth claim is against one of ten banks. */
const BANKS = Array.from({ length: 10 }, (_, i) => String(100000000000 + i));

/** What it takes to look for duplicates of one filing among those of a large office, against one look-up in the index that leads to them. */
export function benchDuplicates(): Measure[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'kense-bench-'));
  try {
    const opened = openStore(path.join(folder, 'kense.db'), new Uint8Array(32).fill(7));
    if (!opened.ok) throw new Error(opened.error.code);
    const store = opened.value;
    makeBase(store);
    const measures = [
      measureOf(store, 'duplicates: a person against a person', (n) => STORED - 1 - n * 50 - 1),
      measureOf(store, 'duplicates: against a bank', (n) => STORED - 50 - n * 50),
    ];
    store.close();
    return measures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const idOf = (n: number): string => `0190${n.toString(16).padStart(8, '0')}`.replace(/^(.{8})(.{4})$/, '$1-$2') + '-7000-8000-000000000000';

function measureOf(store: Store, name: string, nth: (run: number) => number): Measure {
  const reference = loadReference(path.resolve(import.meta.dirname, '../../resources'));
  const make = findingMaker(reference.findings);
  const kind = reference.kind('claim');
  const p95 = (work: (id: string) => unknown): number => {
    const times = Array.from({ length: RUNS }, (_, run) => {
      const id = idOf(nth(run));
      const started = performance.now();
      work(id);
      return performance.now() - started;
    });
    return times.sort((a, b) => a - b)[Math.floor(RUNS * 0.95)]!;
  };
  const ours = p95((id) => {
    const filing = readFiling(store.read, id)!;
    return findDuplicates(store.read, filing, readDocuments(store.read, id), kind, make, reference.findings.textLikeness);
  });
  const bare = p95((id) =>
    store.read.all(
      `SELECT f.id, f.message FROM filing_trace own JOIN filing_trace t ON t.kind = own.kind AND t.value = own.value JOIN filing f ON f.id = t.filing_id
       WHERE own.filing_id = ? AND own.kind = 'parties' LIMIT 50`,
      id,
    ),
  );
  return less(name, 'ms, p95', ours, 'one look-up of the same parties', bare);
}

/** Every text is another one: none is named, all of the same opponent are compared. */
function makeBase(store: Store): void {
  const random = seededRandom(665);
  const number = (most: number) => Math.floor(random() * most);
  const PART = 20_000;
  for (let from = 0; from < STORED; from += PART)
    store.write((tx) => {
      for (let n = from; n < from + PART; n++) {
        const id = idOf(n);
        const respondent =
          n % 50 === 0
            ? { side: 'respondent', type: 'organisation', bin: BANKS[number(10)]!, name: 'Банк' }
            : person('respondent', number(900_000));
        const message = {
          ...{
            id,
            cabinetNumber: String(260000000000 + n),
            court: '9900',
            kind: 'claim',
            language: 'kk',
            claimValue: String(number(1e7)),
            category: 'Қарыз',
          },
          parties: [person('claimant', number(900_000)), respondent],
          payment: { amount: '1000', date: '2026-11-19', number: String(7_000_000 + n), payerId: String(n), kbk: '108126' },
          ...{ documents: [], sentAt: RECEIVED, receivedAt: RECEIVED },
        } as unknown as FilingMessage;
        tx.run(
          `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, intake)
           VALUES (?, ?, 'claim', 'kk', ?, 'received', 'x', '', ?, ?, 'ready')`,
          ...[id, message.cabinetNumber, JSON.stringify(message), RECEIVED, RECEIVED],
        );
        tx.run(
          `INSERT INTO document (id, filing_id, position, role, title, file_name, size, sha256, state, content_type) VALUES (?, ?, 0, 'claim', 'Арыз', 'a.pdf', 1, ?, 'stored', 'pdf')`,
          ...[`d${id}`, id, n.toString(16).padStart(64, '0')],
        );
        keepTraces(tx, id, message);
        tx.run(
          'INSERT INTO text_print (filing_id, document_id, shingles, print) VALUES (?, ?, ?, ?)',
          ...[id, `d${id}`, PRINT, Buffer.from(Uint32Array.from({ length: PRINT }, () => number(2 ** 32)).sort().buffer)],
        );
      }
    });
}

const person = (side: string, n: number) => ({
  side,
  type: 'individual',
  iin: String(870000000000 + n),
  name: `Адам ${n}`,
  address: 'Алматы',
});
