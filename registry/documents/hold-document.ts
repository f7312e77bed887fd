import { done, refuse, type Outcome } from '../http/problem.ts';
import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';
import { LIMITS } from '../../shared/registry/index.ts';

/** Who brings the bytes: a court, or the cabinet. Each may use only what it brought or was sent, so a known hash alone opens nothing. */
export type Bringer = { readonly court: string } | 'cabinet';

/** Keeps uploaded bytes. With `expected`, bytes of another hash are refused. The bytes are on the disk before the database knows of them. */
export async function holdDocument(
  registry: Registry,
  bringer: Bringer,
  bytes: AsyncIterable<Uint8Array>,
  expected: string | null,
): Promise<Outcome<{ sha256: string; size: number }>> {
  const received = await registry.documents.receive(bytes, LIMITS.wireDocumentBytes);
  if (received === null) return refuse('document-too-large');
  const { sha256, size } = received;
  if (expected !== null && expected !== sha256) {
    await received.discard();
    return refuse('document-hash-mismatch');
  }
  await received.keep();
  await registry.db.query(
    `WITH held AS (INSERT INTO document (sha256, size, stored_at) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING)
     ${bringer === 'cabinet' ? 'INSERT INTO cabinet_document (sha256) VALUES ($1)' : 'INSERT INTO court_document (sha256, court) VALUES ($1, $4)'} ON CONFLICT DO NOTHING`,
    [sha256, size, registry.clock(), ...(bringer === 'cabinet' ? [] : [bringer.court])],
  );
  return done({ sha256, size });
}

/** From now on the court may read these documents, which must be held. */
export async function grantDocuments(sql: Sql, court: string, hashes: readonly string[]): Promise<void> {
  await sql.query(
    'INSERT INTO court_document (court, sha256) SELECT $1, value FROM jsonb_array_elements_text($2::jsonb) ON CONFLICT DO NOTHING',
    [court, JSON.stringify(hashes)],
  );
}

/** Size in bytes of a document that the court may read, or null. */
export async function sizeForCourt(sql: Sql, court: string, sha256: string): Promise<number | null> {
  const rows = await sql.query<{ size: number }>(
    'SELECT d.size FROM document d JOIN court_document USING (sha256) WHERE court = $1 AND sha256 = $2',
    [court, sha256],
  );
  return rows[0]?.size ?? null;
}

/** The sizes of those of the given documents that came through the cabinet, by hash. */
export async function sizesFromCabinet(sql: Sql, hashes: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ sha256: string; size: number }>(
    'SELECT sha256, d.size FROM document d JOIN cabinet_document USING (sha256) WHERE sha256 IN (SELECT jsonb_array_elements_text($1::jsonb))',
    [JSON.stringify(hashes)],
  );
  return new Map(rows.map((row) => [row.sha256, row.size]));
}
