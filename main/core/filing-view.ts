import { courtDaysLeft } from '../../shared/domain/court-day.ts';
import { hasCheckDigit } from '../../shared/domain/identifier.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { FilingDetail, HistoryEntry, PartyView } from '../../shared/contract/index.ts';
import type { Party } from '../../shared/registry/index.ts';
import { actsOfFiling } from '../acts/index.ts';
import { checklistOf, viewDocuments } from '../checking/index.ts';
import { readAnomalies, readDocuments, readFiling, type FilingRecord } from '../intake/index.ts';
import { readDefects } from '../registration/index.ts';
import type { Reading } from '../store/index.ts';
import type { Desk } from './desk.ts';

/** A filing as the window shows it; null when it is unknown. `role` decides which actions are offered, `online` what an unknown state is put down to. */
export function viewFiling(desk: Desk, id: string, role: Role | null, online = true): FilingDetail | null {
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
    documents: viewDocuments(readDocuments(read, id), { filing, rule, online }),
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

const HISTORY_LENGTH = 200;
function historyOf(read: Reading, filingId: string): HistoryEntry[] {
  return read
    .all<{ seq: number; at: string; actor: string | null; action: string; details: string }>(
      `SELECT j.seq, j.at, u.name AS actor, j.action, j.details FROM journal j LEFT JOIN app_user u ON u.id = j.actor WHERE j.subject = ? ORDER BY j.seq DESC LIMIT ${HISTORY_LENGTH}`,
      filingId,
    )
    .map((r) => ({ ...r, details: JSON.parse(r.details) as HistoryEntry['details'] }));
}
