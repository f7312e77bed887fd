import type { PrintOutcome, WaitingPaper, WindowApi } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { NOW, instant } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

/** One printer that takes everything but the talon. */
export function fakePrinting(answer: Answer): Pick<WindowApi, 'print'> {
  let waiting: WaitingPaper[] = [];
  return {
    print: {
      printers: answer('print.printers', () => ok([{ name: 'office', title: 'Кеңсе принтері' }])),
      paper: answer('print.paper', ({ paper, id, silent }) => {
        waiting = waiting.filter((known) => known.id !== id);
        if (paper !== 'talon' || silent)
          return ok<PrintOutcome>({ printed: true, printer: silent ? 'office' : null, savedAs: null, problem: null });
        waiting.push({ paper, id, fileName: 'talon.pdf', askedAt: instant(NOW), problem: 'printer-failed' });
        return ok<PrintOutcome>({ printed: false, printer: null, savedAs: 'talon.pdf', problem: 'printer-failed' });
      }),
      waiting: answer('print.waiting', () => ok(waiting)),
      drop: answer('print.drop', ({ id }) => {
        waiting = waiting.filter((known) => known.id !== id);
        return ok(waiting);
      }),
    },
  };
}
