import type { OverallVerdict } from '../../shared/domain/verdict.ts';

/** A label or a sentence of the talon in both languages, Kazakh first. */
export type Words = { readonly kk: string; readonly ru: string };
const words = (kk: string, ru: string): Words => ({ kk, ru });

export const TALON_WORDS = {
  title: words('ТІРКЕУ ТАЛОНЫ', 'ТАЛОН О РЕГИСТРАЦИИ'),
  training: words('ОҚУ РЕЖИМІ: заңдық күші жоқ', 'УЧЕБНЫЙ РЕЖИМ: юридической силы не имеет'),
  copy: words('ҚАЙТА БАСЫЛҒАН КӨШІРМЕ', 'ПОВТОРНЫЙ ЭКЗЕМПЛЯР'),
  courtCode: words('сот коды', 'код суда'),
  incomingNumber: words('Кіріс нөмірі', 'Входящий номер'),
  caseNumber: words('Іс нөмірі', 'Номер дела'),
  joinsCase: words('Мына іске қосылды', 'Приобщено к делу'),
  cabinetNumber: words('Бірегей нөмірі', 'Уникальный номер'),
  sentAt: words('Кабинеттен жіберілді', 'Отправлено в кабинете'),
  receivedAt: words('Сотқа түсті', 'Поступило в суд'),
  registeredAt: words('Тіркелді', 'Зарегистрировано'),
  zone: words('Уақыт UTC+5 бойынша көрсетілген', 'Время указано по UTC+5'),
  kind: words('Құжат түрі', 'Вид документа'),
  applicant: words('Арыз беруші', 'Заявитель'),
  applicantId: words('ЖСН/БСН', 'ИИН/БИН'),
  parties: words('Тараптар', 'Стороны'),
  verdict: words('Қолтаңбаны тексеру', 'Проверка подписи'),
  duty: words('Мемлекеттік баж', 'Государственная пошлина'),
  dutyNumber: words('төлем құжаты', 'платёжный документ'),
  noDuty: words('төлем туралы мәлімет жоқ', 'сведений об оплате нет'),
  flagged: words('Кемшіліктер', 'Недостатки'),
  flaggedText: words('кеңсе белгіледі, олар бойынша судья шешеді', 'отмечены канцелярией, решение по ним за судьёй'),
  registeredBy: words('Тіркеген', 'Зарегистрировал(а)'),
  files: words('Келіп түскен файлдар', 'Поступившие файлы'),
  fileTitle: words('Атауы', 'Название'),
  pages: words('Бет', 'Стр.'),
  listHash: words('барлық файлдың SHA-256 тізімінің SHA-256 мәні', 'SHA-256 списка SHA-256 всех файлов'),
  meaning: words(
    'Тіркеу – қабылдау емес: құжат сотқа түсті, ал оны іс жүргізуге қабылдау туралы судья шешеді.',
    'Регистрация – ещё не принятие: документ поступил в суд, о принятии к производству решает судья.',
  ),
  dueAt: words('Мәселені қараудың соңғы күні', 'Последний день рассмотрения вопроса'),
  registry: words('Тіркеуді орталық тізілімдегі жазба растайды.', 'Регистрацию подтверждает запись в центральном реестре.'),
  follow: words('Істің барысы: office.sud.kz · Анықтама: 1401', 'Ход дела: office.sud.kz · Справки: 1401'),
  qrHint: words('Талонның төлнұсқалығын тексеру үшін QR-кодты сканерлеңіз', 'Чтобы проверить подлинность талона, отсканируйте QR-код'),
  qrAlt: words('Талонды тексеруге арналған QR-код', 'QR-код для проверки талона'),
  key: words('кілт', 'ключ'),
} as const satisfies Record<string, Words>;

export const VERDICT_WORDS: Readonly<Record<OverallVerdict, Words>> = {
  valid: words('Қолтаңба жарамды', 'Подпись действительна'),
  undecided: words('Растау әзірге мүмкін болмады: тексеру қайталанады', 'Подтвердить пока не удалось: проверка будет повторена'),
  invalid: words('Қолтаңба жарамсыз', 'Подпись недействительна'),
  unsigned: words('Қолтаңба жоқ', 'Подписи нет'),
};
