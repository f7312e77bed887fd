import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { BlobStore, Reading, Store } from '../store/index.ts';
import { contentTypeOf, SNIFF_BYTES } from './content-type.ts';

type DocumentRow = {
  id: string;
  filing_id: string;
  signs: string | null;
  sha256: string;
  size: number;
  state: 'pending' | 'missing' | 'hash-mismatch';
  attempts: number;
};

export type CollectParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  /** Brings one document into the blob store; a failure means the line or the disk, not the document. */
  readonly download: (wanted: {
    id: string;
    sha256: string;
    size: number;
  }) => Promise<Result<'stored' | 'missing' | 'hash-mismatch' | 'refused-now'>>;
  readonly clock: () => string;
  /** 0 ≤ x < 1, for the jitter of the back-off. */
  readonly random: () => number;
  /** Asks for every document that is not here, also for those whose next try is later. */
  readonly impatient: boolean;
  readonly countPages: (bytes: Uint8Array) => Promise<number | null>;
};

/** A PDF larger than this is shown and stored, but its pages are not counted. */
const PAGE_COUNT_MAX_BYTES = 64 * 1024 * 1024;
const BACKOFF_MINUTES = [1, 5, 15, 60];

/**
 * Fetches what is still on its way, oldest filing first. A document that is missing or has other bytes marks its filing
 * damaged, and one that the registry cannot give now keeps it arriving; both are tried again later and never hold up the others. `touched` gathers the filings that changed,
 * also when the line fails later.
 */
export async function collectDocuments(parts: CollectParts, touched: Set<string>): Promise<Result<null>> {
  const wanted = parts.store.read.all<DocumentRow>(
    `SELECT d.id, d.filing_id, d.signs, d.sha256, d.size, d.state, d.attempts FROM document d JOIN filing f ON f.id = d.filing_id
     WHERE d.state IN ('pending', 'missing', 'hash-mismatch') AND (? OR d.next_attempt_at IS NULL OR d.next_attempt_at <= ?)
     ORDER BY f.received_at, f.id, d.position`,
    parts.impatient ? 1 : 0,
    parts.clock(),
  );
  for (const document of wanted) {
    const outcome = await parts.download(document);
    if (!outcome.ok) return outcome;
    const state = outcome.value === 'refused-now' ? document.state : outcome.value;
    const next = outcome.value === 'stored' ? null : nextAttempt(parts, document.attempts);
    const facts = outcome.value === 'stored' ? await describe(parts, document) : { contentType: null, pages: null };
    parts.store.write((tx) => {
      tx.run(
        'UPDATE document SET state = ?, attempts = attempts + 1, next_attempt_at = ?, content_type = ?, pages = ? WHERE id = ?',
        state,
        next,
        facts.contentType,
        facts.pages,
        document.id,
      );
      const intake = intakeOf(tx, document.filing_id);
      const changed = tx.run(
        'UPDATE filing SET intake = ?, revision = revision + 1 WHERE id = ? AND intake <> ?',
        intake,
        document.filing_id,
        intake,
      );
      if (changed === 0 && state === document.state) return;
      touched.add(document.filing_id);
      // due from now on, also when the program ends before it is verified with what has come
      tx.run(
        `UPDATE filing SET recheck_at = ? WHERE id = ?
         AND (registered_at IS NULL OR EXISTS (SELECT 1 FROM document WHERE id = ? AND annex_id IS NOT NULL))`,
        parts.clock(),
        document.filing_id,
        document.signs ?? document.id,
      );
    });
  }
  return ok(null);
}

function nextAttempt({ clock, random }: CollectParts, attempts: number): string {
  const minutes = BACKOFF_MINUTES[Math.min(attempts, BACKOFF_MINUTES.length - 1)]! * (0.5 + random());
  return new Date(Date.parse(clock()) + minutes * 60_000).toISOString();
}

async function describe(parts: CollectParts, document: DocumentRow) {
  const head: Uint8Array[] = [];
  for await (const chunk of parts.blobs.read(document.sha256, { start: 0, end: Math.min(SNIFF_BYTES, document.size) })) head.push(chunk);
  const contentType = contentTypeOf(new Uint8Array(Buffer.concat(head)), document.size);
  if (contentType !== 'pdf' || document.signs !== null) return { contentType, pages: null };
  const bytes = await parts.blobs.readAll(document.sha256, PAGE_COUNT_MAX_BYTES);
  return { contentType, pages: bytes ? await parts.countPages(bytes) : null };
}

/** `arriving` while something is still expected, `damaged` when something is missing or has other bytes, else `ready`. */
function intakeOf(read: Reading, filingId: string): 'arriving' | 'ready' | 'damaged' {
  const states = read.all<{ state: string }>('SELECT DISTINCT state FROM document WHERE filing_id = ?', filingId).map((r) => r.state);
  return states.includes('pending') ? 'arriving' : states.some((s) => s !== 'stored') ? 'damaged' : 'ready';
}
