import { isDeepStrictEqual } from 'node:util';
import type { ChosenGround, TransferTo } from '../../shared/contract/index.ts';
import { decisionOf, rulingOf, type Decision, type RulingKind } from '../../shared/domain/decision.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling, type FilingRecord } from '../intake/index.ts';
import type { DecisionRule, Reference } from '../reference/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { addVersion, versionsOf, type Reasons } from './act-versions.ts';
import { drawDraft, groundOf } from './draw-draft.ts';

export type DecisionRequest = {
  readonly filingId: string;
  /** Of the draft that the judge saw; null when the filing had none. */
  readonly seen: { readonly actId: string; readonly revision: number } | null;
  readonly decision: Decision;
  readonly grounds: readonly ChosenGround[];
  /** The court of a transfer. */
  readonly transferTo: TransferTo | null;
  readonly actor: string;
};

type OpenDraft = { readonly id: string; readonly kind: string; readonly revision: number };

/** The ruling that is drafted on a filing; acts of other kinds are none. */
const openRuling = (read: Reading, filingId: string): OpenDraft | null =>
  read
    .all<OpenDraft>("SELECT id, kind, revision FROM act WHERE filing_id = ? AND state = 'draft'", filingId)
    .find(({ kind }) => decisionOf(kind) !== null) ?? null;

/**
 * The judge decides on a filing: its draft is drawn anew as the ruling of this decision, and what was drafted before stays as a version.
 * Nothing is decided in law until it is read and signed. The same decision again changes nothing.
 * Errors: `not-found` (also for a filing of another judge), `stale-revision`, `move-not-allowed`, `decision-not-offered` where the law knows no
 * such ruling on this kind of filing, `input-invalid` with the field that is wrong.
 */
export async function decideFiling(parts: ActsParts, request: DecisionRequest): Promise<Result<{ actId: string }>> {
  const open = decidable(parts.store.read, request);
  if (!open.ok) return open;
  const { filing, draft } = open.value;
  const at = parts.clock();
  const reasons = checkedReasons(parts, filing, request, at);
  if (!reasons.ok) return reasons;
  const kind = rulingOf(request.decision);
  const last = draft && versionsOf(parts.store.read, draft.id).at(-1);
  if (draft && last?.kind === kind && isSame(last, reasons.value)) return ok({ actId: draft.id });

  const actId = draft?.id ?? parts.newId();
  const drawn = await drawDraft(parts, { ...rulingOn(filing), actId, kind, reasons: reasons.value, at });
  if (!drawn.ok) return drawn;
  return parts.store.write((tx) => {
    const still = decidable(tx, request);
    if (!still.ok) return still;
    keepDraft(tx, { actId, filing, kind, at, actor: request.actor, isNew: still.value.draft === null, ...drawn.value });
    const version = { ...reasons.value, ...drawn.value, kind, madeBy: request.actor, madeAt: at, why: 'decided' as const };
    const number = addVersion(tx, actId, version);
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
    tx.journal({
      at,
      actor: request.actor,
      action: 'act.decided',
      subject: filing.id,
      details: { act: actId, kind, version: number, grounds: reasons.value.grounds.map(({ code }) => code).join(' ') },
    });
    return ok({ actId });
  });
}

/** A ruling is in the language of its filing and signed by the judge who has it. */
export const rulingOn = (filing: FilingRecord) => ({ filing, language: filing.language, title: null, judgeId: filing.judgeId });

export const isSame = (a: Reasons, b: Reasons): boolean => isDeepStrictEqual([a.grounds, a.transferTo], [b.grounds, b.transferTo]);

/** A filing before this judge on which nothing was signed yet, with the draft as it was seen. */
function decidable(read: Reading, request: DecisionRequest): Result<{ filing: FilingRecord; draft: OpenDraft | null }> {
  const filing = readFiling(read, request.filingId);
  if (!filing || filing.judgeId !== request.actor) return fail('not-found');
  if (moveFiling(filing.state, rulingOf(request.decision)) === null) return fail('move-not-allowed', { state: filing.state });
  const draft = openRuling(read, filing.id);
  if (draft?.id !== request.seen?.actId || draft?.revision !== request.seen?.revision) return fail('stale-revision');
  return ok({ filing, draft });
}

/** The reasons of a decision as they are kept, or what is wrong with them. */
export function checkedReasons(
  parts: ActsParts,
  filing: FilingRecord,
  request: Pick<DecisionRequest, 'decision' | 'grounds' | 'transferTo'>,
  at: string,
): Result<Reasons> {
  const rule = rulesFor(parts.reference, filing, at).find(({ decision }) => decision === request.decision);
  if (!rule) return fail('decision-not-offered');
  const grounds = request.grounds.map(({ code, note }) => ({ code, note: note?.trim() || null }));
  const codes = new Set(grounds.map(({ code }) => code));
  const needed = rule.grounds.length > 0;
  const fits = ({ code }: ChosenGround) => isOffered(rule, parts.reference, code) && groundOf(parts.reference, filing, code, at) !== null;
  if (codes.size !== grounds.length || needed !== grounds.length > 0 || !grounds.every(fits))
    return fail('input-invalid', { field: 'grounds' });
  const transferTo = rule.court ? courtOf(parts, filing, request.transferTo) : null;
  if (rule.court && transferTo === null) return fail('input-invalid', { field: 'transferTo' });
  return ok({ grounds, transferTo });
}

const isOffered = (rule: DecisionRule, reference: Reference, code: string): boolean =>
  rule.grounds.some((ground) => ground.code === code) || (rule.defects && reference.defectCodes().some((defect) => defect.code === code));

/** A court of the list under the name that the list has for it; another one as it was written. Never this court. */
function courtOf(parts: ActsParts, filing: FilingRecord, chosen: TransferTo | null): TransferTo | null {
  if (chosen === null || chosen.code === parts.court.code) return null;
  if (chosen.code === null) return chosen.name.trim() === '' ? null : { code: null, name: chosen.name.trim() };
  const known = parts.reference.courts().find(({ code }) => code === chosen.code);
  return known ? { code: known.code, name: filing.language === 'kk' ? known.nameKk : known.nameRu } : null;
}

export const rulesFor = (reference: Reference, filing: FilingRecord, at: string): readonly DecisionRule[] =>
  reference.decisionRules(reference.kindRule(filing.kind)?.procedure ?? null, at);

type KeptDraft = {
  readonly actId: string;
  readonly filing: FilingRecord;
  readonly kind: RulingKind;
  readonly at: string;
  readonly actor: string;
  readonly isNew: boolean;
  readonly sha256: string;
  readonly pages: number;
};

/** The draft as it is now; whoever drew it anew has answered for it, so it waits for nobody. */
export function keepDraft(tx: Writing, { actId, filing, kind, at, actor, isNew, sha256, pages }: KeptDraft): void {
  if (isNew)
    tx.run(
      "INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, handed_at) VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?)",
      ...[actId, filing.id, kind, filing.language, actor, at, sha256, pages, at],
    );
  else
    tx.run(
      'UPDATE act SET kind = ?, prepared_by = ?, prepared_at = ?, draft_sha256 = ?, pages = ?, sent_back_at = NULL, revision = revision + 1 WHERE id = ?',
      ...[kind, actor, at, sha256, pages, actId],
    );
}
