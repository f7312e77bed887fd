import type { ShellServices } from '../../../main/core/index.ts';
import { fail, ok } from '../../../shared/result.ts';

/** A shell beside which no printer stands: what is printed is saved, anywhere. The registry of its desk is not its own. */
export const withoutPrinter: Pick<ShellServices, 'chooseModule' | 'choosePlace' | 'listPrinters' | 'printDocument' | 'resetTraining'> = {
  chooseModule: () => Promise.resolve(ok(null)),
  choosePlace: (fileName) => Promise.resolve(ok(fileName)),
  listPrinters: () => Promise.resolve([]),
  printDocument: ({ fileName }) => Promise.resolve(ok({ printed: false, printer: null, savedAs: fileName, problem: 'no-printer' })),
  resetTraining: () => Promise.resolve(fail('training-shared')),
};
