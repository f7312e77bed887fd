import type { DocumentBlock } from '../../../../shared/contract/index.ts';
import { fold } from '../../../../shared/domain/kk-format.ts';

/** A piece of text that is drawn as one: a paragraph, a paragraph of a cell, a cell of a sheet. */
export type Unit = {
  /** Names it on the screen. */
  readonly key: string;
  /** Of the blocks; of the sheets in a workbook. */
  readonly block: number;
  /** Of its table or sheet; 0 elsewhere. */
  readonly row: number;
  /** Folded, as long as it is drawn. */
  readonly text: string;
};
/** `from` inclusive, `to` exclusive, in characters of the unit. */
export type UnitMatch = { readonly unit: Unit; readonly from: number; readonly to: number };

const foldText = (text: string): string => {
  const folded = fold(text);
  // where a character becomes several, each is looked at alone, so that places hold
  const same = folded.length === text.length ? folded : Array.from(text, (c) => (fold(c).length === c.length ? fold(c) : c)).join('');
  return same.replaceAll(/\s/g, ' ');
};
const joined = (runs: readonly { readonly text: string }[]): string => runs.map(({ text }) => text).join('');

export const unitKey = (block: number, row: number, cell: number, paragraph: number): string => [block, row, cell, paragraph].join('.');

/** Every piece of text of the document, in the order in which it is read. Of a workbook the blocks are its sheets alone. */
export function unitsOf(blocks: readonly DocumentBlock[]): Unit[] {
  const sheets = blocks.filter((block) => block.type === 'sheet');
  return (sheets.length > 0 ? sheets : blocks).flatMap((block, at): Unit[] => {
    const unit = (text: string, row = 0, cell = 0, paragraph = 0): Unit => ({
      ...{ key: unitKey(at, row, cell, paragraph), block: at, row },
      text: foldText(text),
    });
    switch (block.type) {
      case 'heading':
      case 'paragraph':
      case 'item':
        return [unit(joined(block.runs))];
      case 'table':
        return block.rows.flatMap((row, r) => row.flatMap((cell, c) => cell.paragraphs.map((runs, p) => unit(joined(runs), r, c, p))));
      case 'sheet':
        return block.rows.flatMap((row, r) => row.map((text, c) => unit(text, r, c)));
      case 'picture':
        return [];
    }
  });
}

/** Finds `query` without regard to case and to Kazakh letters typed on a Russian layout, within a piece each. */
export function findInUnits(units: readonly Unit[], query: string): UnitMatch[] {
  const wanted = foldText(query.trim().replaceAll(/\s+/g, ' '));
  if (wanted === '') return [];
  return units.flatMap((unit) => {
    const matches: UnitMatch[] = [];
    for (let from = unit.text.indexOf(wanted); from >= 0; from = unit.text.indexOf(wanted, from + wanted.length))
      matches.push({ unit, from, to: from + wanted.length });
    return matches;
  });
}
