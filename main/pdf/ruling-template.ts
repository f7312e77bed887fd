import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { CourtLanguage } from '../../shared/domain/language.ts';

/** A line of a template; with `if` it is printed only when that value is there. `{name}` stands for a value. */
const lineSchema = z.union([z.string(), z.strictObject({ if: z.string(), text: z.string() })]);
const groundsSchema = z.strictObject({ grounds: z.literal(true) });

const variantSchema = z.strictObject({
  /** The code its grounds are cited from. */
  law: z.string(),
  subject: z.string(),
  opening: z.string(),
  established: z.array(z.union([lineSchema, groundsSchema])),
  guidedBy: z.string(),
  ruled: z.array(lineSchema),
  appeal: z.string(),
});
const templateSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  versions: z.array(
    z.strictObject({
      validFrom: z.iso.date(),
      source: z.string(),
      procedures: z.record(z.string(), z.strictObject({ kk: variantSchema, ru: variantSchema })),
    }),
  ),
});

const frameWordsSchema = z.strictObject({
  training: z.string(),
  trainingOther: z.string(),
  title: z.string(),
  caseNumber: z.string(),
  incomingNumber: z.string(),
  judge: z.string(),
  claimant: z.string(),
  respondent: z.string(),
  claimSubject: z.string(),
  filingKind: z.string(),
  received: z.string(),
  incoming: z.string(),
  established: z.string(),
  ruled: z.string(),
  signature: z.string(),
  electronic: z.string(),
  page: z.string(),
  noGrounds: z.string(),
  /** The law's short name in this language, by its Russian one. */
  laws: z.record(z.string(), z.string()),
  /** How a part is named where the language names parts by words. */
  ordinals: z.record(z.string(), z.string()),
  citation: z.strictObject({ article: z.string(), part: z.string(), subparagraph: z.string() }),
});
const frameSchema = z.strictObject({ id: z.string(), version: z.string(), kk: frameWordsSchema, ru: frameWordsSchema });

export type RulingLine = z.infer<typeof lineSchema>;
export type RulingVariant = z.infer<typeof variantSchema>;
export type FrameWords = z.infer<typeof frameWordsSchema>;

const read = (resourcesDir: string, name: string): unknown =>
  JSON.parse(readFileSync(join(resourcesDir, 'templates', `${name}.json`), 'utf8'));

/** The words every ruling shares. */
export const readFrame = (resourcesDir: string, language: CourtLanguage): FrameWords =>
  frameSchema.parse(read(resourcesDir, 'ruling-frame'))[language];

/**
 * The text of a ruling as it was in force on the day of the ruling. A procedure without a text of its own takes the civil one,
 * whose articles the other procedures refer to (ГПК 153 for counterclaims).
 */
export function readRulingTemplate(
  resourcesDir: string,
  kind: string,
  procedure: string,
  language: CourtLanguage,
  date: string,
): RulingVariant {
  const template = templateSchema.parse(read(resourcesDir, kind));
  const day = courtDayOf(date);
  const inForce = template.versions.filter((version) => version.validFrom <= day).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  // A ruling dated before the oldest text still needs one; the oldest is the nearest.
  const version = inForce ?? template.versions[0];
  const variant = version?.procedures[procedure] ?? version?.procedures['civil'];
  if (!variant) throw new Error(`the template ${kind} has no text for ${procedure}`);
  return variant[language];
}

export type RulingValues = Readonly<Record<string, string | null>>;

/** The line with its values in place, or null when its condition is not met. */
export function fillLine(line: RulingLine, values: RulingValues): string | null {
  if (typeof line === 'string') return fillText(line, values);
  return values[line.if] ? fillText(line.text, values) : null;
}

/** The text with its values in place; a value that is asked for and missing is a fault of the template. */
export function fillText(text: string, values: RulingValues): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null) throw new Error(`the template asks for ${name}, which is not there`);
    return value;
  });
}

const REFERENCE = /^(\d+(?:-\d+)?)(?:[.(](\d+(?:-\d+)?)\)?)?(?:[.(](\d+(?:-\d+)?)\)?)?$/;

/**
 * A ground's code as a person cites it: `152.1.3` and `ГПК 148(4), 152(1)(5)` become words of the language.
 * What does not read as an article stays as it is; an empty code cites nothing.
 * @param law the code of law meant when the ground names none.
 */
export function citeGround(code: string, law: string, words: FrameWords): string | null {
  const [, named, list] = /^(?:([\p{Lu}]{2,})\s+)?(.*)$/u.exec(code.trim()) ?? [];
  if (!list) return null;
  const short = named === undefined ? law : (words.laws[named] ?? named);
  const cited = list.split(/\s*,\s*/).map((reference) => {
    const match = REFERENCE.exec(reference);
    if (!match) return null;
    const [, article = '', part, subparagraph] = match;
    const form = subparagraph ? words.citation.subparagraph : part ? words.citation.part : words.citation.article;
    return fillText(form, {
      law: short,
      article,
      part: part ? (words.ordinals[part] ?? part) : null,
      subparagraph: subparagraph ?? null,
    });
  });
  return cited.every((text) => text !== null) ? cited.join(', ') : code.trim();
}
