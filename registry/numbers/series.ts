import { formatCaseNumber, parseCaseNumber } from '../../shared/domain/case-number.ts';
import type { NumberBlockRequest } from '../../shared/registry/index.ts';

/** A row of numbers of one court: incoming numbers, or case numbers of one type. */
export type Series = Pick<NumberBlockRequest, 'series' | 'year' | 'typeIndex'>;

/** A printed number taken apart; null when it is not one. */
export function readNumber(text: string): (Series & { court: string; sequence: number }) | null {
  const incoming = /^(\d{4})-(\d{2})-(\d{6})$/.exec(text);
  if (incoming) return { court: incoming[1]!, series: 'incoming', year: incoming[2]!, typeIndex: '', sequence: Number(incoming[3]) };
  const number = parseCaseNumber(text);
  if (!number || formatCaseNumber(number) !== text) return null;
  return { court: number.court, series: 'case', year: number.year, typeIndex: number.typeIndex, sequence: number.sequence };
}
