import { TALON_WORDS, type Words } from './talon-words.ts';

const words = (kk: string, ru: string): Words => ({ kk, ru });

/** Labels of the papers that go with a signed act, Kazakh first. */
export const ACT_WORDS = {
  caseNumber: TALON_WORDS.caseNumber,
  incomingNumber: TALON_WORDS.incomingNumber,
  zone: TALON_WORDS.zone,
  follow: TALON_WORDS.follow,
  act: words('Сот актісі', 'Судебный акт'),
  parties: words('Тараптар', 'Стороны'),
  signer: words('Қол қойған', 'Подписал(а)'),
  signedAt: words('Қол қойылған уақыты', 'Время подписания'),
  level: words('Қолтаңба деңгейі', 'Уровень подписи'),
  hash: words('Қол қойылған файлдың SHA-256 мәні', 'SHA-256 подписанного файла'),
  actId: words('Актінің идентификаторы', 'Идентификатор акта'),
  preparedBy: words('Дайындаған', 'Подготовил(а)'),
} as const satisfies Record<string, Words>;
