import { describe, expect, it } from 'vitest';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { ACTION_GROUPS } from '../../../renderer/features/journal/action-groups.ts';
import { inLine, sayDetails } from '../../../renderer/features/journal/say-details.ts';
import type { Texts } from '../../../renderer/i18n/use-texts.ts';
import { date, dateTime } from '../../../shared/domain/kk-format.ts';

const known: Readonly<Record<string, string>> = ru;
const texts: Texts = {
  language: 'ru',
  t: (key) => known[key] ?? key,
  named: (prefix, id) => known[`${prefix}.${id}`] ?? id,
  has: (key) => key in known,
};
const DIGEST = 'b2bc43df7e7fa5e9396f2b9d5cc0540a9a76732bc03a653cbaf4b4d188cf9b41';
const say = (details: Record<string, string | number>, names: Record<string, string> = {}, short = false) =>
  sayDetails({ details, names }, texts, { date, dateTime }, { short }).map(inLine);

describe('what was noted with an entry', () => {
  it('is said in words, with names for ids and the times of the court', () => {
    expect(say({ to: '01a2', from: '', rule: 'r-1' }, { '01a2': 'Алиев Бекзат' })).toEqual(['кому: Алиев Бекзат', 'правило: r-1']);
    expect(say({ from: '01a2' }, { '01a2': 'Алиев Бекзат' })).toEqual(['от кого: Алиев Бекзат']);
    expect(say({ from: 'undecided', verdict: 'valid' })).toEqual([`было: ${ru['sig.short.undecided']}`, `итог: ${ru['sig.short.valid']}`]);
    expect(say({ startsAt: '2026-11-20T20:30:00.000Z', day: '2026-11-20', rows: 12 })).toEqual([
      'начало: 21.11.2026, 01:30',
      'день: 20.11.2026',
      'строк: 12',
    ]);
    expect(say({ role: 'admin', state: 'registered', code: 'user-inactive', elsewhere: 1 })).toEqual([
      'роль: Администратор',
      `состояние: ${ru['status.registered']}`,
      'причина: Доступ сотрудника приостановлен',
      'на другом рабочем месте',
    ]);
    expect(say({ verdict: 'valid', fields: 'kind address' })).toEqual([
      `итог: ${ru['sig.short.valid']}`,
      `поля: ${ru['correction.field.kind']}, ${ru['correction.field.address']}`,
    ]);
  });

  it('is whole, and short only where a digest would fill a line', () => {
    const reason = 'основание, записанное человеком полностью и без сокращений, сколько бы слов в нём ни было';
    expect(say({ sha256: DIGEST, reason })).toEqual([`SHA-256: ${DIGEST}`, `основание: ${reason}`]);
    expect(say({ sha256: DIGEST, reason }, {}, true)).toEqual(['SHA-256: b2bc43df7e7f…', `основание: ${reason}`]);
  });
});

it('every action that the journal knows can be asked for by its first part', () => {
  for (const language of [kk, ru, en]) {
    const parts = Object.keys(language).flatMap((key) => /^journal\.([a-z-]+)\./.exec(key)?.[1] ?? []);
    expect([...ACTION_GROUPS].sort()).toEqual([...new Set(parts)].sort());
  }
});
