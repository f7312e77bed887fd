/** Court days, both inclusive. */
export type Days = { readonly from: string; readonly until: string };

const DAY_MS = 24 * 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const monthFrom = (year: number, month: number): Days => ({
  from: iso(Date.UTC(year, month, 1)),
  until: iso(Date.UTC(year, month + 1, 0)),
});
const parts = (day: string): [number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];

export const monthOf = (day: string): Days => monthFrom(...parts(day));

export function monthBefore(day: string): Days {
  const [year, month] = parts(day);
  return monthFrom(year, month - 1);
}

/** Monday to Sunday. */
export function weekOf(day: string): Days {
  const at = Date.parse(`${day}T00:00:00Z`);
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
  return { from: iso(monday), until: iso(monday + 6 * DAY_MS) };
}
