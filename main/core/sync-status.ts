import { PROTOCOL_VERSION } from '../../shared/registry/index.ts';
import { filingOfSubject } from '../intake/index.ts';
import type { SyncCentre, SyncStatus, SyncStep } from '../../shared/contract/index.ts';
import type { Failure } from '../../shared/result.ts';
import { numberYear } from '../registration/index.ts';
import {
  heldElsewhere,
  lastSuccessAt,
  numberStock,
  outboxStatus,
  readFinding,
  readReceipt,
  readRegistryVersions,
  readUpdateHold,
  reservedUntil,
  waitingSubjects,
} from '../sync/index.ts';
import { versionOf, type Desk } from './desk.ts';

/** Where the rounds of the desk stand. */
export type RoundState = {
  /** Why the last round did not go through. */
  readonly problem: Failure | null;
  readonly running: boolean;
  readonly step: SyncStep | null;
  /** When the next one begins, UTC ISO; null while one runs and before the first. */
  readonly nextAt: string | null;
};

export function readSyncStatus(desk: Desk, { problem, running }: RoundState): SyncStatus {
  const { read } = desk.store;
  const outbox = outboxStatus(read);
  const heldBy = (subject: string) => {
    const held = heldElsewhere(read, subject, desk.config.clock());
    return held && (held.name ?? held.desk);
  };
  const cabinetNumber = (subject: string) =>
    read.get<{ n: string }>('SELECT coalesce(cabinet_number, incoming_number, claimant) AS n FROM filing WHERE id = ?', subject)?.n ?? null;
  return {
    online: problem === null,
    connection: problem === null ? 'online' : isLineDown(problem) ? 'offline' : 'trouble',
    syncing: running,
    waiting: outbox.waiting,
    oldestWaitingAt: outbox.oldestWaitingAt,
    lastSuccessAt: lastSuccessAt(read),
    parked: outbox.parked.map((p) => ({
      ...p,
      cabinetNumber: cabinetNumber(filingOfSubject(p.subject)),
      heldBy: heldBy(filingOfSubject(p.subject)),
    })),
    deferred: read.get<{ n: number }>('SELECT count(*) AS n FROM feed_deferred')!.n,
    problem: problem?.code ?? null,
    finding: readFinding(read),
    updateHold: readUpdateHold(read),
  };
}

/** Nobody answered; a registry that answers with a fault of its own is there. */
const isLineDown = ({ code, params }: Failure) => code === 'registry-unreachable' && params?.['status'] === undefined;

export function readSyncCentre(desk: Desk, round: RoundState): SyncCentre {
  const { read } = desk.store;
  const now = desk.config.clock();
  const said = readRegistryVersions(read);
  const registry = said && { protocol: said.protocol, minimumDesk: said.minimumDesk };
  const receipt = readReceipt(read);
  const reserveUntil = reservedUntil(read, now);
  return {
    asOf: now,
    status: readSyncStatus(desk, round),
    step: round.running ? round.step : null,
    nextRoundAt: round.running ? null : round.nextAt,
    waiting: toWaiting(waitingSubjects(read)),
    arriving: read.get<SyncCentre['arriving']>(
      `SELECT count(*) AS documents, count(DISTINCT filing_id) AS filings, coalesce(sum(size), 0) AS bytes FROM document WHERE state <> 'stored'`,
    )!,
    leases: {
      ...read.get<{ working: number; kept: number; reserved: number }>(
        `SELECT count(holder) AS working, coalesce(sum(holder IS NOT NULL AND (kept = 1 OR (reserved = 1 AND ?))), 0) AS kept,
           coalesce(sum(reserved), 0) AS reserved FROM lease`,
        reserveUntil === null ? 0 : 1,
      )!,
      reserveUntil,
    },
    numbers: numberStock(read, numberYear(now), now),
    versions: {
      desk: versionOf(desk.config),
      protocol: PROTOCOL_VERSION,
      registry,
    },
    anchored: receipt && receipt.anchoredAt !== '' ? { entries: receipt.entries, at: receipt.anchoredAt } : null,
  };
}

const toWaiting = ({ subjects, more }: ReturnType<typeof waitingSubjects>): SyncCentre['waiting'] => ({
  subjects: subjects.map((subject) => ({ ...subject, kinds: [...subject.kinds] })),
  more,
});
