import { dateLong } from '../../shared/domain/kk-format.ts';
import { ACT_WORDS } from './act-words.ts';
import { LABEL_WIDTH, putFacts, type Fact } from './put-facts.ts';
import { INK, MM, type Sheet } from './sheet.ts';
import { LABEL, LEFT, PLAIN, RU, STRONG, WIDTH, put, putLabel, rule } from './talon-layout.ts';
import { TALON_WORDS, type Words } from './talon-words.ts';
import { drawTrainingGround } from './training-mark.ts';
import { openTwoLanguageSheet, putIdentifier } from './two-language-sheet.ts';

/** What stands on the sheet that goes in front of an act sent by post. Instants are UTC ISO strings. */
export type LetterSheetContent = {
  /** Of the delivery; whoever brings the letter back finds it by this. */
  deliveryId: string;
  courtNameKk: string;
  courtNameRu: string;
  recipient: string;
  address: string;
  kindNameKk: string;
  kindNameRu: string;
  caseNumber: string | null;
  incomingNumber: string;
  parties: string;
  signer: string;
  signedAt: string;
  sha256: string;
  preparedBy: string;
  preparedAt: string;
  training: boolean;
};

const words = (kk: string, ru: string): Words => ({ kk, ru });
const WORDS = {
  from: words('Кімнен', 'От кого'),
  to: words('Кімге', 'Кому'),
  address: words('Қайда', 'Куда'),
  title: words('СОТ АКТІСІН ЖОЛДАУ ХАТЫ', 'СОПРОВОДИТЕЛЬНОЕ ПИСЬМО К СУДЕБНОМУ АКТУ'),
  text: words(
    'Сізге сот актісінің қағаз көшірмесі жолданады. Электрондық түпнұсқа соттардың орталық тізілімінде сақталады; көшірмені қоса берілген тексеру парағы бойынша тексеруге болады.',
    'Вам направляется бумажная копия судебного акта. Электронный подлинник хранится в центральном реестре судов; копию можно проверить по приложенному листу проверки.',
  ),
  enclosed: words('Қоса беріледі', 'Приложение'),
  enclosedAct: words('сот актісінің көшірмесі', 'копия судебного акта'),
  enclosedSheet: words('тексеру парағы', 'лист проверки'),
  office: words('Кеңсе белгілері', 'Отметки канцелярии'),
  postalNumber: words('Пошта жөнелтілімінің нөмірі', 'Номер почтового отправления'),
  handedOver: words('Поштаға тапсырылған күні', 'Дата сдачи на почту'),
  byHand: words('Тапсырған қызметкер', 'Сдал(а) работник'),
} as const satisfies Record<string, Words>;

/** The window of an envelope of 110 × 220 mm lies within this frame when the sheet is folded in three. */
const FRAME = { left: 20 * MM, top: 40 * MM, width: 95 * MM, height: 45 * MM } as const;

/**
 * Draws the sheet for a letter: the address where the window of an envelope is, what is sent, and room for what the clerk writes down. One A4
 * page in Kazakh and Russian, PDF/A-2a.
 * @param fontsDir the folder of the Tinos files.
 */
export async function drawLetterSheet(content: LetterSheetContent, fontsDir: string): Promise<Uint8Array> {
  const sheet = openTwoLanguageSheet({
    fontsDir,
    title: words('Жолдау хаты', 'Сопроводительное письмо'),
    number: content.caseNumber ?? content.incomingNumber,
    createdAt: content.preparedAt,
    content,
  });
  drawSender(sheet, content);
  drawLabel(sheet, content);
  const y = drawLetter(sheet, content, FRAME.top + FRAME.height + 20 * MM);
  drawOffice(sheet, y + 14);
  putIdentifier(sheet, content.deliveryId);
  return sheet.finish();
}

function drawSender(sheet: Sheet, content: LetterSheetContent): void {
  let y = 30;
  if (content.training) {
    y = 22;
    drawTrainingGround(sheet, LEFT, y - 3, WIDTH, 29);
    y = put(sheet, STRONG, TALON_WORDS.training.kk, { x: LEFT, y }, { align: 'center' });
    y = put(sheet, PLAIN, TALON_WORDS.training.ru, { x: LEFT, y }, { ...RU, align: 'center' }) + 9;
  }
  y = put(sheet, LABEL, `${WORDS.from.kk} / ${WORDS.from.ru}`, { x: FRAME.left, y });
  y = put(sheet, STRONG, content.courtNameKk, { x: FRAME.left, y, width: WIDTH, maxLines: 1 });
  put(sheet, PLAIN, content.courtNameRu, { x: FRAME.left, y, width: WIDTH, maxLines: 1 }, RU);
}

function drawLabel(sheet: Sheet, { recipient, address }: LetterSheetContent): void {
  const { left, top, width, height } = FRAME;
  sheet.artifact(() => sheet.doc.lineWidth(0.5).strokeColor(INK).dash(2, { space: 2 }).rect(left, top, width, height).stroke().undash());
  const inner = { x: left + 8, width: width - 16 };
  let y = put(sheet, LABEL, `${WORDS.to.kk} / ${WORDS.to.ru}`, { ...inner, y: top + 6 });
  y = put(sheet, { font: 'bold', size: 12 }, recipient, { ...inner, y, maxLines: 2 });
  y = put(sheet, LABEL, `${WORDS.address.kk} / ${WORDS.address.ru}`, { ...inner, y: y + 4 });
  put(sheet, { font: 'regular', size: 12 }, address, { ...inner, y, maxLines: 4 });
}

function drawLetter(sheet: Sheet, content: LetterSheetContent, top: number): number {
  let y = put(sheet, { font: 'bold', size: 15 }, WORDS.title.kk, { x: LEFT, y: top }, { type: 'H1' });
  y = put(sheet, { font: 'regular', size: 11.5 }, WORDS.title.ru, { x: LEFT, y }, { ...RU, type: 'H1' });
  y = put(sheet, PLAIN, `${dateLong('kk', content.preparedAt)} / ${dateLong('ru', content.preparedAt)}`, { x: LEFT, y: y + 2 }) + 8;
  const rows: readonly Fact[] = [
    [
      ACT_WORDS.act,
      [
        { text: content.kindNameKk, strong: true, maxLines: 2 },
        { text: content.kindNameRu, ru: true, maxLines: 2 },
      ],
    ],
    ...(content.caseNumber === null ? [] : [[ACT_WORDS.caseNumber, [{ text: content.caseNumber, strong: true }]] as const]),
    [ACT_WORDS.incomingNumber, [{ text: content.incomingNumber }]],
    [ACT_WORDS.parties, [{ text: content.parties, maxLines: 3 }]],
    [
      ACT_WORDS.signer,
      [{ text: content.signer, maxLines: 2 }, { text: `${dateLong('kk', content.signedAt)} / ${dateLong('ru', content.signedAt)}` }],
    ],
    [
      WORDS.enclosed,
      [
        { text: `1. ${WORDS.enclosedAct.kk} / ${WORDS.enclosedAct.ru}` },
        { text: `2. ${WORDS.enclosedSheet.kk} / ${WORDS.enclosedSheet.ru}` },
      ],
    ],
    [ACT_WORDS.preparedBy, [{ text: content.preparedBy, maxLines: 2 }]],
  ];
  y = putFacts(sheet, rows, y, 5);
  y = put(sheet, { font: 'regular', size: 10.5 }, WORDS.text.kk, { x: LEFT, y: y + 6, maxLines: 3 });
  return put(sheet, PLAIN, WORDS.text.ru, { x: LEFT, y: y + 3, maxLines: 3 }, RU);
}

/** Lines to write on: what the clerk later records is on this paper first. */
function drawOffice(sheet: Sheet, top: number): void {
  rule(sheet, top, 1);
  let y = put(sheet, STRONG, `${WORDS.office.kk} / ${WORDS.office.ru}`, { x: LEFT, y: top + 8 }, { type: 'H2' }) + 8;
  for (const label of [WORDS.postalNumber, WORDS.handedOver, WORDS.byHand]) {
    const next = putLabel(sheet, label, LEFT, y, LABEL_WIDTH + 30);
    const line = next - 2;
    sheet.artifact(() =>
      sheet.doc
        .lineWidth(0.5)
        .strokeColor(INK)
        .moveTo(LEFT + LABEL_WIDTH + 40, line)
        .lineTo(LEFT + WIDTH, line)
        .stroke(),
    );
    y = next + 10;
  }
}
