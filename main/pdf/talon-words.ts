/** A label or a sentence of a paper in both languages, Kazakh first. */
export type Words = { readonly kk: string; readonly ru: string };
const words = (kk: string, ru: string): Words => ({ kk, ru });

/** What other papers say in the words of the talon; its own words are data (resources/templates/talon.json). */
export const TALON_WORDS = {
  training: words('ОҚУ РЕЖИМІ: заңдық күші жоқ', 'УЧЕБНЫЙ РЕЖИМ: юридической силы не имеет'),
  caseNumber: words('Іс нөмірі', 'Номер дела'),
  incomingNumber: words('Кіріс нөмірі', 'Входящий номер'),
  zone: words('Уақыт UTC+5 бойынша көрсетілген', 'Время указано по UTC+5'),
  follow: words('Істің барысы: office.sud.kz · Анықтама: 1401', 'Ход дела: office.sud.kz · Справки: 1401'),
} as const satisfies Record<string, Words>;
