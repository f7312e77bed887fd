import { dateLong, dateTime, time, weekday } from '../../shared/domain/kk-format.ts';
import { A4, GREY, printable, type Sheet } from './sheet.ts';
import { LABEL, LEFT, PLAIN, RU, STRONG, WIDTH, put, putLabel, putNumber, rule } from './talon-layout.ts';
import { TALON_WORDS, type Words } from './talon-words.ts';
import { openTwoLanguageSheet, putIdentifier, putTrainingMark } from './two-language-sheet.ts';

/** What a summons says. Instants are UTC ISO strings. */
export type SummonsContent = {
  summonsId: string;
  courtNameKk: string;
  courtNameRu: string;
  recipient: string;
  /** As what the person is summoned. */
  side: 'claimant' | 'respondent' | 'third-party' | 'representative' | 'participant';
  /** The case; where there is none yet, the incoming number of the filing. */
  caseNumber: string | null;
  incomingNumber: string | null;
  /** The parties in short. */
  parties: string;
  startsAt: string;
  place: string;
  room: string | null;
  judge: string | null;
  mode: 'in-person' | 'video';
  link: string | null;
  recordingNote: string | null;
  preparedBy: string;
  preparedAt: string;
  training: boolean;
};

const words = (kk: string, ru: string): Words => ({ kk, ru });
const WORDS = {
  title: words('СОТТЫҢ ШАҚЫРУ ҚАҒАЗЫ', 'СУДЕБНАЯ ПОВЕСТКА'),
  recipient: words('Кімге', 'Кому'),
  side: words('Кім ретінде шақырылады', 'В качестве кого вызывается'),
  caseNumber: words('Іс нөмірі', 'Номер дела'),
  incomingNumber: words('Кіріс нөмірі', 'Входящий номер'),
  parties: words('Тараптар', 'Стороны'),
  when: words('Сот отырысының уақыты', 'Время судебного заседания'),
  place: words('Өтетін орны', 'Место проведения'),
  room: words('Отырыс залы', 'Зал заседаний'),
  judge: words('Судья', 'Судья'),
  mode: words('Қатысу тәртібі', 'Порядок участия'),
  link: words('Қосылу сілтемесі', 'Ссылка для подключения'),
  recording: words('Жазып алу туралы', 'О записи заседания'),
  preparedBy: words('Дайындаған', 'Подготовил(а)'),
  inPerson: words('сот ғимаратына өзіңіз келесіз', 'лично, в здании суда'),
  video: words('бейнеконференцбайланыс арқылы', 'посредством видеоконференцсвязи'),
} as const satisfies Record<string, Words>;

const SIDES: Readonly<Record<SummonsContent['side'], Words>> = {
  claimant: words('талап қоюшы', 'истец'),
  respondent: words('жауапкер', 'ответчик'),
  'third-party': words('үшінші тұлға', 'третье лицо'),
  representative: words('өкіл', 'представитель'),
  participant: words('іске қатысушы', 'участник процесса'),
};

/** What the person summoned has to know; in the spirit of ГПК 128. */
const DUTIES: readonly Words[] = [
  words(
    'Жеке басты куәландыратын құжатты, өкіл болса – өкілеттігін растайтын құжатты да ала келіңіз.',
    'Имейте при себе документ, удостоверяющий личность, а представитель – и документ, подтверждающий полномочия.',
  ),
  words('Іс бойынша өзіңіздегі барлық дәлелдемені сотқа ұсыныңыз.', 'Представьте суду все имеющиеся у вас доказательства по делу.'),
  words(
    'Келе алмасаңыз, себебін сотқа алдын ала хабарлап, оны растайтын құжаттарды ұсыныңыз.',
    'Если вы не можете явиться, заранее сообщите суду причину и представьте подтверждающие её документы.',
  ),
  words('Шақырудың берілгенін орталық тізілімдегі жазба растайды.', 'Выдачу повестки подтверждает запись в центральном реестре.'),
];

/**
 * Draws the summons of one person to a hearing: one A4 page in Kazakh and Russian, PDF/A-2a.
 * @param fontsDir the folder of the Tinos files.
 */
export async function drawSummons(content: SummonsContent, fontsDir: string): Promise<Uint8Array> {
  for (const tight of [false, true]) {
    const sheet = openSummonsSheet(content, fontsDir);
    let y = drawHead(sheet, content, 38);
    y = drawWhen(sheet, content, y + 12);
    y = drawRows(sheet, content, { top: y + (tight ? 8 : 12), tight });
    if (drawFoot(sheet, content, y + 8) <= LOWEST || tight) return sheet.finish();
  }
  throw new Error('a summons is always drawn');
}

/** Where the last line ends at the latest. */
const LOWEST = A4.height - 40;

function openSummonsSheet(content: SummonsContent, fontsDir: string): Sheet {
  return openTwoLanguageSheet({
    fontsDir,
    title: words('Соттың шақыру қағазы', 'Судебная повестка'),
    number: content.caseNumber ?? content.incomingNumber ?? '',
    createdAt: content.preparedAt,
    content,
  });
}

function drawHead(sheet: Sheet, content: SummonsContent, top: number): number {
  let y = putTrainingMark(sheet, content.training, top);
  y = put(sheet, { font: 'bold', size: 19 }, WORDS.title.kk, { x: LEFT, y }, { type: 'H1' });
  y = put(sheet, { font: 'regular', size: 13 }, WORDS.title.ru, { x: LEFT, y }, { ...RU, type: 'H1' });
  y = put(sheet, { font: 'bold', size: 11.5 }, content.courtNameKk, { x: LEFT, y: y + 6, maxLines: 2 });
  return put(sheet, { font: 'regular', size: 10.5 }, content.courtNameRu, { x: LEFT, y, maxLines: 2 }, RU);
}

/** The moment and the number stand out: they are what the person looks for. */
function drawWhen(sheet: Sheet, { startsAt, caseNumber, incomingNumber }: SummonsContent, top: number): number {
  rule(sheet, top, 1);
  const column = WIDTH * 0.64;
  const afterLabel = putLabel(sheet, WORDS.when, LEFT, top + 7, column - 8);
  const day = (language: 'kk' | 'ru') => `${dateLong(language, startsAt)}, ${weekday(language, startsAt)}`;
  let y = put(sheet, { font: 'bold', size: 14 }, `${day('kk')}, сағат ${time(startsAt)}`, {
    x: LEFT,
    y: afterLabel + 1,
    width: column,
    maxLines: 2,
  });
  y = put(sheet, { font: 'regular', size: 11.5 }, `${day('ru')}, ${time(startsAt)}`, { x: LEFT, y, width: column, maxLines: 2 }, RU);
  y = put(sheet, LABEL, `${TALON_WORDS.zone.kk} / ${TALON_WORDS.zone.ru}`, { x: LEFT, y: y + 2, width: column, maxLines: 2 });
  const number = caseNumber ?? incomingNumber;
  if (number !== null) {
    const label = caseNumber === null ? WORDS.incomingNumber : WORDS.caseNumber;
    const x = LEFT + column + 10;
    const after = putLabel(sheet, label, x, top + 7, WIDTH - column - 10);
    const natural = sheet.font('bold', 14).widthOfString(number);
    putNumber(sheet, { font: 'bold', size: 14 * Math.min(1, (WIDTH - column - 10) / natural) }, printable(number), x, after + 1);
  }
  rule(sheet, y + 6, 1);
  return y + 6;
}

type RowText = {
  readonly text: string;
  readonly strong?: boolean;
  readonly ru?: boolean;
  readonly link?: boolean;
  readonly maxLines?: number;
};
const LABEL_WIDTH = 150;

/** `tight`: for names so long that the page would not hold them. */
function drawRows(sheet: Sheet, content: SummonsContent, { top, tight }: { readonly top: number; readonly tight: boolean }): number {
  const inBoth = ({ kk, ru }: Words): RowText[] => [
    { text: kk, strong: true },
    { text: ru, ru: true },
  ];
  const rows: (readonly [Words, readonly RowText[]])[] = [
    [WORDS.recipient, [{ text: content.recipient, strong: true, maxLines: 3 }]],
    [WORDS.side, inBoth(SIDES[content.side])],
    [WORDS.parties, [{ text: content.parties, maxLines: 4 }]],
    [WORDS.mode, inBoth(content.mode === 'video' ? WORDS.video : WORDS.inPerson)],
    ...(content.link === null ? [] : [[WORDS.link, [{ text: content.link, link: true, maxLines: 8 }]] as const]),
    [WORDS.place, [{ text: content.place, strong: true, maxLines: 4 }]],
    ...(content.room === null ? [] : [[WORDS.room, [{ text: content.room, strong: true, maxLines: 2 }]] as const]),
    ...(content.judge === null ? [] : [[WORDS.judge, [{ text: content.judge, maxLines: 2 }]] as const]),
    ...(content.recordingNote === null ? [] : [[WORDS.recording, [{ text: content.recordingNote, maxLines: 8 }]] as const]),
    [WORDS.preparedBy, [{ text: content.preparedBy, maxLines: 2 }, { text: dateTime(content.preparedAt) }]],
  ];
  let y = top;
  for (const [label, texts] of rows) {
    const afterLabel = putLabel(sheet, label, LEFT, y, LABEL_WIDTH - 10);
    let next = y - 1;
    for (const { text, strong = false, ru = false, link = false, maxLines = 1 } of texts) {
      const line = { ...(strong ? STRONG : PLAIN), size: link ? 9.5 : tight ? 10 : 11 };
      const lines = tight && !link ? Math.min(maxLines, 2) : maxLines;
      next = put(sheet, line, text, { x: LEFT + LABEL_WIDTH, y: next, width: WIDTH - LABEL_WIDTH, maxLines: lines }, ru ? RU : {});
    }
    y = Math.max(afterLabel, next) + (tight ? 4 : 8);
  }
  return y;
}

/** Answers where it ends. */
function drawFoot(sheet: Sheet, content: SummonsContent, top: number): number {
  rule(sheet, top, 1);
  let y = top + 9;
  for (const { kk, ru } of DUTIES) {
    y = put(sheet, { font: 'regular', size: 10.5 }, kk, { x: LEFT, y, maxLines: 2 });
    y = put(sheet, { font: 'regular', size: 9.5, colour: GREY }, ru, { x: LEFT, y, maxLines: 2 }, RU) + 5;
  }
  y = put(sheet, { font: 'bold', size: 10 }, TALON_WORDS.follow.kk, { x: LEFT, y: y + 2 });
  y = put(sheet, { font: 'regular', size: 9.5 }, TALON_WORDS.follow.ru, { x: LEFT, y }, RU);
  putIdentifier(sheet, content.summonsId);
  return y;
}
