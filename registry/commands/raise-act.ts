import type { Readable } from 'node:stream';
import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { announceFiling } from '../filings/filing-state.ts';
import type { Sql } from '../store/database.ts';
import type { AskingWorkstation } from '../workstations/workstation.ts';
import { applied, conflict, refused } from './command-answer.ts';

const LEVELS = ['B', 'T', 'LT', 'LTA'];

type Act = { readonly sha256: string; readonly level: string; readonly size: number };

/**
 * Takes a later version of an issued act: the same bytes with a timestamp or validation data after them. It can neither change nor shorten what
 * was issued, and the level only goes up; the version before stays on record.
 */
export async function raiseAct(
  { sql, documents, workstation, now }: { sql: Sql; documents: DocumentStore; workstation: AskingWorkstation; now: string },
  { actId, filingId, from, sha256, size, level }: CommandPayload<'act.raise'>,
): Promise<CommandAnswer> {
  const [act] = await sql.query<Act>(
    `SELECT a.sha256, a.level, d.size FROM act a JOIN filing f ON f.id = a.filing JOIN document d ON d.sha256 = a.sha256
     WHERE a.id = $1 AND f.id = $2 AND f.court = $3`,
    [actId, filingId, workstation.court],
  );
  if (!act) return refused('not-found');
  if (act.sha256 !== from || LEVELS.indexOf(level) <= LEVELS.indexOf(act.level)) return conflict('act-outdated');
  if ((await sizeForCourt(sql, workstation.court, sha256)) !== size) return refused('document-missing');
  if (size <= act.size || !(await beginsWith(documents, sha256, act))) return refused('input-invalid');
  await sql.query('INSERT INTO act_raise (act, was, now, was_level, level, workstation, at) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    ...[actId, from, sha256, act.level, level],
    ...[workstation.id, now],
  ]);
  await sql.query('UPDATE act SET sha256 = $2, level = $3 WHERE id = $1', [actId, sha256, level]);
  return applied(await announceFiling(sql, workstation.court, filingId, now));
}

/** Whether a held document begins with the whole of another. */
async function beginsWith(documents: DocumentStore, sha256: string, start: Act): Promise<boolean> {
  const [whole, beginning] = [await documents.open(start.sha256, null), await documents.open(sha256, { first: 0, last: start.size - 1 })];
  if (whole === null || beginning === null) return false;
  return sameBytes(whole, beginning);
}

/** Pieces of the two streams end at different places. */
async function sameBytes(a: Readable, b: Readable): Promise<boolean> {
  const others = b[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let other: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of a as AsyncIterable<Buffer>) {
      for (let at = 0; at < piece.length;) {
        if (other.length === 0) {
          const next = await others.next();
          if (next.done) return false;
          other = next.value;
        }
        const length = Math.min(other.length, piece.length - at);
        if (!other.subarray(0, length).equals(piece.subarray(at, at + length))) return false;
        other = other.subarray(length);
        at += length;
      }
    }
    return other.length === 0 && (await others.next()).done === true;
  } finally {
    a.destroy();
    b.destroy();
  }
}
