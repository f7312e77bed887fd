import type { ErrorCode } from '../../shared/errors.ts';
import { fail } from '../../shared/result.ts';
import { lastSuccessAt } from './last-success.ts';
import { readSetting, writeSetting, type Reading, type Store, type Writing } from '../store/index.ts';

/** What can be wrong with the past of one of the two sides. */
export const DESK_FINDINGS = ['journal-rolled-back', 'journal-edited', 'database-swapped'] as const satisfies readonly ErrorCode[];
export const REGISTRY_FINDINGS = [
  'registry-anchors-changed',
  'registry-history-changed',
  'registry-history-shorter',
  'registry-restored',
  'registry-head-unsigned',
  'registry-key-changed',
] as const satisfies readonly ErrorCode[];
export type FindingCode = (typeof DESK_FINDINGS)[number] | (typeof REGISTRY_FINDINGS)[number];

/** The past of the desk or of the registry is not what both had agreed on. Nothing is sent until a person has decided. */
export type HistoryFinding = {
  readonly code: FindingCode;
  /** The first entry of the journal, or item of the feed, that is not as it was. */
  readonly entry: number;
  /** When both sides last agreed, UTC ISO; null when that is not known. */
  readonly since: string | null;
  readonly foundAt: string;
};

const FINDING = 'history.finding';

export const readFinding = (read: Reading): HistoryFinding | null => readSetting<HistoryFinding>(read, FINDING);
export const clearFinding = (tx: Writing): void => writeSetting(tx, FINDING, null);
export const isDeskFinding = (code: FindingCode): code is (typeof DESK_FINDINGS)[number] => DESK_FINDINGS.some((c) => c === code);

export const failureOf = (finding: HistoryFinding) =>
  fail(finding.code, { entry: finding.entry, ...(finding.since ? { since: finding.since } : {}) });

/** The first finding stays until a person has decided. A desk whose past is in doubt gives up its leased numbers: they may have been used. */
export function keepFinding(store: Store, found: Omit<HistoryFinding, 'foundAt'>, at: string): HistoryFinding {
  return store.write((tx) => {
    const earlier = readFinding(tx);
    if (earlier) return earlier;
    const finding = { ...found, foundAt: at };
    writeSetting(tx, FINDING, finding);
    tx.journal({ at, actor: null, action: 'history.found', subject: null, details: { code: found.code, entry: found.entry } });
    if (isDeskFinding(found.code)) abandonNumbers(tx, at);
    return finding;
  });
}

const RESTORED = 'registry.restored-at';

/** Whether the registry says that it was put back to an earlier day since this desk last heard of it. A desk that has exchanged nothing yet need not care. */
export function noteRestored(store: Store, restoredAt: string | undefined): boolean {
  if (restoredAt === undefined || readSetting<string>(store.read, RESTORED) === restoredAt) return false;
  store.write((tx) => writeSetting(tx, RESTORED, restoredAt));
  return lastSuccessAt(store.read) !== null;
}

/** Leaves what is left of the leased blocks unused for good, each gap with its entry in the journal. */
export function abandonNumbers(tx: Writing, at: string): void {
  const open = tx.all<{ series: string; year: string; typeIndex: string; first: number; last: number }>(
    'SELECT series, year, type_index AS typeIndex, next AS first, last FROM number_block WHERE next <= last AND returned_from IS NULL ORDER BY series, type_index, next',
  );
  tx.run('UPDATE number_block SET next = last + 1 WHERE next <= last AND returned_from IS NULL');
  tx.run('DELETE FROM number_request');
  for (const gap of open) tx.journal({ at, actor: null, action: 'numbers.abandoned', subject: null, details: gap });
}
