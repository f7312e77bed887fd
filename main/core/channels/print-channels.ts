import type { PrintOutcome, PrintPaper, Session, WaitingPaper } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { CoreContext } from '../core-context.ts';
import { findPaper } from '../printable-papers.ts';
import type { Handlers } from '../router.ts';
import { readUiSettings } from '../settings.ts';

type Group = 'print.paper' | 'print.printers' | 'print.waiting' | 'print.drop';
type Asked = { readonly paper: PrintPaper; readonly id: string };

export function printChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  const { store } = desk;

  const waiting = ({ userId }: Session): WaitingPaper[] =>
    store.read.all<WaitingPaper>(
      `SELECT paper, paper_id AS id, file_name AS fileName, asked_at AS askedAt, problem FROM print_waiting WHERE asked_by = ? ORDER BY asked_at, paper_id`,
      userId,
    );

  /** One transaction: what became of the paper stands in the journal, and whether it still waits in its list. */
  function keep({ paper, id }: Asked, found: { fileName: string; subject: string | null }, done: PrintOutcome, { userId }: Session): void {
    if (!done.printed && done.problem === null) return;
    const at = desk.config.clock();
    store.write((tx) => {
      tx.run('DELETE FROM print_waiting WHERE asked_by = ? AND paper = ? AND paper_id = ?', userId, paper, id);
      const action = done.printed ? 'paper.printed' : 'paper.not-printed';
      tx.journal({
        at,
        actor: userId,
        action,
        subject: found.subject,
        details: { paper, id, ...(done.problem && { problem: done.problem }) },
      });
      if (done.problem !== null)
        tx.run(
          'INSERT INTO print_waiting (paper, paper_id, asked_by, asked_at, file_name, problem) VALUES (?, ?, ?, ?, ?, ?)',
          ...[paper, id, userId, at, found.fileName, done.problem],
        );
    });
  }

  return {
    'print.paper': async ({ paper, id, silent }, session): Promise<Result<PrintOutcome>> => {
      const found = await findPaper(desk, { paper, id }, session);
      if (!found.ok) return found;
      const left = context.session.whyLeft(session);
      if (left) return { ok: false, error: left };
      const { printer, printSilently } = readUiSettings(store.read, session.userId);
      const { sha256, size, contentType, fileName } = found.value;
      const done = await shell.printDocument({ sha256, size, contentType, fileName, printer, silent: silent || printSilently });
      if (done.ok) keep({ paper, id }, found.value, done.value, session);
      if (done.ok && done.value.printed) found.value.onPrinted?.();
      return done;
    },
    'print.printers': async () => ok(await shell.listPrinters()),
    'print.waiting': (_, session) => ok(waiting(session)),
    'print.drop': ({ paper, id }, session) => {
      store.write((tx) => tx.run('DELETE FROM print_waiting WHERE asked_by = ? AND paper = ? AND paper_id = ?', session.userId, paper, id));
      return ok(waiting(session));
    },
  };
}
