import type { CourtDay } from '../../shared/domain/court-day.ts';
import { UsageError } from './cli-io.ts';

/** The day of the calendar that an option names. */
export function dayOption(text: string | undefined, option: string): CourtDay {
  const known = text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (!known || Number.isNaN(known.getTime()) || known.toISOString().slice(0, 10) !== text)
    throw new UsageError(`${option} needs a day of the calendar, such as 2026-11-01`);
  return text as CourtDay;
}
