import type { Defect, Notice, Proposal } from '../../shared/contract/index.ts';
import { dateLong } from '../../shared/domain/kk-format.ts';
import { factsWithPlaces, mendText, type MendFacts } from '../../shared/domain/mend-text.ts';
import type { DocumentRecord, FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';

export type NoticeInput = {
  readonly filing: FilingRecord;
  readonly documents: readonly DocumentRecord[];
  readonly defects: readonly Defect[];
  readonly proposal: Proposal;
  readonly facts: MendFacts;
  readonly at: string;
};

/** What the filer is told in both languages: what was marked, what is to be mended, and that a judge decides. */
export function noticeText(reference: Reference, input: NoticeInput): Notice {
  return { kk: inLanguage(reference, input, 'kk'), ru: inLanguage(reference, input, 'ru') };
}

function inLanguage(reference: Reference, { filing, documents, defects, proposal, facts, at }: NoticeInput, language: 'kk' | 'ru'): string {
  const words = reference.noticeWords()[proposal.decision][language];
  const values: Readonly<Record<string, string>> = {
    applicant: filing.claimant,
    number: filing.cabinetNumber,
    date: dateLong(language, filing.message.receivedAt),
    court: proposal.transferTo?.name ?? '',
  };
  const fill = (text: string, more: Readonly<Record<string, string>> = {}) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => more[name] ?? values[name] ?? whole);
  const rows = proposal.decision === 'return' ? defects.map(ofDefect) : proposal.grounds.map(ofGround);

  function ofDefect({ code, note, places = [] }: Defect) {
    const known = reference.defectCodes().find((defect) => defect.code === code);
    const own = factsWithPlaces(documents, places, facts);
    const template = (to: 'kk' | 'ru') => mendText(known?.mend ?? [], own, to);
    // words that nobody changed are said in each language; a person's own stay as they were written
    const mend = note === null || note === template(filing.language) ? template(language) : note;
    return {
      name: (language === 'kk' ? known?.nameKk : known?.nameRu) ?? code,
      article: known?.article ?? '',
      mend: mend === '' ? null : mend,
    };
  }
  function ofGround({ code, note }: Proposal['grounds'][number]) {
    const procedure = reference.kindRule(filing.kind)?.procedure ?? null;
    const law = reference.decisionRules(procedure, at).flatMap(({ grounds }) => grounds);
    const known = law.find((ground) => ground.code === code);
    return { name: (language === 'kk' ? known?.nameKk : known?.nameRu) ?? code, article: code, mend: note };
  }
  const listed = rows.flatMap(({ name, article, mend }, at) => [
    fill(words.item, { n: String(at + 1), name, article: sayLaw(article, language) }),
    ...(mend === null ? [] : [fill(words.mend, { text: mend })]),
  ]);
  return [fill(words.opening), ...listed, fill(words.closing)].join('\n');
}

/** Codes of law carry their Russian abbreviation in the data. */
const sayLaw = (article: string, language: 'kk' | 'ru') =>
  language === 'kk' ? article.replaceAll('АППК', 'ӘРПК').replaceAll('ГПК', 'АПК') : article;
