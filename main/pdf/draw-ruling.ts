import type { ActText } from '../../shared/domain/act-text.ts';
import { dateLong } from '../../shared/domain/kk-format.ts';
import type { ActFrame, ActPaper } from './act-paper.ts';
import type { FrameWords, RulingValues, RulingVariant } from './ruling-template.ts';
import { CENTRED, drawActPaper, keepTogether, paragraph, TEXT_PLACE } from './act-paper.ts';
import { drawActText } from './draw-act-text.ts';
import { fillLine, fillText, readFrame, readRulingTemplate } from './ruling-template.ts';
import { citedGrounds, textOfTemplate, type WordedGround } from './ruling-text.ts';
import { printable } from './sheet.ts';

/** What a ruling says. Instants are UTC ISO strings. */
export type RulingContent = {
  kind: 'ruling-accept' | 'ruling-return' | 'ruling-refuse' | 'ruling-transfer';
  language: 'kk' | 'ru';
  /** Which text of the template applies; `civil` when left out. */
  procedure?: 'civil' | 'counterclaim' | 'third-party-claim' | 'administrative' | 'court-order' | 'general';
  courtNameKk: string;
  courtNameRu: string;
  caseNumber: string | null;
  incomingNumber: string;
  /** Where the ruling was made, e.g. a city. */
  place?: string;
  date: string;
  judge: string;
  claimant: string;
  respondent: string | null;
  filingKindNameKk: string;
  filingKindNameRu: string;
  claimSubject: string | null;
  receivedAt: string;
  /** `code` names the article: `152.1.3` or `ГПК 148(4), 152(1)(5)`; empty cites none. */
  grounds: { code: string; textKk: string; textRu: string }[];
  /** The court a case goes to, for `ruling-transfer`. */
  transferTo?: { courtNameKk: string; courtNameRu: string };
  training: boolean;
  actId: string;
  /** What a person wrote in place of the template's text. */
  text?: ActText;
};

/**
 * Draws a judge's ruling on a filing in the language of the proceedings. The words come from `templates/` of the resources.
 */
export async function drawRuling(content: RulingContent, resourcesDir: string): Promise<Uint8Array> {
  const words = readFrame(resourcesDir, content.language);
  const variant = variantOf(content, resourcesDir);
  const values = valuesOf(content);
  const { text } = content;
  return drawActPaper(frameOf(content, words, variant, values), words, resourcesDir, (paper) => {
    if (text) drawActText({ ...TEXT_PLACE, sheet: paper.sheet, size: paper.size, ruled: words.ruled }, text);
    else drawBody(paper, content, variant, values);
  });
}

/** The text that the template gives a case, to be edited; drawn as it is, it says the same as the template. */
export function rulingText(content: RulingContent, resourcesDir: string): ActText {
  const words = readFrame(resourcesDir, content.language);
  return textOfTemplate(variantOf(content, resourcesDir), words, valuesOf(content), wordedGrounds(content));
}

const variantOf = ({ kind, procedure, language, date }: RulingContent, resourcesDir: string): RulingVariant =>
  readRulingTemplate(resourcesDir, kind, procedure ?? 'civil', language, date);

const wordedGrounds = ({ grounds, language }: RulingContent): WordedGround[] =>
  grounds.map(({ code, textKk, textRu }) => ({ code, text: printable(language === 'kk' ? textKk : textRu) }));

function frameOf(content: RulingContent, words: FrameWords, variant: RulingVariant, values: RulingValues): ActFrame {
  const kk = content.language === 'kk';
  const { language, date, caseNumber, incomingNumber, judge, training, actId } = content;
  return {
    ...{ language, date, caseNumber, incomingNumber, judge, training, actId, content },
    courtName: kk ? content.courtNameKk : content.courtNameRu,
    title: words.title,
    subject: variant.subject,
    place: content.place ?? null,
    rows: [
      [words.judge, judge],
      [words.claimant, content.claimant],
      [words.respondent, content.respondent],
      [words.claimSubject, content.claimSubject],
      [words.filingKind, kk ? content.filingKindNameKk : content.filingKindNameRu],
    ],
    closing: fillText(variant.appeal, values),
  };
}

function valuesOf(content: RulingContent): RulingValues {
  const { transferTo } = content;
  return {
    receivedDate: dateLong(content.language, content.receivedAt),
    incomingNumber: printable(content.incomingNumber),
    caseNumber: content.caseNumber === null ? null : printable(content.caseNumber),
    transferTo: transferTo ? printable(content.language === 'kk' ? transferTo.courtNameKk : transferTo.courtNameRu) : null,
  };
}

function drawBody(paper: ActPaper, content: RulingContent, variant: RulingVariant, values: RulingValues): void {
  const { sheet, words } = paper;
  keepTogether(paper, 80);
  paragraph(paper, variant.opening, { align: 'left', gap: 1 });
  paragraph(paper, words.established, CENTRED);
  for (const line of variant.established) {
    if (typeof line !== 'string' && 'grounds' in line) drawGrounds(paper, content, variant);
    else {
      const text = fillLine(line, values);
      if (text !== null) paragraph(paper, text);
    }
  }
  keepTogether(paper, 100);
  sheet.doc.y += 2;
  paragraph(paper, variant.guidedBy, { align: 'left', gap: 1 });
  paragraph(paper, words.ruled, CENTRED);
  const ruled = variant.ruled.map((line) => fillLine(line, values)).filter((text) => text !== null);
  ruled.forEach((text, i) => paragraph(paper, ruled.length === 1 ? text : `${i + 1}. ${text}`));
}

function drawGrounds(paper: ActPaper, content: RulingContent, variant: RulingVariant): void {
  const { sheet, words } = paper;
  const texts = citedGrounds(wordedGrounds(content), variant, words);
  if (texts.length === 0) paragraph(paper, words.noGrounds, { font: 'bold' });
  texts.forEach((text, i) => paragraph(paper, `${i + 1}) ${text}`, { indent: 0, left: TEXT_PLACE.indent, gap: 1 }));
  sheet.doc.y += 3;
}
