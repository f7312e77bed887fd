import type { ActText } from '../../shared/domain/act-text.ts';
import type { RulingKind } from '../../shared/domain/decision.ts';
import { ok, type Result } from '../../shared/result.ts';
import { partiesOf, type FilingRecord } from '../intake/index.ts';
import { countPages, drawRuling, rulingText, type RulingContent } from '../pdf/index.ts';
import type { Reference } from '../reference/index.ts';
import type { ActsParts } from './acts-parts.ts';
import type { Reasons } from './act-versions.ts';

export type DraftToDraw = {
  readonly actId: string;
  readonly filing: FilingRecord;
  readonly kind: RulingKind;
  readonly reasons: Reasons;
  readonly at: string;
  /** What a person wrote; else the template's text. */
  readonly text?: ActText;
};

/** Draws a ruling from its template and the case and keeps the bytes; nothing is written about them yet. */
export async function drawDraft(parts: ActsParts, draft: DraftToDraw): Promise<Result<{ sha256: string; pages: number }>> {
  const { text } = draft;
  const pdf = await drawRuling({ ...contentOf(parts, draft), ...(text ? { text } : {}) }, parts.resourcesDir);
  const stored = await parts.blobs.putBytes(pdf);
  if (!stored.ok) return stored;
  return ok({ sha256: stored.value.sha256, pages: (await countPages(pdf)) ?? 1 });
}

/** What the template says of the case. */
export const templateText = (parts: ActsParts, draft: DraftToDraw): ActText => rulingText(contentOf(parts, draft), parts.resourcesDir);

/** The article and the words of a ground: one of the law's, or a defect that the office can mark; null for an unknown code. */
export function groundOf(
  reference: Reference,
  filing: FilingRecord,
  code: string,
  at: string,
): { article: string; nameKk: string; nameRu: string } | null {
  const procedure = reference.kindRule(filing.kind)?.procedure ?? null;
  const law = reference.decisionRules(procedure, at).flatMap((rule) => rule.grounds);
  const ofLaw = law.find((ground) => ground.code === code);
  if (ofLaw) return { article: ofLaw.code, nameKk: ofLaw.nameKk, nameRu: ofLaw.nameRu };
  return reference.defectCodes().find((defect) => defect.code === code) ?? null;
}

function contentOf(parts: ActsParts, { actId, filing, kind, reasons, at }: DraftToDraw): RulingContent {
  const { reference } = parts;
  const type = reference.documentType(filing.kind);
  const procedure = reference.kindRule(filing.kind)?.procedure;
  const judge = parts.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', filing.judgeId);
  const respondents = partiesOf(filing.message, 'respondent');
  const { transferTo } = reasons;
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
    grounds: reasons.grounds.flatMap(({ code, note }) => {
      const known = groundOf(reference, filing, code, at);
      const withNote = (name: string) => [name, note].filter(Boolean).join(': ');
      return known ? [{ code: known.article, textKk: withNote(known.nameKk), textRu: withNote(known.nameRu) }] : [];
    }),
    ...(transferTo ? { transferTo: { courtNameKk: transferTo.name, courtNameRu: transferTo.name } } : {}),
    ...(procedure ? { procedure } : {}),
    training: parts.training,
    actId,
  };
}
