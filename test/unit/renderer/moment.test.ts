import { describe, expect, it } from 'vitest';
import { instantOf, parseDay, parseTime, typed } from '../../../renderer/features/proceedings/moment.ts';

describe('a day and a time as they are typed', () => {
  it.each([
    ['03.12.2026', '2026-12-03'],
    ['3.12.2026', '2026-12-03'],
    ['03122026', '2026-12-03'],
    [' 03/12/2026 ', '2026-12-03'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is a day', (text, day) => expect(parseDay(text)).toBe(day));
  it.each(['31.11.2026', '29.02.2026', '3.12', '2026-12-03', '', '00.01.2026'])('%s is none', (text) => expect(parseDay(text)).toBeNull());

  it.each([
    ['10:30', '10:30'],
    ['9:05', '09:05'],
    ['1030', '10:30'],
    ['10.30', '10:30'],
    ['00:00', '00:00'],
  ])('%s is a time', (text, time) => expect(parseTime(text)).toBe(time));
  it.each(['24:00', '10:60', '10', ''])('%s is none', (text) => expect(parseTime(text)).toBeNull());

  it('mean the time of the court, UTC+5, and are written as they were meant', () => {
    expect(instantOf({ day: '03.12.2026', time: '03:30' })).toBe('2026-12-02T22:30:00.000Z');
    expect(typed('2026-12-02T22:30:00.000Z')).toEqual({ day: '03.12.2026', time: '03:30' });
    expect(instantOf({ day: '03.12.2026', time: '' })).toBeNull();
  });
});
