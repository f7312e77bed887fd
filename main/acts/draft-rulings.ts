import { ok, type Result } from '../../shared/result.ts';
import { partiesOf, readFiling, type FilingRecord } from '../intake/index.ts';
import { countPages, drawRuling, type RulingContent } from '../pdf/index.ts';
import { readDefects } from '../registration/index.ts';
import type { ActsParts } from './acts-parts.ts';

type RulingKind = RulingContent['kind'];

/**
 * Drafts the ruling that a registered filing before a judge calls for and has none of yet: acceptance when it is clean,
 * return when defects were marked. A draft binds nobody: the judge reads, signs or leaves it.
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
  const pdf = await drawRuling(contentOf(parts, filing, kind, actId, at), parts.resourcesDir);
  const stored = await parts.blobs.putBytes(pdf);
  if (!stored.ok) return stored;
  const pages = (await countPages(pdf)) ?? 1;
  parts.store.write((tx) => {
    if (tx.get('SELECT 1 FROM act WHERE filing_id = ? AND set_aside_at IS NULL', filing.id)) return;
    // the numbers may have become others while it was being drawn
    if (readFiling(tx, filing.id)?.incomingNumber !== filing.incomingNumber) return;
    tx.run(
      "INSERT INTO act (id, filing_id, kind, state, language, prepared_by, prepared_at, draft_sha256, pages) VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?)",
      actId,
      filing.id,
      kind,
      filing.language,
      filing.registeredBy ?? '',
      at,
      stored.value.sha256,
      pages,
    );
    tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
    tx.journal({ at, actor: null, action: 'act.drafted', subject: filing.id, details: { act: actId, kind } });
  });
  return ok(null);
}

function contentOf(parts: ActsParts, filing: FilingRecord, kind: RulingKind, actId: string, at: string): RulingContent {
  const type = parts.reference.documentType(filing.kind);
  const procedure = parts.reference.kindRule(filing.kind)?.procedure;
  const judge = parts.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', filing.judgeId);
  const codes = new Map(parts.reference.defectCodes().map((d) => [d.code, d]));
  const respondents = partiesOf(filing.message, 'respondent');
  return {
    kind,
    language: filing.language,
    courtNameKk: parts.court.nameKk,
    courtNameRu: parts.court.nameRu,
    caseNumber: filing.caseNumber ?? filing.joinsCase,
    incomingNumber: filing.incomingNumber ?? '',
    date: at,
    judge: judge?.name ?? '',
    claimant: filing.claimant,
    respondent: respondents.length > 0 ? respondents.map((r) => r.name).join(', ') : filing.respondent,
    filingKindNameKk: type.nameKk,
    filingKindNameRu: type.nameRu,
    claimSubject: filing.message.category ?? null,
    receivedAt: filing.message.receivedAt,
    grounds: readDefects(parts.store.read, filing.id).flatMap((d) => {
      const known = codes.get(d.code);
      const withNote = (name: string) => [name, d.note].filter(Boolean).join(': ');
      return known ? [{ code: known.article, textKk: withNote(known.nameKk), textRu: withNote(known.nameRu) }] : [];
    }),
    ...(procedure ? { procedure } : {}),
    training: parts.training,
    actId,
  };
}
