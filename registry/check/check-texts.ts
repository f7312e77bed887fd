export type CheckLanguage = 'kk' | 'ru';

type Texts = {
  readonly title: string;
  readonly intro: string;
  readonly field: string;
  readonly hint: string;
  readonly button: string;
  readonly found: string;
  readonly foundNote: string;
  readonly missing: string;
  readonly missingNote: string;
  readonly notUnderstood: string;
  readonly paper: string;
  readonly talon: string;
  readonly act: string;
  readonly acts: Readonly<Record<string, string>>;
  readonly court: string;
  readonly incomingNumber: string;
  readonly caseNumber: string;
  readonly registeredAt: string;
  readonly signedAt: string;
  readonly sha256: string;
  readonly checkedAt: string;
  readonly asked: string;
  readonly otherLanguage: string;
};

export const CHECK_TEXTS: Readonly<Record<CheckLanguage, Texts>> = {
  kk: {
    title: 'Сот құжатын тексеру',
    intro: 'Талонның немесе сот актісінің түпнұсқасы соттардың орталық тізілімінде бар-жоғын тексеріңіз.',
    field: 'QR-кодтың мәтіні, кіріс нөмірі, актінің идентификаторы немесе SHA-256 бақылау сомасы',
    hint: 'SHA-256 үшін алғашқы 16 таңба жеткілікті.',
    button: 'Тексеру',
    found: 'Түпнұсқа тізілімде бар',
    foundNote: 'Қолыңыздағы қағаздағы деректерді төмендегілермен салыстырыңыз.',
    missing: 'Мұндай құжат табылмады',
    missingNote: 'Нөмірді қайта тексеріңіз. Қате болмаса, құжатты берген сотқа хабарласыңыз.',
    notUnderstood: 'Енгізілген мәтін нөмірге де, QR-кодқа да ұқсамайды',
    paper: 'Құжат',
    talon: 'Тіркеу талоны',
    act: 'Сот актісі',
    acts: {
      'ruling-accept': 'Талап қоюды қабылдау туралы ұйғарым',
      'ruling-return': 'Қайтару туралы ұйғарым',
      'ruling-refuse': 'Қабылдаудан бас тарту туралы ұйғарым',
      'ruling-transfer': 'Басқа сотқа беру туралы ұйғарым',
    },
    court: 'Сот',
    incomingNumber: 'Кіріс нөмірі',
    caseNumber: 'Істің нөмірі',
    registeredAt: 'Тіркелген уақыты',
    signedAt: 'Қол қойылған уақыты',
    sha256: 'SHA-256',
    checkedAt: 'Тексерілген уақыты',
    asked: 'Сұралған мәтін',
    otherLanguage: 'Русский',
  },
  ru: {
    title: 'Проверка судебного документа',
    intro: 'Проверьте, есть ли подлинник талона или судебного акта в центральном реестре судов.',
    field: 'Текст QR-кода, входящий номер, идентификатор акта или контрольная сумма SHA-256',
    hint: 'Для SHA-256 достаточно первых 16 знаков.',
    button: 'Проверить',
    found: 'Подлинник есть в реестре',
    foundNote: 'Сравните данные на вашем документе с приведёнными ниже.',
    missing: 'Такой документ не найден',
    missingNote: 'Проверьте номер ещё раз. Если ошибки нет, обратитесь в суд, выдавший документ.',
    notUnderstood: 'Введённый текст не похож ни на номер, ни на QR-код',
    paper: 'Документ',
    talon: 'Талон о регистрации',
    act: 'Судебный акт',
    acts: {
      'ruling-accept': 'Определение о принятии',
      'ruling-return': 'Определение о возвращении',
      'ruling-refuse': 'Определение об отказе в принятии',
      'ruling-transfer': 'Определение о передаче в другой суд',
    },
    court: 'Суд',
    incomingNumber: 'Входящий номер',
    caseNumber: 'Номер дела',
    registeredAt: 'Время регистрации',
    signedAt: 'Время подписания',
    sha256: 'SHA-256',
    checkedAt: 'Время проверки',
    asked: 'Что проверялось',
    otherLanguage: 'Қазақша',
  },
};
