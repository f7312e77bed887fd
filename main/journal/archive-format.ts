import { z } from 'zod';

/**
 * A journal taken out of a desk for an inspector: a gzip of UTF-8 lines, each one JSON document.
 * 1. the head of the archive; 2. the entries, oldest first, none left out; 3. the end: the hash of everything before it and the signature
 * of the court's system key over that. It is checked with nothing but the court's certificate.
 */
export const ARCHIVE_FORMAT = 'kense-journal-1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const seq = z.number().int().positive();

export const archiveHeadSchema = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  court: z.object({ code: z.string(), nameKk: z.string(), nameRu: z.string() }),
  workstation: z.string(),
  training: z.boolean(),
  /** What the first entry here follows from. */
  previous: sha256,
  from: seq,
  exportedAt: z.string(),
  exportedBy: z.object({ id: z.string(), name: z.string() }),
  /** Who stands behind the ids of the entries. */
  people: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) })),
  /** Of the system key that signed, base64 DER. */
  certificate: z.string(),
  /** What the registry last signed of this journal, and the key it did so with (Ed25519, base64url); null before the first exchange. */
  anchor: z.object({ entries: z.number(), head: sha256, anchoredAt: z.string(), signature: z.string(), key: z.string() }).nullable(),
});
export type ArchiveHead = z.infer<typeof archiveHeadSchema>;

export const archiveEntrySchema = z.object({
  seq,
  at: z.string(),
  actor: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  /** As it was hashed: the text of a JSON object. */
  details: z.string(),
  hash: sha256,
  /** Its contents were wiped when their term was over: by the entry at this place, which tells what stays of all that were. */
  wipedBy: seq.optional(),
});
export type ArchiveEntry = z.infer<typeof archiveEntrySchema>;

export const archiveEndSchema = z.object({
  entries: z.number().int().nonnegative(),
  /** The hash of the last entry. */
  head: sha256,
  /** Of all bytes before this line, uncompressed. */
  sha256,
  /** ECDSA P-256 (IEEE P1363, base64url) over `archiveSignedText`. */
  signature: z.string(),
});
export type ArchiveEnd = z.infer<typeof archiveEndSchema>;

/** What the system key signs, so that it can stand for nothing else. */
export const archiveSignedText = (hash: string): string => JSON.stringify(['kense journal archive', hash]);
