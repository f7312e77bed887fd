import type { ChangedField, ComparedDocument, Defect, EarlierFiling, EarlierRemark } from '../../shared/contract/index.ts';
import { decisionOnFiling, readDocuments, readFiling, type FilingRecord } from '../intake/index.ts';
import type { DefectCode, Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { compareDocuments, compareFields } from './compare-filings.ts';
import { readDefects } from './mark-filing.ts';
import { readProposal } from './propose.ts';

/** A chain of filings is followed so far. */
const LONGEST_CHAIN = 100;

/** The filing that this one mends: why it was sent back, and what is other now. Null for a filing that came for the first time. */
export function readEarlier(read: Reading, reference: Reference, filing: FilingRecord): EarlierFiling | null {
  const earlier = filing.earlierId === null ? null : readFiling(read, filing.earlierId);
  if (!earlier) return null;
  const fields = compareFields(earlier.message, filing.message);
  const documents = compareDocuments(readDocuments(read, earlier.id), readDocuments(read, filing.id));
  const decided = decisionOnFiling(read, earlier.id);
  return {
    id: earlier.id,
    cabinetNumber: earlier.cabinetNumber,
    incomingNumber: earlier.incomingNumber,
    receivedAt: earlier.message.receivedAt,
    state: earlier.state,
    named: filing.message.resubmits?.replaceAll(/\D/g, '') === earlier.cabinetNumber,
    attempts: chainLength(read, filing.id),
    ruling: decided && { actId: decided.actId, kind: decided.kind, signedAt: decided.signedAt },
    remarks: remarksOn(read, reference, earlier, decided?.actId ?? null).map((remark) =>
      becameOf(reference, remark, { fields, documents }, filing),
    ),
    notice: readProposal(read, earlier.id)?.notice ?? null,
    fields,
    documents,
  };
}

function chainLength(read: Reading, id: string): number {
  const row = read.get<{ length: number }>(
    `WITH RECURSIVE chain (id, at) AS (
       SELECT earlier_id, 1 FROM filing WHERE id = ? AND earlier_id IS NOT NULL
       UNION SELECT f.earlier_id, chain.at + 1 FROM filing f JOIN chain ON f.id = chain.id WHERE f.earlier_id IS NOT NULL AND chain.at < ${LONGEST_CHAIN})
     SELECT coalesce(max(at), 0) AS length FROM chain`,
    id,
  );
  return row?.length ?? 0;
}

type Remark = Defect;

/** What the judge rested the ruling on, with the words of this desk where it drew the ruling; else what the clerk had marked. */
function remarksOn(read: Reading, reference: Reference, earlier: FilingRecord, actId: string | null): Remark[] {
  const marked = readDefects(read, earlier.id);
  const own = read.get<{ grounds: string }>('SELECT grounds FROM act_version WHERE act_id = ? ORDER BY number DESC LIMIT 1', actId);
  const grounds: Remark[] = own
    ? (JSON.parse(own.grounds) as Remark[])
    : (decisionOnFiling(read, earlier.id)?.decision.grounds ?? []).map((code) => ({ code, note: null }));
  const known = new Set(grounds.map(({ code }) => code));
  const isDefect = (code: string) => reference.defectCodes().some((defect) => defect.code === code);
  const placesOf = (code: string) => marked.find((defect) => defect.code === code)?.places;
  const placed = grounds.map(({ code, note }): Remark => ({ code, note, ...(placesOf(code) ? { places: placesOf(code)! } : {}) }));
  return [...placed, ...marked.filter(({ code }) => !known.has(code) && isDefect(code))];
}

type Changes = { readonly fields: readonly ChangedField[]; readonly documents: readonly ComparedDocument[] };

function becameOf(
  reference: Reference,
  { code, note, places = [] }: Remark,
  changes: Changes,
  { kind, message }: FilingRecord,
): EarlierRemark {
  const known = reference.defectCodes().find((defect) => defect.code === code);
  if (!known) {
    const procedure = reference.kindRule(kind)?.procedure ?? null;
    const law = reference.decisionRules(procedure, message.receivedAt).flatMap((rule) => rule.grounds);
    const { nameKk, nameRu } = law.find((ground) => ground.code === code) ?? { nameKk: code, nameRu: code };
    return { code, article: code, nameKk, nameRu, note, outcome: 'not-known', fields: [], documents: [] };
  }
  const { article, nameKk, nameRu, about } = known;
  const fields = changes.fields.filter(({ field }) => about.fields.includes(groupOf(field))).map(({ field }) => field);
  const marked = places.flatMap((place) => (place.kind === 'document' ? place.id : []));
  // where documents were marked, what became of these very ones counts
  const isAsked = (document: ComparedDocument) =>
    marked.length > 0 ? document.change !== 'same' && marked.includes(document.before ?? '') : isAbout(about, document, kind);
  const documents = changes.documents.filter(isAsked).map(({ title }) => title);
  const tells = about.fields.length > 0 || about.roles.length > 0 || about.signatures;
  const outcome = fields.length + documents.length > 0 ? 'changed' : tells ? 'same' : 'not-known';
  return { code, article, nameKk, nameRu, note, outcome, fields, documents };
}

type FieldGroup = DefectCode['about']['fields'][number];
function groupOf(field: string): FieldGroup {
  if (field.startsWith('party.')) return 'parties';
  if (field.startsWith('payment.')) return 'payment';
  if (field === 'representative' || field === 'language') return field;
  return field === 'category' || field === 'claimValue' || field === 'case' ? 'claim' : 'form';
}

function isAbout({ roles, signatures }: DefectCode['about'], { change, role }: ComparedDocument, kind: string): boolean {
  if (change === 'same') return false;
  if (signatures && (change === 'signed-anew' || change === 'changed')) return true;
  return change !== 'signed-anew' && (roles.includes(role) || roles.includes(role === kind ? 'main' : 'annex'));
}
