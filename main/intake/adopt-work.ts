import { formerOf } from '../../shared/domain/former.ts';
import type { FilingAssigned, FilingPostponed } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';

/** What the registry told last of who works on a filing; `echoed` is the last command of this desk that it has told back. */
export type HeldWord = {
  readonly assignee?: string | null;
  readonly by?: string | null;
  readonly until?: string | null;
  readonly reason?: string | null;
  readonly echoed?: string;
};
type Kept = { command: string; held: string; state: string | null };
type Change = { readonly filingId: string; readonly what: 'assign' | 'postpone'; readonly command: string; readonly held: string };

/** Who works on a filing now, by the registry. What this desk has said since, and the registry has not told yet, stays: it comes later in its order. */
export function adoptAssignment(tx: Writing, { filingId, assignee, by, command, reason, rule }: FilingAssigned, at: string): void {
  const giver = rule === undefined ? by : null; // what a rule gave, nobody has given
  const held = JSON.stringify({ assignee, by: giver });
  const was = toldLast(tx, filingId, 'assign');
  if (!standsBack(tx, { filingId, what: 'assign', command, held })) assign(tx, filingId, assignee, giver);
  const details = { to: assignee ?? '', from: was.assignee ?? '', by, ...(reason && { reason }), ...(rule && { rule }) };
  tx.journal({ at, actor: null, action: 'filing.assignment-told', subject: filingId, details });
}

/** Until when a filing is put off, by the registry; the same order counts. */
export function adoptPostponing(tx: Writing, { filingId, until, reason, by, command }: FilingPostponed, at: string): void {
  const held = JSON.stringify({ until, reason });
  const was = toldLast(tx, filingId, 'postpone');
  if (!standsBack(tx, { filingId, what: 'postpone', command, held })) postpone(tx, filingId, until, reason);
  const now = until === null ? {} : { until, reason: reason ?? '' };
  const before = was.until ? { until: was.until, reason: was.reason ?? '' } : {};
  const details = { until: until ?? '', ...now, by, ...formerOf(now, before) };
  tx.journal({ at, actor: null, action: 'filing.postponing-told', subject: filingId, details });
}

/** What held by the registry before it told something else: it stands beside what this desk has said since, else in the filing. */
function toldLast(tx: Writing, filingId: string, what: Change['what']): HeldWord {
  const own = tx.get<{ held: string }>('SELECT held FROM own_work WHERE filing_id = ? AND what = ?', filingId, what);
  if (own) return JSON.parse(own.held) as HeldWord;
  const row = tx.get<HeldWord>('SELECT assignee, postponed_until AS until, postpone_reason AS reason FROM filing WHERE id = ?', filingId);
  return row ?? {};
}

/** What this desk said of a filing and has been withdrawn gives way to what the registry told last. */
export function settleOwnWork(tx: Writing, filingId: string): void {
  const rows = tx.all<{ what: Change['what']; held: string }>(
    `SELECT w.what, w.held FROM own_work w JOIN outbox o ON o.id = w.command WHERE w.filing_id = ? AND o.state = 'done' AND o.last_code = 'withdrawn'`,
    filingId,
  );
  for (const { what, held } of rows) {
    const value = JSON.parse(held) as HeldWord;
    if (what === 'assign') assign(tx, filingId, value.assignee ?? null, value.by ?? null);
    else postpone(tx, filingId, value.until ?? null, value.reason ?? null);
    tx.run('DELETE FROM own_work WHERE filing_id = ? AND what = ?', filingId, what);
  }
}

/** True when this desk's own later word stands; what the registry told is kept beside it, with the last word of this desk that it has told back. */
function standsBack(tx: Writing, { filingId, what, command, held }: Change): boolean {
  const own = tx.get<Kept>(
    `SELECT w.command, w.held, CASE WHEN o.state = 'done' AND o.last_code = 'withdrawn' THEN NULL ELSE o.state END AS state
     FROM own_work w LEFT JOIN outbox o ON o.id = w.command WHERE w.filing_id = ? AND w.what = ?`,
    filingId,
    what,
  );
  const stays = own !== undefined && own.command !== command && own.state !== null;
  if (stays) {
    const isOwn = tx.get('SELECT 1 FROM outbox WHERE id = ?', command) !== undefined;
    const echoed = isOwn ? command : (JSON.parse(own.held) as HeldWord).echoed;
    const kept = JSON.stringify({ ...(JSON.parse(held) as HeldWord), ...(echoed && { echoed }) });
    tx.run('UPDATE own_work SET held = ? WHERE filing_id = ? AND what = ?', kept, filingId, what);
  } else if (own) tx.run('DELETE FROM own_work WHERE filing_id = ? AND what = ?', filingId, what);
  return stays;
}

const assign = (tx: Writing, filingId: string, assignee: string | null, by: string | null) =>
  tx.run('UPDATE filing SET assignee = ?, assigned_by = ? WHERE id = ?', assignee, by, filingId);
const postpone = (tx: Writing, filingId: string, until: string | null, reason: string | null) =>
  tx.run('UPDATE filing SET postponed_until = ?, postpone_reason = ? WHERE id = ?', until, reason, filingId);
