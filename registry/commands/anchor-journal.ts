import type { KeyObject } from 'node:crypto';
import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { signAnchor } from '../journal/journal-anchors.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import { anchored, conflict, refused } from './command-answer.ts';

const MOST_ENTRIES = 2 ** 31 - 1;

type Anchoring = { readonly sql: Sql; readonly workstation: Workstation; readonly key: KeyObject; readonly now: string };

/** Remembers how long a desk's journal is and what its last hash is. A journal that became shorter or another one is not taken. */
export async function anchorJournal(context: Anchoring, payload: CommandPayload<'journal.anchor'>, at: string): Promise<CommandAnswer> {
  const { sql, workstation } = context;
  if (payload.entries > MOST_ENTRIES) return refused('input-invalid');
  const [last] = await sql.query<{ entries: number; head: string }>(
    'SELECT entries, head FROM journal_anchor WHERE workstation = $1 ORDER BY position DESC LIMIT 1',
    [workstation.id],
  );
  if (last && (payload.entries < last.entries || (payload.entries === last.entries && payload.head !== last.head)))
    return conflict('journal-rolled-back');
  return keep(context, payload, at, null);
}

/** Takes a journal that is not the anchored one, because a person of the office says so; what was anchored before stays on record. */
export async function acceptJournal(
  context: Anchoring & { readonly actor: string },
  payload: CommandPayload<'journal.accept'>,
  at: string,
): Promise<CommandAnswer> {
  return payload.entries > MOST_ENTRIES ? refused('input-invalid') : keep(context, payload, at, { ...payload, by: context.actor });
}

async function keep(
  { sql, workstation, key, now }: Anchoring,
  { entries, head }: CommandPayload<'journal.anchor'>,
  at: string,
  accepted: { readonly by: string; readonly finding: string; readonly lastGood: number; readonly reason: string } | null,
): Promise<CommandAnswer> {
  const receipt = signAnchor(key, workstation.id, { entries, head, anchoredAt: now });
  await sql.query(
    `INSERT INTO journal_anchor (workstation, entries, head, at, anchored_at, signature, accepted_by, finding, last_good, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      workstation.id,
      entries,
      head,
      at,
      now,
      receipt.signature,
      accepted?.by ?? null,
      accepted?.finding ?? null,
      accepted?.lastGood ?? null,
      accepted?.reason ?? null,
    ],
  );
  return anchored(receipt);
}
