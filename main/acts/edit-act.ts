import { isDeepStrictEqual } from 'node:util';
import type { DraftText } from '../../shared/contract/index.ts';
import { faultOfText, withoutBlanks, type ActText } from '../../shared/domain/act-text.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { addVersion, versionsOf } from './act-versions.ts';
import { drawDraft, templateText } from './draw-draft.ts';
import { readAct, type ActRecord } from './read-acts.ts';

export type Editor = { readonly id: string; readonly role: 'judge' | 'office' };

/** The text of a draft, as it was written or as the template has it. Errors: `not-found`, also for an act of another judge. */
export function readDraftText(parts: ActsParts, { actId, editor }: { actId: string; editor: Editor }): Result<DraftText> {
  const { read } = parts.store;
  const act = visible(read, actId, editor);
  const version = act && versionsOf(read, actId).at(-1);
  if (!act || !version) return fail('not-found');
  const filing = readFiling(read, act.filingId)!;
  const reasons = { grounds: version.grounds, transferTo: version.transferTo };
  const { language, title, judgeId } = act;
  const text =
    version.text ?? templateText(parts, { actId, filing, kind: version.kind, language, title, judgeId, reasons, at: version.madeAt });
  return ok({
    ...{ actId, filingId: act.filingId, sha256: act.draftSha256, revision: act.revision, language },
    ...{ edited: Boolean(version.text), text, may: mayEdit(act, editor) },
  });
}

/**
 * Draws a draft anew from what a person wrote; the head and the end stay the program's. What was there stays as a version, and what was read no
 * longer counts as read. The same text again changes nothing.
 * Errors: `not-found`, `move-not-allowed`, `stale-revision`, `input-invalid` with the reason when it is no act.
 */
export async function editAct(
  parts: ActsParts,
  { actId, revision, text: written, editor }: { actId: string; revision: number; text: ActText; editor: Editor },
): Promise<Result<null>> {
  const open = editable(parts.store.read, actId, revision, editor);
  if (!open.ok) return open;
  const fault = faultOfText(written, parts.reference.actKind(open.value.kind)?.operative);
  if (fault !== null) return fail('input-invalid', { field: 'text', reason: fault });
  const text = withoutBlanks(written);
  const last = versionsOf(parts.store.read, actId).at(-1)!;
  if (isDeepStrictEqual(last.text, text)) return ok(null);
  const filing = readFiling(parts.store.read, open.value.filingId)!;
  const at = parts.clock();
  const reasons = { grounds: last.grounds, transferTo: last.transferTo };
  const { language, title, judgeId } = open.value;
  const drawn = await drawDraft(parts, { actId, filing, kind: last.kind, language, title, judgeId, reasons, at, text });
  if (!drawn.ok) return drawn;
  return parts.store.write((tx) => {
    const still = editable(tx, actId, revision, editor);
    if (!still.ok) return still;
    const { sha256, pages } = drawn.value;
    tx.run(
      'UPDATE act SET prepared_by = ?, prepared_at = ?, draft_sha256 = ?, pages = ?, revision = revision + 1 WHERE id = ?',
      ...[editor.id, at, sha256, pages, actId],
    );
    const number = addVersion(tx, actId, {
      ...reasons,
      kind: last.kind,
      sha256,
      pages,
      text,
      madeBy: editor.id,
      madeAt: at,
      why: 'edited',
    });
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
    tx.journal({ at, actor: editor.id, action: 'act.edited', subject: filing.id, details: { act: actId, version: number } });
    return ok(null);
  });
}

function visible(read: Reading, actId: string, editor: Editor): ActRecord | null {
  const act = readAct(read, actId);
  return act && (editor.role === 'office' || (act.judgeId === editor.id && act.handed)) ? act : null;
}

/** A draft lies with the judge, or with the office before it was handed over and while it was sent back. */
const mayEdit = (act: ActRecord, { role }: Editor): boolean =>
  act.state === 'draft' && (act.sentBack || !act.handed) === (role === 'office');

/** A draft as it was seen, that lies with whoever asks. */
export function editable(read: Reading, actId: string, revision: number, editor: Editor): Result<ActRecord> {
  const act = visible(read, actId, editor);
  if (!act) return fail('not-found');
  if (!mayEdit(act, editor)) {
    if (act.state !== 'draft' || editor.role === 'office') return fail('move-not-allowed', { state: act.state });
    return fail('act-sent-back');
  }
  return act.revision === revision ? ok(act) : fail('stale-revision');
}
