import type { PrintOutcome, PrintProblem, Session } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import { isDiskFull, type Writing } from '../store/index.ts';
import type { CoreContext } from './core-context.ts';
import { findPaper, type AskedPaper } from './printable-papers.ts';
import { readUiSettings } from './settings.ts';

type Parts = { readonly desk: CoreContext['desk']; readonly shell: Pick<CoreContext['shell'], 'printDocument'> } & {
  readonly session: Pick<CoreContext['session'], 'whyLeft'>;
};
type By = { readonly session: Session; readonly silent: boolean };

/**
 * Prints a paper: the journal is told that it was asked for, the printer gets it, the journal is told what came of it, in this order, so nothing
 * leaves that the journal does not know, and it says "printed" of nothing that was not. Where the program ends in between, the first
 * stands alone. Errors: those of `findPaper` and of the shell.
 */
export async function printPaper(parts: Parts, asked: AskedPaper, by: By): Promise<Result<PrintOutcome>> {
  const { desk, shell } = parts;
  const { userId } = by.session;
  const found = await findPaper(desk, asked, by.session);
  if (!found.ok) return found;
  const left = parts.session.whyLeft(by.session);
  if (left) return { ok: false, error: left };
  const { subject, record, ...document } = found.value;
  const note = (tx: Writing, action: string, problem?: string) =>
    tx.journal({ at: desk.config.clock(), actor: userId, action, subject, details: { ...asked, ...(problem && { problem }) } });
  const isClaimed = desk.store.write((tx) => {
    if (record && !record.claim(tx)) return false;
    note(tx, 'paper.print-asked');
    return true;
  });
  if (!isClaimed) return printPaper(parts, asked, by);
  const { printer, printSilently } = readUiSettings(desk.store.read, userId);
  const done = await shell.printDocument({ ...document, printer, silent: by.silent || printSilently });
  const conclude = (tx: Writing): void => {
    if (done.ok && done.value.printed) {
      note(tx, 'paper.printed');
      record?.printed(tx);
      return keepWaiting(tx, asked, userId, null);
    }
    record?.release(tx);
    const problem = done.ok ? done.value.problem : null;
    if (problem === null) return note(tx, 'paper.print-stopped', done.ok ? 'cancelled' : done.error.code);
    note(tx, 'paper.not-printed', problem);
    keepWaiting(tx, asked, userId, { problem, fileName: document.fileName, at: desk.config.clock() });
  };
  try {
    desk.store.write(conclude);
  } catch (error) {
    // what is on paper is told to the person as it is: that it was asked for stands in the journal, and its number stays taken
    if (!isDiskFull(error) || !done.ok || !done.value.printed) throw error;
  }
  return done;
}

type Waiting = { readonly problem: PrintProblem; readonly fileName: string; readonly at: string };

/** Whether a paper still waits in the list of its person; null where it does not. */
function keepWaiting(tx: Writing, { paper, id }: AskedPaper, userId: string, waiting: Waiting | null): void {
  tx.run('DELETE FROM print_waiting WHERE asked_by = ? AND paper = ? AND paper_id = ?', userId, paper, id);
  if (waiting === null) return;
  tx.run(
    'INSERT INTO print_waiting (paper, paper_id, asked_by, asked_at, file_name, problem) VALUES (?, ?, ?, ?, ?, ?)',
    ...[paper, id, userId, waiting.at, waiting.fileName, waiting.problem],
  );
}
