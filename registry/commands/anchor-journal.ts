import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import { applied, conflict, refused } from './command-answer.ts';

const MOST_ENTRIES = 2 ** 31 - 1;

/** Remembers how long a desk's journal is and what its last hash is. A journal that became shorter or another one is not taken. */
export async function anchorJournal(
  sql: Sql,
  workstation: Workstation,
  payload: CommandPayload<'journal.anchor'>,
  times: { readonly at: string; readonly now: string },
): Promise<CommandAnswer> {
  if (payload.entries > MOST_ENTRIES) return refused('input-invalid');
  const [last] = await sql.query<{ entries: number; head: string }>(
    'SELECT entries, head FROM journal_anchor WHERE workstation = $1 ORDER BY position DESC LIMIT 1',
    [workstation.id],
  );
  if (last && (payload.entries < last.entries || (payload.entries === last.entries && payload.head !== last.head)))
    return conflict('journal-rolled-back');
  await sql.query('INSERT INTO journal_anchor (workstation, entries, head, at, anchored_at) VALUES ($1, $2, $3, $4, $5)', [
    workstation.id,
    payload.entries,
    payload.head,
    times.at,
    times.now,
  ]);
  return applied(null);
}
