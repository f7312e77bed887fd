import type { PaperForm } from '../../shared/domain/paper-form.ts';
import { LIMITS, type FilingSubmission } from '../../shared/registry/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import { buildDocument, type BuiltDocument, type Reduction } from './build-document.ts';
import { layDownFile } from './lay-down-file.ts';
import { readPaperPages } from './paper-pages.ts';
import type { PaperParts } from './paper-parts.ts';
import type { PaperFacts } from './take-paper.ts';

/** What became of a document on its way: how far it was recompressed, and into how many it was split. */
export type DocumentNote = { readonly title: string; readonly reduction: Reduction; readonly parts: number };
type WorkDocuments = {
  readonly documents: FilingSubmission['documents'];
  readonly facts: PaperFacts;
  readonly notes: readonly DocumentNote[];
  /** Of the pages that were read. */
  readonly revision: number;
};

/** Signs the documents of a filing as true copies of the paper, in their order; all or none. */
export type Certify = (pdfs: readonly Uint8Array[]) => Promise<Result<readonly Uint8Array[]>>;
/** What a signature with its proofs adds to a file. */
const SIGNATURE_ROOM = 512 * 1024;

/** Makes the documents of a work, keeps them, and says what it took. Errors: those of buildDocument and layDownFile. */
export async function makeDocuments(
  parts: PaperParts,
  workId: string,
  { kind, language }: Pick<PaperForm, 'kind' | 'language'>,
  certify: Certify | null = null,
): Promise<Result<WorkDocuments>> {
  const { pages, arrangement, revision } = readPaperPages(parts.store.read, workId);
  const known = new Map(pages.map((page) => [page.id, page]));
  const documents: FilingSubmission['documents'] = [];
  const facts = new Map<string, { contentType: 'pdf'; pages: number }>();
  const notes: DocumentNote[] = [];
  const toKeep: (BuiltDocument & { readonly role: string; readonly title: string })[] = [];
  for (const [i, document] of arrangement.documents.entries()) {
    const role = document.role || (i === 0 ? kind : 'evidence');
    const type = parts.reference.documentType(role);
    const title = document.title.trim() || (language === 'kk' ? type.nameKk : type.nameRu);
    const limit = LIMITS.documentBytes - (certify ? SIGNATURE_ROOM : 0);
    const built = await buildDocument(parts, { document: { ...document, title }, pages: known, language, limit });
    if (!built.ok) return built;
    toKeep.push(...built.value.map((document) => ({ ...document, role, title })));
    const { reduction, part } = built.value[0]!;
    notes.push({ title, reduction, parts: part.of });
  }
  // whoever signs sees first how many there are, and their hash
  const unsigned = toKeep.map(({ bytes }) => bytes);
  const certified = certify ? await certify(unsigned) : ok(unsigned);
  if (!certified.ok) return certified;
  for (const [i, { role, title, pages: count, part }] of toKeep.entries()) {
    const laid = await layDownFile(parts, certified.value[i]!);
    if (!laid.ok) return laid;
    const { sha256, size } = laid.value;
    facts.set(sha256, { contentType: 'pdf', pages: count });
    documents.push({
      ...{ role, size, sha256, signatures: [] },
      title: part.of === 1 ? title : `${title} (${part.number}/${part.of})`,
      fileName: `${String(i + 1).padStart(2, '0')}-${role.replaceAll(/[^a-z0-9_-]/gi, '')}.pdf`,
    });
  }
  return ok({ documents, facts, notes, revision });
}
