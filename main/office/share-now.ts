import { assignFilings, type Before, type WorkParts } from '../intake/index.ts';
import { shareWaiting } from './share-waiting.ts';

/** What one person was given by rule. */
export type Given = { readonly to: string; readonly before: readonly Before[] };

/**
 * Gives out what waits for somebody by the court's rules, all of it or, when the store takes no more, none. The registry hears of it `unsaidMs` after the
 * last one was given; only the head of office has it done.
 */
export function shareNow(parts: WorkParts, { actor, unsaidMs }: { readonly actor: string; readonly unsaidMs: number }): Given[] {
  const { store, clock } = parts;
  return store.write((tx) => {
    const given = shareWaiting(tx, clock()).map(({ filingId, personId: to, ruleId: rule }): Given => {
      const done = assignFilings(parts, { ids: [filingId], assignee: to, why: { rule }, actor, head: true });
      // who gets what was decided in this transaction, and the head may give to whoever works on filings
      if (!done.ok) throw new Error(`a rule gave a filing that could not be given: ${done.error.code}`);
      return { to, before: done.value };
    });
    const until = new Date(Date.parse(clock()) + unsaidMs).toISOString();
    for (const { command } of given.flatMap(({ before }) => before))
      tx.run('UPDATE outbox SET next_attempt_at = ? WHERE id = ?', until, command);
    return given;
  });
}
