import type { PdfValue } from './pdf-value.ts';

/** A PDF date (ISO 32000-1 §7.9.4), e.g. `D:20261121150000+05'00'`, as milliseconds since 1970; without a zone it is read as UTC. */
export function readPdfTime(value: PdfValue | null): number | null {
  if (value?.type !== 'string') return null;
  const text = Buffer.from(value.octets).toString('latin1');
  const m = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/.exec(text);
  if (!m) return null;
  const part = (i: number, absent: number): number => (m[i] === undefined ? absent : Number(m[i]));
  const offsetMinutes = m[7] === undefined ? 0 : (m[7] === '-' ? -1 : 1) * (part(8, 0) * 60 + part(9, 0));
  const ms = Date.UTC(part(1, 0), part(2, 1) - 1, part(3, 1), part(4, 0), part(5, 0), part(6, 0)) - offsetMinutes * 60_000;
  return Number.isNaN(ms) ? null : ms;
}
