import { courtDayOf, courtDaysLeft } from '../../shared/domain/court-day.ts';
import { hasCheckDigit } from '../../shared/domain/identifier.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { FilingDetail, HistoryEntry, PartyView } from '../../shared/contract/index.ts';
import type { Party } from '../../shared/registry/index.ts';
import { actsOfFiling } from '../acts/index.ts';
import { checklistOf, linksOf, readFindings, viewContents, viewDocuments, viewDuty } from '../checking/index.ts';
import { readAnnexes, lastRecall, readDocuments, readFiling, type FilingRecord } from '../intake/index.ts';
import { readDefects, readEarlier, readProposal } from '../registration/index.ts';
import type { Reading } from '../store/index.ts';
import { heldElsewhere, toHeld } from '../sync/index.ts';
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
  const held = filing.registeredAt === null ? heldElsewhere(read, id, now) : null;
  const { message } = filing;
  const wipedAt = read.get<{ at: string }>('SELECT at FROM filing_wiped WHERE filing_id = ?', id)?.at ?? null;
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
    takenOnPaperBy: message.paper ? (userName(read, message.paper.takenBy) ?? '') : null,
    receivedAt: message.receivedAt,
    registeredAt: filing.registeredAt,
    registeredBy: filing.registeredBy ? userName(read, filing.registeredBy) : null,
    confirmedAt: filing.confirmedAt,
    dueAt: filing.dueAt,
    courtDaysLeft: filing.dueAt ? courtDaysLeft(desk.reference.calendarOn(courtDayOf(now)), now, filing.dueAt) : null,
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
    annexes: readAnnexes(read, id),
    anomalies: readFindings(read, desk.reference, id),
    checklist: checklistOf(read, filing, rule),
    duty: viewDuty(desk.reference, filing),
    contents: viewContents(desk.reference, filing, readDocuments(read, id)),
    links: linksOf(read, id),
    termEdition: filing.termEdition,
    defects: readDefects(read, id),
    proposal: readProposal(read, id),
    recalled: filing.flagged ? null : lastRecall(read, id),
    acts: actsOfFiling(read, { reference: desk.reference, now }, id),
    talon: talon ? { sha256: talon.sha256, confirmed: talon.confirmed_at !== null } : null,
    history: historyOf(read, id),
    earlier: readEarlier(read, desk.reference, filing),
    postponed: postponedOf(read, id, now),
    held: held ? toHeld(held) : null,
    takenOver: takenOverOf(read, id),
    allowed: wipedAt === null ? allowedFor(filing, role, talon?.sha256 ?? null, held !== null) : [],
    nextRecheckAt: filing.recheckAt,
    wipedAt,
  };
}

/** Whose work it is to check and register filings. */
export const worksOnFilings = (role: Role | null): boolean => role === 'secretary' || role === 'office-head';

function allowedFor(filing: FilingRecord, role: Role | null, talon: string | null, elsewhere: boolean): FilingDetail['allowed'] {
  if (!worksOnFilings(role)) return [];
  if (elsewhere) return role === 'office-head' ? ['recheck', 'take-over'] : ['recheck'];
  const open = moveFiling(filing.state, 'register') !== null;
  const undecided = filing.state === 'registered' || filing.state === 'with-judge';
  return [
    ...(open ? (['mark', 'register', 'flag', 'recheck'] as const) : []),
    ...(talon ? (['talon'] as const) : []),
    ...(filing.flagged && undecided ? (['recall'] as const) : []),
    ...(filing.registeredAt === null ? [] : (['correct-fact'] as const)),
  ];
}

/** Who put it off is in the journal: here, or as the registry told. */
function postponedOf(read: Reading, id: string, now: string): FilingDetail['postponed'] {
  const filing = read.get<{ until: string | null; reason: string | null }>(
    'SELECT postponed_until AS until, postpone_reason AS reason FROM filing WHERE id = ? AND postponed_until > ?',
    id,
    now,
  );
  if (!filing?.until) return null;
  const said = read.get<{ by: string | null }>(
    `SELECT coalesce(j.actor, json_extract(j.details, '$.by')) AS by FROM journal j WHERE j.subject = ? AND j.action IN ('filing.postponed', 'filing.postponing-told')
     AND json_extract(j.details, '$.until') = ? ORDER BY j.seq DESC LIMIT 1`,
    id,
    filing.until,
  );
  return { until: filing.until, reason: filing.reason ?? '', by: said?.by ? userName(read, said.by) : null };
}

function takenOverOf(read: Reading, id: string): FilingDetail['takenOver'] {
  const loss = read.get<{ by: string | null; reason: string; at: string }>(
    `SELECT u.name AS by, l.reason, l.at FROM lease_loss l LEFT JOIN app_user u ON u.id = l.by_user
     JOIN filing f ON f.id = l.filing_id WHERE l.filing_id = ? AND f.registered_at IS NULL`,
    id,
  );
  return loss ?? null;
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
/** The newest entries, or those before a place in the journal. */
export function historyOf(read: Reading, filingId: string, before = Number.MAX_SAFE_INTEGER): HistoryEntry[] {
  return read
    .all<{ seq: number; at: string; actor: string | null; action: string; details: string }>(
      `SELECT j.seq, j.at, u.name AS actor, j.action, j.details FROM journal j LEFT JOIN app_user u ON u.id = j.actor WHERE j.subject = ? AND j.seq < ? ORDER BY j.seq DESC LIMIT ${HISTORY_LENGTH}`,
      filingId,
      before,
    )
    .map((r) => ({ ...r, details: JSON.parse(r.details) as HistoryEntry['details'] }));
}
