import { describe, expect, it } from 'vitest';
import * as format from '../../../shared/domain/kk-format.ts';

/** Plain spaces, so that expectations can be read; the functions put unbreakable ones between a number and its unit. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const AT = '2026-11-20T20:05:09Z';

describe('dates and times', () => {
  it('are shown in UTC+5 whatever the clock of the computer says', () => {
    expect(format.date(AT)).toBe('21.11.2026');
    expect(format.time(AT)).toBe('01:05');
    expect(format.dateTime(new Date(AT))).toBe('21.11.2026, 01:05');
    expect(format.date('2026-12-31T19:00:00Z')).toBe('01.01.2027');
  });

  it('have the legal long form of each language', () => {
    expect(plain(format.dateLong('kk', AT))).toBe('2026 жылғы 21 қараша');
    expect(plain(format.dateLong('ru', AT))).toBe('21 ноября 2026 года');
    expect(plain(format.dateLong('en', AT))).toBe('21 November 2026');
    expect(format.dateLong('kk', AT)).toContain('21\u00a0қараша');
  });

  it('have short forms, and weekdays in lower case', () => {
    expect(plain(format.dateShort('kk', AT))).toBe('21 қар.');
    expect(plain(format.dateShort('ru', AT))).toBe('21 нояб.');
    expect([format.weekday('kk', AT), format.weekday('ru', AT), format.weekday('en', AT)]).toEqual(['сенбі', 'суббота', 'Saturday']);
  });

  it('take a calendar day as that day', () => {
    expect(format.date('2026-11-21')).toBe('21.11.2026');
  });

  it('name all twelve months with Kazakh letters', () => {
    const months = Array.from({ length: 12 }, (_, m) =>
      format
        .dateLong('kk', Date.UTC(2026, m, 15))
        .split('\u00a0')
        .at(-1),
    );
    expect(months).toEqual([
      'қаңтар',
      'ақпан',
      'наурыз',
      'сәуір',
      'мамыр',
      'маусым',
      'шілде',
      'тамыз',
      'қыркүйек',
      'қазан',
      'қараша',
      'желтоқсан',
    ]);
  });
});

describe('numbers', () => {
  it('have groups of three and a decimal comma', () => {
    expect(plain(format.number(1234567.5, 2))).toBe('1 234 567,50');
    expect(format.number(999)).toBe('999');
    expect(plain(format.number(-12345))).toBe('−12 345');
    expect(format.number(-0.001, 2)).toBe('0,00');
  });

  it('write money in tenge, exact at any size', () => {
    expect(plain(format.money(2162500))).toBe('21 625 ₸');
    expect(plain(format.money(216250n))).toBe('2 162,50 ₸');
    expect(plain(format.money(5n))).toBe('0,05 ₸');
    expect(plain(format.money(-100))).toBe('−1 ₸');
    expect(plain(format.money(900719925474099312n))).toBe('9 007 199 254 740 993,12 ₸');
  });

  it('write sizes', () => {
    expect(plain(format.size('kk', 512))).toBe('512 байт');
    expect(plain(format.size('ru', 4.7 * 2 ** 20))).toBe('4,7 МБ');
    expect(plain(format.size('ru', 20 * 2 ** 20))).toBe('20 МБ');
    expect(plain(format.size('en', 2 ** 30))).toBe('1 GB');
  });

  it('tell a distance in time with the right form of the word', () => {
    const minute = 60_000;
    const hour = 60 * minute;
    expect(plain(format.relative('kk', -3 * 24 * hour))).toBe('3 күн бұрын');
    expect(plain(format.relative('kk', 2 * hour))).toBe('2 сағаттан кейін');
    expect([1, 2, 5, 11, 21].map((n) => plain(format.relative('ru', -n * minute)))).toEqual([
      '1 минуту назад',
      '2 минуты назад',
      '5 минут назад',
      '11 минут назад',
      '21 минуту назад',
    ]);
    expect(plain(format.relative('ru', 12 * 24 * hour))).toBe('через 12 дней');
    expect(plain(format.relative('en', -hour))).toBe('1 hour ago');
    expect(plain(format.relative('kk', -59.6 * minute))).toBe('1 сағат бұрын');
    expect(plain(format.relative('ru', 0))).toBe('через 1 минуту');
  });
});

describe('order and search', () => {
  it('follow the Kazakh alphabet', () => {
    const names = [
      'Ыбырай',
      'Іңкәр',
      'Қанат',
      'Камила',
      'Әлия',
      'Алия',
      'Өркен',
      'Орал',
      'Ұлан',
      'Үміт',
      'Уәли',
      'Ғани',
      'Гүлнар',
      'Хасан',
      'Һәкім',
    ];
    expect([...names].sort(format.compare)).toEqual([
      'Алия',
      'Әлия',
      'Гүлнар',
      'Ғани',
      'Камила',
      'Қанат',
      'Орал',
      'Өркен',
      'Уәли',
      'Ұлан',
      'Үміт',
      'Хасан',
      'Һәкім',
      'Ыбырай',
      'Іңкәр',
    ]);
  });

  it('give a key that sorts as text does in a database, digits before letters', () => {
    const keys = ['Қ', 'К', '2', '10', 'А'].map(format.sortKey).sort();
    expect(keys.map((key) => key.split('\0')[1])).toEqual(['10', '2', 'А', 'К', 'Қ']);
    expect(format.compare('алия', 'Алия')).not.toBe(0);
    expect(format.compare('Алия', 'Алия')).toBe(0);
  });

  it('find Kazakh names typed on a Russian layout or with Latin look-alikes', () => {
    expect(format.fold('Әлиева Қаракөз')).toBe(format.fold('алиева каракоз'));
    expect(format.fold('Cерік')).toBe(format.fold('серик'));
    expect(format.fold('Smith')).toBe('smith');
    expect(format.otherLayout('fkbtdf')).toBe('алиева');
    expect(format.otherLayout('алиева')).toBe('fkbtdf');
    expect(format.otherLayout('2026')).toBe('2026');
  });
});

describe('keys', () => {
  const press = (code: string, key: string, shiftKey = false) => ({ code, key, shiftKey, ctrlKey: false, altKey: false, metaKey: false });

  it('work by their place in every layout', () => {
    expect(format.shortcutKey(press('KeyJ', 'о'))).toBe('j');
    expect(format.shortcutKey(press('Slash', '.'))).toBe('/');
    expect(format.shortcutKey(press('Slash', ',', true))).toBe('?');
    expect(format.shortcutKey(press('Enter', 'Enter'))).toBe('Enter');
    expect(format.digitOf(press('Digit2', 'ә'))).toBe('2');
    expect(format.digitOf(press('Digit2', 'Ә', true))).toBeNull();
    expect(format.digitOf(press('KeyA', 'a'))).toBeNull();
  });
});
