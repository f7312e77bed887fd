/**
 * The text of an act between its head (court, number, parties) and its end (way to appeal, signature), which the program draws by itself. It is
 * kept as data, so that it can be edited block by block, compared and drawn again.
 */
import { z } from 'zod';
import { ACT_TEXT_LIMITS } from './act-text-limits.ts';

const words = (max: number) => z.string().max(max);
const { blocks, items, rows, columns, text, item, cell } = ACT_TEXT_LIMITS;

export const actBlockSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: words(300) }),
  /** A line break begins another paragraph. */
  z.strictObject({ type: z.literal('paragraph'), text: words(text) }),
  z.strictObject({ type: z.literal('list'), ordered: z.boolean(), items: z.array(words(item)).max(items) }),
  /** The first row is the head of the table. */
  z.strictObject({ type: z.literal('table'), rows: z.array(z.array(words(cell)).min(1).max(columns)).max(rows) }),
  /** What the court ruled, one decision an item; drawn under its own heading. */
  z.strictObject({ type: z.literal('operative'), items: z.array(words(item)).max(items) }),
]);
export type ActBlock = z.infer<typeof actBlockSchema>;
export const actTextSchema = z
  .strictObject({ version: z.literal(1), blocks: z.array(actBlockSchema).max(blocks) })
  .refine((value) => JSON.stringify(value).length <= ACT_TEXT_LIMITS.whole);
export type ActText = z.infer<typeof actTextSchema>;

const isBlank = (value: string): boolean => value.trim() === '';

/** The text without empty blocks, items and rows, which stand for nothing on paper. */
export function withoutBlanks({ blocks: all }: ActText): ActText {
  const kept = all.flatMap((block): ActBlock[] => {
    if (block.type === 'heading' || block.type === 'paragraph') return isBlank(block.text) ? [] : [block];
    if (block.type === 'table') {
      const full = block.rows.filter((row) => !row.every(isBlank));
      const width = Math.max(0, ...full.map((row) => row.length));
      return full.length === 0 ? [] : [{ ...block, rows: full.map((row) => [...row, ...Array<string>(width - row.length).fill('')]) }];
    }
    const said = block.items.filter((one) => !isBlank(one));
    return said.length === 0 ? [] : [{ ...block, items: said }];
  });
  return { version: 1, blocks: kept };
}

/** What keeps a text from being an act: it says something, and what was ruled once; a ruling and an order do say it. */
export function faultOfText(
  value: ActText,
  operative: 'needed' | 'optional' = 'needed',
): 'operative-missing' | 'operative-twice' | 'text-missing' | null {
  const { blocks } = withoutBlanks(value);
  const ruled = blocks.filter(({ type }) => type === 'operative').length;
  if (ruled > 1) return 'operative-twice';
  if (operative === 'needed') return ruled === 0 ? 'operative-missing' : null;
  return blocks.length === 0 ? 'text-missing' : null;
}
