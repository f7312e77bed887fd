import type { BlobStore, Reading, Store } from '../store/index.ts';
import type { CommandAnswer, RegistryFilingState } from '../../shared/registry/index.ts';
import { fail, ok, unreachable, type Failure, type Result } from '../../shared/result.ts';
import type { Writing } from '../store/index.ts';
import { awaitsFiling } from './awaits-filing.ts';
import { awaitsClaim, openClaims } from './claim-numbers.ts';
import { confirmRow, mayConfirm } from './confirm-commands.ts';
import { keepReceipt } from './journal-anchors.ts';
import { envelopeOf, parkRow, type OutboxRow } from './outbox-row.ts';
import type { RegistryClient } from './registry-client.ts';
import { forgetUploads, uploadDocument } from './upload-document.ts';

export type OutboxParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly client: RegistryClient;
  readonly clock: () => string;
  /** 0 ≤ x < 1, for the jitter of the back-off. */
  readonly random: () => number;
  /** Takes over what the registry holds true of a filing, in the transaction that closes the entry. */
  readonly adopt: (tx: Writing, state: RegistryFilingState) => void;
};

/** Subjects that are sent side by side; within one subject the order is kept. */
const PARALLEL_SUBJECTS = 4;
const BACKOFF_SECONDS = [2, 10, 30, 120, 600];
/** A registry that asks for more patience than this is asked earlier. */
const LONGEST_ASKED_SECONDS = 3600;
/** For so long an entry that may still be taken back is kept from being sent. */
export const UNSAID_MS = 10_000;

/** A repeat is harmless because the id is the idempotency key, so an interrupted sending simply waits again. */
export function resumeSending(store: Store): void {
  store.write((tx) => {
    tx.run("UPDATE outbox SET state = 'waiting' WHERE state <> 'done' AND state = 'sending'");
    // the program may be another than the one that was told so
    tx.run("UPDATE outbox SET state = 'waiting', next_attempt_at = NULL WHERE last_code = 'update-needed' AND state <> 'done'");
  });
}

/**
 * Sends everything that is due, claims of numbers before what needs them. Stops at the first sign that the line is down; parked subjects never hold up the others.
 * `settled` gathers the subjects whose entries were answered, also when the line fails later.
 */
export async function sendOutbox(parts: OutboxParts, settled: Set<string>): Promise<Result<null>> {
  const now = parts.clock();
  const { read } = parts.store;
  const due = read.all<{ subject: string; claims: number }>(
    "SELECT subject, max(kind = 'number.claim') AS claims FROM outbox WHERE state <> 'done' AND state IN ('waiting','sending') GROUP BY subject ORDER BY min(position)",
  );
  let line: Failure | null = null;
  // what waits for a filing or its registration is tried once more when that is there
  const behindFiling: string[] = [];
  const claiming = (first: number) => due.filter(({ claims }) => claims === first).map(({ subject }) => subject);
  for (const turn of [() => claiming(1), () => claiming(0), () => behindFiling.splice(0)]) {
    const subjects = turn();
    const claims = openClaims(read);
    const worker = async () => {
      for (let subject = subjects.shift(); subject !== undefined && line === null; subject = subjects.shift()) {
        line ??= await sendSubject(parts, subject, { now, settled, claims, behindFiling });
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_SUBJECTS }, worker));
  }
  return line ? { ok: false, error: line } : ok(null);
}

type Round = {
  readonly now: string;
  readonly settled: Set<string>;
  readonly claims: ReturnType<typeof openClaims>;
  /** Gathers the subjects that wait for a filing or its registration. */
  readonly behindFiling: string[];
};

/** Answers why the line is down, null when it is not. `+position`: by the index of what is open, however much is done. */
async function sendSubject(parts: OutboxParts, subject: string, { now, settled, claims, behindFiling }: Round): Promise<Failure | null> {
  for (;;) {
    const row = parts.store.read.get<OutboxRow>(
      "SELECT * FROM outbox WHERE subject = ? AND state <> 'done' ORDER BY +position LIMIT 1",
      subject,
    );
    if (!row || row.state === 'parked' || isToBeHandedIn(parts.store.read, row.session) || awaitsClaim(row, claims) || isTooEarly(row, now))
      return null;
    if (awaitsFiling(parts.store.read, row)) {
      behindFiling.push(subject);
      return null;
    }
    parts.store.write((tx) =>
      tx.run(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE position = ? AND state IN ('waiting','sending')",
        row.position,
      ),
    );
    const answer = await deliver(parts, row);
    if (answer.ok) settled.add(subject);
    if (settle(parts, row, answer)) continue;
    const lineIsDown = !answer.ok && answer.error.code === 'registry-unreachable' && answer.error.params === undefined;
    return lineIsDown ? answer.error : null;
  }
}

/** A moment further away than any that is set here comes of a clock that was ahead: nothing waits for it. */
function isTooEarly({ next_attempt_at: next, attempts }: OutboxRow, now: string): boolean {
  const leftMs = next === null ? 0 : Date.parse(next) - Date.parse(now);
  return leftMs > 0 && leftMs <= (attempts === 0 ? UNSAID_MS : LONGEST_ASKED_SECONDS * 1000);
}

/** The registry has to know the session before the commands under it. */
const isToBeHandedIn = (read: Reading, session: string | null): boolean =>
  session !== null && read.get("SELECT 1 FROM user_session WHERE id = ? AND state = 'new'", session) !== undefined;

async function deliver(parts: OutboxParts, row: OutboxRow): Promise<Result<CommandAnswer>> {
  for (const sha256 of JSON.parse(row.uploads) as string[]) {
    const put = await uploadDocument(parts, sha256);
    if (!put.ok) return put;
  }
  return parts.client.command(envelopeOf(row));
}

/** The one place that says what an answer means. True when the entry is done and the next of its subject may go. */
function settle(parts: OutboxParts, row: OutboxRow, answer: Result<CommandAnswer>): boolean {
  if (!answer.ok) {
    const { code, next } = answer.error;
    if (code === 'update-needed' || (next === 'retry-later' && code !== 'document-missing')) return (wait(parts, row, answer.error), false);
    return (park(parts, row, String(answer.error.params?.['code'] ?? answer.error.code)), false);
  }
  switch (answer.value.outcome) {
    case 'applied':
    case 'duplicate': {
      const { filing, receipt } = answer.value;
      parts.store.write((tx) => {
        tx.run(
          "UPDATE outbox SET state = 'done', last_code = ?, next_attempt_at = NULL WHERE position = ?",
          answer.value.outcome,
          row.position,
        );
        forgetUploads(tx, JSON.parse(row.uploads) as string[]);
        if (filing) parts.adopt(tx, filing);
        if (receipt) keepReceipt(tx, receipt, receipt, false);
      });
      return true;
    }
    case 'conflict':
    case 'refused':
      if (answer.value.code === 'session-unknown' && handInAgain(parts.store, row.session))
        return (wait(parts, row, fail('registry-refused', { code: answer.value.code }).error), false);
      if (row.kind === 'number.return' && answer.value.code === 'not-found') return (forget(parts, row), true);
      if (answer.value.code === 'session-over') giveUp(parts, row.session);
      park(parts, row, answer.value.code ?? answer.value.outcome);
      return false;
    // whichever side is updated, the same command goes then by itself
    case 'update-needed':
      wait(parts, row, fail('update-needed').error);
      return false;
    default:
      return unreachable(answer.value.outcome);
  }
}

/** A registry that was put back to an earlier day has lost a session that it knew. */
const handInAgain = (store: Store, session: string | null): boolean =>
  store.write((tx) => tx.run("UPDATE user_session SET state = 'new' WHERE id = ? AND state IN ('known','closed')", session)) > 0;

/** A registry that was put back to an earlier day knows nothing of the block: there is nothing to return. */
function forget({ store }: OutboxParts, row: OutboxRow): void {
  store.write((tx) =>
    tx.run("UPDATE outbox SET state = 'done', last_code = 'not-found', next_attempt_at = NULL WHERE position = ?", row.position),
  );
}

/** A session that the registry has ended serves for nothing more here. */
function giveUp({ store, clock }: OutboxParts, session: string | null): void {
  store.write((tx) =>
    tx.run(
      "UPDATE user_session SET state = 'refused', ended_at = ?, private_key = NULL WHERE id = ? AND ended_at IS NULL",
      clock(),
      session,
    ),
  );
}

/** Never sooner than the registry asked for. */
function wait(parts: OutboxParts, row: OutboxRow, { code, params }: Failure): void {
  const seconds = BACKOFF_SECONDS[Math.min(row.attempts, BACKOFF_SECONDS.length - 1)]! * (0.5 + parts.random());
  const asked = Math.min(Number(params?.['retryAfterSeconds'] ?? 0), LONGEST_ASKED_SECONDS);
  const next = new Date(Date.parse(parts.clock()) + Math.max(seconds, asked) * 1000).toISOString();
  parts.store.write((tx) =>
    tx.run("UPDATE outbox SET state = 'waiting', last_code = ?, next_attempt_at = ? WHERE position = ?", code, next, row.position),
  );
}

function park(parts: OutboxParts, row: OutboxRow, code: string): void {
  parts.store.write((tx) => parkRow(tx, row, code, parts.clock()));
}

/** A person lets a parked entry try again, and confirms what lacks a valid proof when it is that person's own; false when there is no such entry. */
export function retryParked(store: Store, outboxId: string, actor: string, at: string): boolean {
  return store.write((tx) => {
    const row = tx.get<OutboxRow>("SELECT * FROM outbox WHERE id = ? AND state = 'parked'", outboxId);
    if (!row) return false;
    tx.run("UPDATE outbox SET state = 'waiting', next_attempt_at = NULL WHERE id = ?", outboxId);
    tx.journal({ at, actor, action: 'outbox.retried', subject: row.subject, details: { id: outboxId, kind: row.kind } });
    if (row.actor === actor && mayConfirm(row)) confirmRow(tx, row, at);
    return true;
  });
}

/** The back-off ends when the line is back: everything waiting is due at once, but for what is kept from being sent a while so that it may be taken back. */
export function forgetBackoff(store: Store): void {
  store.write((tx) =>
    tx.run(
      "UPDATE outbox SET next_attempt_at = NULL WHERE state <> 'done' AND state = 'waiting' AND next_attempt_at IS NOT NULL AND attempts > 0",
    ),
  );
}

export type OutboxStatus = {
  readonly waiting: number;
  readonly oldestWaitingAt: string | null;
  readonly parked: readonly { id: string; kind: string; subject: string; code: string; at: string }[];
};

export function outboxStatus(read: Reading): OutboxStatus {
  const open = read.get<{ n: number; oldest: string | null }>(
    "SELECT count(*) AS n, min(at) AS oldest FROM outbox WHERE state <> 'done' AND state IN ('waiting','sending')",
  )!;
  const parked = read.all<{ id: string; kind: string; subject: string; last_code: string | null; at: string }>(
    "SELECT id, kind, subject, last_code, at FROM outbox WHERE state <> 'done' AND state = 'parked' ORDER BY +position",
  );
  return {
    waiting: open.n,
    oldestWaitingAt: open.oldest,
    parked: parked.map(({ last_code, ...p }) => ({ ...p, code: last_code ?? 'unexpected' })),
  };
}
