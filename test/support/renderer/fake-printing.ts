import type { PrintOutcome, WaitingPaper, WindowApi } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { NOW, instant } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

/** One printer that takes everything until it is told to refuse. */
export function fakePrinting(answer: Answer): { readonly api: Pick<WindowApi, 'print'>; readonly refuse: () => void } {
  let waiting: WaitingPaper[] = [];
  let refuses = false;
  const api: Pick<WindowApi, 'print'> = {
    print: {
      printers: answer('print.printers', () => ok([{ name: 'office', title: 'Кеңсе принтері' }])),
      paper: answer('print.paper', ({ paper, id, silent }) => {
        const printer = silent ? 'office' : null;
        waiting = waiting.filter((known) => known.id !== id);
        if (!refuses) return ok<PrintOutcome>({ printed: true, printer, savedAs: null, problem: null });
        waiting.push({ paper, id, fileName: `${paper}.pdf`, askedAt: instant(NOW), problem: 'printer-failed' });
        return ok<PrintOutcome>({ printed: false, printer, savedAs: `${paper}.pdf`, problem: 'printer-failed' });
      }),
      waiting: answer('print.waiting', () => ok(waiting)),
      drop: answer('print.drop', ({ id }) => {
        waiting = waiting.filter((known) => known.id !== id);
        return ok(waiting);
      }),
    },
  };
  return {
    api,
    refuse: () => {
      refuses = true;
    },
  };
}
