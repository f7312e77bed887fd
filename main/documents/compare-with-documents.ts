import type { Comparison } from '../../shared/contract/index.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Reading } from '../store/index.ts';
import type { DocumentReader } from './document-reader.ts';
import type { AskedFact, PageOfText } from './worker/compare-texts.ts';

const MOST_PARTIES = 50;
/** The texts of so many characters are looked through, and no further. */
const MOST_CHARACTERS = 5_000_000;

/**
 * Looks for what the form says in the texts of the documents: identifiers, names, the sum. The texts are gone through in the thread of the reader. Nothing
 * follows from it by itself. Errors: `document-unreadable` with its `reason` when that takes too long.
 */
export async function compareWithDocuments(
  read: Reading,
  reader: Pick<DocumentReader, 'compare'>,
  filingId: string,
  message: FilingMessage,
): Promise<Result<Comparison>> {
  const compared = await reader.compare(factsOf(message), pagesOf(read, filingId));
  if (!compared.ok) return fail('document-unreadable', { reason: compared.reason });
  const states = read.all<{ id: string; state: string | null; content: string }>(
    `SELECT d.id, s.state, d.state AS content FROM document d LEFT JOIN document_text_state s ON s.document_id = d.id
     WHERE d.filing_id = ? AND d.signs IS NULL ORDER BY d.position`,
    filingId,
  );
  const reading = states.filter(({ state, content }) => content === 'pending' || state === 'due' || state === 'reading').length;
  const unread = states.filter(({ state }) => state === 'none' || state === 'failed').map(({ id }) => id);
  return ok({ facts: compared.value, reading, unread });
}

/** Document by document, so that no more is read than is looked through. */
function pagesOf(read: Reading, filingId: string): PageOfText[] {
  const documents = read.all<{ id: string }>('SELECT id FROM document WHERE filing_id = ? AND signs IS NULL ORDER BY position', filingId);
  const pages: PageOfText[] = [];
  let left = MOST_CHARACTERS;
  for (const { id } of documents)
    for (const { page, text } of read.all<{ page: number; text: string }>(
      'SELECT page, text FROM document_text WHERE document_id = ? ORDER BY page',
      id,
    )) {
      if ((left -= text.length) < 0) return pages;
      pages.push({ documentId: id, page, text });
    }
  return pages;
}

function factsOf({ parties, representative, claimValue }: FilingMessage): AskedFact[] {
  const people = [...parties.slice(0, MOST_PARTIES), ...(representative ? [representative] : [])];
  return [
    ...people.flatMap(({ name, iin, bin }) => [
      { field: 'name' as const, who: name, value: name },
      ...(iin ? [{ field: 'iin' as const, who: name, value: iin }] : []),
      ...(bin ? [{ field: 'bin' as const, who: name, value: bin }] : []),
    ]),
    ...(claimValue === null || claimValue === undefined ? [] : [{ field: 'claim-value' as const, who: null, value: String(claimValue) }]),
  ].filter(({ value }) => value.trim() !== '');
}
