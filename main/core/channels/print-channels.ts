import type { Session, WaitingPaper } from '../../../shared/contract/index.ts';
import { ok } from '../../../shared/result.ts';
import type { CoreContext } from '../core-context.ts';
import { printPaper } from '../print-paper.ts';
import type { Handlers } from '../router.ts';

type Group = 'print.paper' | 'print.printers' | 'print.waiting' | 'print.drop';

export function printChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  const { store } = desk;

  const waiting = ({ userId }: Session): WaitingPaper[] =>
    store.read.all<WaitingPaper>(
      `SELECT paper, paper_id AS id, file_name AS fileName, asked_at AS askedAt, problem FROM print_waiting WHERE asked_by = ? ORDER BY asked_at, paper_id`,
      userId,
    );

  return {
    'print.paper': ({ silent, ...asked }, session) => printPaper(context, asked, { session, silent }),
    'print.printers': async () => ok(await shell.listPrinters()),
    'print.waiting': (_, session) => ok(waiting(session)),
    'print.drop': ({ paper, id }, session) => {
      store.write((tx) => tx.run('DELETE FROM print_waiting WHERE asked_by = ? AND paper = ? AND paper_id = ?', session.userId, paper, id));
      return ok(waiting(session));
    },
  };
}
