import type { DocumentBlock, SafeDocument, TextRun } from '../../../shared/contract/index.ts';
import { MAX_SHOWN_CELLS, MAX_SHOWN_CHARACTERS } from '../reading-limits.ts';

/**
 * As much of a document as is shown, counted over all of it: a small file may name one long text in every cell of a large sheet, and each of them is
 * copied on its way to the window.
 */
export function withinBudget({ blocks, warnings, cut }: SafeDocument): SafeDocument {
  const budget = new Budget();
  const kept: DocumentBlock[] = [];
  for (const block of blocks) {
    if (budget.spent) break;
    kept.push(shorten(block, budget));
  }
  return { blocks: kept, warnings, cut: cut || budget.spent };
}

class Budget {
  #characters = MAX_SHOWN_CHARACTERS;
  #cells = MAX_SHOWN_CELLS;
  /** Something was left out. */
  spent = false;

  /** What may be shown of it. A text costs something also when it is empty. */
  text(text: string): string {
    const left = this.#characters;
    this.#characters -= text.length + 1;
    if (text.length <= left) return text;
    this.spent = true;
    return text.slice(0, Math.max(0, left));
  }
  /** Whether one more cell, or a row without any, may be shown. */
  cell(): boolean {
    if (this.spent || --this.#cells < 0) this.spent = true;
    return !this.spent;
  }
}

function shorten(block: DocumentBlock, budget: Budget): DocumentBlock {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'item':
      return { ...block, runs: runsWithin(block.runs, budget) };
    case 'table':
      return {
        ...block,
        rows: rowsWithin(block.rows, budget, (cell) => ({ ...cell, paragraphs: whileLeft(cell.paragraphs, budget, runsWithin) })),
      };
    case 'sheet': {
      const name = budget.text(block.name);
      const rows = rowsWithin(block.rows, budget, (text) => budget.text(text));
      return { ...block, name, rows, hiddenRows: block.hiddenRows + block.rows.length - rows.length };
    }
    case 'picture':
      return block;
  }
}

const runsWithin = (runs: readonly TextRun[], budget: Budget): TextRun[] =>
  whileLeft(runs, budget, (run) => ({ ...run, text: budget.text(run.text) }));

function rowsWithin<T>(rows: readonly (readonly T[])[], budget: Budget, shown: (cell: T) => T): T[][] {
  const kept: T[][] = [];
  for (const row of rows) {
    if (budget.spent || (row.length === 0 && !budget.cell())) break;
    const cells: T[] = [];
    for (const cell of row) {
      if (!budget.cell()) break;
      cells.push(shown(cell));
    }
    kept.push(cells);
  }
  return kept;
}

function whileLeft<T, R>(items: readonly T[], budget: Budget, take: (item: T, budget: Budget) => R): R[] {
  const taken: R[] = [];
  for (const item of items) {
    if (budget.spent) break;
    taken.push(take(item, budget));
  }
  return taken;
}
