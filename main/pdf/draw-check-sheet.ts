import { dateTime } from '../../shared/domain/kk-format.ts';
import { actCheckText } from '../../shared/domain/act-check.ts';
import { ACT_WORDS } from './act-words.ts';
import { ACT_QR_KEY } from './extract-qr.ts';
import { drawQr, qrSide } from './draw-qr.ts';
import { LABEL_WIDTH, putFacts, type Fact } from './put-facts.ts';
import { type Sheet } from './sheet.ts';
import { LEFT, PLAIN, RU, SMALL, STRONG, WIDTH, put, putLabel, rule } from './talon-layout.ts';
import { type Words } from './talon-words.ts';
import { openTwoLanguageSheet, putIdentifier, putTrainingMark } from './two-language-sheet.ts';

/** What stands on the verification sheet beside a signed act. Instants are UTC ISO strings. */
export type CheckSheetContent = {
  actId: string;
  court: string;
  courtNameKk: string;
  courtNameRu: string;
  kindNameKk: string;
  kindNameRu: string;
  caseNumber: string | null;
  incomingNumber: string;
  /** The parties in short. */
  parties: string;
  signer: string;
  signedAt: string;
  /** Of the PAdES signature: B, T, LT. */
  level: string | null;
  /** Of the signed file. */
  sha256: string;
  madeBy: string;
  madeAt: string;
  training: boolean;
};

const words = (kk: string, ru: string): Words => ({ kk, ru });
const WORDS = {
  title: words('ТЕКСЕРУ ПАРАҒЫ', 'ЛИСТ ПРОВЕРКИ'),
  subtitle: words('қол қойылған электрондық сот актісіне', 'к подписанному электронному судебному акту'),
  qrAlt: words('Актіні тексеруге арналған QR-код', 'QR-код для проверки акта'),
  madeAt: words('Парақ жасалған уақыт', 'Лист составлен'),
  meaning: words(
    'Бұл парақта қолтаңба жоқ және ол қолтаңбаны алмастырмайды. Электрондық цифрлық қолтаңба актінің электрондық файлында, түпнұсқа орталық тізілімде сақталады.',
    'На этом листе нет подписи, и он её не заменяет. Электронная цифровая подпись находится в электронном файле акта, подлинник хранится в центральном реестре.',
  ),
  how: words(
    'Тексеру: QR-кодты сканерлеп, оның мәтінін соттардың орталық тізілімінің тексеру бетіне енгізіңіз. Тізілім көрсеткен сотты, нөмірді, уақытты және SHA-256 мәнін осы парақпен салыстырыңыз.',
    'Проверка: отсканируйте QR-код и введите его текст на странице проверки центрального реестра судов. Сравните суд, номер, время и SHA-256 из ответа реестра с этим листом.',
  ),
  file: words(
    'Қолыңызда актінің файлы болса, оның SHA-256 мәні осы парақтағы мәнмен бірдей болуы тиіс.',
    'Если у вас есть файл акта, его SHA-256 должен совпасть со значением на этом листе.',
  ),
} as const satisfies Record<string, Words>;

/** The text of the QR code of such a sheet. */
const checkTextOf = ({ court, actId, incomingNumber, signedAt, sha256 }: CheckSheetContent): string =>
  actCheckText({ court, actId, incomingNumber, signedAt, sha256 });

/**
 * Draws the verification sheet of a signed act: one A4 page in Kazakh and Russian, PDF/A-2a. It is a paper of its own; the signed file stays as it is.
 * @param fontsDir the folder of the Tinos files.
 */
export async function drawCheckSheet(content: CheckSheetContent, fontsDir: string): Promise<Uint8Array> {
  const sheet = openTwoLanguageSheet({
    fontsDir,
    title: words('Тексеру парағы', 'Лист проверки'),
    number: content.caseNumber ?? content.incomingNumber,
    createdAt: content.madeAt,
    info: { [ACT_QR_KEY]: checkTextOf(content) },
    content,
  });
  let y = drawHead(sheet, content, 38);
  y = drawFacts(sheet, content, y + 8);
  drawHow(sheet, content, y + 10);
  putIdentifier(sheet, content.actId);
  return sheet.finish();
}

function drawHead(sheet: Sheet, content: CheckSheetContent, top: number): number {
  let y = putTrainingMark(sheet, content.training, top);
  y = put(sheet, { font: 'bold', size: 19 }, WORDS.title.kk, { x: LEFT, y }, { type: 'H1' });
  y = put(sheet, PLAIN, WORDS.subtitle.kk, { x: LEFT, y });
  y = put(sheet, { font: 'regular', size: 13 }, WORDS.title.ru, { x: LEFT, y: y + 2 }, { ...RU, type: 'H1' });
  y = put(sheet, PLAIN, WORDS.subtitle.ru, { x: LEFT, y }, RU);
  y = put(sheet, { font: 'bold', size: 11.5 }, content.courtNameKk, { x: LEFT, y: y + 8, maxLines: 2 });
  y = put(sheet, { font: 'regular', size: 10.5 }, content.courtNameRu, { x: LEFT, y, maxLines: 2 }, RU);
  rule(sheet, y + 6, 1);
  return y + 6;
}

/** 64 hexadecimal digits in groups that can be compared by eye. */
const grouped = (sha256: string): string => sha256.match(/.{1,8}/g)?.join(' ') ?? '';

function drawFacts(sheet: Sheet, content: CheckSheetContent, top: number): number {
  const rows: readonly Fact[] = [
    [
      ACT_WORDS.act,
      [
        { text: content.kindNameKk, strong: true, maxLines: 2 },
        { text: content.kindNameRu, ru: true, maxLines: 2 },
      ],
    ],
    ...(content.caseNumber === null ? [] : [[ACT_WORDS.caseNumber, [{ text: content.caseNumber, strong: true }]] as const]),
    [ACT_WORDS.incomingNumber, [{ text: content.incomingNumber, strong: true }]],
    [ACT_WORDS.parties, [{ text: content.parties, maxLines: 3 }]],
    [ACT_WORDS.signer, [{ text: content.signer, strong: true, maxLines: 2 }]],
    [ACT_WORDS.signedAt, [{ text: dateTime(content.signedAt) }, { text: `${ACT_WORDS.zone.kk} / ${ACT_WORDS.zone.ru}` }]],
    ...(content.level === null ? [] : [[ACT_WORDS.level, [{ text: `PAdES ${content.level}` }]] as const]),
    [ACT_WORDS.hash, [{ text: grouped(content.sha256), maxLines: 2 }]],
    [ACT_WORDS.actId, [{ text: content.actId }]],
  ];
  const y = putFacts(sheet, rows, top, 6);
  rule(sheet, y, 1);
  return y;
}

function drawHow(sheet: Sheet, content: CheckSheetContent, top: number): void {
  const text = checkTextOf(content);
  const side = qrSide(text);
  drawQr(sheet, text, LEFT, top, `${WORDS.qrAlt.kk} / ${WORDS.qrAlt.ru}`);
  const x = LEFT + side + 12;
  const width = WIDTH - side - 12;
  let y = top + 6;
  for (const { kk, ru } of [WORDS.meaning, WORDS.how, WORDS.file]) {
    y = put(sheet, STRONG, kk, { x, y, width, maxLines: 7 });
    y = put(sheet, { ...SMALL, size: 9 }, ru, { x, y, width, maxLines: 7 }, RU) + 7;
  }
  y = Math.max(y, top + side + 6);
  rule(sheet, y);
  const after = putLabel(sheet, WORDS.madeAt, LEFT, y + 7, LABEL_WIDTH - 10);
  put(sheet, PLAIN, `${dateTime(content.madeAt)} · ${content.madeBy}`, {
    x: LEFT + LABEL_WIDTH,
    y: y + 6,
    width: WIDTH - LABEL_WIDTH,
    maxLines: 2,
  });
  const follow = put(sheet, STRONG, ACT_WORDS.follow.kk, { x: LEFT, y: after + 10 });
  put(sheet, PLAIN, ACT_WORDS.follow.ru, { x: LEFT, y: follow }, RU);
}
