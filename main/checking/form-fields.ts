import { z } from 'zod';
import { courtDayOf, type CourtDay } from '../../shared/domain/court-day.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The members of the form that have no place of their own in the message, by id of filing-forms.json; what cannot be read is not there. */
export function formFieldsOf(message: FilingMessage): Readonly<Record<string, string>> {
  const parsed = fieldsSchema.safeParse(message['fields']);
  return parsed.success ? Object.fromEntries(Object.entries(parsed.data).map(([id, value]) => [id, String(value).trim()])) : {};
}

/** `2026-11-20`, `20.11.2026` or an instant as a court day; null when the calendar has no such day. */
export function readCourtDay(text: string): CourtDay | null {
  const typed = text.trim();
  if (/^\d{4}-\d\d-\d\dT/.test(typed)) return isDay(typed.slice(0, 10)) && !Number.isNaN(Date.parse(typed)) ? courtDayOf(typed) : null;
  const m = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(typed);
  const iso = m ? `${m[3]}-${m[2]!.padStart(2, '0')}-${m[1]!.padStart(2, '0')}` : typed;
  return isDay(iso) ? (iso as CourtDay) : null;
}

function isDay(iso: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return false;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}
