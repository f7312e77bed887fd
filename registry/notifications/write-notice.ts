import { dateTime } from '../../shared/domain/kk-format.ts';
import type { TakenNotice } from './hand-over.ts';
import { kk } from './templates/kk.ts';
import { ru } from './templates/ru.ts';

const TEMPLATES = { kk, ru } as const;
/** A greeting longer than this is none. */
const LONGEST_NAME = 120;
const LONGEST_PLACE = 300;

export type NoticeText = {
  readonly subject: string;
  /** For SMS and push. */
  readonly short: string;
  /** With greeting and closing, for e-mail. Lines end with LF. */
  readonly long: string;
};

/** A text on one line, at most so many characters long, cut between characters. */
export function onOneLine(text: string, longest: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

/** The words of a notice in its language. What came from people stands on one line. */
export function writeNotice({ kind, language, name, facts, court_kk, court_ru }: TakenNotice): NoticeText {
  const templates = TEMPLATES[language];
  const { subject, text } = templates.texts[kind];
  const filled = (template: string, more: Readonly<Record<string, string>> = {}): string => {
    const values: Readonly<Record<string, string>> = {
      court: language === 'kk' ? court_kk : court_ru,
      name: onOneLine(name, LONGEST_NAME),
      cabinetNumber: facts.cabinetNumber ?? '',
      incomingNumber: facts.incomingNumber ?? '',
      startsAt: facts.startsAt === undefined ? '' : dateTime(facts.startsAt),
      place: onOneLine(facts.place ?? '', LONGEST_PLACE),
      ...more,
    };
    return template.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
  };
  const room = facts.room === undefined ? '' : filled(templates.room, { room: onOneLine(facts.room, LONGEST_PLACE) });
  const link = facts.link === undefined ? '' : filled(templates.link, { link: facts.link });
  const body = filled(text, { room, link });
  const closing = filled(facts.cabinetNumber === undefined ? templates.closingElsewhere : templates.closing);
  return { subject, short: `${body} ${closing}`, long: `${filled(templates.greeting)}\n\n${body}\n\n${closing}\n` };
}
