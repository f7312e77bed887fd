import { useMemo } from 'react';
import { date, dateTime, money, size, time } from '../../shared/domain/kk-format.ts';
import { useTexts } from './use-texts.ts';

/** `1234567.5` tenge as decimal text, in tiyn; null when it is not such a number. */
export function tiynOf(tenge: string): bigint | null {
  const m = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(tenge.trim());
  return m?.[1] ? BigInt(m[1]) * 100n + BigInt((m[2] ?? '').padEnd(2, '0')) : null;
}

/** `21.11, 09:10`: the year is left out where every row is of these days. */
export function dayAndTime(instant: string): string {
  return `${date(instant).slice(0, 5)}, ${time(instant)}`;
}

export function useFormat() {
  const { language } = useTexts();
  return useMemo(
    () => ({
      date,
      dateTime,
      dayAndTime,
      /** `09:36:05`. */
      clock: (instant: string) => `${time(instant)}:${instant.slice(17, 19)}`,
      /** `09:36`, with the day when it is another day than now. */
      timeToday: (instant: string) => (date(instant) === date(Date.now()) ? time(instant) : dayAndTime(instant)),
      size: (bytes: number) => size(language, bytes),
      money: (tenge: string) => {
        const tiyn = tiynOf(tenge);
        return tiyn === null ? tenge : money(tiyn);
      },
    }),
    [language],
  );
}
