import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadReference, type Reference } from '../../main/reference/index.ts';
import { openStore, type Store } from '../../main/store/index.ts';
import type { Measure } from './measure.ts';
import { makeQueueBase } from './queue-base.ts';

const STORED = 500_000;
export const OPEN_FILINGS = 50_000;
const RUNS = 30;
/** A query that takes seconds is not asked as often. */
const PATIENCE_MS = 3000;

/** The encrypted store of the largest office, made anew and taken away again. */
export function withLargeOffice(measure: (store: Store, reference: Reference) => Measure[]): Measure[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'kense-bench-'));
  try {
    const reference = loadReference(path.resolve(import.meta.dirname, '../../resources'));
    const opened = openStore(path.join(folder, 'kense.db'), new Uint8Array(32).fill(7));
    if (!opened.ok) throw new Error(opened.error.code);
    const store = opened.value;
    makeQueueBase(store, reference.calendarOn('2026-11-21'), { stored: STORED, open: OPEN_FILINGS });
    const measures = measure(store, reference);
    store.close();
    return measures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds, the shortest first; the first run warms the cache and is not counted. */
export function timesOf(work: () => unknown): number[] {
  work();
  const times: number[] = [];
  for (let spent = 0; times.length < RUNS && spent < PATIENCE_MS;) {
    const started = performance.now();
    work();
    times.push(performance.now() - started);
    spent += times.at(-1)!;
  }
  return times.sort((a, b) => a - b);
}
export const at = (times: readonly number[], share: number): number => times[Math.floor(times.length * share)]!;
