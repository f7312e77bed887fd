import type { Correction, CorrectionChange } from '../../shared/contract/index.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { filingMessageSchema, type CorrectionMessage, type FilingMessage } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading, Store, Writing } from '../store/index.ts';
import { correctionDetails } from './correction-details.ts';
import { columnsOf } from './filing-columns.ts';

type Corrected = Pick<CorrectionMessage, 'kind' | 'category' | 'parties' | 'representative'>;
type Row = {
  number: number;
  id: string;
  content: string;
  reason: string;
  by_user: string;
  name: string | null;
  made_at: string;
  command: string | null;
  last_code: string | null;
  state: string | null;
};

/** Those that hold: a correction that a person took back before the registry had it is none. Oldest first. */
const rowsOf = (read: Reading, filingId: string): Row[] =>
  read
    .all<Row>(
      `SELECT c.*, u.name, o.state, o.last_code FROM filing_correction c LEFT JOIN app_user u ON u.id = c.by_user
       LEFT JOIN outbox o ON o.id = c.command WHERE c.filing_id = ? ORDER BY c.number`,
      filingId,
    )
    .filter((row) => row.command === null || !(row.state === 'done' && row.last_code === 'withdrawn'));

/** The message as the office has corrected it last; what came from the filer where nothing was corrected. */
export function correctedMessage(read: Reading, filingId: string, message: FilingMessage): FilingMessage {
  const last = rowsOf(read, filingId).at(-1);
  return last ? { ...message, ...(JSON.parse(last.content) as Corrected) } : message;
}

const contentOf = ({ kind, category, parties, representative }: Corrected): Corrected => ({ kind, category, parties, representative });
const originalOf = (message: FilingMessage): Corrected => ({
  kind: message.kind,
  category: message.category ?? null,
  parties: message.parties,
  representative: message.representative ?? null,
});

/** Brings what the queue shows, searches and sorts by in line with what holds. The signatures are looked at again, since the parties may be others. */
export function applyCorrections(tx: Writing, reference: Reference, filingId: string, at: string): void {
  const filing = tx.get<{ message: string }>('SELECT message FROM filing WHERE id = ?', filingId);
  if (!filing) return;
  const message = correctedMessage(tx, filingId, filingMessageSchema.parse(JSON.parse(filing.message)));
  const { claimant, respondent, category, searchText, dueAt, termEdition } = columnsOf(reference, message, at);
  tx.run(
    `UPDATE filing SET kind = ?, category = ?, claimant = ?, respondent = ?, search_text = ?, due_at = CASE WHEN registered_at IS NULL THEN ? ELSE due_at END,
     term_edition = CASE WHEN registered_at IS NULL THEN ? ELSE term_edition END,
     recheck_at = CASE WHEN registered_at IS NULL THEN ? ELSE recheck_at END, revision = revision + 1 WHERE id = ?`,
    ...[message.kind, category, claimant, respondent, searchText, dueAt, termEdition, at, filingId],
  );
}

export type CorrectParts = {
  readonly store: Store;
  readonly reference: Reference;
  readonly clock: () => string;
  readonly newId: () => string;
};
export type CorrectInput = {
  readonly id: string;
  readonly revision: number;
  readonly actor: string;
  readonly reason: string;
  readonly values: Corrected;
};

/**
 * Corrects what a filing says, before it is registered; the message of its filer stays as it came. Errors: `not-found`, `stale-revision`,
 * `move-not-allowed` once it is registered, `kind-unknown`, `input-invalid` when nothing is different.
 */
export function correctFiling({ store, reference, clock, newId }: CorrectParts, input: CorrectInput): Result<null> {
  const { id, revision, actor, reason, values } = input;
  const at = clock();
  return store.write((tx) => {
    const filing = tx.get<{ message: string; state: string; revision: number; registered_at: string | null }>(
      'SELECT message, state, revision, registered_at FROM filing WHERE id = ?',
      id,
    );
    if (!filing) return fail('not-found');
    if (filing.revision !== revision) return fail('stale-revision');
    if (filing.registered_at !== null || moveFiling(filing.state as 'received', 'register') === null)
      return fail('move-not-allowed', { state: filing.state });
    if (!reference.kindRule(values.kind)) return fail('kind-unknown');
    const rows = rowsOf(tx, id);
    const before = originalOf(correctedMessage(tx, id, filingMessageSchema.parse(JSON.parse(filing.message))));
    const content = contentOf(values);
    const fields = changesBetween(before, content).map(({ field }) => field);
    if (fields.length === 0) return fail('input-invalid', { field: 'values' });
    const number = (rows.at(-1)?.number ?? 0) + 1;
    const [correctionId, command] = [newId(), newId()];
    tx.run('DELETE FROM filing_correction WHERE filing_id = ? AND number >= ?', id, number);
    keep(tx, { ...content, correctionId, filingId: id, number, reason, madeAt: at, by: actor }, command);
    applyCorrections(tx, reference, id, at);
    const details = { fields: [...new Set(fields)].join(' '), ...correctionDetails(correctionId, before, content), reason };
    tx.journal({ at, actor, action: 'filing.corrected', subject: id, details });
    const payload = { correctionId, filingId: id, number, ...content, reason, madeAt: at };
    tx.outbox({ id: command, subject: id, kind: 'filing.correct', actor, at, uploads: [], payload });
    return ok(null);
  });
}

function keep(tx: Writing, message: CorrectionMessage, command: string | null): void {
  const { correctionId, filingId, number, reason, by, madeAt } = message;
  tx.run(
    `INSERT INTO filing_correction (filing_id, number, id, content, reason, by_user, made_at, command) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[filingId, number, correctionId, JSON.stringify(contentOf(message)), reason, by, madeAt, command],
  );
}

/** Takes over what the registry tells. Where two desks corrected at once, the one that the registry has counts, and the other stays parked for a person. */
export function adoptCorrection(tx: Writing, reference: Reference, message: CorrectionMessage, at: string): void {
  const { correctionId, filingId, number, reason, by } = message;
  const own = tx.run('UPDATE filing_correction SET command = NULL WHERE filing_id = ? AND id = ?', filingId, correctionId);
  if (own > 0) return;
  tx.run('DELETE FROM filing_correction WHERE filing_id = ? AND number >= ?', filingId, number);
  const filing = tx.get<{ message: string }>('SELECT message FROM filing WHERE id = ?', filingId);
  const before = filing && originalOf(correctedMessage(tx, filingId, filingMessageSchema.parse(JSON.parse(filing.message))));
  keep(tx, message, null);
  applyCorrections(tx, reference, filingId, at);
  const details = { elsewhere: 1, ...(before ? correctionDetails(correctionId, before, contentOf(message)) : {}), reason };
  tx.journal({ at, actor: by, action: 'filing.corrected', subject: filingId, details });
}

/** The corrections of a filing with what was there before each, newest first. */
export function readCorrections(read: Reading, filingId: string): Correction[] {
  const filing = read.get<{ message: string }>('SELECT message FROM filing WHERE id = ?', filingId);
  if (!filing) return [];
  let before = originalOf(filingMessageSchema.parse(JSON.parse(filing.message)));
  return rowsOf(read, filingId)
    .map(({ id, content, reason, by_user: by, name, made_at: madeAt, command }): Correction => {
      const after = JSON.parse(content) as Corrected;
      const changes = changesBetween(before, after);
      before = after;
      return { id, by: name ?? by, madeAt, reason, confirmed: command === null, changes };
    })
    .reverse();
}

const PARTY_FIELDS = ['side', 'type', 'name', 'iin', 'bin', 'address'] as const;
type PartyLike = Partial<Record<(typeof PARTY_FIELDS)[number], string | null | undefined>>;

/** What is another afterwards. A party is known by its place; one that is new or gone is told by its name. */
export function changesBetween(before: Corrected, after: Corrected): CorrectionChange[] {
  const changes: CorrectionChange[] = [];
  const compare = (field: CorrectionChange['field'], old: string | null, now: string | null, party: number | null): void => {
    if ((old ?? '') !== (now ?? '')) changes.push({ field, party, before: old || null, after: now || null });
  };
  compare('kind', before.kind, after.kind, null);
  compare('category', before.category, after.category, null);
  const people = (old: PartyLike | null | undefined, now: PartyLike | null | undefined, party: number): void => {
    if (!old || !now) compare('party', old?.name ?? null, now?.name ?? null, party);
    else for (const field of PARTY_FIELDS) compare(field, old[field] ?? null, now[field] ?? null, party);
  };
  const most = Math.max(before.parties.length, after.parties.length);
  for (let at = 0; at < most; at++) people(before.parties[at], after.parties[at], at);
  if (before.representative || after.representative) {
    if (!before.representative || !after.representative)
      compare('representative', before.representative?.name ?? null, after.representative?.name ?? null, null);
    else people(before.representative, after.representative, -1);
  }
  return changes;
}
