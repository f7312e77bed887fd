import type { ActText } from '../../shared/domain/act-text.ts';
import { faultOfText, withoutBlanks } from '../../shared/domain/act-text.ts';
import type { CourtLanguage } from '../../shared/domain/language.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { forgetDraft, readFiling, type FilingRecord } from '../intake/index.ts';
import { offerFor, type ActKind } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { addVersion, NO_REASONS, versionsOf } from './act-versions.ts';
import { drawDraft } from './draw-draft.ts';
import { editable, type Editor } from './edit-act.ts';
import type { ActRecord } from './read-acts.ts';

export type DraftRequest = {
  readonly filingId: string;
  /** Of the office data. */
  readonly kind: string;
  /** Null: that of the filing. */
  readonly language: CourtLanguage | null;
  /** What a person calls it; for kinds without a name of their own. */
  readonly title: string | null;
  /** In place of the template's text. */
  readonly text: ActText | null;
  /** A judge has the own draft at once; the office prepares one before it hands it over. */
  readonly editor: Editor;
};

const TITLE_MAX = 300;

/**
 * Drafts an act beside the ruling on a filing, filled from the case. An open draft of the same kind and name is answered as it is.
 * Errors: `not-found` (also for a judge who has not this filing), `act-kind-not-offered`, `judge-missing`, `input-invalid` with the field.
 */
export async function draftAct(parts: ActsParts, request: DraftRequest): Promise<Result<{ actId: string }>> {
  const { read } = parts.store;
  const { editor } = request;
  const filing = readFiling(read, request.filingId);
  if (!filing || filing.registeredAt === null) return fail('not-found');
  const judgeId = signerOf(read, filing, editor);
  if (judgeId === null) return fail('judge-missing');
  if (editor.role === 'judge' && judgeId !== editor.id) return fail('not-found');
  const at = parts.clock();
  const kind = offered(parts, filing, at).find(({ id }) => id === request.kind);
  if (!kind) return fail('act-kind-not-offered');
  const title = kind.titled ? (request.title?.trim() ?? '') : null;
  if (title !== null && (title === '' || title.length > TITLE_MAX)) return fail('input-invalid', { field: 'title' });
  const text = request.text === null ? null : withoutBlanks(request.text);
  const fault = text === null ? null : faultOfText(text, kind.operative);
  if (fault !== null) return fail('input-invalid', { field: 'text', reason: fault });
  const open = openDraft(read, filing.id, kind.id, title);
  if (open !== null) return ok({ actId: open });

  const actId = parts.newId();
  const language = request.language ?? filing.language;
  const draft = { actId, filing, kind: kind.id, language, title, judgeId, reasons: NO_REASONS, at, ...(text ? { text } : {}) };
  const drawn = await drawDraft(parts, draft);
  if (!drawn.ok) return drawn;
  return parts.store.write((tx) => {
    const now = readFiling(tx, filing.id);
    if (now?.incomingNumber !== filing.incomingNumber || now.state !== filing.state) return fail('stale-revision');
    const other = openDraft(tx, filing.id, kind.id, title);
    if (other !== null) return ok({ actId: other });
    const { sha256, pages } = drawn.value;
    tx.run(
      `INSERT INTO act (id, filing_id, kind, title, judge_id, state, language, prepared_by, prepared_at, draft_sha256, pages, handed_at)
       VALUES (?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?)`,
      ...[actId, filing.id, kind.id, title, filing.judgeId === null ? judgeId : null, language, editor.id, at, sha256, pages],
      editor.role === 'judge' ? at : null,
    );
    addVersion(tx, actId, { ...NO_REASONS, kind: kind.id, sha256, pages, text, madeBy: editor.id, madeAt: at, why: 'drafted' });
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
    tx.journal({ at, actor: editor.id, action: 'act.drafted', subject: filing.id, details: { act: actId, kind: kind.id } });
    return ok({ actId });
  });
}

/** What may be drafted for a filing as it stands. */
export const offered = ({ reference }: Pick<ActsParts, 'reference'>, filing: FilingRecord, at: string): ActKind[] =>
  filing.registeredAt === null ? [] : reference.actKinds(at).filter((kind) => offerFor(kind, filing) !== null);

const openDraft = (read: Reading, filingId: string, kind: string, title: string | null): string | null =>
  read.get<{ id: string }>(
    "SELECT id FROM act WHERE filing_id = ? AND kind = ? AND title IS ? AND state = 'draft'",
    ...[filingId, kind, title],
  )?.id ?? null;

/**
 * Who signs what is drafted on a filing: the judge who has it, who has the case it joined, or who signed the last act on it at any desk; else the
 * drafting judge, or the one with the fewest drafts.
 */
function signerOf(read: Reading, filing: FilingRecord, editor: Editor): string | null {
  if (filing.judgeId !== null) return filing.judgeId;
  const ofCase = read.get<{ id: string | null }>('SELECT judge_id AS id FROM filing WHERE case_number = ?', filing.joinsCase)?.id;
  if (ofCase) return ofCase;
  const signed = read.get<{ id: string }>(
    'SELECT signed_by AS id FROM issued_act WHERE filing_id = ? AND signed_by IS NOT NULL ORDER BY signed_at DESC LIMIT 1',
    filing.id,
  );
  if (signed) return signed.id;
  if (editor.role === 'judge') return editor.id;
  return (
    read.get<{ id: string }>(
      `SELECT u.id FROM app_user u WHERE u.active = 1 AND EXISTS (SELECT 1 FROM json_each(u.roles) r WHERE r.value = 'judge')
       ORDER BY (SELECT count(*) FROM act a JOIN filing f ON f.id = a.filing_id WHERE a.state = 'draft' AND coalesce(a.judge_id, f.judge_id) = u.id), u.id LIMIT 1`,
    )?.id ?? null
  );
}

type Seen = { readonly actId: string; readonly revision: number; readonly editor: Editor };

/**
 * The office gives a draft that it has prepared to the judge. Errors: `not-found`, `stale-revision`, `move-not-allowed` when the judge has it,
 * `act-empty`.
 */
export function handAct(parts: ActsParts, { actId, revision, editor }: Seen): Result<null> {
  return parts.store.write((tx) => {
    const act = editable(tx, actId, revision, editor);
    if (!act.ok) return act;
    if (act.value.handed) return fail('move-not-allowed', { state: act.value.state });
    if (isEmpty(parts, tx, act.value)) return fail('act-empty');
    const at = parts.clock();
    tx.run('UPDATE act SET handed_at = ?, revision = revision + 1 WHERE id = ?', at, actId);
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', act.value.filingId);
    tx.journal({ at, actor: editor.id, action: 'act.handed', subject: act.value.filingId, details: { act: actId } });
    return ok(null);
  });
}

/** Nothing stands in it yet but what the program draws around a text. */
export function isEmpty({ reference }: Pick<ActsParts, 'reference'>, read: Reading, { id, kind }: Pick<ActRecord, 'id' | 'kind'>): boolean {
  const last = versionsOf(read, id).at(-1);
  return reference.actKind(kind)?.titled === true && last?.text === null && last.why !== 'imported';
}

/**
 * Throws a draft away that nobody needs; the journal keeps that it was there. A ruling on the filing is decided otherwise instead.
 * Errors: `not-found`, `stale-revision`, `move-not-allowed`, `act-sent-back` for a judge while the office has it.
 */
export function discardAct(parts: ActsParts, { actId, revision, editor }: Seen): Result<null> {
  return parts.store.write((tx) => {
    const act = editable(tx, actId, revision, editor);
    if (!act.ok) return act;
    const { kind, filingId, draftSha256, state } = act.value;
    if (parts.reference.actKind(kind) === null) return fail('move-not-allowed', { state });
    forgetDraft(tx, actId);
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filingId);
    const details = { act: actId, kind, sha256: draftSha256 };
    tx.journal({ at: parts.clock(), actor: editor.id, action: 'act.discarded', subject: filingId, details });
    return ok(null);
  });
}
