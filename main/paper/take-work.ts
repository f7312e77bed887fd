import type { PaperForm, readPaperForm } from '../../shared/domain/paper-form.ts';
import { ok, type Result } from '../../shared/result.ts';
import { makeDocuments, type Certify, type DocumentNote } from './make-documents.ts';
import type { PaperParts } from './paper-parts.ts';
import { takePaper, type Taking } from './take-paper.ts';

/** Takes what was typed and scanned as a filing. Errors: those of makeDocuments and takePaper. */
export async function takeWork(
  parts: PaperParts,
  taking: Taking,
  form: PaperForm,
  body: ReturnType<typeof readPaperForm>,
  certify: Certify | null = null,
): Promise<Result<{ id: string; notes: readonly DocumentNote[] }>> {
  const made = await makeDocuments(parts, taking.id, form, certify);
  if (!made.ok) return made;
  const { documents, facts, notes, revision } = made.value;
  const taken = takePaper(parts, { ...taking, revision }, { ...body, court: parts.court.code, documents }, facts);
  return taken.ok ? ok({ id: taken.value.id, notes }) : taken;
}
