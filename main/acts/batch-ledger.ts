import { createHash } from 'node:crypto';
import type { Batch, BatchItem, BatchSummary } from '../../shared/contract/index.ts';
import type { Failure } from '../../shared/result.ts';
import type { Reading, Writing } from '../store/index.ts';

/** The ledger of batches: rows of `batch` and `batch_item`, written in the transaction of what they tell. */

export type BatchCertificate = NonNullable<Batch['certificate']>;

/** Failures of one act alone; after anything else the next act would fail as well, and a token may count its tries. */
const OF_ONE_ACT = /^(act|document)-|^(not-found|move-not-allowed|stale-revision|format-unsupported)$/;
export const isOfOneAct = ({ code }: Failure): boolean => OF_ONE_ACT.test(code);

type NewItem = Pick<BatchItem, 'actId' | 'sha256' | 'kind' | 'number' | 'pages'>;

/** SHA-256 of the hashes in their order, each as hex with a line feed: one value that stands for the whole list. */
export function listSha256(hashes: readonly string[]): string {
  return createHash('sha256')
    .update(hashes.map((hash) => `${hash}\n`).join(''))
    .digest('hex');
}

export function openBatch(
  tx: Writing,
  batch: {
    readonly id: string;
    readonly judgeId: string;
    readonly at: string;
    readonly keyPlace: string;
    readonly items: readonly NewItem[];
  },
): void {
  const list = listSha256(batch.items.map(({ sha256 }) => sha256));
  tx.run(
    "INSERT INTO batch (id, judge_id, made_at, list_sha256, key_place, state) VALUES (?, ?, ?, ?, ?, 'running')",
    batch.id,
    batch.judgeId,
    batch.at,
    list,
    batch.keyPlace,
  );
  for (const [position, { actId, sha256, kind, number, pages }] of batch.items.entries())
    tx.run(
      'INSERT INTO batch_item (batch_id, position, act_id, sha256, kind, number, pages) VALUES (?, ?, ?, ?, ?, ?, ?)',
      batch.id,
      position,
      actId,
      sha256,
      kind,
      number,
      pages,
    );
  journal(tx, batch, 'batch.started', { acts: batch.items.length, list });
}

/** Acts without a final result have their turn again; those that failed for a reason of their own keep it. */
export function reopenBatch(
  tx: Writing,
  batch: { readonly id: string; readonly judgeId: string; readonly at: string; readonly keyPlace: string },
  again: readonly number[],
): void {
  tx.run("UPDATE batch SET state = 'running', stop = NULL, ended_at = NULL, key_place = ? WHERE id = ?", batch.keyPlace, batch.id);
  for (const position of again)
    tx.run(
      "UPDATE batch_item SET state = 'waiting', failure = NULL, began_at = NULL, ended_at = NULL WHERE batch_id = ? AND position = ?",
      batch.id,
      position,
    );
  journal(tx, batch, 'batch.resumed', { acts: again.length });
}

export function lockCertificate(tx: Writing, id: string, certificate: BatchCertificate): void {
  tx.run('UPDATE batch SET certificate = ? WHERE id = ?', JSON.stringify(certificate), id);
}

export function beginItem(tx: Writing, id: string, position: number, at: string): void {
  tx.run("UPDATE batch_item SET state = 'signing', began_at = ? WHERE batch_id = ? AND position = ?", at, id, position);
}

export function itemSigned(tx: Writing, id: string, position: number, signed: { readonly sha256: string; readonly at: string }): void {
  tx.run(
    "UPDATE batch_item SET state = 'signed', signed_sha256 = ?, ended_at = ? WHERE batch_id = ? AND position = ?",
    signed.sha256,
    signed.at,
    id,
    position,
  );
}

export function itemFailed(tx: Writing, id: string, position: number, failure: Failure, at: string): void {
  tx.run(
    "UPDATE batch_item SET state = 'failed', failure = ?, ended_at = ? WHERE batch_id = ? AND position = ?",
    JSON.stringify(failure),
    at,
    id,
    position,
  );
}

/** Every act has a result from here on: what had not had its turn was not tried. */
export function endBatch(
  tx: Writing,
  batch: { readonly id: string; readonly judgeId: string; readonly at: string },
  stop: Failure | null,
): void {
  tx.run(
    "UPDATE batch_item SET state = 'not-tried', began_at = NULL, ended_at = ? WHERE batch_id = ? AND state IN ('waiting','signing')",
    batch.at,
    batch.id,
  );
  tx.run(
    'UPDATE batch SET state = ?, stop = ?, ended_at = ? WHERE id = ?',
    stop === null ? 'done' : 'stopped',
    stop && JSON.stringify(stop),
    batch.at,
    batch.id,
  );
  const { signed, failed, notTried } = countsOf(tx, batch.id);
  journal(tx, batch, stop === null ? 'batch.ended' : 'batch.stopped', { signed, failed, notTried, ...(stop ? { code: stop.code } : {}) });
}

function journal(
  tx: Writing,
  batch: { readonly id: string; readonly judgeId: string; readonly at: string },
  action: string,
  details: Record<string, string | number>,
): void {
  tx.journal({ at: batch.at, actor: batch.judgeId, action, subject: null, details: { batch: batch.id, ...details } });
}

const COUNTS = `(SELECT count(*) FROM batch_item i WHERE i.batch_id = b.id) AS total,
  (SELECT count(*) FROM batch_item i WHERE i.batch_id = b.id AND i.state = 'signed') AS signed,
  (SELECT count(*) FROM batch_item i WHERE i.batch_id = b.id AND i.state = 'failed') AS failed,
  (SELECT count(*) FROM batch_item i WHERE i.batch_id = b.id AND i.state = 'not-tried') AS notTried`;

const countsOf = (read: Reading, id: string) =>
  read.get<Pick<BatchSummary, 'total' | 'signed' | 'failed' | 'notTried'>>(`SELECT ${COUNTS} FROM batch b WHERE b.id = ?`, id)!;

type HeadRow = Omit<Batch, 'stop' | 'certificate' | 'items'> & { readonly stop: string | null; readonly certificate: string | null };
type ItemRow = Omit<BatchItem, 'failure' | 'open'> & { readonly failure: string | null };

/** A batch of this judge; those of others are not found. */
export function readBatch(read: Reading, judgeId: string, id: string): Batch | null {
  const head = read.get<HeadRow>(
    `SELECT id, made_at AS madeAt, ended_at AS endedAt, state, stop, key_place AS keyPlace, certificate, list_sha256 AS listSha256
     FROM batch WHERE id = ? AND judge_id = ?`,
    id,
    judgeId,
  );
  if (!head) return null;
  const items = read.all<ItemRow>(
    `SELECT act_id AS actId, kind, number, pages, sha256, state, failure, signed_sha256 AS signedSha256, ended_at AS endedAt
     FROM batch_item WHERE batch_id = ? ORDER BY position`,
    id,
  );
  return {
    ...head,
    stop: parsed<Failure>(head.stop),
    certificate: parsed<BatchCertificate>(head.certificate),
    items: items.map((item) => {
      const failure = parsed<Failure>(item.failure);
      return { ...item, failure, open: item.state !== 'signed' && (failure === null || !isOfOneAct(failure)) };
    }),
  };
}

/** The newest first. */
export function listBatches(read: Reading, judgeId: string): BatchSummary[] {
  const rows = read.all<Omit<BatchSummary, 'stop'> & { readonly stop: string | null }>(
    `SELECT b.id, b.made_at AS madeAt, b.ended_at AS endedAt, b.state, b.stop, ${COUNTS}
     FROM batch b WHERE b.judge_id = ? ORDER BY b.made_at DESC, b.rowid DESC`,
    judgeId,
  );
  return rows.map((row) => ({ ...row, stop: parsed<Failure>(row.stop) }));
}

/** Batches that some process was signing when it was last heard of. */
export function runningBatches(read: Reading): { readonly id: string; readonly judgeId: string }[] {
  return read.all("SELECT id, judge_id AS judgeId FROM batch WHERE state = 'running'");
}

const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
