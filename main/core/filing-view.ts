import { courtDaysLeft } from '../../shared/domain/court-day.ts';
import { hasCheckDigit } from '../../shared/domain/identifier.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { DocumentView, FilingDetail, HistoryEntry, PartyView, SignatureCard } from '../../shared/contract/index.ts';
import type { Party } from '../../shared/registry/index.ts';
import type { SignatureReport, VerificationReport } from '../../shared/domain/verdict.ts';
import { actsOfFiling } from '../acts/index.ts';
import { checklistOf, documentState, identifySigner, reasonOf, reportsOf, stateOf } from '../checking/index.ts';
import { readAnomalies, readDocuments, readFiling, type DocumentRecord, type FilingRecord, type Identity } from '../intake/index.ts';
import { readDefects } from '../registration/index.ts';
import type { Reading } from '../store/index.ts';
import type { Desk } from './desk.ts';

/** A filing as the window shows it; null when it is unknown. `role` decides which actions are offered. */
export function viewFiling(desk: Desk, id: string, role: Role | null): FilingDetail | null {
  const read = desk.store.read;
  const filing = readFiling(read, id);
  if (!filing) return null;
  const rule = desk.reference.kindRule(filing.kind);
  const now = desk.config.clock();
  const talon = read.get<{ sha256: string | null; confirmed_at: string | null }>(
    'SELECT sha256, confirmed_at FROM talon WHERE filing_id = ?',
    id,
  );
  const { message } = filing;
  return {
    id,
    revision: filing.revision,
    cabinetNumber: filing.cabinetNumber,
    incomingNumber: filing.incomingNumber,
    caseNumber: filing.caseNumber,
    joinsCase: filing.joinsCase,
    namedCase: message.case ?? null,
    kind: filing.kind,
    language: filing.language,
    category: message.category ?? null,
    claimValue: message.claimValue === null || message.claimValue === undefined ? null : String(message.claimValue),
    state: filing.state,
    flagged: filing.flagged,
    intake: filing.intake,
    verdict: filing.verdict,
    signature: filing.signature,
    sentAt: message.sentAt,
    receivedAt: message.receivedAt,
    registeredAt: filing.registeredAt,
    registeredBy: filing.registeredBy ? userName(read, filing.registeredBy) : null,
    confirmedAt: filing.confirmedAt,
    dueAt: filing.dueAt,
    courtDaysLeft: filing.dueAt ? courtDaysLeft(desk.reference.calendar, now, filing.dueAt) : null,
    parties: message.parties.map(toParty),
    representative: message.representative ? toParty({ side: 'representative', type: 'person', ...message.representative } as Party) : null,
    payment: message.payment
      ? {
          amount: String(message.payment.amount),
          date: message.payment.date,
          number: message.payment.number,
          payerId: message.payment.payerId ?? null,
          kbk: message.payment.kbk ?? null,
        }
      : null,
    documents: readDocuments(read, id).map((d) => toDocument(d, (s) => identifySigner(s.signer, filing, rule))),
    anomalies: readAnomalies(read, id),
    checklist: checklistOf(read, filing, rule),
    defects: readDefects(read, id),
    acts: actsOfFiling(read, { reference: desk.reference, now }, id),
    talon: talon ? { sha256: talon.sha256, confirmed: talon.confirmed_at !== null } : null,
    history: historyOf(read, id),
    allowed: allowedFor(filing, role, talon?.sha256 ?? null),
    nextRecheckAt: filing.recheckAt,
  };
}

function allowedFor(filing: FilingRecord, role: Role | null, talon: string | null): FilingDetail['allowed'] {
  if (role !== 'secretary' && role !== 'office-head') return [];
  const open = moveFiling(filing.state, 'register') !== null;
  return [...(open ? (['mark', 'register', 'flag', 'recheck'] as const) : []), ...(talon ? (['talon'] as const) : [])];
}

const userName = (read: Reading, id: string) => read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', id)?.name ?? null;

function toParty(p: Party): PartyView {
  const ids = [p.iin, p.bin].filter((id): id is string => !!id);
  return {
    side: p.side,
    type: p.type,
    name: p.name,
    iin: p.iin ?? null,
    bin: p.bin ?? null,
    address: p.address ?? null,
    phone: p.phone ?? null,
    email: p.email ?? null,
    identifierPlausible: ids.every(hasCheckDigit),
  };
}

/** `identify` says of each signature whose it is: two people may have signed one file. */
function toDocument(d: DocumentRecord, identify: (s: SignatureReport) => Identity): DocumentView {
  return {
    id: d.id,
    role: d.role,
    title: d.title,
    fileName: d.fileName,
    size: d.size,
    sha256: d.sha256,
    contentType: d.contentType,
    pages: d.pages,
    state: d.state,
    signature: documentState(d),
    signatures: reportsOf(d).flatMap(({ report, fileName, fileId }) =>
      report.signatures.length > 0
        ? report.signatures.map((s) => toCard(d.id, fileId, fileName, report, s, identify(s)))
        : [emptyCard(d.id, fileId, fileName, report)],
    ),
  };
}

function toCard(
  documentId: string,
  fileId: string,
  fileName: string,
  report: VerificationReport,
  s: SignatureReport,
  identity: Identity,
): SignatureCard {
  return {
    id: `${fileId}:${s.id}`,
    documentId,
    fileName,
    state: stateOf(s.verdict, identity),
    verdict: s.verdict,
    indication: s.indication,
    subIndication: s.subIndication,
    reason: reasonOf(s, identity),
    signerName: s.signer?.commonName ?? null,
    signerIin: s.signer?.iin ?? null,
    signerBin: s.signer?.bin ?? null,
    signerOrganisation: s.signer?.organisation ?? null,
    signerRoles: [...(s.signer?.roles ?? [])],
    issuer: s.signer?.issuer ?? null,
    serial: s.signer?.serial ?? null,
    algorithm: s.algorithm,
    level: s.level,
    certificateFrom: s.certificateValidity?.from ?? null,
    certificateTo: s.certificateValidity?.to ?? null,
    signedAt: s.timeSource === 'timestamp' ? s.bestTime : s.claimedTime,
    timeSource: s.timeSource,
    checkedAt: report.at,
    revocationAsOf: s.revocation?.thisUpdate ?? null,
    identity,
    warnings: [...s.warnings],
    checks: s.checks.map(({ id, result, reason }) => ({ id, result, reason })),
  };
}

/** A signature file in which no signature could be read. */
function emptyCard(documentId: string, fileId: string, fileName: string, report: VerificationReport): SignatureCard {
  return {
    id: fileId,
    documentId,
    fileName,
    state: stateOf(report.overall, null),
    verdict: report.overall === 'unsigned' ? null : report.overall,
    indication: null,
    subIndication: null,
    reason: report.overall === 'undecided' ? 'algorithmUnsupported' : 'format',
    signerName: null,
    signerIin: null,
    signerBin: null,
    signerOrganisation: null,
    signerRoles: [],
    issuer: null,
    serial: null,
    algorithm: null,
    level: null,
    certificateFrom: null,
    certificateTo: null,
    signedAt: null,
    timeSource: 'none',
    checkedAt: report.at,
    revocationAsOf: null,
    identity: 'unknown',
    warnings: [],
    checks: [],
  };
}

const HISTORY_LENGTH = 200;
function historyOf(read: Reading, filingId: string): HistoryEntry[] {
  return read
    .all<{ seq: number; at: string; actor: string | null; action: string; details: string }>(
      `SELECT j.seq, j.at, u.name AS actor, j.action, j.details FROM journal j LEFT JOIN app_user u ON u.id = j.actor WHERE j.subject = ? ORDER BY j.seq DESC LIMIT ${HISTORY_LENGTH}`,
      filingId,
    )
    .map((r) => ({ ...r, details: JSON.parse(r.details) as HistoryEntry['details'] }));
}
