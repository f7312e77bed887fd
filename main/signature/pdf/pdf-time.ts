import type { PdfValue } from './pdf-value.ts';

/** A PDF date (ISO 32000-1 §7.9.4), e.g. `D:20261121150000+05'00'`, as milliseconds since 1970; without a zone it is read as UTC. */
export function readPdfTime(value: PdfValue | null): number | null {
  if (value?.type !== 'string') return null;
  const text = Buffer.from(value.octets).toString('latin1');
  const m = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/.exec(text);
  if (!m) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) =>
    m[i] === undefined ? (i === 2 || i === 3 ? 1 : 0) : Number(m[i]),
  );
  const offsetMinutes = m[7] === undefined ? 0 : (m[7] === '-' ? -1 : 1) * (Number(m[8]) * 60 + Number(m[9] ?? 0));
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second) - offsetMinutes * 60_000;
  return Number.isNaN(ms) ? null : ms;
}
