import { SENT_BACK, type FilingState } from '../../shared/domain/filing-status.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import { parseTenge } from '../../shared/domain/money.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import { readDocumentText } from '../documents/index.ts';
import type { DocumentRecord, FilingRecord } from '../intake/index.ts';
import type { FilingKind } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import type { Finding, MakeFinding } from './finding.ts';
import { likenessOf, likenessOfPrints, shinglesOf } from './shingles.ts';
import { tracesOf, withTrace, type TraceKind } from './traces.ts';

/** Of each sort of likeness the nearest in time are named. */
const MOST_NAMED = 3;
const MOST_COMPARED: Readonly<Record<TraceKind, number>> = { receipt: 50, parties: 50, opponent: 500 };
/** A print tells likeness within some percent; what is near enough is compared word by word. */
const PRINT_SLACK = 0.15;

type Other = {
  readonly id: string;
  readonly received_at: string;
  readonly state: FilingState;
  readonly message: string;
  readonly kind: string;
};

/**
 * Filings that came before this one and may be the same: the same receipt, the same bytes, the same parties with the same subject or sum, nearly the
 * same text against the same person. What it mends is no duplicate once the court has sent that back. A receipt of a filing that the court sent back may serve again.
 */
export function findDuplicates(
  read: Reading,
  filing: FilingRecord,
  documents: readonly DocumentRecord[],
  kind: FilingKind | null,
  make: MakeFinding,
  textLikeness: number,
): Finding[] {
  const traces = tracesOf(filing.message);
  const mends = filing.earlierId;
  const others = (ids: readonly string[]): Other[] =>
    ids
      .filter((id) => id !== filing.id)
      .flatMap((id) => earlier(read, id, filing) ?? [])
      .filter(({ id, state }) => id !== mends || !SENT_BACK.includes(state));
  const traced = (wanted: TraceKind): Other[] =>
    others([...new Set(traces.filter((t) => t.kind === wanted).flatMap((trace) => withTrace(read, trace, MOST_COMPARED[wanted])))]);
  const named = (rule: string, found: readonly Other[], about: Parameters<MakeFinding>[1] = {}): Finding[] =>
    found.slice(0, MOST_NAMED).map(({ id }) => make(rule, { ...about, relatedId: id }));

  const receipts = traced('receipt').filter((other) => isSameReceipt(filing.message, messageOf(other)));
  const main = documents[0];
  const bytes = main ? others(withBytes(read, main.sha256)) : [];
  const told = new Set(bytes.map(({ id }) => id));
  const claims = opensDispute(kind) ? traced('parties').filter((other) => !told.has(other.id) && isSameClaim(filing, other)) : [];
  for (const { id } of claims) told.add(id);
  const texts = main ? alike(read, filing.id, main.id, traced('opponent'), textLikeness).filter(({ other }) => !told.has(other.id)) : [];
  return [
    ...receipts.slice(0, MOST_NAMED).map(({ id, state }) => {
      // the same filing sent twice is one matter with one receipt, and what was sent back may come again with its own
      const excused = SENT_BACK.includes(state) || bytes.some((same) => same.id === id);
      return make('receipt-used', { field: 'payment.number', relatedId: id, ...(excused ? { atMost: 'warn' as const } : {}) });
    }),
    ...(filing.message.payment?.usedBefore && receipts.length === 0 ? [make('receipt-used', { field: 'payment.number' })] : []),
    ...named('duplicate-bytes', bytes, { documentId: main?.id ?? null }),
    ...named('duplicate-claim', claims),
    ...texts
      .slice(0, MOST_NAMED)
      .map(({ other, likeness }) =>
        make('duplicate-text', { documentId: main?.id ?? null, relatedId: other.id, params: { percent: Math.floor(likeness * 100) } }),
      ),
  ];
}

const opensDispute = (kind: FilingKind | null): boolean => kind?.registering === 'opens-case' || kind?.procedure !== null;
const messageOf = (other: Other): FilingMessage => JSON.parse(other.message) as FilingMessage;

function earlier(read: Reading, id: string, { message, id: own }: FilingRecord): Other | null {
  const row = read.get<Other>('SELECT id, received_at, state, message, kind FROM filing WHERE id = ?', id);
  return row && (row.received_at < message.receivedAt || (row.received_at === message.receivedAt && row.id < own)) ? row : null;
}

const withBytes = (read: Reading, sha256: string): string[] =>
  read
    .all<{ filing_id: string }>(
      'SELECT DISTINCT filing_id FROM document WHERE sha256 = ? AND signs IS NULL ORDER BY filing_id DESC LIMIT 50',
      sha256,
    )
    .map((row) => row.filing_id);

/** Numbers of different banks may be alike by chance: the payer or the sum is the same too. */
function isSameReceipt({ payment: a }: FilingMessage, { payment: b }: FilingMessage): boolean {
  if (!a || !b) return false;
  const sums = [parseTenge(a.amount), parseTenge(b.amount)];
  return (a.payerId !== null && a.payerId !== undefined && a.payerId === b.payerId) || (sums[0] !== null && sums[0] === sums[1]);
}

function isSameClaim(filing: FilingRecord, other: Other): boolean {
  if (other.kind !== filing.kind) return false;
  const before = messageOf(other);
  const [value, earlierValue] = [filing.message.claimValue, before.claimValue].map((sum) =>
    sum === null || sum === undefined ? null : parseTenge(sum),
  );
  const sameSum = value !== null && value === earlierValue;
  const subject = fold(filing.message.category ?? '').trim();
  return sameSum || (subject !== '' && subject === fold(before.category ?? '').trim() && value === earlierValue);
}

/** Those whose main text is nearly this one, the most alike first. */
function alike(
  read: Reading,
  filingId: string,
  documentId: string,
  others: readonly Other[],
  least: number,
): { other: Other; likeness: number }[] {
  const print = printOfFiling(read, filingId);
  if (!print) return [];
  const near = others.flatMap((other) => {
    const known = printOfFiling(read, other.id);
    return known && likenessOfPrints(print.print, known.print) >= least - PRINT_SLACK ? [{ other, documentId: known.document_id }] : [];
  });
  if (near.length === 0) return [];
  const own = shinglesOf(textOf(read, documentId));
  return near
    .map(({ other, documentId: theirs }) => ({ other, likeness: likenessOf(own, shinglesOf(textOf(read, theirs))) }))
    .filter(({ likeness }) => likeness >= least)
    .sort((a, b) => b.likeness - a.likeness);
}

const printOfFiling = (read: Reading, filingId: string) =>
  read.get<{ print: Uint8Array; document_id: string }>('SELECT print, document_id FROM text_print WHERE filing_id = ?', filingId);
export const textOf = (read: Reading, documentId: string): string =>
  readDocumentText(read, documentId)
    .map(({ text }) => text)
    .join('\n');
