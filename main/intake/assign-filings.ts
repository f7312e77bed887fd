import type { Colleague } from '../../shared/contract/index.ts';
import { formerOf } from '../../shared/domain/former.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reading, Store, Writing } from '../store/index.ts';
import type { HeldWord } from './adopt-work.ts';
import { instantsOf, OPEN } from './queue-query.ts';
import { workSubject } from './work-subject.ts';

export type WorkParts = { readonly store: Store; readonly clock: () => string; readonly newId: () => string };
/** How a filing stood before a change, so that the change can be taken back. */
export type Before = {
  readonly id: string;
  readonly assignee: string | null;
  readonly assignedBy: string | null;
  readonly until: string | null;
  readonly reason: string | null;
  /** By which the registry hears of the change. */
  readonly command: string;
  /** What this desk had still to say of it before. */
  readonly own: { readonly command: string; readonly held: string } | null;
};
/** Why filings go to another: in somebody's words, or by which rule. `takeOver`: also from the desk at which a person has one open. */
export type Why = { readonly reason?: string; readonly rule?: string; readonly takeOver?: boolean };
export type Deciding = {
  readonly actor: string;
  /** The head of the office takes filings from one and gives them to another. */ readonly head: boolean;
};

type Row = {
  id: string;
  assignee: string | null;
  assigned_by: string | null;
  postponed_until: string | null;
  postpone_reason: string | null;
};
const WORKERS = "EXISTS (SELECT 1 FROM json_each(roles) WHERE value IN ('secretary','office-head'))";

/**
 * Says who works on these filings; null gives them back. Each goes to the registry as a command of its own, not before `heldUntil`. What is not open any more, or is his
 * already, stays as it is. Errors: `user-unknown` for somebody who does not work on filings, `assigned-to-colleague` when one of them is a colleague's and
 * neither the head decides nor the one who gave it to him, `role-not-allowed` when another than the head takes over.
 */
export function assignFilings(
  { store, clock, newId }: WorkParts,
  {
    ids,
    assignee,
    actor,
    head,
    why = {},
    heldUntil = null,
  }: Deciding & {
    readonly ids: readonly string[];
    readonly assignee: string | null;
    readonly why?: Why;
    readonly heldUntil?: string | null;
  },
): Result<Before[]> {
  return store.write((tx) => {
    if (why.takeOver && !head) return fail('role-not-allowed');
    if (assignee !== null && !isWorker(tx, assignee)) return fail('user-unknown');
    const rows = openRows(tx, ids).filter((row) => row.assignee !== assignee);
    const ofColleagues = rows.filter((row) => row.assignee !== null && row.assignee !== actor && row.assigned_by !== actor);
    if (!head && ofColleagues.length > 0) return fail('assigned-to-colleague', { count: ofColleagues.length });
    const at = clock();
    return ok(
      rows.map((row) => {
        const command = newId();
        const own = ownWord(tx, row.id, 'assign');
        noteOwn(tx, { filingId: row.id, what: 'assign', command, held: JSON.stringify({ assignee: row.assignee, by: row.assigned_by }) });
        const { reason, rule, takeOver } = why;
        tx.run('UPDATE filing SET assignee = ?, assigned_by = ? WHERE id = ?', assignee, rule ? null : actor, row.id);
        const said = { ...(reason && { reason }), ...(rule && { rule }) };
        const details = { to: assignee ?? '', from: row.assignee ?? '', ...said };
        tx.journal({ at, actor, action: 'filing.assigned', subject: row.id, details });
        const payload = { filingId: row.id, assignee, seen: row.assignee, ...said, ...(takeOver && { takeOver }) };
        tx.outbox({ id: command, subject: workSubject(tx, row.id), kind: 'filing.assign', actor, at, uploads: [], payload });
        if (heldUntil !== null) tx.run('UPDATE outbox SET next_attempt_at = ? WHERE id = ?', heldUntil, command);
        return toBefore(row, command, own);
      }),
    );
  });
}

/** Gives every open filing of a colleague to another; for a day on which he is not here. Errors: those of assigning, `role-not-allowed`. */
export function coverColleague(
  parts: WorkParts,
  {
    from,
    to,
    ...deciding
  }: Deciding & { readonly from: string; readonly to: string; readonly why?: Why; readonly heldUntil?: string | null },
): Result<Before[]> {
  const { actor, head } = deciding;
  if (!head && from !== actor) return fail('role-not-allowed');
  const ids = parts.store.read.all<{ id: string }>(`SELECT id FROM filing WHERE ${OPEN} AND assignee = ?`, from).map(({ id }) => id);
  return assignFilings(parts, { ids, assignee: to, ...deciding });
}

/**
 * Puts filings off until an instant with a reason, or takes them up again (`until` null). Errors: `input-invalid` when the instant is over or the reason
 * is missing.
 */
export function postponeFilings(
  { store, clock, newId }: WorkParts,
  {
    ids,
    until,
    reason,
    actor,
  }: { readonly ids: readonly string[]; readonly until: string | null; readonly reason: string | null; readonly actor: string },
): Result<Before[]> {
  const at = clock();
  if (until !== null && Date.parse(until) <= Date.parse(at)) return fail('input-invalid', { field: 'until' });
  if ((until === null) !== (reason === null)) return fail('input-invalid', { field: 'reason' });
  return store.write((tx) => {
    const rows = openRows(tx, ids).filter((row) => row.postponed_until !== until || row.postpone_reason !== reason);
    const before: Before[] = [];
    for (const row of rows) {
      const command = newId();
      before.push(toBefore(row, command, ownWord(tx, row.id, 'postpone')));
      const held = JSON.stringify({ until: row.postponed_until, reason: row.postpone_reason });
      noteOwn(tx, { filingId: row.id, what: 'postpone', command, held });
      tx.run('UPDATE filing SET postponed_until = ?, postpone_reason = ? WHERE id = ?', until, reason, row.id);
      const now = until === null ? {} : { until, reason: reason ?? '' };
      const was = row.postponed_until === null ? {} : { until: row.postponed_until, reason: row.postpone_reason ?? '' };
      const details = { ...now, ...formerOf(now, was) };
      tx.journal({ at, actor, action: until === null ? 'filing.resumed' : 'filing.postponed', subject: row.id, details });
      tx.outbox({
        id: command,
        subject: workSubject(tx, row.id),
        kind: 'filing.postpone',
        actor,
        at,
        uploads: [],
        payload: { filingId: row.id, until, reason },
      });
    }
    return ok(before);
  });
}

/**
 * Takes a change back where nobody has changed it since: `after` is who has the filings by it, or by a rule. What the registry has not been told yet it is not told, and
 * everything is as it was; the rest is said again the other way round.
 */
export function takeBackAssignment(
  parts: WorkParts,
  {
    before,
    after,
    byRule = false,
    actor,
    head,
  }: Deciding & { readonly before: readonly Before[]; readonly after: string | null; readonly byRule?: boolean },
): Result<number> {
  const at = parts.clock();
  const still = before.filter((each) => {
    const [row] = openRows(parts.store.read, [each.id]);
    return row?.assignee === after && row.assigned_by === (byRule ? null : actor);
  });
  const unsaid = parts.store.write((tx) => still.filter((each) => unsay(tx, each, { actor, at })));
  let changed = unsaid.length;
  for (const [assignee, ids] of groupBy(still.filter((each) => !unsaid.includes(each)))) {
    const done = assignFilings(parts, { ids, assignee, actor, head });
    if (!done.ok) return done;
    changed += done.value.length;
  }
  return ok(changed);
}

/** False when the command has been sent, or is just being sent. */
function unsay(
  tx: Writing,
  { id, assignee, assignedBy, command, own }: Before,
  { actor, at }: { readonly actor: string; readonly at: string },
): boolean {
  const withdrawn = tx.run(
    "UPDATE outbox SET state = 'done', last_code = 'withdrawn', next_attempt_at = NULL WHERE id = ? AND state = 'waiting' AND attempts = 0",
    command,
  );
  if (withdrawn === 0) return false;
  // the registry may have told something meanwhile
  const held = JSON.parse(ownWord(tx, id, 'assign')?.held ?? '{}') as HeldWord;
  const isTold = own === null || held.echoed === own.command;
  const [to, by] = isTold ? [held.assignee ?? null, held.by ?? null] : [assignee, assignedBy];
  tx.run('UPDATE filing SET assignee = ?, assigned_by = ? WHERE id = ?', to, by, id);
  if (isTold) tx.run("DELETE FROM own_work WHERE filing_id = ? AND what = 'assign'", id);
  else tx.run("UPDATE own_work SET command = ? WHERE filing_id = ? AND what = 'assign'", own.command, id);
  tx.journal({ at, actor, action: 'filing.assignment-undone', subject: id, details: { to: to ?? '', command } });
  return true;
}

/** The same for putting off. */
export function takeBackPostponing(
  parts: WorkParts,
  { before, actor }: { readonly before: readonly Before[]; readonly actor: string },
): Result<number> {
  const now = parts.clock();
  let changed = 0;
  for (const { id, until, reason } of before) {
    const over = until !== null && until <= now;
    const done = postponeFilings(parts, { ids: [id], until: over ? null : until, reason: over ? null : reason, actor });
    if (!done.ok) return done;
    changed += done.value.length;
  }
  return ok(changed);
}

function groupBy(before: readonly Before[]): Map<string | null, string[]> {
  const groups = new Map<string | null, string[]>();
  for (const { id, assignee } of before) groups.set(assignee, [...(groups.get(assignee) ?? []), id]);
  return groups;
}

/**
 * Those who work on filings, by name, with the open ones that each has; then whoever may not any more and still has some (`gone`), so that none of them is
 * out of sight. Whoever is gone is given nothing.
 */
export function colleagues(read: Reading, now: string): Colleague[] {
  return read.all<Colleague>(
    `SELECT u.id, u.name, CASE WHEN u.active = 0 THEN 'revoked' WHEN NOT ${WORKERS.replaceAll('roles', 'u.roles')} THEN 'role' END AS gone, coalesce(f.open, 0) AS open, coalesce(f.overdue, 0) AS overdue, coalesce(f.dueToday, 0) AS dueToday
     FROM app_user u LEFT JOIN (
       SELECT assignee, count(*) AS open, coalesce(sum(due_at <= @now), 0) AS overdue,
         coalesce(sum(due_at > @now AND due_at <= @endOfToday), 0) AS dueToday
       FROM filing INDEXED BY filing_open_assignee WHERE ${OPEN} AND assignee IS NOT NULL GROUP BY assignee
     ) f ON f.assignee = u.id
     WHERE gone IS NULL OR f.open > 0 ORDER BY gone IS NOT NULL, u.name, u.id`,
    instantsOf(now, null),
  );
}

const isWorker = (read: Reading, id: string): boolean =>
  read.get(`SELECT 1 FROM app_user WHERE id = ? AND active = 1 AND ${WORKERS}`, id) !== undefined;

function openRows(read: Reading, ids: readonly string[]): Row[] {
  return read.all<Row>(
    `SELECT id, assignee, assigned_by, postponed_until, postpone_reason FROM filing
     WHERE id IN (SELECT value FROM json_each(?)) AND ${OPEN} ORDER BY received_at, id`,
    JSON.stringify(ids),
  );
}

const toBefore = (row: Row, command: string, own: Before['own']): Before => ({
  ...{ id: row.id, assignee: row.assignee, assignedBy: row.assigned_by, until: row.postponed_until, reason: row.postpone_reason },
  ...{ command, own },
});

const ownWord = (read: Reading, filingId: string, what: 'assign' | 'postpone'): Before['own'] =>
  read.get<{ command: string; held: string }>('SELECT command, held FROM own_work WHERE filing_id = ? AND what = ?', filingId, what) ??
  null;

/** What the registry told last is kept from the first change on. */
function noteOwn(
  tx: Writing,
  {
    filingId,
    what,
    command,
    held,
  }: { readonly filingId: string; readonly what: 'assign' | 'postpone'; readonly command: string; readonly held: string },
): void {
  tx.run(
    `INSERT INTO own_work (filing_id, what, command, held) VALUES (?, ?, ?, ?) ON CONFLICT (filing_id, what) DO UPDATE SET command = excluded.command`,
    filingId,
    what,
    command,
    held,
  );
}
