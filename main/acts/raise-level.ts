import { createHash } from 'node:crypto';
import { ok, type Result } from '../../shared/result.ts';
import { raisePdf, type Level, type Raised } from '../sealing/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import type { ActsParts } from './acts-parts.ts';

/** Minutes until the next try, by how many there were; then the last of them. */
const BACKOFF_MINUTES = [1, 5, 15, 60];
/** A round has other work too. */
const MOST_AT_ONCE = 50;
/** A signed act with two timestamps and lists in it. */
const MAX_BYTES = 256 * 1024 * 1024;

type Due = {
  readonly actId: string;
  readonly filingId: string;
  readonly target: 'T' | 'LT';
  readonly attempts: number;
  readonly sha256: string;
  readonly size: number;
  readonly level: Level;
};

const SELECT = `SELECT r.act_id AS actId, a.filing_id AS filingId, r.target, r.attempts, a.signed_sha256 AS sha256, a.signed_size AS size, a.level
  FROM act_raise r JOIN act a ON a.id = r.act_id WHERE a.state IN ('confirmed','dispatched')`;

/** Marks an act that was signed below the level its court wants; in the transaction that keeps the signature. */
export function markForRaise(tx: Writing, actId: string, reached: Level, target: Level, at: string): void {
  if (reached === target || target === 'B') return;
  tx.run('INSERT INTO act_raise (act_id, target, next_at) VALUES (?, ?, ?)', actId, target, at);
}

/** The line is back: what waits for it is tried at once. */
export function raiseAtOnce(tx: Writing, at: string): void {
  tx.run('UPDATE act_raise SET next_at = ? WHERE next_at > ?', at, at);
}

/**
 * Adds to issued acts what they still lack for the level their court wants: a timestamp, then what it takes to verify them offline. The signed
 * bytes stay the beginning of the file. The raised file takes the place of the signed one after it was verified, in one transaction with journal
 * and outbox; a stop at any instant leaves the one or the other. What cannot be had now is tried again later. Errors: `disk-full`.
 */
export async function raiseActs(parts: ActsParts): Promise<Result<{ filingIds: string[] }>> {
  const { store, blobs, clock, sealing } = parts;
  const filingIds: string[] = [];
  if (sealing.timestamps === null) return ok({ filingIds });
  for (const due of store.read.all<Due>(`${SELECT} AND r.next_at <= ? ORDER BY r.next_at, a.signed_at LIMIT ${MOST_AT_ONCE}`, clock())) {
    const bytes = await blobs.readAll(due.sha256, MAX_BYTES).catch(() => null);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== due.sha256) {
      postpone(parts, due, 'document-missing');
      continue;
    }
    const raised = await raisePdf(sealing, bytes, due.target);
    if (!raised.ok) {
      postpone(parts, due, raised.error.code);
      continue;
    }
    const { level } = raised.value;
    if (level === 'B' || level === due.level) {
      postpone(parts, due, raised.value.shortfall?.reason ?? null);
      continue;
    }
    const stored = await blobs.putBytes(raised.value.pdf);
    if (!stored.ok) return stored;
    if (keepRaised(parts, due, { ...raised.value, level }, stored.value)) filingIds.push(due.filingId);
  }
  return ok({ filingIds });
}

function keepRaised(
  { store, clock, newId }: ActsParts,
  due: Due,
  { level, shortfall }: Raised & { readonly level: Due['target'] },
  { sha256, size }: { sha256: string; size: number },
): boolean {
  const at = clock();
  return store.write((tx) => {
    if (dueNow(tx, due.actId)?.sha256 !== due.sha256) return false;
    tx.run(
      'INSERT INTO act_signed_version (act_id, sha256, size, level, replaced_at) VALUES (?, ?, ?, ?, ?)',
      ...[due.actId, due.sha256, due.size, due.level, at],
    );
    tx.run(
      'UPDATE act SET signed_sha256 = ?, signed_size = ?, level = ?, revision = revision + 1 WHERE id = ?',
      ...[sha256, size, level, due.actId],
    );
    tx.run(
      'UPDATE act_raise SET next_at = ?, attempts = 0, last_reason = ? WHERE act_id = ?',
      ...[level === due.target ? null : later(at, 0), shortfall?.reason ?? null, due.actId],
    );
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', due.filingId);
    tx.journal({
      at,
      actor: null,
      action: 'act.raised',
      subject: due.filingId,
      details: { act: due.actId, signed: due.sha256, raised: sha256, level },
    });
    tx.outbox({
      id: newId(),
      // a registry of before, which does not know of it yet, holds nothing else up
      subject: due.actId,
      kind: 'act.raise',
      actor: null,
      at,
      uploads: [sha256],
      payload: { actId: due.actId, filingId: due.filingId, from: due.sha256, sha256, size, level },
    });
    return true;
  });
}

const dueNow = (read: Reading, actId: string): Due | undefined => read.get<Due>(`${SELECT} AND r.act_id = ?`, actId);

function postpone({ store, clock }: ActsParts, { actId, attempts }: Due, reason: string | null): void {
  store.write((tx) =>
    tx.run(
      'UPDATE act_raise SET next_at = ?, attempts = attempts + 1, last_reason = ? WHERE act_id = ?',
      ...[later(clock(), attempts), reason, actId],
    ),
  );
}

const later = (at: string, attempts: number): string =>
  new Date(Date.parse(at) + BACKOFF_MINUTES[Math.min(attempts, BACKOFF_MINUTES.length - 1)]! * 60_000).toISOString();
