import { fail, ok, type Result } from '../../shared/result.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import { admitPdf } from '../pdf/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { addVersion, versionsOf } from './act-versions.ts';
import { editable, type Editor } from './edit-act.ts';

export type ActImport = {
  readonly actId: string;
  readonly revision: number;
  /** Of a PDF that is kept among the documents already. */
  readonly sha256: string;
  readonly editor: Editor;
};

/**
 * Makes a PDF that was written elsewhere the text of a draft: these very bytes are then read and signed. Its decision and grounds stay those of
 * the draft. The same file again changes nothing.
 * Errors: those of editing, `document-missing`, and why the file cannot be an act (see admitPdf).
 */
export async function importAct(parts: ActsParts, { actId, revision, sha256, editor }: ActImport): Promise<Result<null>> {
  const open = editable(parts.store.read, actId, revision, editor);
  if (!open.ok) return open;
  if (open.value.draftSha256 === sha256) return ok(null);
  const bytes = await parts.blobs.readAll(sha256, LIMITS.wireDocumentBytes);
  if (!bytes) return fail('document-missing');
  const admitted = await admitPdf(bytes);
  if (!admitted.ok) return admitted;
  const { pages } = admitted.value;
  return parts.store.write((tx) => {
    const act = editable(tx, actId, revision, editor);
    if (!act.ok) return act;
    const at = parts.clock();
    const { kind, grounds, transferTo } = versionsOf(tx, actId).at(-1)!;
    tx.run(
      'UPDATE act SET prepared_by = ?, prepared_at = ?, draft_sha256 = ?, pages = ?, revision = revision + 1 WHERE id = ?',
      ...[editor.id, at, sha256, pages, actId],
    );
    const number = addVersion(tx, actId, { kind, grounds, transferTo, sha256, pages, madeBy: editor.id, madeAt: at, why: 'imported' });
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', act.value.filingId);
    const details = { act: actId, version: number, sha256 };
    tx.journal({ at, actor: editor.id, action: 'act.imported', subject: act.value.filingId, details });
    return ok(null);
  });
}
