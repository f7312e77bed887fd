import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ActBlock, ActText } from '../../shared/domain/act-text.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { CourtLanguage } from '../../shared/domain/language.ts';

/** Printed only when a value is there (`if`), or is not (`unless`). `{name}` stands for a value. */
const lineSchema = z.union([
  z.string(),
  z.strictObject({ if: z.string(), text: z.string() }),
  z.strictObject({ unless: z.string(), text: z.string() }),
]);
const rowSchema = z.union([z.array(z.string()).min(1), z.strictObject({ if: z.string(), cells: z.array(z.string()).min(1) })]);
const blockSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: lineSchema }),
  z.strictObject({ type: z.literal('paragraph'), text: lineSchema }),
  z.strictObject({ type: z.literal('list'), ordered: z.boolean(), items: z.array(lineSchema) }),
  z.strictObject({ type: z.literal('table'), rows: z.array(rowSchema).min(1) }),
  z.strictObject({ type: z.literal('operative'), items: z.array(lineSchema).min(1) }),
]);
const textSchema = z.strictObject({
  title: z.string(),
  /** The first line that holds. */
  subject: z.array(lineSchema),
  head: z.array(z.strictObject({ label: z.string(), text: lineSchema })),
  blocks: z.array(blockSchema),
  /** Over the operative part. */
  operativeTitle: z.string(),
  /** Closes the text, with the way to appeal; null when there is none. */
  closing: z.string().nullable(),
  /** How the values of a name are said in this language. */
  names: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});
const templateSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  versions: z
    .array(
      z.strictObject({
        validFrom: z.iso.date(),
        source: z.string(),
        texts: z.record(z.string(), z.strictObject({ kk: textSchema, ru: textSchema })),
      }),
    )
    .min(1),
});

export type ActTemplate = z.infer<typeof textSchema>;
type Line = z.infer<typeof lineSchema>;
/** By name; null where the case does not say it. */
export type ActValues = Readonly<Record<string, string | null>>;

/** The text of an act as it was in force on its day. Throws on a template that is missing or has no such text: a fault of the data. */
export function readActTemplate(resourcesDir: string, kind: string, text: string, language: CourtLanguage, date: string): ActTemplate {
  const { versions } = templateSchema.parse(JSON.parse(readFileSync(join(resourcesDir, 'templates', `${kind}.json`), 'utf8')));
  const newestFirst = [...versions].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  const day = courtDayOf(date);
  // an act dated before the oldest text still needs one; the oldest is the nearest
  const found = (newestFirst.find((version) => version.validFrom <= day) ?? newestFirst.at(-1)!).texts[text];
  if (!found) throw new Error(`the template ${kind} has no text ${text}`);
  return found[language];
}

/** What a person is to write by hand where the case does not say it. */
const GAP = '______';

/** The template with the values of a case: what stands around the text, and the text to be edited. */
export function fillTemplate(template: ActTemplate, values: ActValues) {
  const say = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`the template asks for ${name}, which no act has`);
      return value === null ? GAP : (template.names?.[name]?.[value] ?? value);
    });
  const sayLine = (line: Line): string | null => {
    if (typeof line === 'string') return say(line);
    const holds = 'if' in line ? Boolean(values[line.if]) : !values[line.unless];
    return holds ? say(line.text) : null;
  };
  const sayAll = (lines: readonly Line[]): string[] => lines.map(sayLine).filter((text) => text !== null);
  const blocks = template.blocks.flatMap((block): ActBlock[] => {
    if (block.type === 'heading' || block.type === 'paragraph') {
      const text = sayLine(block.text);
      return text === null ? [] : [{ type: block.type, text }];
    }
    if (block.type === 'table') {
      const rows = block.rows.flatMap((row) => (Array.isArray(row) ? [row] : values[row.if] ? [row.cells] : []));
      return [{ type: 'table', rows: rows.map((row) => row.map(say)) }];
    }
    return [{ ...block, items: sayAll(block.items) }];
  });
  return {
    title: say(template.title),
    subject: sayAll(template.subject)[0] ?? null,
    rows: template.head.map(({ label, text }) => [label, sayLine(text)] as const),
    text: { version: 1, blocks } satisfies ActText,
    operativeTitle: template.operativeTitle,
    closing: template.closing === null ? null : say(template.closing),
  };
}
