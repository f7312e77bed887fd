import type { ActText } from '../../shared/domain/act-text.ts';
import type { CourtLanguage } from '../../shared/domain/language.ts';
import { drawActPaper, TEXT_PLACE } from './act-paper.ts';
import { fillTemplate, readActTemplate, type ActValues } from './act-template.ts';
import { drawActText } from './draw-act-text.ts';
import { readFrame } from './ruling-template.ts';

/** An act whose words come from the template of its kind. Instants are UTC ISO strings. */
export type ActContent = {
  readonly kind: string;
  /** Which text of the template. */
  readonly variant: string;
  readonly language: CourtLanguage;
  readonly courtName: string;
  readonly caseNumber: string | null;
  readonly incomingNumber: string;
  readonly date: string;
  readonly judge: string;
  readonly values: ActValues;
  readonly training: boolean;
  readonly actId: string;
  /** What a person wrote in place of the template's text. */
  readonly text?: ActText;
};

const filled = (content: ActContent, resourcesDir: string) =>
  fillTemplate(readActTemplate(resourcesDir, content.kind, content.variant, content.language, content.date), content.values);

/** Draws an act of any kind: tagged, on A4, as many pages as it takes. */
export async function drawAct(content: ActContent, resourcesDir: string): Promise<Uint8Array> {
  const { language, courtName, caseNumber, incomingNumber, date, judge, training, actId } = content;
  const { title, subject, rows, text, operativeTitle, closing } = filled(content, resourcesDir);
  const frame = {
    ...{ language, courtName, caseNumber, incomingNumber, date, judge, training, actId, content },
    ...{ title: title.toLocaleUpperCase(language), subject, rows, closing, place: null },
  };
  return drawActPaper(frame, readFrame(resourcesDir, language), resourcesDir, ({ sheet, size }) =>
    drawActText({ ...TEXT_PLACE, sheet, size, ruled: operativeTitle }, content.text ?? text),
  );
}

/** The text that the template gives a case, to be edited. */
export const actTextOf = (content: ActContent, resourcesDir: string): ActText => filled(content, resourcesDir).text;
