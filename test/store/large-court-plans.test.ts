import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filingsToVerify } from '../../main/core/filings-to-verify.ts';
import type { FilingRecord } from '../../main/intake/index.ts';
import { loadReference } from '../../main/reference/index.ts';
import { lookBeforeRegistering } from '../../main/registration/index.ts';
import { findEverything } from '../../main/search/index.ts';
import { openStore, type Reading, type Store } from '../../main/store/index.ts';
import { BASE_NOW, makeQueueBase } from '../bench/queue-base.ts';
import { must, RESOURCES } from '../support/desk/training-office.ts';
import { tempDir } from '../support/temp-dir.ts';

const reference = loadReference(RESOURCES);
let store: Store;
beforeEach(() => {
  store = must(openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(9)));
  makeQueueBase(store, reference.calendarOn('2026-11-21'), { stored: 400, open: 100 });
});
afterEach(() => store.close());

type Asked = { readonly sql: string; readonly params: readonly unknown[] };
/** Reads from the store, and every question that was asked of it. */
function watched(): [asked: Asked[], read: Reading] {
  const asked: Asked[] = [];
  const { read } = store;
  return [
    asked,
    {
      get: (sql, ...params) => (asked.push({ sql, params }), read.get(sql, ...params)),
      all: (sql, ...params) => (asked.push({ sql, params }), read.all(sql, ...params)),
    },
  ];
}
const planOf = ({ sql, params }: Asked) =>
  store
    .write((tx) => tx.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...(params as string[])))
    .map(({ detail }) => detail)
    .join('; ');
/** Goes through a whole table; an index of the few rows that are looked for is none. */
const WHOLE =
  /SCAN (filing|f|court_case|c|filing_words|w|document|d|document_page|p)\b(?! USING (COVERING )?INDEX (filing_unverified|court_case_unopened)\b)/;
const wholes = (asked: readonly Asked[]) => asked.map(planOf).filter((plan) => WHOLE.test(plan));

it('before a number is bound, likeness and cases are found without going through all filings', () => {
  const person = (side: string, name: string, iin: string) => ({ side, type: 'person', name, iin });
  const filing = {
    ...{ id: '01990000-0000-7000-8000-000000000000', kind: 'claim', earlierId: null },
    message: {
      kind: 'claim',
      case: null,
      parties: [person('claimant', 'Әсел', '000000000001'), person('respondent', 'Мұрат', '000000000002')],
    },
  } as unknown as FilingRecord;
  const [asked, read] = watched();
  expect(lookBeforeRegistering(read, reference, filing, '')).toEqual({ cases: [], duplicates: [] });
  for (const search of ['Ғалымжанов Айгүл', '9900-26-00-2/17', 'к 17']) lookBeforeRegistering(read, reference, filing, search);
  expect(asked.filter(({ sql }) => sql.includes('filing_fts')).length).toBeGreaterThan(3);
  expect(wholes(asked)).toEqual([]);
});

it('what is to be verified is found without going through all filings, in the order it came', () => {
  const ids = store.read.all<{ id: string }>('SELECT id FROM filing ORDER BY received_at LIMIT 5').map(({ id }) => id);
  const [never, due, later, arriving, both] = ids as [string, string, string, string, string];
  store.write((tx) => {
    tx.run('UPDATE filing SET verdict = NULL WHERE id IN (?, ?, ?)', never, arriving, both);
    tx.run('UPDATE filing SET recheck_at = ? WHERE id IN (?, ?)', BASE_NOW, due, both);
    tx.run("UPDATE filing SET recheck_at = '2026-11-21T06:00:00.000Z' WHERE id = ?", later);
    tx.run("UPDATE filing SET intake = 'arriving' WHERE id = ?", arriving);
  });
  const [asked, read] = watched();
  expect(filingsToVerify(read, BASE_NOW)).toEqual([never, due, both]);
  expect(wholes(asked)).toEqual([]);
});

it('pages are asked for words that their index is made for, never for a letter or two', () => {
  const [asked, read] = watched();
  findEverything(read, 'о борыш', null);
  findEverything(read, 'о 17а', null);
  findEverything(read, 'о в', null);
  findEverything(read, '9900-26-00-2/17', null);
  const pages = asked.filter(({ sql }) => sql.includes('page_fts')).map(({ params }) => (params[0] as { words: string }).words);
  // also in the other layout of the keys, where nothing was found
  expect(pages).toEqual(['"борыш"*', '"jhsi"*', '"17а"*', '"17f"*']);
  expect(wholes(asked)).toEqual([]);
});
