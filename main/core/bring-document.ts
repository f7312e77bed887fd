import { fail, ok, type Result } from '../../shared/result.ts';
import { downloadDocument } from '../sync/index.ts';
import type { Desk } from './desk.ts';

type Document = { readonly sha256: string; readonly size: number };

/** A paper that another desk made is with the registry. Errors: `document-missing` and those of the line. */
export async function bringDocument(desk: Desk, document: Document): Promise<Result<Document>> {
  const here = desk.blobs.size(document.sha256);
  if (here !== null) return ok({ sha256: document.sha256, size: here });
  const brought = await downloadDocument({ client: desk.client, blobs: desk.blobs }, { id: document.sha256, ...document });
  if (!brought.ok) return brought;
  return brought.value === 'stored' ? ok({ sha256: document.sha256, size: document.size }) : fail('document-missing');
}
