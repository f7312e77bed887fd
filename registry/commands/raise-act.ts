import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { addedProof } from '../documents/added-proof.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { announceFiling } from '../filings/filing-state.ts';
import type { Sql } from '../store/database.ts';
import type { AskingWorkstation } from '../workstations/workstation.ts';
import { applied, conflict, refused } from './command-answer.ts';

const LEVELS = ['B', 'T', 'LT', 'LTA'];

/** An act with both timestamps and the lists in it; larger ones are not looked through. */
const MAX_BYTES = 256 * 1024 * 1024;

type Act = { readonly sha256: string; readonly level: string; readonly size: number; readonly workstation: string | null };

/**
 * Takes a later version of an act from the workstation that issued it: the same bytes with a timestamp, validation data or both after them and
 * nothing else, as the level says. The level only goes up, to LT at most; the version before stays on record.
 */
export async function raiseAct(
  { sql, documents, workstation, now }: { sql: Sql; documents: DocumentStore; workstation: AskingWorkstation; now: string },
  { actId, filingId, from, sha256, size, level }: CommandPayload<'act.raise'>,
): Promise<CommandAnswer> {
  const [act] = await sql.query<Act>(
    `SELECT a.sha256, a.level, a.workstation, d.size FROM act a JOIN filing f ON f.id = a.filing JOIN document d ON d.sha256 = a.sha256
     WHERE a.id = $1 AND f.id = $2 AND f.court = $3`,
    [actId, filingId, workstation.court],
  );
  if (!act) return refused('not-found');
  if (act.workstation !== workstation.id) return conflict('move-not-allowed');
  if (act.sha256 !== from || LEVELS.indexOf(level) <= LEVELS.indexOf(act.level)) return conflict('act-outdated');
  if ((await sizeForCourt(sql, workstation.court, sha256)) !== size) return refused('document-missing');
  if (level === 'LTA' || size <= act.size || size > MAX_BYTES || !(await isRaised(documents, act, { sha256, level })))
    return refused('input-invalid');
  await sql.query('INSERT INTO act_raise (act, was, now, was_level, level, workstation, at) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    ...[actId, from, sha256, act.level, level],
    ...[workstation.id, now],
  ]);
  await sql.query('UPDATE act SET sha256 = $2, level = $3 WHERE id = $1', [actId, sha256, level]);
  return applied(await announceFiling(sql, workstation.court, filingId, now));
}

/** The whole of a document that is held; null when its bytes are gone. */
async function bytesOf(documents: DocumentStore, sha256: string): Promise<Buffer | null> {
  const stream = await documents.open(sha256, null);
  if (stream === null) return null;
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Whether a later version begins with the whole of what is held, and has after it what takes it from its level to the wanted one and nothing else. */
async function isRaised(documents: DocumentStore, act: Act, later: { readonly sha256: string; readonly level: string }): Promise<boolean> {
  const [held, raised] = [await bytesOf(documents, act.sha256), await bytesOf(documents, later.sha256)];
  if (held === null || raised === null || !raised.subarray(0, held.length).equals(held)) return false;
  const added = addedProof(raised, held.length);
  if (added === null || added.timestamps > 1 || (act.level === 'B' && added.timestamps === 0)) return false;
  return added.validationData === (later.level === 'LT');
}
