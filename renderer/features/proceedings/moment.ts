import { date, time } from '../../../shared/domain/kk-format.ts';

/** A date and a time as they are typed, in the court's own time. */
export type TypedMoment = { readonly day: string; readonly time: string };

const two = (text: string) => text.padStart(2, '0');

/** `03.12.2026`, `3.12.2026` or `03122026` as `2026-12-03`; null when there is no such day. */
export function parseDay(text: string): string | null {
  const m = /^(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4})$|^(\d{2})(\d{2})(\d{4})$/.exec(text.trim());
  if (!m) return null;
  const [day, month, year] = [two(m[1] ?? m[4]!), two(m[2] ?? m[5]!), m[3] ?? m[6]!];
  const iso = `${year}-${month}-${day}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === iso ? iso : null;
}

/** `10:30`, `10.30`, `1030` or `9:05` as `10:30`; null when the clock has no such time. */
export function parseTime(text: string): string | null {
  const m = /^(\d{1,2})[:., -](\d{2})$|^(\d{1,2})(\d{2})$/.exec(text.trim());
  if (!m) return null;
  const [hours, minutes] = [two(m[1] ?? m[3]!), m[2] ?? m[4]!];
  return Number(hours) < 24 && Number(minutes) < 60 ? `${hours}:${minutes}` : null;
}

/** The instant as UTC ISO; null while day or time cannot be read. */
export function instantOf({ day, time: clock }: TypedMoment): string | null {
  const [iso, at] = [parseDay(day), parseTime(clock)];
  return iso === null || at === null ? null : new Date(`${iso}T${at}:00+05:00`).toISOString();
}

export const typed = (instant: string): TypedMoment => ({ day: date(instant), time: time(instant) });

/** `2026-12-03` as a person writes it. */
export const writtenDay = (iso: string): string => iso.split('-').reverse().join('.');
