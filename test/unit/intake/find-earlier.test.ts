import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnsOf } from '../../../main/intake/filing-columns.ts';
import { findEarlier } from '../../../main/intake/find-earlier.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { openStore, type Reading, type Store } from '../../../main/store/index.ts';
import type { FilingMessage } from '../../../shared/registry/index.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const reference = loadReference(RESOURCES);
const AT = '2026-11-20T05:00:00.000Z';
let store: Store;
beforeEach(() => {
  store = must(openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(3)));
});
afterEach(() => store.close());

type Who = { readonly name: string; readonly iin?: string };
const filing = (n: number, claimant: Who, respondent: Who, receivedAt = AT) =>
  ({
    ...{
      id: `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`,
      cabinetNumber: String(100000000000 + n),
      court: '9900',
      kind: 'claim',
      language: 'kk',
    },
    ...{ sentAt: receivedAt, receivedAt, documents: [] },
    parties: [
      { side: 'claimant', type: 'person', ...claimant },
      { side: 'respondent', type: 'person', ...respondent },
    ],
  }) as unknown as FilingMessage;
/** A filing that the court has sent back. */
function sentBack(message: FilingMessage): string {
  const { searchText, claimant } = columnsOf(reference, message, AT);
  store.write((tx) =>
    tx.run(
      `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, incoming_number, registered_at)
       VALUES (?, ?, 'claim', 'kk', ?, 'returned', ?, ?, ?, ?, ?, ?)`,
      ...[message.id, message.cabinetNumber, JSON.stringify(message), claimant, searchText, AT, message.receivedAt],
      ...[`9900-26-${message.cabinetNumber.slice(-6)}`, message.receivedAt],
    ),
  );
  return message.id;
}
const earlier = (message: FilingMessage, read: Reading = store.read) => findEarlier(read, reference, message);
const [asel, murat] = [
  { name: 'Әсел Қайратқызы', iin: '870131400012' },
  { name: 'Мұрат', iin: '900101300017' },
];

describe('the filing that another one mends', () => {
  it('is found by the number of its filer, and not where that number only stands within another or belongs to another side', () => {
    sentBack(filing(1, { name: 'Басқа', iin: '999999999999' }, { name: 'x 1870131400012 y' }));
    sentBack(filing(2, murat, asel));
    expect(earlier(filing(9, asel, murat))).toBeNull();
    const mended = sentBack(filing(3, asel, murat, '2026-11-10T05:00:00.000Z'));
    expect(earlier(filing(9, asel, murat))).toBe(mended);
    const later = sentBack(filing(4, asel, murat, '2026-11-15T05:00:00.000Z'));
    expect(earlier(filing(9, asel, murat))).toBe(later);
  });

  it('is found by a name as it may be written: other layout, marks of direction, hyphens, quotation marks, or no letters at all', () => {
    const names = ['Ғалым-Аман  «Ұлы»', 'Ә\u200fсел', '"OR" AND NOT*', '🙂🙂'];
    for (const [n, name] of names.entries()) {
      const mended = sentBack(filing(10 + n, { name }, murat));
      expect([name, earlier(filing(90 + n, { name }, murat))]).toEqual([name, mended]);
    }
    expect(earlier(filing(99, { name: 'Галым-Аман  «Улы»' }, murat))).toBe(filing(10, asel, murat).id);
    expect(earlier(filing(99, { name: 'Ғалым' }, murat))).toBeNull();
  });

  it('is looked for in the index of words, not in every filing of the court', () => {
    const asked: { sql: string; params: readonly unknown[] }[] = [];
    const read: Reading = {
      get: (sql, ...params) => (asked.push({ sql, params }), store.read.get(sql, ...params)),
      all: (sql, ...params) => (asked.push({ sql, params }), store.read.all(sql, ...params)),
    };
    earlier(filing(9, asel, murat), read);
    const plans = asked.flatMap(({ sql, params }) =>
      store.write((tx) => tx.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...(params as string[]))).map(({ detail }) => detail),
    );
    expect(plans.filter((plan) => /VIRTUAL TABLE INDEX/.test(plan))).toHaveLength(1);
    expect(plans.filter((plan) => /SCAN f\b|SCAN filing\b|filing_by_state/.test(plan))).toEqual([]);
  });
});
