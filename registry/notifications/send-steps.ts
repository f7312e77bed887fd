import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';
import { keyOf, type Channel, type TakenNotice } from './hand-over.ts';
import { moveAlone } from './ladder-row.ts';

/** Longer than any channel takes; what was taken by a sender that died is taken again after it. */
const TAKEN_MS = 2 * 60_000;

type TakenStep = Omit<TakenNotice, 'addresses'> & { readonly state: string; readonly step: number; readonly address: string | null };

/** Moves what is due on its ladder: hands it over, or goes on where nothing was heard. Answers how many it took. */
export async function sendDueSteps(
  registry: Registry,
  { channels, retrySeconds, atATime }: { channels: Map<string, Channel>; retrySeconds: readonly number[]; atATime: number },
  log: (line: object) => void,
): Promise<number> {
  const taken = await takeDue(registry.db, registry.clock(), atATime);
  await Promise.all(
    taken.map(async (row) => {
      const { id, court, step, round, attempts, via } = row;
      const still = (place: { step: number; round: number; state: string }) =>
        place.step === step && place.round === round && place.state === row.state;
      if (row.state === 'sent') {
        await moveAlone(registry, row, { what: 'waited' }, still);
        return;
      }
      const notice: TakenNotice = { ...row, addresses: via === 'email' ? { email: row.address ?? '' } : { phone: row.address ?? '' } };
      const result = (await channels.get(via)?.send(notice, keyOf(notice))) ?? { outcome: 'failed', reason: 'channel-closed' };
      log({ at: registry.clock(), notice: id, kind: row.kind, channel: via, attempt: attempts, ...result });
      const happening =
        result.outcome === 'sent'
          ? ({ what: 'sent', channel: via, code: result.answer, reference: keyOf(notice) } as const)
          : result.outcome === 'retry'
            ? ({ what: 'retry', channel: via, code: result.reason, pauseSeconds: retrySeconds[attempts - 1] ?? null } as const)
            : ({ what: 'failed', channel: via, code: result.reason } as const);
      await moveAlone(registry, { court, id }, happening, (place) => place.step === step && place.round === round);
    }),
  );
  return taken.length;
}

/** Takes due rows for this process alone: others skip them, and find them again only when this one has had its time. */
function takeDue(sql: Sql, now: string, atATime: number): Promise<TakenStep[]> {
  return sql.query<TakenStep>(
    `UPDATE notice n SET due_at = $2, attempts = n.attempts + CASE WHEN n.state = 'waiting' THEN 1 ELSE 0 END
     FROM (SELECT id FROM notice WHERE steps IS NOT NULL AND state IN ('waiting', 'sent') AND due_at <= $1
           ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) AS due, court c
     WHERE n.id = due.id AND c.code = n.court
     RETURNING n.id, n.court, n.kind, n.name, n.language, n.via, n.state, n.step, n.round, n.steps->n.step->>'address' AS address, n.facts, n.attempts,
       c.name_kk AS court_kk, c.name_ru AS court_ru`,
    [now, new Date(Date.parse(now) + TAKEN_MS).toISOString(), atATime],
  );
}
