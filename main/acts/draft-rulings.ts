import type { RulingKind } from '../../shared/domain/decision.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readFiling, type FilingRecord } from '../intake/index.ts';
import { readDefects } from '../registration/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { addVersion } from './act-versions.ts';
import { drawDraft } from './draw-draft.ts';

/**
 * Drafts the ruling that a registered filing before a judge calls for and has none of yet: acceptance when it is clean,
 * return when defects were marked. A draft binds nobody: the judge reads, signs, decides otherwise or leaves it.
 */
export async function draftRulings(parts: ActsParts): Promise<Result<{ filingIds: string[] }>> {
  const waiting = parts.store.read.all<{ id: string }>(
    "SELECT id FROM filing WHERE state = 'with-judge' AND judge_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM act WHERE act.filing_id = filing.id AND act.set_aside_at IS NULL) ORDER BY registered_at",
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
  return filing.flagged ? 'ruling-return' : rule.ruling;
}

async function draft(parts: ActsParts, filing: FilingRecord, kind: RulingKind): Promise<Result<null>> {
  const actId = parts.newId();
  const at = parts.clock();
  const reasons = { grounds: readDefects(parts.store.read, filing.id), transferTo: null };
  const drawn = await drawDraft(parts, { actId, filing, kind, reasons, at });
  if (!drawn.ok) return drawn;
  parts.store.write((tx) => {
    if (tx.get('SELECT 1 FROM act WHERE filing_id = ? AND set_aside_at IS NULL', filing.id)) return;
    // the numbers may have become others while it was being drawn
    if (readFiling(tx, filing.id)?.incomingNumber !== filing.incomingNumber) return;
    const { sha256, pages } = drawn.value;
    tx.run(
      "INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages) VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?)",
      actId,
      filing.id,
      kind,
      filing.language,
      filing.registeredBy ?? '',
      at,
      sha256,
      pages,
    );
    addVersion(tx, actId, { ...reasons, kind, sha256, pages, madeBy: null, madeAt: at, why: 'drafted' });
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
    tx.journal({ at, actor: null, action: 'act.drafted', subject: filing.id, details: { act: actId, kind } });
  });
  return ok(null);
}
