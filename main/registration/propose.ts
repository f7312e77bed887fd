import { PROPOSED, type Defect, type MadeProposal, type Notice, type Proposal, type ProposalOffer } from '../../shared/contract/index.ts';
import type { MendFacts } from '../../shared/domain/mend-text.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readDocuments, type FilingRecord } from '../intake/index.ts';
import type { DefectCode, Reference } from '../reference/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import { noticeText } from './notice-text.ts';

/** Fields of the form that every filing has. */
const FIELDS = [
  'party.claimant',
  'party.respondent',
  'representative',
  'category',
  'claimValue',
  'case',
  'language',
  'payment.amount',
  'payment.number',
];

/** What may be proposed on a filing, and what the program has ready for it. */
export function offerProposal(read: Reading, reference: Reference, filing: FilingRecord, now: string, court: string): ProposalOffer {
  const rules = reference.decisionRules(reference.kindRule(filing.kind)?.procedure ?? null, now);
  const decisions = PROPOSED.flatMap((decision) => {
    const rule = rules.find((known) => known.decision === decision);
    if (!rule) return [];
    const grounds = decision === 'return' ? [] : rule.grounds.map(({ code, nameKk, nameRu }) => ({ code, article: code, nameKk, nameRu }));
    return [{ decision, grounds, court: rule.court }];
  });
  return {
    decisions: decisions.length > 0 ? decisions : [{ decision: 'return', grounds: [], court: false }],
    courts: decisions.some((decision) => decision.court) ? reference.courts().filter(({ code }) => code !== court) : [],
    mend: Object.fromEntries(
      reference.defectCodes().map(({ code, mend }) => [code, mend.map(({ needs, kk, ru }) => ({ needs: [...needs], kk, ru }))]),
    ),
    facts: factsOfFiling(read, filing.id),
    found: foundDefects(read, reference, filing),
    places: Object.fromEntries(reference.defectCodes().map(({ code, about }) => [code, placesOf(about)])),
    fields: FIELDS,
  };
}

function placesOf({ fields, roles, signatures }: DefectCode['about']): ProposalOffer['places'][string] {
  return [
    ...(roles.length > 0 || signatures ? (['document'] as const) : []),
    ...(fields.length > 0 ? (['field'] as const) : []),
    // an annex that is not there is only a name
    ...(roles.includes('annex') && !signatures ? (['annex'] as const) : []),
  ];
}

/** What was noticed, with the names of finding-rules.json. */
const noticed = (read: Reading, filingId: string) =>
  read.all<{ rule: string; severity: string; documentId: string | null; params: string }>(
    'SELECT rule, severity, document_id AS documentId, params FROM anomaly WHERE filing_id = ?',
    filingId,
  );

/** Sums that the findings about the duty name. */
export function factsOfFiling(read: Reading, filingId: string): Pick<MendFacts, 'less' | 'due'> {
  const params = noticed(read, filingId).map((finding) => JSON.parse(finding.params) as Record<string, unknown>);
  const first = (name: string) =>
    params.map((each) => each[name]).find((value): value is string => typeof value === 'string' && /\d/.test(value));
  const [less, due] = [first('less'), first('due')];
  return { ...(less === undefined ? {} : { less }), ...(due === undefined ? {} : { due }) };
}

/** The defects that findings speak for, each with the documents that they are about. */
function foundDefects(read: Reading, reference: Reference, filing: FilingRecord): Defect[] {
  const found = noticed(read, filing.id).filter(({ severity }) => severity !== 'warn');
  return reference.defectCodes().flatMap(({ code }): Defect[] => {
    const ours = found.filter(({ rule }) => reference.findings.rule(rule)?.defect === code);
    const unsound = code === 'signature' && (filing.signature === 'invalid' || filing.signature === 'absent');
    if (ours.length === 0 && !unsound) return [];
    const ids = [...new Set(ours.flatMap(({ documentId }) => documentId ?? []))];
    return [{ code, note: null, places: ids.map((id) => ({ kind: 'document', id })) }];
  });
}

/** The proposal as it may be kept, or the field that is wrong with it. */
export function checkProposal(reference: Reference, filing: FilingRecord, proposal: Proposal, now: string): Result<Proposal> {
  if (proposal.decision === 'return') return ok({ decision: 'return', grounds: [], transferTo: null });
  const rule = reference
    .decisionRules(reference.kindRule(filing.kind)?.procedure ?? null, now)
    .find(({ decision }) => decision === proposal.decision);
  if (!rule) return fail('decision-not-offered');
  const grounds = proposal.grounds.map(({ code, note }) => ({ code, note: note?.trim() || null }));
  if (grounds.length === 0 || !grounds.every(({ code }) => rule.grounds.some((ground) => ground.code === code)))
    return fail('input-invalid', { field: 'grounds' });
  if (!rule.court) return ok({ decision: proposal.decision, grounds, transferTo: null });
  const to = proposal.transferTo;
  const known = reference.courts().find(({ code }) => code === to?.code);
  const name = known ? (filing.language === 'kk' ? known.nameKk : known.nameRu) : (to?.name.trim() ?? '');
  if (to === null || name === '') return fail('input-invalid', { field: 'transferTo' });
  return ok({ decision: proposal.decision, grounds, transferTo: { code: known?.code ?? null, name } });
}

type Proposing = { readonly filing: FilingRecord; readonly defects: readonly Defect[]; readonly proposal: Proposal; readonly at: string };

/** The words for the filer as they would be kept now. */
export const noticeOf = (read: Reading, reference: Reference, proposing: Proposing): Notice =>
  noticeText(reference, {
    ...proposing,
    documents: readDocuments(read, proposing.filing.id),
    facts: factsOfFiling(read, proposing.filing.id),
  });

export function keepProposal(tx: Writing, reference: Reference, proposing: Proposing, actor: string): void {
  const { filing, proposal, at } = proposing;
  const notice = noticeOf(tx, reference, proposing);
  tx.run('DELETE FROM proposal WHERE filing_id = ?', filing.id);
  tx.run(
    'INSERT INTO proposal (filing_id, decision, grounds, transfer_to, notice_kk, notice_ru, by_user, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[filing.id, proposal.decision, JSON.stringify(proposal.grounds), proposal.transferTo && JSON.stringify(proposal.transferTo)],
    ...[notice.kk, notice.ru, actor, at],
  );
}

type Row = {
  decision: Proposal['decision'];
  grounds: string;
  transfer_to: string | null;
  notice_kk: string;
  notice_ru: string;
  by: string | null;
  at: string;
};

/** What the office proposed on a filing here; null when it proposed nothing. */
export function readProposal(read: Reading, filingId: string): MadeProposal | null {
  const row = read.get<Row>(
    'SELECT p.*, u.name AS by FROM proposal p LEFT JOIN app_user u ON u.id = p.by_user WHERE p.filing_id = ?',
    filingId,
  );
  return row
    ? {
        decision: row.decision,
        grounds: JSON.parse(row.grounds) as Proposal['grounds'],
        transferTo: row.transfer_to === null ? null : (JSON.parse(row.transfer_to) as Proposal['transferTo']),
        notice: { kk: row.notice_kk, ru: row.notice_ru },
        ...{ by: row.by, at: row.at },
      }
    : null;
}
