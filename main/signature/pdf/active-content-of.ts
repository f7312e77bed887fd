import { createComputingBudget, withinBudget } from '../computing-budget.ts';
import { scanActiveContent } from './active-content.ts';
import { createInflateBudget } from './inflate.ts';
import { openPdf } from './pdf-document.ts';

const MAX_INFLATED = 64 * 1024 * 1024;

/** The flags of a PDF whose signatures are not looked at; `DECOMPRESSION_LIMIT` when it asks for more work than any honest one. */
export function activeContentOf(bytes: Uint8Array): string[] {
  const computing = createComputingBudget(bytes.length);
  const budget = createInflateBudget(MAX_INFLATED, computing);
  return withinBudget(() => scanActiveContent(bytes, openPdf(bytes, 0, budget), budget), ['DECOMPRESSION_LIMIT']);
}
