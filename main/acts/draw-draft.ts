import type { ActText } from '../../shared/domain/act-text.ts';
import { decisionOf, rulingOf, type RulingKind } from '../../shared/domain/decision.ts';
import type { CourtLanguage } from '../../shared/domain/language.ts';
import { ok, type Result } from '../../shared/result.ts';
import { partiesOf, type FilingRecord } from '../intake/index.ts';
import { actTextOf, countPages, drawAct, drawRuling, rulingText, type ActContent, type RulingContent } from '../pdf/index.ts';
import type { Reference } from '../reference/index.ts';
import { actValues } from './act-values.ts';
import type { ActsParts } from './acts-parts.ts';
import type { Reasons } from './act-versions.ts';

export type DraftToDraw = {
  readonly actId: string;
  readonly filing: FilingRecord;
  readonly kind: string;
  readonly language: CourtLanguage;
  readonly title: string | null;
  /** Who signs it. */
  readonly judgeId: string | null;
  readonly reasons: Reasons;
  readonly at: string;
  /** What a person wrote; else the template's text. */
  readonly text?: ActText;
};

/** Draws an act from its template and the case and keeps the bytes; nothing is written about them yet. */
export async function drawDraft(parts: ActsParts, draft: DraftToDraw): Promise<Result<{ sha256: string; pages: number }>> {
  const text = draft.text ? { text: draft.text } : {};
  const ruling = rulingKindOf(draft.kind);
  const pdf = ruling
    ? await drawRuling({ ...rulingContent(parts, draft, ruling), ...text }, parts.resourcesDir)
    : await drawAct({ ...actContent(parts, draft), ...text }, parts.resourcesDir);
  const stored = await parts.blobs.putBytes(pdf);
  if (!stored.ok) return stored;
  return ok({ sha256: stored.value.sha256, pages: (await countPages(pdf)) ?? 1 });
}

/** What the template says of the case. */
export function templateText(parts: ActsParts, draft: DraftToDraw): ActText {
  const ruling = rulingKindOf(draft.kind);
  return ruling
    ? rulingText(rulingContent(parts, draft, ruling), parts.resourcesDir)
    : actTextOf(actContent(parts, draft), parts.resourcesDir);
}

function rulingKindOf(kind: string): RulingKind | null {
  const decision = decisionOf(kind);
  return decision && rulingOf(decision);
}

const nameOfJudge = ({ store }: ActsParts, judgeId: string | null): string =>
  store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', judgeId)?.name ?? '';

function actContent(parts: ActsParts, { actId, filing, kind, language, title, judgeId, at }: DraftToDraw): ActContent {
  const { reference, court, store, training } = parts;
  // a draft goes on under the text that it began with, whatever became of the filing meanwhile
  const offer = reference.actKind(kind)?.offers.find(({ filings }) => filings.includes('*') || filings.includes(filing.kind));
  if (!offer) throw new Error(`no text for ${kind} on ${filing.kind}`);
  const judge = nameOfJudge(parts, judgeId);
  return {
    ...{ kind, variant: offer.text, language, judge, training, actId, date: at },
    courtName: language === 'kk' ? court.nameKk : court.nameRu,
    caseNumber: filing.caseNumber ?? filing.joinsCase,
    incomingNumber: filing.incomingNumber ?? '',
    values: actValues(store.read, reference, { filing, offer, language, title, judge, at }),
  };
}

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

function rulingContent(parts: ActsParts, { actId, filing, language, judgeId, reasons, at }: DraftToDraw, kind: RulingKind): RulingContent {
  const { reference } = parts;
  const type = reference.documentType(filing.kind);
  const procedure = reference.kindRule(filing.kind)?.procedure;
  const respondents = partiesOf(filing.message, 'respondent');
  const { transferTo } = reasons;
  return {
    kind,
    language,
    courtNameKk: parts.court.nameKk,
    courtNameRu: parts.court.nameRu,
    caseNumber: filing.caseNumber ?? filing.joinsCase,
    incomingNumber: filing.incomingNumber ?? '',
    date: at,
    judge: nameOfJudge(parts, judgeId),
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
