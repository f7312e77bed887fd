import type { Texts } from '../../i18n/use-texts.ts';

/** `1 h 12 min` of working time; a dash of nothing. */
export function sayMinutes(minutes: number | null, t: Texts['t']): string {
  if (minutes === null) return t('state.none');
  const hours = Math.floor(minutes / 60);
  const rest = t('sla.minShort', { n: minutes % 60 });
  return hours > 0 ? `${t('sla.hourShort', { n: hours })} ${rest}` : rest;
}
