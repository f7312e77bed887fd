import { RULING_KINDS, rulingOf, type RulingKind } from '../../shared/domain/decision.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readFiling, RECALLED, type FilingRecord } from '../intake/index.ts';
import { readDefects, readProposal } from '../registration/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { addVersion } from './act-versions.ts';
import { rulingOn } from './decide-filing.ts';
import { drawDraft } from './draw-draft.ts';

const RULING = `act.kind IN (${RULING_KINDS.map(() => '?').join(', ')}) AND act.set_aside_at IS NULL`;

const IS_FOR_THIS_DESK = `EXISTS (SELECT 1 FROM talon t WHERE t.filing_id = filing.id)
  OR EXISTS (SELECT 1 FROM app_user u WHERE u.id = filing.judge_id AND u.last_sign_in_at IS NOT NULL)`;

/**
 * Drafts the ruling that a registered filing before a judge calls for and has none of yet: acceptance when it is clean,
 * return when defects were marked, none once the office has taken its proposal back. It is drafted at the desk that registered the filing and at
 * every other at which its judge has signed in; drafts stay at their desks. A draft binds nobody: the judge reads, signs, decides otherwise or
 * leaves it.
 */
export async function draftRulings(parts: ActsParts): Promise<Result<{ filingIds: string[] }>> {
  const waiting = parts.store.read.all<{ id: string }>(
    `SELECT id FROM filing WHERE state = 'with-judge' AND judge_id IS NOT NULL AND (${IS_FOR_THIS_DESK}) AND NOT (${RECALLED}) AND NOT EXISTS (SELECT 1 FROM act WHERE act.filing_id = filing.id AND ${RULING})
     ORDER BY registered_at`,
    ...RULING_KINDS,
  );
  const filingIds: string[] = [];
  for (const { id } of waiting) {
    const filing = readFiling(parts.store.read, id)!;
    const kind = rulingFor(filing, parts);
    if (!kind) continue;
    const drafted = await draft(parts, filing, kind);
    if (!drafted.ok) return drafted;
    filingIds.push(id);
  }
  return ok({ filingIds });
}

function rulingFor(filing: FilingRecord, parts: ActsParts): RulingKind | null {
  const rule = parts.reference.kindRule(filing.kind);
  if (!rule?.ruling) return null;
  const proposal = readProposal(parts.store.read, filing.id);
  return filing.flagged ? rulingOf(proposal?.decision ?? 'return') : rule.ruling;
}

async function draft(parts: ActsParts, filing: FilingRecord, kind: RulingKind): Promise<Result<null>> {
  const actId = parts.newId();
  const at = parts.clock();
  const proposal = readProposal(parts.store.read, filing.id);
  const marked = readDefects(parts.store.read, filing.id).map(({ code, note }) => ({ code, note }));
  const reasons = {
    grounds: proposal && proposal.decision !== 'return' ? proposal.grounds : marked,
    transferTo: proposal?.transferTo ?? null,
  };
  const drawn = await drawDraft(parts, { ...rulingOn(filing), actId, kind, reasons, at });
  if (!drawn.ok) return drawn;
  parts.store.write((tx) => {
    if (tx.get(`SELECT 1 FROM act WHERE filing_id = ? AND ${RULING}`, filing.id, ...RULING_KINDS)) return;
    // while it was being drawn the numbers may have become others, or the office may have taken its proposal back
    if (readFiling(tx, filing.id)?.incomingNumber !== filing.incomingNumber) return;
    const stands = tx.get(
      `SELECT 1 FROM filing WHERE id = ? AND state = 'with-judge' AND flagged = ? AND NOT (${RECALLED})`,
      filing.id,
      filing.flagged ? 1 : 0,
    );
    if (!stands) return;
    const { sha256, pages } = drawn.value;
    tx.run(
      "INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages, handed_at) VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?)",
      actId,
      filing.id,
      kind,
      filing.language,
      filing.registeredBy ?? '',
      at,
      sha256,
      pages,
      at,
    );
    addVersion(tx, actId, { ...reasons, kind, sha256, pages, madeBy: null, madeAt: at, why: 'drafted' });
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
    tx.journal({ at, actor: null, action: 'act.drafted', subject: filing.id, details: { act: actId, kind } });
  });
  return ok(null);
}
