import { createHash } from 'node:crypto';
import { fold } from '../../shared/domain/kk-format.ts';
import type { FilingMessage, Party } from '../../shared/registry/index.ts';
import { partiesOf, sideOf } from '../intake/index.ts';
import type { Reading, Writing } from '../store/index.ts';

export type TraceKind = 'receipt' | 'parties' | 'opponent';
type Trace = { readonly kind: TraceKind; readonly value: string };

/** A person by number; whoever has none by the folded name. */
const whoIs = ({ iin, bin, name }: Party): string => iin?.trim() || bin?.trim() || fold(name).replaceAll(/[^\p{L}\p{N}]/gu, '');
const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** What filings are found by that may be the same: the receipt, all parties with their sides, and each person it is directed against. */
export function tracesOf(message: FilingMessage): Trace[] {
  const receipt = message.payment?.number.replaceAll(/[\s№#-]/g, '').toUpperCase() ?? '';
  const parties = message.parties.map((party) => `${sideOf(party)} ${whoIs(party)}`).sort();
  const against = partiesOf(message, 'respondent');
  const opponents = new Set((against.length > 0 ? against : message.parties).map((party) => short(whoIs(party))));
  return [
    ...(receipt === '' ? [] : [{ kind: 'receipt' as const, value: receipt.slice(0, 200) }]),
    ...(parties.length === 0 ? [] : [{ kind: 'parties' as const, value: short(parties.join('\n')) }]),
    ...[...opponents].map((value) => ({ kind: 'opponent' as const, value })),
  ];
}

/** What a filing said before a correction is no trace of it any more. */
export function keepTraces(tx: Writing, filingId: string, message: FilingMessage): void {
  tx.run('DELETE FROM filing_trace WHERE filing_id = ?', filingId);
  for (const { kind, value } of tracesOf(message))
    tx.run('INSERT OR IGNORE INTO filing_trace (filing_id, kind, value) VALUES (?, ?, ?)', filingId, kind, value);
}

/** The newest filings with the same trace, at most `most`; ids grow with time. */
export const withTrace = (read: Reading, { kind, value }: Trace, most: number): string[] =>
  read
    .all<{ filing_id: string }>(
      'SELECT filing_id FROM filing_trace WHERE kind = ? AND value = ? ORDER BY filing_id DESC LIMIT ?',
      kind,
      value,
      most,
    )
    .map((row) => row.filing_id);
