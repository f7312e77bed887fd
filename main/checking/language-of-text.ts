/** Letters that only Kazakh has; in running Kazakh text they are about every fifth letter, in Russian there are none but in names. */
const KAZAKH = /[әғқңөұүһі]/gi;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
const ENOUGH_LETTERS = 200;
const KAZAKH_FROM = 0.06;
const RUSSIAN_TO = 0.015;

/** The language of a text by its letters; null when it is too short, in neither, or mixed. */
export function languageOfText(text: string): 'kk' | 'ru' | null {
  const letters = text.match(CYRILLIC)?.length ?? 0;
  if (letters < ENOUGH_LETTERS) return null;
  const share = (text.match(KAZAKH)?.length ?? 0) / letters;
  return share >= KAZAKH_FROM ? 'kk' : share <= RUSSIAN_TO ? 'ru' : null;
}
