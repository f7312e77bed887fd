/** What of today is known now. Minutes are of working time. */
export type DaySoFar = {
  readonly overdue: number;
  readonly dueToday: number;
  readonly registered: number;
  /** Arrived today, with a term that ends today or has ended. */
  readonly urgentArrived: number;
  readonly minutesWorked: number;
  readonly minutesLeft: number;
};
export type OverdueForecast = { readonly overdue: number; readonly willRegister: number; readonly willArrive: number };

/** Sooner a day says nothing of its pace. */
export const MINUTES_BEFORE_FORECAST = 60;

/**
 * How many filings will be overdue when the day ends: those that are overdue or due today now, and those of that kind that will still arrive, less what
 * will still be registered, where both go on as they went so far and what is overdue or due today is taken first. Null while it is too early to tell.
 */
export function forecastOverdue(day: DaySoFar): OverdueForecast | null {
  const { overdue, dueToday, registered, urgentArrived, minutesWorked, minutesLeft } = day;
  if (minutesWorked < MINUTES_BEFORE_FORECAST) return null;
  const rest = minutesLeft / minutesWorked;
  const willRegister = Math.round(registered * rest);
  const willArrive = Math.round(urgentArrived * rest);
  return { overdue: Math.max(0, overdue + dueToday + willArrive - willRegister), willRegister, willArrive };
}
