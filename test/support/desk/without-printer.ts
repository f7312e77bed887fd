import type { ShellServices } from '../../../main/core/index.ts';
import { ok } from '../../../shared/result.ts';

/** A shell beside which no printer stands: what is printed is saved. */
export const withoutPrinter: Pick<ShellServices, 'listPrinters' | 'printDocument'> = {
  listPrinters: () => Promise.resolve([]),
  printDocument: ({ fileName }) => Promise.resolve(ok({ printed: false, printer: null, savedAs: fileName, problem: 'no-printer' })),
};
