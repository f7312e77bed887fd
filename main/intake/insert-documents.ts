import type { FilingDocumentMessage } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';

type ToInsert = {
  readonly filingId: string;
  readonly documents: readonly FilingDocumentMessage[];
  /** Place of the first of them in the filing. */
  readonly first: number;
  /** What they were handed in with; null for what came with the filing. */
  readonly annexId: string | null;
};

/** Adds documents with their signature files to a filing; their bytes are still to come. */
export function insertDocuments(tx: Writing, newId: () => string, { filingId, documents, first, annexId }: ToInsert): void {
  const insert = (id: string, position: number, signs: string | null, d: Omit<FilingDocumentMessage, 'signatures'>) =>
    tx.run(
      'INSERT INTO document (id, filing_id, position, signs, role, title, file_name, size, sha256, annex_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[id, filingId, position, signs, d.role, d.title, d.fileName, d.size, d.sha256, annexId],
    );
  documents.forEach((document, i) => {
    const id = newId();
    insert(id, first + i, null, document);
    document.signatures.forEach((signature, at) => insert(newId(), at, id, { ...signature, role: 'signature', title: signature.fileName }));
  });
}
