/**
 * A day as a clerk types it, as `YYYY-MM-DD`: `25.11.2026`, `25.11.26`, `2511`, `25 11`; without a year the next such day. `+3` is in three days.
 * Null for what is no day of the calendar.
 */
export function dayOf(typed: string, today: string): string | null {
  const ahead = /^\+\s*(\d{1,3})$/.exec(typed.trim())?.[1];
  if (ahead !== undefined) return new Date(Date.parse(`${today}T00:00:00Z`) + Number(ahead) * 86_400_000).toISOString().slice(0, 10);
  const parts = /^(\d{1,2})[.\-/ ]?(\d{2})(?:[.\-/ ]?(\d{4}|\d{2}))?$/.exec(typed.trim());
  if (!parts) return null;
  const [, day, month, year] = parts;
  if (year !== undefined) return inCalendar(year.length === 2 ? `20${year}` : year, month!, day!);
  const thisYear = inCalendar(today.slice(0, 4), month!, day!);
  return thisYear !== null && thisYear >= today ? thisYear : inCalendar(String(Number(today.slice(0, 4)) + 1), month!, day!);
}

function inCalendar(year: string, month: string, day: string): string | null {
  const text = `${year}-${month}-${day.padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}
