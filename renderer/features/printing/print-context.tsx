import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import type { PrintOutcome, PrintPaper } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands, type KeyLevel } from '../../app/keys/use-commands.ts';

export type PaperToPrint = { readonly paper: PrintPaper; readonly id: string };
type Printing = {
  /** Prints by the setting, or with `silent` at once to the remembered printer. */
  readonly print: (paper: PaperToPrint, silent?: boolean) => void;
  readonly busy: boolean;
  /** What became of the last paper, until it is closed. */
  readonly outcome: PrintOutcome | null;
  readonly failure: Failure | null;
  readonly clear: () => void;
};
const PrintContext = createContext<Printing | null>(null);

export function usePrinting(): Printing {
  const printing = use(PrintContext);
  if (!printing) throw new Error('no printing');
  return printing;
}

export function PrintProvider({ children }: { readonly children: ReactNode }) {
  const { busy, failure, run, clear: clearAction } = useAction();
  const [outcome, setOutcome] = useState<PrintOutcome | null>(null);
  const clear = useCallback(() => {
    setOutcome(null);
    clearAction();
  }, [clearAction]);
  const print = useCallback(
    (paper: PaperToPrint, silent = false) => {
      setOutcome(null);
      void run(() => kense().print.paper({ ...paper, silent }), setOutcome);
    },
    [run],
  );
  const printing = useMemo(() => ({ print, busy, outcome, failure, clear }), [print, busy, outcome, failure, clear]);
  return <PrintContext value={printing}>{children}</PrintContext>;
}

/** Ctrl+P and Ctrl+Shift+P print this paper while it is open; null: nothing is to be printed here. */
export function usePrintKeys(paper: PaperToPrint | null, level: KeyLevel): void {
  const { print } = usePrinting();
  useCommands(
    level,
    { 'document.print': () => paper && print(paper), 'document.print-silently': () => paper && print(paper, true) },
    { on: paper !== null },
  );
}
