import type { UnreadableReason } from '../../shared/contract/index.ts';
import type { BlobStore, Reading, Store, Writing } from '../store/index.ts';
import type { DocumentReader } from './document-reader.ts';
import { MAX_BYTES } from './reading-limits.ts';

export type DocumentPage = { readonly page: number; readonly text: string };
export type ExtractedDocument = { readonly filingId: string; readonly documentId: string; readonly pages: readonly DocumentPage[] };
/** Runs in the transaction that keeps the text of a document, also when it has none. */
export type TextHook = (tx: Writing, document: ExtractedDocument) => void;

export type ExtractParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reader: Pick<DocumentReader, 'text'>;
  readonly clock: () => string;
  readonly hooks: readonly TextHook[];
};

/** A document that the program did not survive twice is left alone. */
const MAX_ATTEMPTS = 2;

type DueRow = { id: string; filing_id: string; sha256: string; size: number; content_type: string | null; attempts: number };
type Outcome = {
  readonly state: 'done' | 'none' | 'failed' | 'too-large';
  readonly reason: UnreadableReason | null;
  readonly pages: readonly DocumentPage[];
};

/**
 * Reads the text of what has arrived and was not read yet, oldest filing first, one document after another; what a stop left half done is read again.
 * @param goesOn asked before each document.
 * @returns the filings of which every document has been read now.
 */
export async function extractTexts(parts: ExtractParts, goesOn: () => boolean = () => true): Promise<Set<string>> {
  const finished = new Set<string>();
  for (let due = nextDue(parts.store.read); due && goesOn(); due = nextDue(parts.store.read)) {
    const { id, filing_id: filingId } = due;
    parts.store.write((tx) =>
      tx.run("UPDATE document_text_state SET state = 'reading', attempts = attempts + 1 WHERE document_id = ?", id),
    );
    const outcome = await read(parts, due);
    if (outcome.reason === 'stopped') {
      // the program is being closed; this was no try
      parts.store.write((tx) => tx.run("UPDATE document_text_state SET state = 'due', attempts = attempts - 1 WHERE document_id = ?", id));
      break;
    }
    parts.store.write((tx) => keep(parts, tx, due, outcome));
    if (!isDue(parts.store.read, filingId)) finished.add(filingId);
  }
  return finished;
}

function keep({ clock, hooks }: ExtractParts, tx: Writing, { id, filing_id }: DueRow, { state, reason, pages }: Outcome): void {
  tx.run('DELETE FROM document_text WHERE document_id = ?', id);
  for (const { page, text } of pages) tx.run('INSERT INTO document_text (document_id, page, text) VALUES (?, ?, ?)', id, page, text);
  tx.run(
    'UPDATE document_text_state SET state = ?, reason = ?, pages = ?, read_at = ? WHERE document_id = ?',
    state,
    reason,
    pages.length,
    clock(),
    id,
  );
  for (const hook of hooks) hook(tx, { filingId: filing_id, documentId: id, pages });
}

const nextDue = (read: Reading): DueRow | undefined =>
  read.get<DueRow>(
    `SELECT d.id, d.filing_id, d.sha256, d.size, d.content_type, s.attempts FROM document_text_state s JOIN document d ON d.id = s.document_id
     JOIN filing f ON f.id = d.filing_id WHERE s.state IN ('due', 'reading') ORDER BY f.received_at, f.id, d.position LIMIT 1`,
  );

const isDue = (read: Reading, filingId: string): boolean =>
  read.get(
    `SELECT 1 FROM document d LEFT JOIN document_text_state s ON s.document_id = d.id
     WHERE d.filing_id = ? AND d.signs IS NULL AND d.state IN ('pending', 'stored') AND (s.state IS NULL OR s.state IN ('due', 'reading'))`,
    filingId,
  ) !== undefined;

const isReadable = (type: string | null): type is 'pdf' | 'office' | 'text' => type === 'pdf' || type === 'office' || type === 'text';
const without = (state: 'none' | 'failed' | 'too-large', reason: UnreadableReason | null): Outcome => ({ state, reason, pages: [] });

async function read({ blobs, reader }: ExtractParts, due: DueRow): Promise<Outcome> {
  if (due.attempts >= MAX_ATTEMPTS) return without('failed', 'limit-memory');
  if (!isReadable(due.content_type)) return without('none', null);
  if (due.size > MAX_BYTES) return without('too-large', 'limit-size');
  // bytes that somebody has changed on the disk do not open
  const bytes = await blobs.readAll(due.sha256, MAX_BYTES).catch(() => null);
  if (bytes === null) return without('failed', 'malformed');
  const answer = await reader.text(due.content_type, bytes);
  if (answer.ok) {
    const { pages, cut } = answer.value;
    return { state: cut ? 'too-large' : pages.length === 0 ? 'none' : 'done', reason: null, pages };
  }
  if (answer.reason === 'old-format' || answer.reason === 'unsupported') return without('none', answer.reason);
  if (answer.reason === 'limit-size') return without('too-large', answer.reason);
  return without('failed', answer.reason);
}

/** The text of a document page by page, pages without text left out; empty when there is none, or not yet. */
export const readDocumentText = (read: Reading, documentId: string): DocumentPage[] =>
  read.all<DocumentPage>('SELECT page, text FROM document_text WHERE document_id = ? ORDER BY page', documentId);

/** How far the text of a document is; null while its bytes are not here. */
export const documentTextState = (
  read: Reading,
  documentId: string,
): { state: 'due' | 'reading' | Outcome['state']; reason: UnreadableReason | null } | null =>
  read.get('SELECT state, reason FROM document_text_state WHERE document_id = ?', documentId) ?? null;
