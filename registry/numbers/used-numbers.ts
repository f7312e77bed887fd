import { formatCaseNumber, formatIncomingNumber } from '../../shared/domain/case-number.ts';
import type { Sql } from '../store/database.ts';
import { readNumber, type Series } from './series.ts';

/** The numbers from `first` to `last` of a series that filings or cases of the court have. Asked one by one, so that it costs a block and not a year. */
export async function usedNumbers(
  sql: Sql,
  court: string,
  { series, year, typeIndex, first, last }: Series & { first: number; last: number },
): Promise<number[]> {
  const texts = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    series === 'incoming'
      ? formatIncomingNumber(court, year, first + i)
      : formatCaseNumber({ court, year, typeIndex, sequence: first + i }),
  );
  const rows = await sql.query<{ number: string }>(
    series === 'incoming'
      ? 'SELECT incoming_number AS number FROM filing WHERE incoming_number = ANY($1::text[])'
      : 'SELECT number FROM court_case WHERE number = ANY($1::text[])',
    [texts],
  );
  return rows.map((row) => readNumber(row.number)!.sequence).sort((a, b) => a - b);
}
